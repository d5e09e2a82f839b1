"""Copy that is brought in becomes drafts, once."""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from nutgraf.copydesk import writing
from nutgraf.copydesk.reading import CopyRefused
from nutgraf.imports.copy import Report, bring
from nutgraf.imports.copy.watching import DONE, FAILED, Watch
from nutgraf.newsroom.models import Section
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, copy
from nutgraf.stories.models import Story

ZONE = ZoneInfo("UTC")
COPY = """Harbour reopens after nine days
By Rosa Lind

Ships may enter the harbour again from Thursday, the port authority said.

Why it matters: Bread comes by ship.
- Flour for ten thousand loaves waited on the quay.
"""
TWO = f"""{COPY}

Council votes on the ferry
By Rosa Lind
Nov 21, 2026 - Region

The council votes on the ferry on Monday evening.

Why it matters: The islands have no other link.
"""


@pytest.fixture(autouse=True)
def newsroom(db: None, noon: datetime.datetime) -> None:
    actions.found(at=noon)
    make_author("Rosa Lind")


@pytest.fixture
def region(newsroom: None) -> Section:
    return make_section("Region")


def brought(source: str | bytes, at: datetime.datetime, **options: object) -> Report:
    return bring(**({"source": source, "name": "harbour.txt", "by": None, "at": at, "zone": ZONE} | options))  # type: ignore[arg-type]  # which options is the test's


def test_each_story_of_the_copy_becomes_a_draft(rosa: AbstractUser, noon: datetime.datetime, region: Section) -> None:
    report = brought(TWO, noon, by=rosa, section=region)

    assert [one.outcome for one in report.stories] == ["made", "made"]
    assert [story.title for story in Story.objects.order_by("pk")] == [
        "Harbour reopens after nine days",
        "Council votes on the ferry",
    ]
    assert not Story.objects.live().exists()
    assert {story.section for story in Story.objects.all()} == {region}
    assert {story.owner for story in Story.objects.all()} == {rosa}


def test_the_same_copy_makes_no_second_story_under_whatever_name(noon: datetime.datetime) -> None:
    brought(TWO, noon)

    again = brought(TWO.replace("\n", "\r\n").encode(), noon, name="other.txt")

    assert [one.outcome for one in again.stories] == ["unchanged", "unchanged"]
    assert Story.objects.count() == 2


def test_an_editors_work_is_not_undone_by_the_same_copy(noon: datetime.datetime) -> None:
    story = brought(COPY, noon).stories[0].story
    story.eyebrow = "Exclusive"
    actions.revise(story=story, by=None)

    brought(COPY, noon)

    assert Story.objects.get().get_latest_revision_as_object().eyebrow == "Exclusive"


def test_changed_copy_of_the_same_name_and_headline_revises_the_story(noon: datetime.datetime) -> None:
    [first] = brought(COPY, noon).stories
    ids = [part["id"] for part in copy.as_draft(first.story).body]

    [again] = brought(COPY.replace("ten thousand", "twelve thousand"), noon).stories

    assert (again.outcome, again.story.pk) == ("revised", first.story.pk)
    latest = Story.objects.get().get_latest_revision_as_object()
    assert "twelve thousand" in str(latest.body)
    assert [part["id"] for part in copy.as_draft(latest).body] == ids


def test_another_story_in_a_file_of_the_same_name_is_another_story(noon: datetime.datetime) -> None:
    brought(COPY, noon)

    brought(COPY.replace("Harbour reopens after nine days", "Council votes on the ferry"), noon)

    assert Story.objects.count() == 2


def test_changed_copy_under_another_name_is_a_new_story_that_names_its_twin(noon: datetime.datetime) -> None:
    [first] = brought(COPY, noon).stories

    [again] = brought(COPY.replace("ten thousand", "twelve thousand"), noon, name="other.txt").stories

    assert (again.outcome, again.twins) == ("made", [first.story])


def test_copy_that_was_taken_out_and_edited_revises_its_story_even_under_another_headline(
    noon: datetime.datetime,
) -> None:
    [first] = brought(COPY, noon).stories
    taken_out = writing.write(copy.as_draft(first.story), at=noon, zone=ZONE)

    [again] = brought(taken_out.replace("Harbour reopens", "Port reopens"), noon, name="-").stories

    assert (again.outcome, again.story.pk) == ("revised", first.story.pk)
    assert Story.objects.get().get_latest_revision_as_object().title == "Port reopens after nine days"


def test_an_edit_goes_on_from_the_newest_draft(noon: datetime.datetime, region: Section) -> None:
    [first] = brought(COPY, noon, section=region).stories
    first.story.eyebrow = "Exclusive"
    actions.revise(story=first.story, by=None)

    brought(COPY.replace("ten thousand", "twelve thousand"), noon)

    assert Story.objects.get().get_latest_revision_as_object().section == region


