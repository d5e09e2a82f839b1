"""Readers sign up from any page, and no machine, stranger or other page does so for them."""

import pytest
from django.core import signing
from django.test import Client

from nutgraf.audience import links, queries
from nutgraf.audience.models import List, Subscriber, Suppression
from nutgraf.audience.samples import latest_letter, make_list, make_subscriber, token_in
from nutgraf.mail.models import Delivery
from nutgraf.published.serving import access_log
from nutgraf.reader.tests.signing_up import FORM, SUNNY, filled, is_on, own_page
from nutgraf.storylines.samples import make_storyline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


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


@pytest.mark.parametrize("key", ["\0", "storyline:\0", "briefing:1\0"])
def test_a_nul_is_no_list(client, briefing, noon, key):
    assert client.post(FORM, filled(noon, list=key, choosing="yes")).status_code == 400


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
    assert [one.name for one in queries.standing() if one.kind == "storyline"] == ["Verrane’s grain"]


def test_a_link_to_leave_a_storyline_leaves_what_it_went_into(client, briefing, noon):
    one, other, third = (make_storyline(name) for name in ("Bread crisis", "Grain", "Food"))
    follow = List.objects.create(key=f"storyline:{one.pk}", kind="storyline", name="Bread crisis")
    sunny = make_subscriber(SUNNY, at=noon, lists=[briefing, follow])
    link = links.unsubscribe(number=sunny.pk, key=sunny.key, at=noon, list_pk=follow.pk).removeprefix(links.root())
    for earlier, later in ((one, other), (other, third)):
        earlier.merged_into = later
        earlier.save()
    assert is_on(key=f"storyline:{third.pk}")

    assert "<strong>Food</strong>" in client.get(link).text
    assert "<strong>Food</strong>" in client.post(link).text

    assert not is_on(key=f"storyline:{third.pk}")
    assert is_on()


def test_a_link_may_leave_some_lists_and_says_which(client, briefing, noon):
    some = [make_list(name, key=f"storyline:{name}") for name in ("bread", "grain", "ships")]
    sunny = make_subscriber(SUNNY, at=noon, lists=[briefing, *some])
    link = links.unsubscribe(
        number=sunny.pk, key=sunny.key, at=noon, list_pk=some[0].pk, more=[one.pk for one in some[1:2]]
    ).removeprefix(links.root())

    asked, done = client.get(link).text, client.post(link).text

    for page in (asked, done):
        assert "<strong>bread</strong>" in page
        assert "<strong>grain</strong>" in page
        assert "<strong>ships</strong>" not in page
    assert [is_on(key=one.key) for one in [briefing, *some]] == [True, False, False, True]


def test_a_link_without_a_list_leaves_all(client, briefing, noon):
    sunny = make_subscriber(SUNNY, at=noon, lists=[briefing, make_list("bread", key="storyline:1")])
    link = links.unsubscribe(number=sunny.pk, key=sunny.key, at=noon).removeprefix(links.root())

    assert "Nothing more of anything" in client.get(link).text
    assert "Nothing more will come to you." in client.post(link).text

    assert not is_on()
    assert not is_on(key="storyline:1")


def test_no_log_tells_a_link_of_a_subscriber(sunny, noon):
    assert "/subscriptions/" in own_page(sunny, noon)
    assert access_log.told(own_page(sunny, noon)) == "/subscriptions/…"
    assert access_log.told("/latest/") == "/latest/"
