"""An editor's decisions hold for what is there and for what is still to come, and can be taken back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from nutgraf.stories import actions as stories
from nutgraf.stories.samples import number, quote
from nutgraf.storylines import assembly, overriding
from nutgraf.storylines.models import Entry, Mention
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)


@pytest.fixture
def blockade(db, noon):
    return make_storyline(at=noon - 30 * DAY)


@pytest.fixture
def ships(blockade, noon):
    make_story_in(blockade, "Harbour shut", number(40, "ships waiting"), at=noon)
    return blockade.entries.get(kind="NUMBER")


def test_hiding_an_entry_holds_for_stories_to_come(blockade, ships, eli, noon):
    overriding.hide(what=ships, note="Counted twice.", by=eli, at=noon)

    make_story_in(blockade, "Still shut", number(50, "ships waiting"), at=noon + DAY)

    entry = blockade.entries.get()
    assert (entry.is_hidden, entry.count) == (True, 2)


def test_hiding_one_fact_leaves_the_others(blockade, ships, eli, noon):
    make_story_in(blockade, "Still shut", number(50, "ships waiting"), at=noon + DAY)

    overriding.hide(what=ships.mentions.first(), note="", by=eli, at=noon)

    entry = blockade.entries.get()
    assert (entry.is_hidden, entry.count) == (False, 1)


def test_an_entry_whose_every_fact_is_hidden_is_hidden(blockade, ships, eli, noon):
    overriding.hide(what=ships.mentions.get(), note="", by=eli, at=noon)

    assert blockade.entries.get().is_hidden


def test_pinning_and_rewording_outlive_the_story_that_they_began_with(blockade, ships, eli, noon):
    overriding.pin(what=ships, note="", by=eli, at=noon)
    overriding.reword(what=ships, words="ships off the harbour", note="", by=eli, at=noon)
    story = ships.mentions.get().story
    stories.unpublish(story=story, by=None)
    assert not blockade.entries.exists()

    stories.publish(story=story, by=None, at=noon + DAY)

    entry = blockade.entries.get()
    assert (entry.is_pinned, entry.words) == (True, "ships off the harbour")


def test_merging_brings_two_together_and_those_to_come(blockade, ships, eli, noon):
    make_story_in(blockade, "Still shut", number(50, "vessels in the roads"), at=noon + DAY)
    other = blockade.entries.exclude(pk=ships.pk).get()

    overriding.merge(entry=other, into=ships, note="The same ships.", by=eli, at=noon)
    make_story_in(blockade, "Shut for good", number(60, "vessels in the roads"), at=noon + 2 * DAY)

    assert [(entry.key, entry.count) for entry in blockade.entries.all()] == [(ships.key, 3)]


def test_taking_a_merge_back_parts_them_again(blockade, ships, eli, noon):
    make_story_in(blockade, "Still shut", number(50, "vessels in the roads"), at=noon + DAY)
    other = blockade.entries.exclude(pk=ships.pk).get()
    override = overriding.merge(entry=other, into=ships, note="", by=eli, at=noon)

    overriding.take_back(override=override, by=eli, at=noon)

    assert sorted(blockade.entries.values_list("count", flat=True)) == [1, 1]


def test_what_was_merged_is_called_what_it_was_called_then(blockade, ships, eli, noon):
    make_story_in(blockade, "Still shut", number(50, "Vessels in the Roads"), at=noon + DAY)
    other = blockade.entries.exclude(pk=ships.pk).get()

    override = overriding.merge(entry=other, into=ships, note="", by=eli, at=noon)

    assert overriding.names_of([override]) == {override.pk: "Vessels in the Roads → ships waiting"}


def test_merging_in_a_circle_ends(blockade, ships, eli, noon):
    make_story_in(blockade, "Still shut", number(50, "vessels in the roads"), at=noon + DAY)
    other = blockade.entries.exclude(pk=ships.pk).get()
    overriding.merge(entry=other, into=ships, note="", by=eli, at=noon)

    overriding.merge(entry=Entry(**vars_of(ships)), into=Entry(**vars_of(other)), note="", by=eli, at=noon)

    assert sum(blockade.entries.values_list("count", flat=True)) == 2


def vars_of(entry):
    return {"pk": entry.pk, "storyline": entry.storyline, "kind": entry.kind, "key": entry.key}


def test_what_is_not_of_one_kind_is_not_merged(blockade, ships, eli, noon):
    make_story_in(blockade, "Said", quote("Enough.", "Ana Duarte"), at=noon)
    voice = blockade.entries.get(kind="VOICE")

    with pytest.raises(ValidationError):
        overriding.merge(entry=voice, into=ships, note="", by=eli, at=noon)


def test_rewording_asks_for_words(ships, eli, noon):
    with pytest.raises(ValidationError):
        overriding.reword(what=ships, words="  ", note="", by=eli, at=noon)


def test_each_decision_and_its_end_is_in_the_history(blockade, ships, eli, noon):
    override = overriding.hide(what=ships, note="Counted twice.", by=eli, at=noon)
    overriding.take_back(override=override, by=eli, at=noon)

    told = [entry.formatter.format_message(entry) for entry in ModelLogEntry.objects.order_by("pk")]
    assert told == ["Hide: ships waiting. Counted twice.", "Hide taken back: ships waiting. Counted twice."]


def test_two_speakers_of_one_name_are_shown_apart(blockade, noon):
    make_story_in(
        blockade,
        "Said",
        quote("Enough.", "Ana Duarte", "harbour master", "Port authority"),
        quote("Not enough.", "Ana Duarte", "pilot", "Pilots’ guild"),
        at=noon,
    )

    assert blockade.entries.count() == 2


def test_a_name_alone_goes_to_the_one_who_bears_it_until_there_are_two(blockade, noon):
    make_story_in(blockade, "First", quote("Enough.", "Ana Duarte"), at=noon)
    make_story_in(blockade, "Second", quote("Quite.", "Ana Duarte", "", "Port authority"), at=noon + DAY)
    assert [entry.count for entry in blockade.entries.all()] == [2]

    third = make_story_in(blockade, "Third", quote("Not quite.", "Ana Duarte", "", "Pilots’ guild"), at=noon + 2 * DAY)
    assert sorted(entry.count for entry in blockade.entries.all()) == [1, 1, 1]

    stories.unpublish(story=third, by=None)
    assert [entry.count for entry in blockade.entries.all()] == [2]


def test_assembling_anew_changes_nothing(blockade, ships, eli, noon):
    overriding.pin(what=ships, note="", by=eli, at=noon)
    before = [list(model.objects.order_by("pk").values()) for model in (Entry, Mention)]

    assembly.assemble(blockade)

    assert [list(model.objects.order_by("pk").values()) for model in (Entry, Mention)] == before