def test_what_is_ready_is_published_on_request_as_of_its_own_day(noon: datetime.datetime, region: Section) -> None:
    report = brought(TWO, noon, section=region, publish=True)

    assert all(one.is_published for one in report.stories)
    days = {story.title[:7]: timezone.localdate(story.first_published_at) for story in Story.objects.live()}
    assert days == {"Harbour": noon.date(), "Council": datetime.date(2026, 11, 21)}


def test_a_story_without_a_headline_gets_its_first_words_and_cannot_be_published_so(
    noon: datetime.datetime, region: Section
) -> None:
    lede = "Ships may enter the harbour again from Thursday, the port authority said on Tuesday evening."

    [one] = brought(lede, noon, section=region, publish=True).stories

    assert one.story.title == "TK: Ships may enter the harbour again from Thursday…"
    assert not one.is_published


def test_what_is_not_ready_stays_a_draft_and_says_why(noon: datetime.datetime) -> None:
    [one] = brought(COPY, noon, publish=True).stories

    assert one.not_ready == ["Choose a section."]
    assert not Story.objects.get().live


def test_a_file_of_which_one_story_cannot_be_filed_files_none(noon: datetime.datetime) -> None:
    label = "Why it matters to everybody who ever waited for a ship in any harbour at all"

    with pytest.raises(ValidationError):
        brought(TWO + f"\n[point] {label} | text: Bread.\n", noon)

    assert not Story.objects.exists()


@pytest.mark.parametrize("source", [bytes(range(256)) * 10, b"%PDF-1.7 \xe2\xe3"])
def test_what_is_no_text_is_refused(noon: datetime.datetime, source: bytes) -> None:
    with pytest.raises(CopyRefused):
        brought(source, noon)


class TestWatching:
    @pytest.fixture
    def watch(self, tmp_path: Path, noon: datetime.datetime) -> Watch:
        return Watch(tmp_path, by=None, zone=ZONE, now=lambda: noon)

    def test_a_file_becomes_a_draft_and_moves_to_done(self, watch: Watch) -> None:
        (watch.folder / "harbour.txt").write_text(COPY)

        assert list(watch.look()) == []
        [result] = watch.look()

        assert result.moved_to.read_text() == COPY
        assert result.moved_to.parent.name == DONE
        assert Story.objects.get().title == "Harbour reopens after nine days"

    def test_a_file_that_still_grows_is_left_alone(self, watch: Watch) -> None:
        file = watch.folder / "harbour.txt"
        for end in range(10, 40, 10):
            file.write_text(COPY[:end])
            assert list(watch.look()) == []

        assert file.exists()

    @pytest.mark.parametrize("source", [b"", b"   \n", bytes(range(256)) * 10])
    def test_a_file_that_is_no_copy_moves_to_failed_with_the_reason(self, watch: Watch, source: bytes) -> None:
        (watch.folder / "x.txt").write_bytes(source)

        list(watch.look())
        [result] = watch.look()

        assert result.moved_to.read_bytes() == source
        assert result.moved_to.parent.name == FAILED
        assert (watch.folder / FAILED / "x.txt.why.txt").read_text().strip() == result.failure != ""
        assert not Story.objects.exists()

    def test_a_file_over_the_limit_is_refused_with_the_limit_and_not_read(self, watch: Watch) -> None:
        with (watch.folder / "big.txt").open("wb") as file:
            file.truncate(51 * 1024 * 1024)

        list(watch.look())
        [result] = watch.look()

        assert "50 MB" in result.failure

    def test_nothing_that_was_there_before_is_overwritten(self, watch: Watch) -> None:
        for text in (COPY, COPY.replace("Harbour", "Port")):
            (watch.folder / "harbour.txt").write_text(text)
            list(watch.look())
            list(watch.look())

        assert {file.name for file in (watch.folder / DONE).iterdir()} == {"harbour.txt", "harbour-2.txt"}
        assert Story.objects.count() == 2

    @pytest.mark.parametrize("name", [".hidden", "copy.txt.part", "copy.txt~", "copy.tmp"])
    def test_unfinished_and_hidden_files_are_left_alone(self, watch: Watch, name: str) -> None:
        (watch.folder / name).write_text(COPY)

        list(watch.look())

        assert list(watch.look()) == []

    def test_a_file_that_was_filed_but_not_moved_makes_no_second_story(self, watch: Watch) -> None:
        file = watch.folder / "harbour.txt"
        file.write_text(COPY)
        watch.take(file)
        file.write_text(COPY)

        result = watch.take(file)

        assert result.report
        assert result.report.stories[0].outcome == "unchanged"
        assert Story.objects.count() == 1
