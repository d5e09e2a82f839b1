"""What keeps an edition from going out is said before it does, and what somebody should have seen."""

import datetime

import pytest

from nutgraf.briefings import checks
from nutgraf.briefings.models import Edition
from nutgraf.briefings.samples import coming, item, make_edition, story_item, text_item
from nutgraf.media.samples import make_picture
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

HOUR = datetime.timedelta(hours=1)

pytestmark = pytest.mark.django_db


def found(edition, at):
    return [(one.is_stop, one.says) for one in checks.of(Edition.objects.get(pk=edition.pk), at=at)]


def is_found(edition, at, words, *, stops):
    return any(is_stop is stops and words in says for is_stop, says in found(edition, at))


def test_an_edition_that_is_in_order_says_nothing(noon):
    story = make_story("Harbour reopens", at=noon - HOUR, hero=make_picture())

    assert found(make_edition(None, story_item(story, has_picture=True), at=noon), noon) == []


@pytest.mark.parametrize(
    ("field", "value", "words", "stops"),
    [
        ("subject", " ", "Write a subject", True),
        ("subject", "S" * 91, "91 letters", True),
        ("subject", "S" * 51, "51 letters", False),
        ("subject", "Ships: TK", "»TK«", True),
        ("preheader", "", "no preheader", False),
        ("preheader", "TKTK ships", "»TKTK«", True),
        ("opening", "", "says nothing", False),
        ("opening", "<p>It is <b>TK</b> degrees.</p>", "»TK«", True),
    ],
)
def test_what_stands_on_top(noon, field, value, words, stops):
    assert is_found(make_edition(at=noon, **{field: value}), noon, words, stops=stops)


@pytest.mark.parametrize(
    "raw",
    [
        text_item("Ships", "TK"),
        item("number", figure="TK", counts="ships", source="", words="", story=None),
        item("number", figure="3", counts="ships", source="TK", words="", story=None),
        item("quote", words="We TK again", speaker="Ada Mill", role="", story=None),
        item("quote", words="We sail", speaker="TK", role="", story=None),
        item("next", headline="", events=[coming("2026-11-24", "TK opens")]),
        item("sponsor", label="Sponsored", headline="Cross TK", words="", url="", picture=None),
    ],
)
def test_what_is_to_come_is_found_wherever_it_stands(noon, raw):
    assert is_found(make_edition(None, raw, at=noon), noon, "»TK«", stops=True)


def test_a_name_with_these_letters_is_nothing_to_come(noon):
    assert found(make_edition(None, text_item("ATKINS and the TKD club"), at=noon), noon) == []


@pytest.mark.parametrize("how", ["unpublished", "withdrawn", "deleted"])
def test_a_story_that_readers_cannot_see(noon, how):
    story = make_story("Harbour reopens", at=noon - HOUR)
    edition = make_edition(None, story_item(story), text_item("Ships."), at=noon)

    if how == "unpublished":
        story.unpublish()
    elif how == "withdrawn":
        story_actions.withdraw(story=story, reason="It was not so.", by=None, at=noon)
    else:
        Story.objects.get(pk=story.pk).delete()

    words = "has no story any more" if how == "deleted" else "“Harbour reopens” is not public"
    assert is_found(edition, noon, words, stops=True)


def test_a_coming_event_of_a_story_that_is_not_public(noon):
    story = make_story("Harbour reopens", at=noon - HOUR)
    raw = item("next", headline="", events=[coming("2026-11-24", "Talks", story=story.pk)])
    edition = make_edition(None, raw, at=noon)
    story.unpublish()

    assert is_found(edition, noon, "is not public", stops=True)


def test_a_story_that_stands_in_it_twice(noon):
    story = make_story("Harbour reopens", at=noon - HOUR)

    assert is_found(make_edition(None, story_item(story), story_item(story), at=noon), noon, "twice", stops=False)


def test_a_picture_without_alt_text_or_credit(noon):
    bare = make_picture(alt_text="", credit_line="", caption="The quay.")
    raw = item("sponsor", label="Sponsored", headline="Cross", words="", url="", picture=bare.pk)
    edition = make_edition(None, raw, at=noon)

    assert is_found(edition, noon, "no alt text", stops=True)
    assert is_found(edition, noon, "no credit line", stops=False)


def test_a_mail_that_would_be_cut_off(noon):
    edition = make_edition(None, *[text_item("A long word. " * 200) for _turn in range(40)], at=noon)

    assert is_found(edition, noon, "cut it off at 100", stops=True)


def test_nothing_at_all(noon):
    edition = make_edition(at=noon)
    edition.items = []
    edition.save()

    assert is_found(edition, noon, "nothing in this edition", stops=True)
