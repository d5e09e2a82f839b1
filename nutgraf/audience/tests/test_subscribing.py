"""Nobody is mailed who did not say yes from their own mailbox, and nobody is told who is known."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from nutgraf.audience import actions, links, queries, suppressing
from nutgraf.audience.models import Attempt, Consent, Subscriber, Subscription, Suppression
from nutgraf.audience.samples import WORDS, latest_letter, make_list, make_subscriber, token_in
from nutgraf.mail.models import Delivery

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SUNNY = "Sunny@example.org"


@pytest.fixture
def briefing(db):
    return make_list()


def ask(at, email=SUNNY, lists=("briefing:1",)):
    actions.subscribe(email=email, lists=lists, source="/storylines/", words=WORDS, at=at)
    return latest_letter(email)


def reached(at, *keys):
    return [one.address for one in queries.recipients(keys or ["briefing:1"], after=0, up_to=10**9, limit=10, at=at)]


def test_whoever_signs_up_is_asked_and_mailed_nothing_else(briefing, noon):
    letter = ask(noon)

    assert Delivery.objects.count() == 1
    assert "Harbour Briefing" in letter.subject
    assert token_in(letter) in letter.html
    assert reached(noon) == []


def test_whoever_confirms_is_on_the_list_with_the_words_and_the_place(briefing, noon):
    done = actions.confirm(token=token_in(ask(noon)), at=noon + DAY)

    assert (done.lists, done.is_new) == ([briefing], True)
    assert reached(noon) == [SUNNY]
    acts = [(one.act, one.source, one.wording.text) for one in Consent.objects.all()]
    assert acts == [
        ("ASKED", "/storylines/", WORDS),
        ("CONFIRMED", "mail", "Yes, mail me: Harbour Briefing"),
    ]


def test_confirming_twice_changes_nothing(briefing, noon):
    token = token_in(ask(noon))
    actions.confirm(token=token, at=noon)

    again = actions.confirm(token=token, at=noon)

    assert not again.is_new
    assert Consent.objects.filter(act="CONFIRMED").count() == 1


def test_an_old_confirmation_brings_nobody_back_who_left(briefing, noon):
    token = token_in(ask(noon))
    subscriber = actions.confirm(token=token, at=noon).subscriber
    actions.leave(subscriber=subscriber, at=noon, source="own page", words="Enough")

    actions.confirm(token=token, at=noon)

    assert reached(noon) == []


@pytest.mark.parametrize(("age", "error"), [(8 * DAY, links.ExpiredLink), (7 * DAY, None)])
def test_a_confirmation_is_to_be_given_within_a_week(briefing, noon, age, error):
    token = token_in(ask(noon))

    if error:
        with pytest.raises(error):
            actions.confirm(token=token, at=noon + age)
    else:
        actions.confirm(token=token, at=noon + age)

    assert bool(reached(noon)) is (error is None)


def test_a_confirmation_is_about_those_lists_alone_that_the_mail_named(briefing, noon):
    make_list("Night Desk", key="briefing:2")
    ask(noon, lists=["briefing:2"])
    token = token_in(ask(noon, lists=["briefing:1"]))

    actions.confirm(token=token, at=noon)

    assert reached(noon, "briefing:1") == [SUNNY]
    assert reached(noon, "briefing:2") == []


def test_whoever_is_subscribed_already_hears_so_by_mail_and_stays(briefing, noon):
    actions.confirm(token=token_in(ask(noon)), at=noon)

    letter = ask(noon + DAY, email="sunny@EXAMPLE.org")

    assert letter is None or "already" in letter.subject
    assert "already" in Delivery.objects.latest("pk").subject
    assert reached(noon) == [SUNNY]
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize("reason", ["BOUNCED", "COMPLAINED", "STAFF"])
def test_a_suppressed_address_is_not_even_asked(briefing, noon, reason):
    suppressing.suppress(email=SUNNY, reason=reason, at=noon)

    assert ask(noon) is None
    assert not Subscriber.objects.exists()


def test_whoever_had_themselves_forgotten_may_come_back(briefing, noon):
    subscriber = make_subscriber(SUNNY, at=noon, lists=[briefing])
    actions.forget(subscriber=subscriber, at=noon)

    actions.confirm(token=token_in(ask(noon)), at=noon)

    assert reached(noon) == [SUNNY]
    assert not Suppression.objects.exists()


def test_an_address_is_asked_three_times_a_day_at_most(briefing, noon):
    for _time in range(5):
        ask(noon)

    assert Delivery.objects.count() == 3
    assert ask(noon + DAY) is not None
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(("email", "lists"), [("sunny", ["briefing:1"]), (SUNNY, ["briefing:9"]), (SUNNY, [])])
def test_what_cannot_be_asked_for_is_refused_and_nothing_kept(briefing, noon, email, lists):
    with pytest.raises(ValidationError):
        ask(noon, email=email, lists=lists)

    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()


def test_whoever_never_answers_is_forgotten_after_a_month(briefing, noon):
    ask(noon)
    make_subscriber("kept@example.org", at=noon, lists=[briefing])

    assert actions.tidy(at=noon + 29 * DAY) == 0
    assert actions.tidy(at=noon + 31 * DAY) == 1

    assert [one.email for one in Subscriber.objects.all()] == ["kept@example.org"]
    assert not Attempt.objects.exists()


def test_another_wish_within_the_month_is_waited_for(briefing, noon):
    ask(noon)
    ask(noon + 20 * DAY)

    assert actions.tidy(at=noon + 31 * DAY) == 0
    assert Subscription.objects.count() == 1
