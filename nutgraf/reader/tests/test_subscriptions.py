"""Readers sign up, confirm, choose and leave by pages that are never stored and need no session."""

import datetime
import json

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse

from nutgraf.audience import links, queries
from nutgraf.audience.models import List, Subscriber, Subscription, Suppression
from nutgraf.audience.samples import latest_letter, make_list, make_subscriber, token_in
from nutgraf.mail.models import Delivery
from nutgraf.published.serving import access_log
from nutgraf.reader import signing_up
from nutgraf.stories import actions as story_actions
from nutgraf.storylines.samples import make_storyline

pytestmark = pytest.mark.django_db
SUNNY = "sunny@example.org"
FORM = "/subscriptions/"


@pytest.fixture(autouse=True)
def at(noon):
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


@pytest.fixture
def briefing(db, noon):
    story_actions.found(at=noon)
    return make_list()


@pytest.fixture
def sunny(briefing, noon):
    return make_subscriber(SUNNY, at=noon, lists=[briefing])


def filled(noon, *, seconds=5, **fields):
    begun = signing_up.stamp(noon - datetime.timedelta(seconds=seconds))
    return {"email": SUNNY, "list": "briefing:1", "page": "/latest/", "stamp": begun, **fields}


def own_page(subscriber, noon):
    return links.preferences(number=subscriber.pk, key=subscriber.key, at=noon).removeprefix(links.root())


def is_on(address="sunny@example.org", key="briefing:1"):
    return Subscription.objects.filter(subscriber__normalised=address, list__key=key, state="ON").exists()


# To begin


def test_every_page_has_the_form_where_there_is_something_to_subscribe_to(client, briefing):
    assert "Harbour Briefing" in client.get("/latest/").text
    assert f'action="{FORM}"' in client.get("/latest/").text

    List.objects.update(is_offered=False)

    assert f'action="{FORM}"' not in client.get("/latest/").text


def test_signing_up_confirming_and_leaving_by_the_links_that_are_mailed(client, briefing, noon):
    assert SUNNY in client.post(FORM, filled(noon)).text
    link = f"/subscriptions/confirm/{token_in(latest_letter(SUNNY))}/"

    # A mail program that opens links confirms nothing.
    assert "Harbour Briefing" in client.get(link).text
    assert not is_on()
    assert "You are subscribed" in client.post(link).text
    assert is_on()
    assert "used before" in client.post(link).text

    subscriber = Subscriber.objects.get()
    link = links.unsubscribe(
        number=subscriber.pk, key=subscriber.key, at=noon, list_pk=briefing.pk, via=7
    ).removeprefix(links.root())
    assert "Unsubscribe?" in client.get(link).text
    assert is_on()
    # As a mail program does it: RFC 8058.
    answer = client.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not is_on()
    assert client.post(link).status_code == 200


def test_no_door_of_these_needs_a_cookie_or_a_token_of_a_form(briefing, noon):
    client = Client(enforce_csrf_checks=True)

    assert client.post(FORM, filled(noon)).status_code == 200
    assert not client.cookies


def test_a_form_without_a_stamp_is_asked_once_more_and_then_works(client, briefing, noon, at):
    page = client.post(FORM, {"email": SUNNY, "page": "/latest/"})

    assert page.status_code == 200
    assert f'value="{SUNNY}"' in page.text
    assert not Subscriber.objects.exists()
    stamp = page.context["stamp"]
    at.shift(5)
    client.post(FORM, {"email": SUNNY, "stamp": stamp, "list": "briefing:1"})
    assert latest_letter(SUNNY)


def test_no_box_is_ticked_for_a_reader_where_there_is_a_choice(client, briefing, noon):
    assert client.get(FORM).text.count(" checked") == 1
    make_list("Night Desk", key="briefing:2")

    assert " checked" not in client.get(FORM).text
    assert " checked" not in client.post(FORM, {"email": SUNNY}).text
    assert client.post(FORM, {"email": SUNNY, "list": "briefing:2"}).text.count(" checked") == 1


