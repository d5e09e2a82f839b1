"""Whoever is on a list is asked for once, in order, some at a time; nobody who paused, left or is suppressed."""

import datetime
import random

import pytest

from nutgraf.audience import actions, queries, suppressing
from nutgraf.audience.models import Subscription, Suppression
from nutgraf.audience.samples import make_list, make_subscriber
from nutgraf.mail import signals

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
KEYS = [f"briefing:{number}" for number in range(1, 4)]


@pytest.fixture
def lists(db):
    return [make_list(key, key=key) for key in KEYS]


def all_of(keys, at, *, limit, up_to=10**9, **options):
    after, found = 0, []
    while batch := queries.recipients(keys, after=after, up_to=up_to, limit=limit, at=at, **options):
        assert len(batch) <= limit
        found += [one.number for one in batch]
        after = found[-1]
    return found


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_the_batches_are_together_what_one_would_find_by_looking_at_everybody(lists, noon, seed, limit):
    chance = random.Random(seed)
    expected: dict[int, list[int]] = {1: [], 3: []}
    for number in range(25):
        paused_until = chance.choice([None, None, noon - DAY, noon + DAY])
        is_suppressed = chance.random() < 0.2
        one = make_subscriber(f"r{number}@example.org", at=noon, paused_until=paused_until, is_suppressed=is_suppressed)
        states = {key: chance.choice([None, "ON", "ON", "OFF", "PENDING"]) for key in KEYS}
        for each, state in zip(lists, states.values(), strict=True):
            if state:
                Subscription.objects.create(subscriber=one, list=each, state=state, changed_at=noon)
        for many in expected:
            is_mailed = not is_suppressed and (paused_until is None or paused_until <= noon)
            if is_mailed and "ON" in list(states.values())[:many]:
                expected[many].append(one.pk)

    for many, numbers in expected.items():
        assert all_of(KEYS[:many], noon, limit=limit) == numbers
        assert queries.count(KEYS[:many], at=noon) == len(numbers)


def test_nobody_beyond_the_end_is_asked_for(lists, noon):
    one, two, _three = (make_subscriber(f"r{n}@example.org", at=noon, lists=lists[:1]) for n in range(3))

    assert all_of(KEYS, noon, limit=10, up_to=two.pk) == [one.pk, two.pk]
    assert queries.latest_number() > two.pk


def test_whoever_left_while_it_was_sent_is_left_out(lists, noon):
    one, two = (make_subscriber(f"r{n}@example.org", at=noon, lists=lists[:1]) for n in range(2))
    batch = queries.recipients(KEYS, after=0, up_to=10**9, limit=1, at=noon)
    actions.leave(subscriber=two, at=noon, source="own page", words="Enough")

    assert [found.number for found in batch] == [one.pk]
    assert queries.recipients(KEYS, after=one.pk, up_to=10**9, limit=1, at=noon) == []


def test_a_batch_takes_as_many_statements_for_many_as_for_one(lists, noon, django_assert_num_queries):
    for number in range(30):
        make_subscriber(f"r{number}@example.org", at=noon, lists=lists)

    with django_assert_num_queries(4):
        queries.recipients(KEYS, after=0, up_to=10**9, limit=20, at=noon)


def test_who_wants_one_mail_a_week_is_in_the_weekly_one_alone(lists, noon):
    one = make_subscriber(at=noon, lists=lists[:1])
    one.subscriptions.update(frequency="WEEKLY")

    assert all_of(KEYS, noon, limit=5, is_weekly=False) == []
    assert all_of(KEYS, noon, limit=5) == [one.pk]


def test_followers_are_told_since_when_and_the_weekly_ones_not_twice_a_week(lists, noon):
    often = make_subscriber("often@example.org", at=noon, lists=lists[:2])
    seldom = make_subscriber("seldom@example.org", at=noon, lists=lists[:1])
    seldom.subscriptions.update(frequency="WEEKLY")
    actions.told(numbers=[often.pk, seldom.pk], list_keys=KEYS[:1], at=noon)

    def told(at):
        found = queries.followers(KEYS, after=0, up_to=10**9, limit=1, at=at)
        more = queries.followers(KEYS, after=found[-1].number, up_to=10**9, limit=1, at=at)
        return {one.address: one.told for one in [*found, *more]}

    assert told(noon + DAY) == {"often@example.org": {KEYS[0]: noon, KEYS[1]: None}}
    assert set(told(noon + 8 * DAY)) == {"often@example.org", "seldom@example.org"}


def test_among_readers_of_an_edition_are_those_who_are_still_on_its_list(lists, noon):
    one, two, three = (make_subscriber(f"r{n}@example.org", at=noon, lists=lists[:1]) for n in range(3))
    actions.leave(subscriber=two, at=noon, source="own page", words="Enough")

    found = queries.among([one.pk, two.pk], KEYS[:1], at=noon)

    assert [each.number for each in found] == [one.pk]


@pytest.mark.parametrize(
    ("signal", "kind", "reason"),
    [(signals.bounced, "hard", "BOUNCED"), (signals.bounced, "soft", None), (signals.complained, None, "COMPLAINED")],
)
def test_what_came_back_for_good_and_complaints_suppress_at_once(lists, noon, signal, kind, reason):
    one = make_subscriber(at=noon, lists=lists[:1])
    told = {"address": "SUNNY@example.org", "delivery": None, "number": one.pk, "at": noon, "reply": ""}

    signal.send(sender=None, **told, **({"kind": kind} if kind else {}))

    assert list(Suppression.objects.values_list("reason", flat=True)) == ([reason] if reason else [])
    assert all_of(KEYS, noon, limit=5) == ([] if reason else [one.pk])


def test_a_complaint_outweighs_the_wish_to_be_forgotten_and_nothing_outweighs_a_complaint(noon):
    for reason in ("FORGOTTEN", "COMPLAINED", "BOUNCED", "FORGOTTEN"):
        suppressing.suppress(email="sunny@example.org", reason=reason, at=noon)

    assert Suppression.objects.get().reason == "COMPLAINED"
