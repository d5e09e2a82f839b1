"""What belongs to a storyline becomes public with the story, and goes with it, whichever way that happens."""

import datetime

from nutgraf.stories import actions as stories
from nutgraf.stories.models import Story
from nutgraf.stories.samples import event, make_story, number, quote
from nutgraf.storylines import actions
from nutgraf.storylines.models import Entry, Mention, Storyline, StorylineStory
from nutgraf.storylines.samples import make_story_in, make_storyline
from nutgraf.streams import queries as streams

DAY = datetime.timedelta(days=1)
FACTS = [
    quote("We waited for this.", "Ana Duarte", "harbour master", "Port authority"),
    number(40, "ships waiting", source="Port authority"),
    event("Pilots vote", starts=datetime.date(2026, 12, 1), place="Port Selva"),
]


def heads(storyline):
    return [story.title for story in streams.page(storyline.stream).stories]


def kinds(storyline):
    return sorted(storyline.entries.values_list("kind", flat=True))


def test_a_draft_belongs_to_a_storyline_that_readers_see_nothing_of(blockade, noon):
    make_story_in(blockade, "Still written", *FACTS, at=noon, is_draft=True)

    assert heads(blockade) == []
    assert kinds(blockade) == []


def test_publishing_gives_a_story_its_place_and_its_facts_their_entries(blockade, noon):
    make_story_in(blockade, "Harbour shut", *FACTS, at=noon)

    blockade.refresh_from_db()
    assert heads(blockade) == ["Harbour shut"]
    assert kinds(blockade) == ["EVENT", "NUMBER", "VOICE"]
    assert blockade.latest_story_at == noon


def test_a_story_may_be_in_several(blockade, noon):
    strike = make_storyline("Pilots’ strike", at=noon)

    make_story_in([blockade, strike], "Harbour shut", *FACTS, at=noon)

    assert heads(blockade) == heads(strike) == ["Harbour shut"]
    assert kinds(blockade) == kinds(strike) == ["EVENT", "NUMBER", "VOICE"]


def test_a_place_that_only_the_draft_has_lost_is_public_until_it_is_published(blockade, noon):
    story = make_story_in(blockade, "Harbour shut", *FACTS, at=noon)
    story.storyline_places = []
    stories.revise(story=story, by=None)
    assert heads(blockade) == ["Harbour shut"]

    stories.publish(story=story, by=None, at=noon + DAY)

    blockade.refresh_from_db()
    assert heads(blockade) == []
    assert kinds(blockade) == []
    assert blockade.latest_story_at is None


def test_unpublishing_takes_the_facts_out(blockade, noon):
    story = make_story_in(blockade, "Harbour shut", *FACTS, at=noon)
    make_story_in(blockade, "Still shut", number(50, "ships waiting"), at=noon + DAY)

    stories.unpublish(story=story, by=None)

    assert heads(blockade) == ["Still shut"]
    assert [(one.kind, one.count) for one in blockade.entries.all()] == [("NUMBER", 1)]


def test_deleting_takes_the_facts_out(blockade, noon):
    story = make_story_in(blockade, "Harbour shut", *FACTS, at=noon)

    story.delete()

    blockade.refresh_from_db()
    assert heads(blockade) == []
    assert not Entry.objects.exists()
    assert blockade.latest_story_at is None


def test_deleting_as_any_page_takes_the_facts_out(blockade, noon):
    story = make_story_in(blockade, "Harbour shut", *FACTS, at=noon)

    story.page_ptr.delete()

    assert not Entry.objects.exists()


def test_putting_in_a_public_story_shows_it_at_once_and_keeps_its_draft(blockade, noon, eli):
    story = make_story("Harbour shut", *FACTS, at=noon)
    story.title = "Harbour shut, half written"
    stories.revise(story=story, by=None)

    actions.put_in(story=story, storyline=blockade, by=eli, at=noon + DAY)
    actions.put_in(story=story, storyline=blockade, by=eli, at=noon + DAY)

    assert heads(blockade) == ["Harbour shut"]
    assert kinds(blockade) == ["EVENT", "NUMBER", "VOICE"]
    published = stories.publish(story=story, by=None, at=noon + 2 * DAY)
    assert published.title == "Harbour shut, half written"
    assert heads(blockade) == ["Harbour shut, half written"]
    assert StorylineStory.objects.get().by == eli


def test_taking_out_holds_for_the_next_publication_too(blockade, noon, eli):
    story = make_story_in(blockade, "Harbour shut", *FACTS, at=noon)

    actions.take_out(story=story, storyline=blockade, by=eli, at=noon)

    assert heads(blockade) == []
    assert not Mention.objects.exists()
    stories.publish(story=story, by=None, at=noon + DAY)
    assert heads(blockade) == []


def test_a_story_that_is_dated_back_takes_its_facts_along(blockade, noon):
    story = make_story_in(blockade, "Harbour shut", number(40, "ships waiting"), at=noon)
    Story.objects.filter(pk=story.pk).update(first_published_at=noon - 3 * DAY)

    stories.publish(story=story, by=None, at=noon + DAY)

    entry = blockade.entries.get()
    blockade.refresh_from_db()
    assert entry.latest_at == noon - 3 * DAY
    assert blockade.latest_story_at == noon - 3 * DAY


def test_a_new_story_wakes_a_storyline_that_has_closed(blockade, noon):
    make_story_in(blockade, "Harbour shut", at=noon - 100 * DAY)
    assert actions.tend(at=noon) == 1
    assert Storyline.objects.get().state == "CLOSED"

    make_story_in(blockade, "Harbour shut again", at=noon + DAY)

    assert Storyline.objects.get().state == "DEVELOPING"


def test_an_older_story_that_is_put_in_does_not_wake_it(blockade, noon, eli):
    actions.close(storyline=blockade, by=eli, at=noon)
    story = make_story("From long ago", at=noon - 300 * DAY)

    actions.put_in(story=story, storyline=Storyline.objects.get(), by=eli, at=noon + DAY)

    assert Storyline.objects.get().state == "CLOSED"


def test_what_an_editor_opens_again_may_be_silent_for_as_long_again(blockade, noon, eli):
    make_story_in(blockade, "Harbour shut", at=noon - 100 * DAY)
    actions.tend(at=noon)

    actions.reopen(storyline=Storyline.objects.get(), by=eli, at=noon)
    changed = [actions.tend(at=noon + days * DAY) for days in (1, 13, 14, 15, 60)]

    assert changed == [0, 0, 1, 0, 1]