def test_a_form_that_comes_back_at_once_is_asked_once_more_with_the_same_clock(client, briefing, noon, at):
    page = client.post(FORM, filled(noon, seconds=1))

    assert page.status_code == 400
    assert "quick" in page.text
    assert not Delivery.objects.exists()
    at.shift(1)
    client.post(FORM, filled(noon, stamp=page.context["stamp"]))
    assert latest_letter(SUNNY)


@pytest.mark.parametrize("stamp", ["", "1", "x:y", signing.Signer(salt="other").sign("1"), "9" * 5000])
def test_a_stamp_that_is_not_ours_is_none(client, briefing, noon, stamp):
    client.post(FORM, filled(noon, stamp=stamp))

    assert not Delivery.objects.exists()


def test_a_stamp_of_another_day_is_none(client, briefing, noon):
    client.post(FORM, filled(noon, seconds=25 * 3600))

    assert not Delivery.objects.exists()


def test_a_machine_that_fills_in_everything_is_told_what_it_likes_to_hear(client, briefing, noon):
    assert SUNNY in client.post(FORM, filled(noon, website="https://spam.example")).text
    assert not Subscriber.objects.exists()


def test_the_answer_does_not_tell_who_is_known(client, sunny, noon):
    Suppression.objects.all().delete()
    known = client.post(FORM, filled(noon))
    unknown = client.post(FORM, filled(noon, email="nova@example.org"))

    assert known.text == unknown.text.replace("nova@", "sunny@")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_sites_page_signs_nobody_up(client, briefing, noon, headers):
    answer = client.post(FORM, filled(noon), headers=headers)

    assert answer.status_code == 403
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_page_does(client, briefing, noon, headers):
    client.post(FORM, filled(noon), headers=headers)

    assert latest_letter(SUNNY)


def test_a_network_signs_up_twenty_an_hour_and_others_are_not_kept_from_it(client, briefing, noon, at):
    def sign_up(number, address):
        fields = filled(noon, email=f"reader{number}@example.org")
        return client.post(FORM, fields, REMOTE_ADDR=address).status_code

    assert {sign_up(number, f"203.0.113.{number}") for number in range(20)} == {200}
    assert sign_up(21, "203.0.113.99") == 429
    assert sign_up(22, "198.51.100.1") == 200
    assert Subscriber.objects.count() == 21
    at.shift(3601)
    assert client.post(FORM, filled(noon), REMOTE_ADDR="203.0.113.1").status_code == 200


def test_behind_a_server_of_ours_the_last_address_counts_and_not_what_is_claimed(client, briefing, noon):
    for number in range(21):
        claimed = f"192.0.2.{number}, 203.0.113.7"
        answer = client.post(
            FORM, filled(noon, email=f"reader{number}@example.org"), headers={"X-Forwarded-For": claimed}
        )

    assert answer.status_code == 429


@pytest.mark.parametrize(
    "email", ["sunny", "", "sunny@example.org\r\nBcc: all@example.org", "x" * 5000 + "@example.org", "<b>@example.org"]
)
def test_an_address_that_is_none_is_said_beside_what_was_typed(client, briefing, noon, email):
    answer = client.post(FORM, filled(noon, email=email))

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<b>@" not in answer.text
    assert not Delivery.objects.exists()


def test_a_list_that_nobody_offers_cannot_be_asked_for(client, briefing, noon):
    make_list("Staff only", key="briefing:2", is_offered=False)

    page = client.post(
        FORM, filled(noon, list=["briefing:2", "storyline:99", "storyline:x", "nothing"], choosing="yes")
    )

    assert page.status_code == 400
    assert "Choose at least one" in page.text
    assert not Subscriber.objects.exists()


def test_a_storyline_is_followed_from_its_own_page(client, briefing, noon):
    storyline = make_storyline("Bread crisis")
    key = f"storyline:{storyline.pk}"
    assert f'value="{key}"' in client.get(storyline.get_absolute_url()).text
    assert not List.objects.filter(key=key).exists()

    client.post(FORM, filled(noon, list=key))
    client.post(f"/subscriptions/confirm/{token_in(latest_letter(SUNNY))}/")

    assert is_on(key=key)
    assert not is_on()
    assert key not in [one.key for one in queries.offered()]


