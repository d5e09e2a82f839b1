"""The owner of a storyline is told what it needs, once, and of nothing that is well."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.newsroom import roles
from nutgraf.newsroom.samples import make_staff
from nutgraf.stories.samples import event, make_story, number
from nutgraf.storylines import actions, overriding, upkeep
from nutgraf.storylines.models import Entry, Storyline
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)
LEDE = "<p>Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild goes on.</p>"


@pytest.fixture
def owner(db):
    return make_staff("Eli Marsh", roles.EDITOR)


@pytest.fixture
def blockade(owner, noon):
    return make_storyline(owner=owner, at=noon - 100 * DAY)


def needs(owner, at):
    return {one.storyline.name: one for one in upkeep.needs_of(owner, at=at)}


def test_a_storyline_is_due_on_its_review_date_and_until_it_was_looked_at(blockade, owner, noon):
    Storyline.objects.update(review_date=noon.date())

    assert not upkeep.needs_of(owner, at=noon - DAY)
    assert needs(owner, noon)["Harbour blockade"].is_due
    actions.review(storyline=Storyline.objects.get(), by=owner, at=noon)
    assert not upkeep.needs_of(owner, at=noon + 6 * DAY)
    assert upkeep.needs_of(owner, at=noon + 7 * DAY)


def test_the_next_review_is_to_come(blockade, owner, noon):
    for days in (0, -1):
        with pytest.raises(ValidationError):
            actions.review(storyline=blockade, by=owner, at=noon, again=noon.date() + days * DAY)


def test_a_number_that_was_counted_again_and_not_of_late_is_old(blockade, owner, noon):
    for days in (40, 20):
        ships, tugs = number(days, "ships waiting"), number(days, "tugs", as_of=noon.date())
        make_story_in(blockade, f"Day {days}", ships, tugs, number(1, f"cranes {days}"), at=noon - days * DAY)

    [old] = needs(owner, noon)["Harbour blockade"].numbers

    assert old.name == "20 ships waiting"
    assert old.story.title == "Day 20"


def test_an_event_that_passed_without_a_word_is_asked_about(blockade, owner, noon):
    vote = event("Pilots vote on the offer", starts=(noon - 3 * DAY).date())
    make_story_in(blockade, "Before", vote, at=noon - 5 * DAY)

    [asked] = needs(owner, noon)["Harbour blockade"].events

    assert asked.name == "Pilots vote on the offer"
    assert not upkeep.needs_of(owner, at=noon - 4 * DAY)
    assert not upkeep.needs_of(owner, at=noon + 60 * DAY)


def test_an_event_that_a_later_story_speaks_of_is_not(blockade, owner, noon):
    vote = event("Pilots vote on the offer", starts=(noon - 3 * DAY).date())
    make_story_in(blockade, "Before", vote, at=noon - 5 * DAY)
    make_story_in(blockade, "Rain", lede="<p>It rains on the quay.</p>", at=noon - 2 * DAY)
    assert needs(owner, noon)["Harbour blockade"].events

    make_story_in(blockade, "After", lede="<p>The pilots accepted the offer in their vote.</p>", at=noon - DAY)

    assert not upkeep.needs_of(owner, at=noon)


def test_a_story_that_looks_as_if_it_belongs_is_named_until_it_is_in(blockade, owner, noon):
    for day in range(3):
        make_story_in(blockade, f"Day {day}", lede=LEDE, at=noon - DAY)
    left_out = make_story("Left out", lede=LEDE, at=noon)
    make_story("A cow wins", lede="<p>A cow won the prize of Hale.</p>", at=noon)

    [forgotten] = needs(owner, noon)["Harbour blockade"].stories

    assert forgotten.story == left_out
    assert "Mara Lind" in forgotten.names
    actions.put_in(story=left_out, storyline=blockade, by=owner, at=noon)
    assert not upkeep.needs_of(owner, at=noon)


def test_what_is_hidden_closed_or_anothers_is_not_asked_about(blockade, owner, noon):
    make_story_in(blockade, "Before", event("Pilots vote", starts=(noon - 3 * DAY).date()), at=noon - 5 * DAY)

    assert not upkeep.needs_of(make_staff("Priya Lund", roles.EDITOR), at=noon)
    overriding.hide(what=Entry.objects.get(), by=owner, at=noon, note="")
    assert not upkeep.needs_of(owner, at=noon)
    Storyline.objects.update(review_date=noon.date(), state=Storyline.State.CLOSED)
    assert not upkeep.needs_of(owner, at=noon)


def test_what_is_nobodys_is_everybodys(blockade, owner, noon):
    Storyline.objects.update(owner=None, review_date=noon.date())

    assert upkeep.needs_of(owner, at=noon)


def test_statements_do_not_grow_with_storylines(blockade, owner, noon):
    counts = []
    for batch in (range(2), range(2, 8)):
        for place in batch:
            storyline = make_storyline(f"Storyline {place}", owner=owner, review_date=noon.date())
            make_story_in(storyline, f"First {place}", number(3, "ships"), number(4, "ships"), at=noon - 30 * DAY)
            make_story_in(storyline, f"Second {place}", event("Vote", starts=(noon - DAY).date()), at=noon - 2 * DAY)
            make_story(f"Out {place}", lede=LEDE, at=noon)
        with CaptureQueriesContext(connection) as asked:
            upkeep.needs_of(owner, at=noon)
        counts.append(len(asked))

    assert counts[0] == counts[1]
