"""Two archives in files of their own, one of 30 stories and one of 10,000, alike in all but their length.

The 30 are filed and published by the same actions as a newsroom's. The rest are
copies of their rows, older by three days each time: ten a day for three years.
A reader sees the same pages on top of both, so a difference is the archive's.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from nutgraf.media.samples import make_picture
from nutgraf.newsroom import actions as newsroom
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.models import Archive as Root
from nutgraf.stories.models import Bullet, Byline, Event, Number, Point, Quote, Story
from nutgraf.stories.samples import event, make_story, number, point, quote
from nutgraf.streams.models import StreamEntry

FEW, MANY = 30, 10_000
SPAN_DAYS = 3
COPIES_A_MONTH = 10
# Further apart than any two keys of the 30, so that a copy's keys are the original's and a multiple of this.
STRIDE = 100_000

COPIED = (
    Page,
    Story,
    Byline,
    Point,
    Bullet,
    Quote,
    Number,
    Event,
    StreamEntry,
    Revision,
    PageLogEntry,
    ReferenceIndex,
    IndexEntry,
)


@dataclass(frozen=True)
class Archive:
    """A database of its own, with the connection that it is reached by."""

    size: int
    connection: Any

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Have Django talk to this archive and no other."""
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = before


def make_both(folder: Path) -> tuple[Archive, Archive]:
    """Make the two archives in a folder; takes about half a minute."""
    few = make_few(folder / "few.sqlite3")
    return few, make_many(folder / "few.sqlite3", folder / "many.sqlite3", MANY)


def make_few(file: Path) -> Archive:
    """Make the archive of 30 stories in a new file."""
    few = _archive(file, FEW)
    with few.opened():
        call_command("migrate", verbosity=0)
        _publish_thirty()
        connection.close()
    return few


def make_many(few: Path, file: Path, size: int) -> Archive:
    """Make an archive of another size from a copy of that of 30 stories; takes two seconds for 1,000."""
    shutil.copy(few, file)
    many = _archive(file, size)
    with many.opened():
        _copy_rows(range(1, -(-size // FEW)))
        for story in Story.objects.order_by("first_published_at")[: Story.objects.count() - size]:
            story.delete()
        connection.close()
    return many


def _archive(file: Path, size: int) -> Archive:
    stock = connections["default"]
    return Archive(size, type(stock)(stock.settings_dict | {"NAME": file}, "default"))


def _publish_thirty() -> None:
    now = timezone.now()
    newsroom.christen(name="The Bench", tagline="Measured twice")
    # So few that the front of each is full, with few stories as with many.
    sections = [make_section(name) for name in ("World", "Economy")]
    authors = [
        make_author(name) for name in ("Rosa Vale", "Ida Brook", "Noor Hale", "Tom Reed", "Ana Sol", "Leo Finch")
    ]
    picture = make_picture(size=(1200, 800))
    for place in range(FEW):
        make_story(
            f"Harbour story number {place} of the thirty",
            point("Why it matters", "Bread comes by ship, and the <b>harbour</b> has been shut for nine days."),
            point(
                "The latest",
                "Pilots returned to work after talks with the port authority.",
                "Three ships wait in the roads.",
                "A fourth was sent to another harbour.",
                facts=[
                    number(3 + place, "ships waiting"),
                    event("Talks go on", starts=now.date(), place="Port Ellery"),
                ],
            ),
            point("What they're saying", "The pilots want it in writing.", "The authority says it has no pen."),
            quote("We have waited for nine days.", "Mara Lind", role="pilot", affiliation="Pilots' Guild"),
            point("Yes, but", "The agreement ends with the month.", "Nobody has said what comes then."),
            point("The bottom line", "The harbour is open, for now."),
            at=now - datetime.timedelta(days=SPAN_DAYS * place / FEW, minutes=1),
            section=sections[place % len(sections)],
            authors=[authors[place % len(authors)]],
            hero=picture,
        )


@transaction.atomic
def _copy_rows(copies: range) -> None:
    published = dict(Story.objects.values_list("pk", "first_published_at"))
    folders = _folders(min(published.values()) - datetime.timedelta(days=SPAN_DAYS * copies[-1]))

    def path(pk: int, copy: int) -> str:
        month = published[pk] - datetime.timedelta(days=SPAN_DAYS * copy)
        folder = folders[f"{month:%Y-%m}"]
        folder.numchild += 1
        return str(Page._get_path(folder.path, folder.depth + 1, folder.numchild))

    with connection.cursor() as cursor:
        connection.connection.create_function("path", 2, path)
        numbers = ", ".join(f"({number})" for number in copies)
        cursor.execute("CREATE TEMP TABLE copy (number INTEGER)")
        cursor.execute(f"INSERT INTO copy VALUES {numbers}")
        for model in COPIED:
            columns = {f'"{field.column}"': _copied(field) for field in model._meta.local_concrete_fields}
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
                f" SELECT {', '.join(columns.values())} FROM {model._meta.db_table}, copy WHERE {_is_of_stories(model)}"
            )
    Page.objects.bulk_update(folders.values(), ["numchild"])


def _folders(since: datetime.datetime) -> dict[str, Page]:
    day = timezone.localdate()
    months = [day]
    while months[-1] > since.date().replace(day=1):
        months.append(months[-1].replace(day=1) - datetime.timedelta(days=1))
    return {f"{day:%Y-%m}": Page.objects.get(pk=Root.month(day).pk) for day in months}


def _copied(field: models.Field[Any, Any]) -> str:
    """Return what stands in a copy's column: keys move up, moments move back, and what must be unique becomes so."""
    column = f'"{field.column}"'
    if field.primary_key and not field.is_relation or field.related_model in COPIED:
        return f"{column} + number * {STRIDE}"
    match field.name:
        case "object_id":
            return f"CAST({column} + number * {STRIDE} AS TEXT)"
        case "path":
            return "path(id, number)"
        case "slug":
            return "slug || '-' || number"
        case "translation_key":
            return "lower(hex(randomblob(16)))"
    days = f"'-' || (number * {SPAN_DAYS}) || ' days'"
    match field:
        case models.DateTimeField():
            return f"strftime('%Y-%m-%d %H:%M:%f', {column}, {days})"
        case models.DateField():
            return f"date({column}, {days})"
    return column


def _is_of_stories(model: type[models.Model]) -> str:
    names = {field.name: field.column for field in model._meta.local_concrete_fields}
    if "object_id" in names:
        kind = ContentType.objects.get_for_model(Story).pk
        return f"content_type_id = {kind} AND CAST(object_id AS INTEGER) < {STRIDE}"
    owner = next(names[name] for name in ("story", "page", "page_ptr", "id") if name in names)
    return f"{owner} IN (SELECT page_ptr_id FROM stories_story WHERE page_ptr_id < {STRIDE})"
