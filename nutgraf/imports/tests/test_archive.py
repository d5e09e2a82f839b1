"""An archive is brought in once, whole, as it was, and never over somebody's work."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import fields, make_dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from nutgraf.imports.archive import values
from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.values import State
from nutgraf.imports.models import ArchiveItem
from nutgraf.imports.samples import NIGHT, Shelf, make_archived
from nutgraf.media.models import Picture
from nutgraf.media.samples import make_bytes
from nutgraf.newsroom.models import Author, Section
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.models import PublicVersion, Story

ROSA = values.Author("rosa", "Rosa Vale", "rosa@example.org", addresses=("/author/rosa/",))
SEA = values.Section("sea", "At sea", addresses=("/category/sea/",))
PICTURE = values.Picture(
    "3",
    "https://old.example.org/wp-content/uploads/2019/03/ice.jpg",
    alt="Ice.",
    caption="Ice on Monday.",
    credit="Ada Quill",
)

Brought = Callable[..., Report]


@pytest.fixture(autouse=True)
def newsroom(db: None, noon: datetime.datetime) -> None:
    actions.found(at=noon)


@pytest.fixture
def brought(noon: datetime.datetime, tmp_path: Path) -> Brought:
    def bring_in(*items: values.Value, **wishes: Any) -> Report:
        source = Shelf([ROSA, SEA, *items])
        given: dict[str, Any] = {"at": noon, "zone": ZoneInfo("UTC")} | wishes
        return bring(source, Wishes(**given), Report(), lambda *_: None)

    return bring_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2019" / "03").mkdir(parents=True)
    (tmp_path / "2019" / "03" / "ice.jpg").write_bytes(make_bytes("jpg"))
    return tmp_path


def counts(report: Report) -> dict[str, dict[str, int]]:
    return {kind: dict(counted) for kind, counted in report.counts.items()}


def test_a_public_story_is_public_as_of_its_day_with_its_labels_as_points(brought: Brought) -> None:
    report = brought(make_archived())

    story = Story.objects.get()
    assert counts(report) == {"author": {"made": 1}, "section": {"made": 1}, "story": {"made": 1}}
    assert (story.live, story.first_published_at, story.last_published_at) == (True, NIGHT, NIGHT)
    assert story.address == "/at-sea/2019/03/05/harbour-closed/"
    assert [author.name for author in story.authors] == ["Rosa Vale"]
    assert story.lede == "<p>The harbour closed on Tuesday.</p>"
    assert [(point.label_text, point.text) for point in story.points.all()] == [
        ("Why it matters", "Bread comes by ship.")
    ]
    assert [version.at for version in PublicVersion.objects.all()] == [NIGHT]


def test_old_addresses_of_stories_authors_and_sections_lead_to_where_they_are(brought: Brought, client: Client) -> None:
    brought(make_archived())

    for old, new in {
        "/2019/03/7-harbour/": "/at-sea/2019/03/05/harbour-closed/",
        "/author/rosa/": "/authors/rosa-vale/",
        "/category/sea/": "/at-sea/",
    }.items():
        answer = client.get(old)
        assert (answer.status_code, answer["Location"].removeprefix("http://localhost")) == (301, new)


def test_a_second_run_changes_nothing(brought: Brought, folder: Path) -> None:
    items = PICTURE, make_archived(hero="3"), make_archived("8", state=State.DRAFT, slug="eight", headline="Eight")
    brought(*items, pictures=folder)
    before = _everything()

    report = brought(*items, pictures=folder)

    assert counts(report) == {"picture": {"unchanged": 1}, "story": {"unchanged": 2}}
    assert _everything() == before


def _everything() -> list[Any]:
    models = (Story, Author, Section, Picture, Redirect, PublicVersion, ArchiveItem)
    return [list(model._default_manager.order_by("pk").values()) for model in models]  # type: ignore[misc]  # models of several kinds


def test_an_author_is_matched_by_address_or_name_and_no_address_is_shown_that_was_for_signing_in(
    brought: Brought,
) -> None:
    known = make_author("Rosa V. Vale", email="ROSA@example.org")
    eli = make_author("Eli Marsh")

    brought(values.Author("eli", "eli marsh", "eli@example.org"), make_archived(authors=("rosa", "eli", "gone")))

    story = Story.objects.get()
    assert [author.pk for author in story.authors][:2] == [known.pk, eli.pk]
    assert [author.name for author in story.authors][2] == "gone"
    assert Author.objects.get(pk=eli.pk).email == ""


def test_sections_are_mapped_or_the_default_or_made(brought: Brought) -> None:
    region, rest = make_section("Region"), make_section("Rest")

    brought(make_archived(), sections={"sea": "region"})
    brought(make_archived("8", slug="b"), section=rest)
    brought(make_archived("9", slug="c", sections=("api",)))

    found = [story.section.name for story in Story.objects.order_by("pk")]
    assert found == [region.name, rest.name, "api"]
    assert Section.objects.get(name="api").slug == "api-news"


def test_a_public_story_whose_hour_is_still_to_come_waits_for_it(brought: Brought) -> None:
    # Wagtail asks the clock itself.
    tomorrow = timezone.now() + datetime.timedelta(days=1)

    report = brought(make_archived(published_at=tomorrow))
    brought(make_archived(published_at=tomorrow, body="<p>The harbour is open.</p>"))

    story = Story.objects.get()
    assert (story.live, story.go_live_at) == (False, tomorrow)
    assert report.remarks == {"its hour is still to come, so it waits for it": 1}


def test_control_signs_are_taken_out_of_whatever_comes_and_told(brought: Brought) -> None:
    brought(
        make_archived(headline="Bell\x07 and \x00nul", body="<p>Ice\x0b, \ud800twice\ufffe.</p>", sections=("Se\x04a",))
    )
    report = brought(make_archived("8", slug="plain"))

    one, other = ArchiveItem.objects.filter(kind="STORY").order_by("key")
    assert one.story.title == "Bell and nul"
    assert one.story.lede == "<p>Ice, twice.</p>"
    assert one.story.section.name == "Sea"
    assert "headline" in json.dumps(one.remarks)
    assert (other.remarks, report.remarks) == ([], {})


@pytest.mark.parametrize("climbing", ["/../../etc/passwd/", "/a/%2e%2E/b/", "/./a/"])
def test_an_old_address_that_climbs_leads_nowhere_and_is_told(climbing: str, brought: Brought) -> None:
    report = brought(make_archived(addresses=(climbing,)))

    assert Story.objects.get().live
    assert not Redirect.objects.filter(redirect_page__isnull=False).exists()
    assert report.remarks == {"the address leads elsewhere already, or none like it can be kept": 1}


def test_a_field_that_a_later_version_adds_makes_no_story_another() -> None:
    later = make_dataclass("Later", [("added", str, "")], bases=(values.Story,), frozen=True)
    story = make_archived()
    same = later(**{one.name: getattr(story, one.name) for one in fields(story)})

    assert values.digest(same) == values.digest(story)
    assert values.digest(replace(same, added="more")) != values.digest(story)


def test_drafts_stay_drafts_and_what_is_scheduled_is_scheduled(brought: Brought) -> None:
    # Wagtail asks the clock itself.
    tomorrow = timezone.now() + datetime.timedelta(days=1)

    brought(
        make_archived(state=State.DRAFT),
        make_archived("8", slug="b", state=State.SCHEDULED, published_at=tomorrow),
        make_archived("9", slug="c", state=State.SCHEDULED),
        make_archived("10", slug="d", published_at=None),
    )

    stories = Story.objects.order_by("pk")
    assert [(story.live, story.go_live_at) for story in stories] == [
        (False, None),
        (False, tomorrow),
        (False, None),
        (False, None),
    ]
    remarks = ArchiveItem.objects.filter(kind="STORY").order_by("pk").values_list("remarks", flat=True)
    assert "its hour is past" in remarks[2][0][1]
    assert "nobody knows when" in remarks[3][0][1]


def test_a_change_makes_a_new_version_where_nobody_has_worked_at_the_story(brought: Brought) -> None:
    brought(make_archived())
    changed = NIGHT + datetime.timedelta(days=3)

    report = brought(make_archived(headline="Harbour opened again", changed_at=changed))

    story = Story.objects.get()
    assert counts(report) == {"story": {"revised": 1}}
    assert (story.title, story.live, story.updated_at) == ("Harbour opened again", True, changed)
    assert [version.kind for version in PublicVersion.objects.order_by("number")] == ["FIRST", "UPDATE"]


def test_a_change_never_takes_the_place_of_somebody_s_work(brought: Brought) -> None:
    brought(make_archived())
    story = Story.objects.get()
    story.title = "Harbour closed by thick ice"
    actions.revise(story=story, by=None)
    before = _everything()

    report = brought(make_archived(headline="Another"))

    assert counts(report) == {"story": {"skipped": 1}}
    assert "worked at the story since" in report.skipped[0].reason
    assert _everything() == before


def test_a_story_that_was_deleted_at_the_desk_is_not_made_again(brought: Brought) -> None:
    brought(make_archived())
    Story.objects.get().delete()

    assert counts(brought(make_archived())) == {"story": {"skipped": 1}}
    assert not Story.objects.exists()


def test_pictures_come_from_the_folder_and_are_found_in_bodies_in_any_size(brought: Brought, folder: Path) -> None:
    small = '<p>Ice.</p><img src="https://old.example.org/wp-content/uploads/2019/03/ice-300x200.jpg" alt="Floes">'

    report = brought(PICTURE, make_archived(body=small, hero="3"), pictures=folder)

    picture, story = Picture.objects.get(), Story.objects.get()
    assert (picture.caption, picture.credit_line, picture.description) == ("Ice on Monday.", "Ada Quill", "Ice.")
    assert story.hero == picture
    assert [(part.value["picture"], part.value["alt_text"]) for part in story.body] == [(picture, "Floes")]
    assert counts(report)["picture"] == {"made": 1}


def test_a_picture_that_is_not_to_be_had_is_told_and_comes_when_it_is(brought: Brought, folder: Path) -> None:
    story = make_archived(hero="3")

    first = brought(PICTURE, story)
    later = brought(PICTURE, story, pictures=folder)

    assert counts(first)["picture"] == {"skipped": 1}
    assert "neither in the folder" in first.skipped[0].reason
    assert ArchiveItem.objects.get(kind="STORY").pictures_lacking == 0
    assert counts(later) == {"picture": {"made": 1}, "story": {"revised": 1}}
    assert Story.objects.get().hero == Picture.objects.get()


@pytest.mark.parametrize(
    "url",
    [
        "https://old.example.org/../../secret.jpg",
        "https://old.example.org/%2e%2e/secret.jpg",
        "https://old.example.org/link.jpg",
    ],
)
def test_no_picture_comes_from_outside_the_folder(brought: Brought, folder: Path, url: str) -> None:
    secret = folder.parent / "secret.jpg"
    secret.write_bytes(make_bytes("jpg"))
    (folder / "link.jpg").symlink_to(secret)

    report = brought(values.Picture("3", url), pictures=folder)

    assert counts(report) == {"picture": {"skipped": 1}}


def test_what_no_block_can_hold_is_told(brought: Brought) -> None:
    brought(
        make_archived(body="<p>One.</p><script>alert(1)</script><iframe src='https://video.example.org/1'></iframe>")
    )

    remarks = ArchiveItem.objects.get(kind="STORY").remarks
    assert ["alert(1)", "a script"] in remarks
    assert [one for one in remarks if one[0] == "https://video.example.org/1"]
    assert "video.example.org" in str(Story.objects.get().body)


def test_a_story_that_cannot_be_made_leaves_nothing_behind_and_the_others_come(
    brought: Brought,
) -> None:
    broken = replace(make_archived("8", slug="b"), published_at="never")  # type: ignore[arg-type]  # that is the trouble

    report = brought(broken, make_archived())

    assert counts(report)["story"] == {"skipped": 1, "made": 1}
    assert counts(report)["author"] == {"made": 1}
    assert ArchiveItem.objects.filter(kind="STORY").count() == Story.objects.count() == 1


def test_a_dry_run_tells_the_same_and_keeps_nothing(brought: Brought, folder: Path) -> None:
    before = _everything()

    dry = brought(PICTURE, make_archived(hero="3"), pictures=folder, is_dry=True)

    assert _everything() == before
    assert counts(dry) == counts(brought(PICTURE, make_archived(hero="3"), pictures=folder))


def test_the_original_is_kept_with_the_story(brought: Brought) -> None:
    brought(make_archived(terms=("tag: ice",)))

    original = json.loads(Story.objects.get().archive_items.get().original)
    assert (original["original"], original["terms"]) == ("as it was", ["tag: ice"])


def test_a_story_without_a_headline_is_called_by_its_first_words_and_one_without_words_is_a_draft(
    brought: Brought,
) -> None:
    brought(make_archived(headline=" "), make_archived("8", slug="b", headline="", body=""))

    second, first = Story.objects.order_by("live")
    assert (first.title, first.live) == ("The harbour closed on Tuesday", True)
    assert (second.title, second.live) == ("b", False)


def test_stories_with_one_slug_in_a_month_have_addresses_of_their_own(brought: Brought) -> None:
    brought(make_archived(), make_archived("8"))

    assert [story.slug for story in Story.objects.order_by("pk")] == ["harbour-closed", "harbour-closed-2"]


def test_where_one_of_many_cannot_be_kept_each_is_tried_by_itself(brought: Brought) -> None:
    # Keys are kept to 500 letters, so that these two are one item.
    long = "k" * 500
    items = make_archived(f"{long}1"), make_archived(f"{long}2", slug="b"), make_archived("9", slug="c")

    report = brought(*items)

    assert counts(report)["story"] == {"made": 2, "revised": 1}
    assert Story.objects.live().count() == ArchiveItem.objects.filter(kind="STORY").count() == 2


def test_stories_are_made_in_a_number_of_statements_that_hardly_grows_with_them(noon: datetime.datetime) -> None:
    def taken(first: int, count: int) -> int:
        keys = [f"{first + number}" for number in range(count)]
        stories = [make_archived(key, slug=f"story-{key}", addresses=(f"/{key}/",)) for key in keys]
        source = Shelf([ROSA, SEA, *stories], site=f"https://{first}.example.org")
        with CaptureQueriesContext(connection) as statements:
            bring(source, Wishes(at=noon, zone=ZoneInfo("UTC")), Report(), lambda *_: None)
        return len(statements)

    taken(100, 2)
    few, many = taken(200, 5), taken(300, 25)

    # Each is composed in a transaction of its own.
    assert (many - few) / 20 <= 2.5


def test_a_second_run_asks_of_many_stories_at_once_whether_they_came_before(brought: Brought) -> None:
    items = [make_archived(f"{number}", slug=f"story-{number}") for number in range(25)]
    brought(*items)

    with CaptureQueriesContext(connection) as statements:
        brought(*items)

    asked = [one for one in statements if 'FROM "imports_archiveitem"' in one["sql"]]
    assert len(asked) <= 3


def test_every_item_is_written_down_as_it_comes(noon: datetime.datetime, tmp_path: Path) -> None:
    report, file = Report(), tmp_path / "report.json"

    with report.written(file):
        bring(
            Shelf([values.Left("9", "Menu", "it is no story"), make_archived()]),
            Wishes(at=noon, zone=ZoneInfo("UTC")),
            report,
            lambda *_: None,
        )

    told = json.loads(file.read_text())
    assert [(one["kind"], one["outcome"]) for one in told["items"]][-1] == ("story", "made")
    assert told["skipped"] == {"item: it is no story": 1}