def test_who_follows_a_storyline_follows_what_it_went_into_under_the_name_that_it_has(client, briefing, noon):
    storyline, other = make_storyline("Bread crisis"), make_storyline("Grain")
    follow = List.objects.create(key=f"storyline:{storyline.pk}", kind="storyline", name="Bread crisis")
    make_subscriber(SUNNY, at=noon, lists=[follow])
    other.name = "Grain and bread"
    other.save()

    storyline.merged_into = other
    storyline.save()
    other.name = "Verrane’s grain"
    other.save()

    assert is_on(key=f"storyline:{other.pk}")
    assert [one.name for one in List.objects.filter(kind="storyline")] == ["Verrane’s grain"]


def test_no_log_tells_a_link_of_a_subscriber(sunny, noon):
    assert "/subscriptions/" in own_page(sunny, noon)
    assert access_log.told(own_page(sunny, noon)) == "/subscriptions/…"
    assert access_log.told("/latest/") == "/latest/"


# What a link opens


@pytest.mark.parametrize("door", ["confirm", "move", "unsubscribe", "preferences"])
@pytest.mark.parametrize("token", ["1-0-5-" + "a" * 22, "nothing", "1-0-999999999-" + "a" * 22, "999-0-5-" + "b" * 22])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_altered_opens_nothing_and_says_what_to_do(client, sunny, door, token, method):
    answer = getattr(client, method)(f"/subscriptions/{door}/{token}/")

    assert answer.status_code == 404
    assert "Mail me a new link" in answer.text
    assert is_on()


def test_a_link_that_is_too_old_says_so(client, sunny, noon, at):
    page = own_page(sunny, noon)
    assert client.get(page).status_code == 200

    at.shift(datetime.timedelta(days=61))

    assert client.get(page).status_code == 410


def test_a_link_to_unsubscribe_in_an_old_mail_opens_nothing_else(client, sunny, noon, at):
    link = links.unsubscribe(number=sunny.pk, key=sunny.key, at=noon).removeprefix(links.root())
    assert "/subscriptions/preferences/" in client.post(link).text

    at.shift(datetime.timedelta(days=61))

    assert "/subscriptions/preferences/" not in client.post(link).text


@pytest.mark.parametrize("door", ["page", "unsubscribe", "form", "link"])
def test_nobody_keeps_what_they_show_and_nobody_lists_it(client, sunny, noon, door):
    unsubscribe = links.unsubscribe(number=sunny.pk, key=sunny.key, at=noon).removeprefix(links.root())
    address = {"page": own_page(sunny, noon), "unsubscribe": unsubscribe, "form": FORM, "link": f"{FORM}link/"}[door]

    answer = client.get(address)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies


# Their own page


def test_a_subscriber_chooses_what_and_how_often(client, sunny, noon):
    make_list("Night Desk", key="briefing:2", position=2)
    page = own_page(sunny, noon)
    assert "Night Desk" in client.get(page).text

    client.post(page, {"act": "save", "list": ["briefing:2"], "often briefing:2": "WEEKLY", "often briefing:1": "x"})

    assert not is_on()
    assert is_on(key="briefing:2")
    assert Subscription.objects.get(list__key="briefing:2").frequency == "WEEKLY"
    assert queries.recipients(["briefing:2"], after=0, up_to=99, limit=9, at=noon, is_weekly=False) == []


def test_nobody_chooses_what_they_are_not_shown(client, sunny, noon):
    make_list("Staff only", key="briefing:2", is_offered=False)

    client.post(own_page(sunny, noon), {"act": "save", "list": ["briefing:1", "briefing:2"]})

    assert is_on()
    assert not is_on(key="briefing:2")


