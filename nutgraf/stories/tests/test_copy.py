"""A story and its copy are two views of one thing."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AbstractUser

from nutgraf.copydesk import drafts, normal, writing
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.reading import read
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, copy
from nutgraf.stories.models import Number, Story
from nutgraf.stories.samples import bullet, event, make_story, number, paragraph, point, quote

ZONE = ZoneInfo("UTC")
DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def founded(db: None, noon: datetime.datetime) -> None:
    actions.found(at=noon)


def read_one(source: str, at: datetime.datetime) -> Draft:
    [draft] = drafts.drafts(read(source, at=at, zone=ZONE))
    return draft


def whole_story(at: datetime.datetime) -> Story:
    """Return a story that has something of everything."""
    return make_story(
        "Harbour reopens after nine days",
        point(
            "Why it matters",
            'Bread comes by <b>ship</b>, and <a href="https://example.org/?a=1&amp;b=2">the bakers</a> had none.',
            bullet("Flour waited on the quay.", "Rye waited <i>longest</i>."),
            facts=[number("2500", "sacks of flour", as_of=DAY, source="the port authority", value_to="3000", unit="t")],
        ),
        paragraph("Shops stayed shut."),
        quote("We will not wait.", "Ana Reyes", "mayor", "City of Almery", "the Bell"),
        event("Talks open", starts=DAY, place="Geneva", time=datetime.time(9, 30), precision="DAY", is_expected=True),
        {"type": "picture", "value": {"picture": make_picture().pk, "caption": "The quay", "alt_text": ""}},
        at=at,
        authors=[make_author("Rosa Lind"), make_author("Eli Marsh")],
        short_head="Harbour reopens",
        eyebrow="Exclusive",
        dateline_place="PORT SELVA",
        dateline_date=DAY,
        hero=make_picture("mole.jpg"),
        hero_caption="The mole",
    )


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_a_story_taken_out_and_put_back_is_the_same_with_the_same_ids(
    db: None, noon: datetime.datetime, form: writing.Form
) -> None:
    story = whole_story(noon)
    before = copy.as_draft(story)

    written = writing.write(before, at=noon, zone=ZONE, form=form)
    copy.revise(story=story, draft=read_one(written, noon), by=None)
    after = copy.as_draft(Story.objects.get(pk=story.pk).get_latest_revision_as_object())

    is_plain = form == "text"
    assert normal.draft(after, is_plain=is_plain) == normal.draft(before, is_plain=is_plain)
    assert [part["id"] for part in after.body] == [part["id"] for part in before.body]
    assert after.body[0]["value"]["facts"][0]["id"] == before.body[0]["value"]["facts"][0]["id"]


def test_an_edited_story_keeps_the_rows_of_what_stayed(db: None, noon: datetime.datetime) -> None:
    story = whole_story(noon)
    keys = set(Number.objects.values_list("pk", flat=True))
    edited = writing.write(copy.as_draft(story), at=noon, zone=ZONE).replace("Shops stayed shut", "Shops opened late")

    copy.revise(story=story, draft=read_one(edited, noon), by=None)
    actions.publish(story=story, by=None, at=noon)

    assert set(Number.objects.values_list("pk", flat=True)) == keys
    assert story.points.get(text="Shops opened late.").block_id == copy.as_draft(story).body[1]["id"]


def test_copy_becomes_a_draft_that_can_be_published(founded: None, rosa: AbstractUser, noon: datetime.datetime) -> None:
    make_section("Region"), make_author("Rosa Lind")
    source = (
        "Harbour reopens\n\nBy Rosa Lind\n\nSection: region\n\nShips may enter.\n\n"
        "By the numbers:\n- 300 ships wait, the port authority said.\n"
    )

    story, settled = copy.file(draft=read_one(source, noon), by=rosa, at=noon)

    assert settled.unsettled == []
    assert not story.live
    assert [author.name for author in story.authors] == ["Rosa Lind"]
    actions.publish(story=story, by=None, at=noon)
    assert Number.objects.get().value == 300


def test_what_the_newsroom_does_not_know_is_told_and_not_dropped(founded: None, noon: datetime.datetime) -> None:
    source = "Harbour reopens\nBy Ann Onymous\nSection: Nowhere\nSlug: Not A Slug\n\n[main picture] Mole | number: 999\n\nShips may enter.\n"

    story, settled = copy.file(draft=read_one(source, noon), by=None, at=noon)

    assert {one.text for one in settled.unsettled} == {"Not A Slug", "Nowhere", "Picture 999", "Ann Onymous"}
    assert story.section is None
    assert story.hero_caption == "Mole"


def test_a_headline_too_long_is_cut_at_a_word_and_told_whole(founded: None, noon: datetime.datetime) -> None:
    headline = "word " * 60 + "end"

    story, settled = copy.file(draft=Draft(headline=headline), by=None, at=noon)

    assert story.title.endswith("word")
    assert [one.text for one in settled.unsettled] == [headline]


def test_ordinary_copy_over_a_story_leaves_its_pictures_and_the_facts_of_unchanged_texts(
    db: None, noon: datetime.datetime
) -> None:
    story = whole_story(noon)
    source = "Harbour reopens after ten days\n\nShips may enter.\n\nWhy it matters: Bread comes by ship, and the bakers had none.\n- Flour waited on the quay.\n    - Rye waited longest.\n"

    copy.revise(story=story, draft=read_one(source, noon), by=None)

    [kept] = copy.as_draft(story).body
    assert kept["value"]["facts"][0]["value"]["counts"] == "sacks of flour"
    assert story.hero is not None
    assert story.section is not None


def test_a_picture_without_its_picture_waits_in_the_draft_for_one(founded: None, noon: datetime.datetime) -> None:
    waiting = {"type": "picture", "value": {"picture": None, "caption": "Mole", "alt_text": ""}}
    draft = Draft(headline="Harbour", body=[waiting])

    story, _ = copy.file(draft=draft, by=None, at=noon)

    assert story.body[0].value["caption"] == "Mole"


def test_plain_text_put_back_unchanged_keeps_links_and_makes_no_new_version(db: None, noon: datetime.datetime) -> None:
    story = whole_story(noon)
    versions = story.revisions.count()
    written = writing.write(copy.as_draft(story), at=noon, zone=ZONE, form="text")

    _, settled = copy.revise(story=story, draft=read_one(written, noon), by=None)

    assert settled.is_unchanged
    assert story.revisions.count() == versions


def test_plain_text_that_was_edited_keeps_the_links_of_what_stayed(db: None, noon: datetime.datetime) -> None:
    story = whole_story(noon)
    written = writing.write(copy.as_draft(story), at=noon, zone=ZONE, form="text")

    copy.revise(story=story, draft=read_one(written.replace("stayed shut", "opened late"), noon), by=None)

    latest = str(Story.objects.get(pk=story.pk).get_latest_revision_as_object().body)
    assert "https://example.org/" in latest
    assert "opened late" in latest
