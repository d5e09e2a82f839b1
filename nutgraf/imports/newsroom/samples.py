"""A small newsroom with one of everything in it, and the way back to one that was just founded."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.contrib.auth.models import AbstractUser, User
from django.db import connection
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.models import IndexEntry
from wagtail.users.models import UserProfile

from nutgraf.audience.samples import make_subscriber
from nutgraf.briefings import actions as briefings
from nutgraf.briefings.models import ReportStory, SpecialReport
from nutgraf.briefings.samples import make_briefing, make_edition, story_item
from nutgraf.imports.newsroom import rows, tables
from nutgraf.live import actions as live
from nutgraf.live.samples import make_entry, make_live
from nutgraf.media.samples import make_picture, make_upload
from nutgraf.newsroom import actions as newsroom
from nutgraf.newsroom import roles
from nutgraf.newsroom.samples import make_author, make_section, make_staff
from nutgraf.stories import actions as stories
from nutgraf.stories import samples
from nutgraf.stories.models import HouseStyle, Kind, Story
from nutgraf.stories.samples import make_story, point
from nutgraf.storylines import actions as storylines
from nutgraf.storylines.models import Override
from nutgraf.storylines.models.kinds import Kind as EntryKind
from nutgraf.storylines.samples import make_story_in, make_storyline
from nutgraf.streams import actions as streams

HOUR = datetime.timedelta(hours=1)


def make_newsroom(noon: datetime.datetime) -> None:
    """Fill a newsroom with one of everything; who may sign in is the first who is on its staff."""
    make_staff("Eli Marsh", roles.EDITOR, password="long-harbour-7")  # noqa: S106 (a test's)
    eli = User.objects.get(username="eli")
    make_staff("Rosa Vale", roles.REPORTER)
    UserProfile.objects.create(user=eli, avatar=make_upload("eli.png", (64, 64)))
    newsroom.christen(name="The Tide", tagline="News from the quay", about="Six people and a boat.")
    world = make_section("World", description="What moves the world.")
    rosa = make_author("Rosa Vale", role="Harbour correspondent", portrait=make_picture("rosa.jpg"), user=eli)
    _stories(noon, world=world, by=eli, author=rosa)
    _storyline(noon, by=eli)
    _live(noon, by=eli)
    _briefing(noon)


def found_again() -> AbstractUser:
    """Empty the newsroom as far as one that was just founded is, and return who founded it."""
    made = {"wagtailcore.Site", "wagtailcore.PageLogEntry"}
    kept = {"auth.Group", "auth.Group_permissions"} | {
        label for label in tables.FOUNDED - made if label.startswith("wagtailcore.")
    }
    going = [one for one in tables.emptied(tables.travelling(with_subscribers=True)) if one._meta.label not in kept]
    pages = [one._meta.db_table for one in going if issubclass(one, Page)]
    with connection.cursor() as cursor:
        for table in pages:
            cursor.execute(f"DELETE FROM wagtailcore_page WHERE id IN (SELECT page_ptr_id FROM {table})")  # noqa: S608 (names of our own tables)
        for table in [one._meta.db_table for one in going]:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (names of our own tables)
    Page.fix_tree()
    IndexEntry.objects.all().delete()
    newsroom.christen(name="Another")
    stories.found(at=timezone.now())
    who = {"username": "ada@example.org", "name": "Ada Quill", "email": "ada@example.org"}
    return newsroom.take_on(**who, password="long-harbour-8", role=roles.PUBLISHER)  # noqa: S106 (a test's)


def all_files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its name there."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def all_rows() -> dict[str, list[str]]:
    """Return every row of the newsroom, as it is written."""
    names = rows.Names()
    return {model._meta.label: list(rows.lines(model, names)) for model in tables.travelling(with_subscribers=True)}


def _stories(noon: datetime.datetime, *, world: object, by: User, author: object) -> None:
    style = HouseStyle.objects.create()
    brief = Kind.objects.create(style=style, name="Brief", most_words=200)
    fields = {"section": world, "authors": [author], "kind": brief}
    parts = [
        point("Why it matters", "Bread comes <b>by ship</b>.", samples.bullet("Flour is short.", "Two bakeries shut.")),
        samples.quote("We have waited & waited.", "Mara Lind", role="pilot"),
        samples.number("2500.5", "tonnes on the way", as_of=noon.date(), source="the port"),
        samples.event("Talks go on", starts=noon.date(), place="Port Ellery", is_expected=True),
    ]
    story = make_story("Harbour reopens", *parts, at=noon - 9 * HOUR, hero=make_picture(), **fields)
    story.title, story.slug = "Harbour reopens — “today” 🚢", "reopened"
    stories.revise(story=story, by=by)
    stories.publish(story=story, by=by, at=noon - 8 * HOUR, change="CORRECTION", sentence="It was today.")
    gone = make_story("Ship sinks", at=noon - 7 * HOUR, **fields)
    stories.withdraw(story=gone, reason="No ship sank.", by=by, at=noon - 6 * HOUR)
    stories.file(headline="A draft", by=by, at=noon, section=world)
    streams.lead(story=story)
    streams.pin(story=make_story("Quay repaired", at=noon - 5 * HOUR, **fields), section=story.section)


def _storyline(noon: datetime.datetime, *, by: User) -> None:
    harbour = make_storyline("The harbour", at=noon - 90 * HOUR, owner=by, picture=make_picture("quay.png"))
    storylines.summarise(storyline=harbour, text="The harbour shut.", by=by, at=noon - 80 * HOUR)
    make_story_in(harbour, "Nine ships wait", samples.quote("Nine.", "Mara Lind"), at=noon - 70 * HOUR)
    voice = harbour.entries.get(kind=EntryKind.VOICE)
    Override.objects.create(storyline=harbour, kind=voice.kind, action="PIN", key=voice.key, by=by, at=noon)
    report = SpecialReport.objects.create(
        name="The winter harbour",
        slug="winter",
        introduction="All of it.",
        curator=make_author("Cleo Aster"),
        storyline=harbour,
        is_public=True,
        created_at=noon,
    )
    ReportStory.objects.create(report=report, story=Story.objects.get(title="Nine ships wait"), sort_order=0)


def _live(noon: datetime.datetime, *, by: User) -> None:
    run = make_live(at=noon - 4 * HOUR, by=by)
    entry = make_entry(run, at=noon - 3 * HOUR, by=by, headline="A ferry")
    make_entry(run, "Nobody may cross.", at=noon - 2.5 * HOUR, by=by, headline="The bridge shuts")
    make_entry(run, at=noon - 2 * HOUR, by=by, parts=[samples.number(3, "ferries")])
    live.remove(entry=entry, by=by, at=noon - HOUR, because="It had not left.")


def _briefing(noon: datetime.datetime) -> None:
    briefing = make_briefing("The Morning Bell", at=noon - 20 * HOUR)
    story = Story.objects.get(title="Quay repaired")
    edition = make_edition(briefing, story_item(story), at=noon - 2 * HOUR)
    make_subscriber(at=noon, lists=[briefings.keep_list(briefing)])
    briefings.send(edition=edition, by=None, at=noon - HOUR)
    make_edition(briefing, at=noon)