def test_a_pause_ends_by_itself_or_by_hand(client, sunny, noon):
    def reached(at):
        return len(queries.recipients(["briefing:1"], after=0, up_to=99, limit=9, at=at))

    client.post(own_page(sunny, noon), {"act": "pause", "days": "14"})
    assert (reached(noon), reached(noon + datetime.timedelta(days=14))) == (0, 1)
    assert "paused until" in client.get(own_page(sunny, noon)).text

    client.post(own_page(sunny, noon), {"act": "pause", "days": "0"})
    assert reached(noon) == 1


@pytest.mark.parametrize("fields", [{"act": "pause", "days": "9999"}, {"act": "x"}, {}, {"act": "forget"}])
def test_what_cannot_be_meant_is_refused_and_changes_nothing(client, sunny, noon, fields):
    assert client.post(own_page(sunny, noon), fields).status_code == 400
    assert is_on()


def test_an_address_is_changed_from_the_new_one_and_earlier_links_end(client, sunny, noon):
    page = own_page(sunny, noon)
    client.post(page, {"act": "move", "email": "nova@example.org"})
    assert is_on(SUNNY)
    link = f"/subscriptions/move/{token_in(latest_letter('nova@example.org'))}/"
    client.get(link)
    assert is_on(SUNNY)

    client.post(link)

    assert is_on("nova@example.org")
    assert client.get(page).status_code == 404
    assert latest_letter(SUNNY).subject == "Your address has been changed"
    assert client.post(link).status_code == 404


def test_a_new_address_that_is_subscribed_already_becomes_one_with_it(client, sunny, noon):
    night = make_list("Night Desk", key="briefing:2")
    make_subscriber("nova@example.org", at=noon, lists=[night])
    client.post(own_page(sunny, noon), {"act": "move", "email": "Nova@example.org"})

    client.post(f"/subscriptions/move/{token_in(latest_letter('Nova@example.org'))}/")

    assert Subscriber.objects.count() == 1
    assert is_on("nova@example.org")
    assert is_on("nova@example.org", key="briefing:2")


def test_what_is_known_is_handed_out_whole(client, briefing, noon):
    client.post(FORM, filled(noon))
    client.post(f"/subscriptions/confirm/{token_in(latest_letter(SUNNY))}/")

    answer = client.post(own_page(Subscriber.objects.get(), noon), {"act": "export"})

    known = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert known["address"] == SUNNY
    assert [(one["what"], one["from"]) for one in known["decisions"]] == [("asked", "/latest/"), ("confirmed", "mail")]
    assert "Harbour Briefing" in known["decisions"][0]["words"]
    assert known["subscriptions"][0]["state"] == "on"
    assert known["mails"][0]["subject"].startswith("Please confirm")


def test_whoever_is_forgotten_leaves_a_hash_and_nothing_else(client, briefing, noon):
    client.post(FORM, filled(noon))
    client.post(f"/subscriptions/confirm/{token_in(latest_letter(SUNNY))}/")

    answer = client.post(own_page(Subscriber.objects.get(), noon), {"act": "forget", "sure": "yes"})

    assert "You are forgotten" in answer.text
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.filter(to=SUNNY).exists()
    kept = Suppression.objects.get()
    assert (kept.reason, SUNNY in str(vars(kept))) == ("FORGOTTEN", False)


def test_leaving_everything_keeps_the_way_back(client, sunny, noon):
    client.post(own_page(sunny, noon), {"act": "leave"})

    assert not is_on()
    client.post(own_page(sunny, noon), {"act": "save", "list": "briefing:1"})
    assert is_on()


# The link to it


@pytest.mark.parametrize(("email", "is_mailed"), [(SUNNY, True), ("SUNNY@example.org", True), ("x@example.org", False)])
def test_the_link_is_mailed_to_who_is_known_and_the_answer_is_the_same(client, sunny, email, is_mailed):
    answer = client.post(f"{FORM}link/", {"email": email})

    assert f"If <strong>{email}</strong> is subscribed" in answer.text
    assert bool(latest_letter(SUNNY)) is is_mailed


def test_the_privacy_page_is_linked_from_every_page(client, briefing):
    assert reverse("privacy") in client.get("/latest/").text
    assert client.get("/privacy/").status_code == 200
