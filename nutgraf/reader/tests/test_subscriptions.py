"""Readers confirm, choose and leave by pages that are never stored and need no session."""

import datetime
import json

import pytest
from django.urls import reverse

from nutgraf.audience import links, queries
from nutgraf.audience.models import Subscriber, Subscription, Suppression
from nutgraf.audience.samples import latest_letter, make_list, make_subscriber, token_in
from nutgraf.mail.models import Delivery
from nutgraf.reader.tests.signing_up import FORM, SUNNY, filled, is_on, own_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


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


def test_a_question_that_is_too_old_confirms_nothing_and_offers_to_ask_anew(client, briefing, noon, at):
    client.post(FORM, filled(noon))
    link = f"/subscriptions/confirm/{token_in(latest_letter(SUNNY))}/"

    at.shift(datetime.timedelta(days=8))

    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert FORM in answer.text
    assert not is_on()


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
    assert queries.recipients(["briefing:2"], after=0, up_to=10**9, limit=9, at=noon, is_weekly=False) == []


def test_nobody_chooses_what_they_are_not_shown(client, sunny, noon):
    make_list("Staff only", key="briefing:2", is_offered=False)

    client.post(own_page(sunny, noon), {"act": "save", "list": ["briefing:1", "briefing:2"]})

    assert is_on()
    assert not is_on(key="briefing:2")


def test_a_pause_ends_by_itself_or_by_hand(client, sunny, noon):
    def reached(at):
        return len(queries.recipients(["briefing:1"], after=0, up_to=sunny.pk, limit=9, at=at))

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
