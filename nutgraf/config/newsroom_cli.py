"""The commands that take a whole newsroom along: `export DIR` writes it, `import nutgraf DIR` restores it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.config import data_folder
from nutgraf.config.desk_cli import data_option, import_
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

if TYPE_CHECKING:
    from nutgraf.imports.newsroom.restoring import Restored

SHOWN = 20
# So many stories are in memory at a time.
BATCH = 100


def write(into: Path, *, with_subscribers: bool) -> None:
    """Write the newsroom that is open into a folder, and tell of it."""
    from nutgraf.imports.newsroom import writing
    from nutgraf.imports.newsroom.manifest import Refused

    into = into.expanduser().absolute()
    try:
        writing.refuse_other(into)
        data_folder.make_writable(into.parent)
        with progress("Writing the newsroom") as step:
            made = writing.write(into, documents=documents(), with_subscribers=with_subscribers, step=step)
    except Refused as refusal:
        raise Trouble(str(refusal)) from None
    console.print(
        f"{made.files} files with {sum(made.rows.values()):,} rows are in {into}.", markup=False, soft_wrap=True
    )
    if not with_subscribers:
        console.print("Subscribers are not among them; --subscribers takes them along.")
    if made.missing:
        console.print(f"{len(made.missing)} files were gone already, which rows speak of:", style="yellow")
        for name in made.missing[:SHOWN]:
            console.print(f"  {name}", markup=False, soft_wrap=True)


def documents() -> Iterator[tuple[str, bytes]]:
    """Return each public story and each picture as a news object, with its name; of what was withdrawn that it was."""
    from nutgraf.media.models import Picture
    from nutgraf.reader import alternates, ninjs
    from nutgraf.reader.finding import is_withdrawn
    from nutgraf.stories.models import Story

    stories = Story.objects.live().select_related("section", "hero").prefetch_related("bylines__author")
    for story in stories.order_by("pk").iterator(chunk_size=BATCH):
        if story.address:
            yield f"stories{story.address.rstrip('/')}.json", _as_json(alternates.news_object(story, None))
    for story in Story.objects.filter(live=False, address_date__isnull=False).select_related("section").order_by("pk"):
        if story.address and is_withdrawn(story):
            yield f"stories{story.address.rstrip('/')}.json", _as_json(alternates.withdrawn(story, None))
    for picture in Picture.objects.order_by("pk").iterator(chunk_size=BATCH):
        file = f"../../files/media.Picture.file/{picture.file.name}"
        yield f"pictures/{picture.pk}.json", _as_json(ninjs.of_picture(picture, file=file))


@import_.command(name="nutgraf")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@data_option
def import_newsroom(source: Path, folder: Path) -> None:
    """Restore the newsroom that `nutgraf export` wrote into DIR, in one that was just founded: the same keys, the same pages.

    Nobody's password is in the export: staff ask for a new one where they sign in.
    Whoever founded this newsroom keeps theirs.
    """
    data_folder.open_newsroom(folder)
    from nutgraf.imports.newsroom import restoring
    from nutgraf.imports.newsroom.manifest import Refused

    try:
        with progress("Restoring the newsroom") as step:
            restored = restoring.restore(source.expanduser().absolute(), step)
    except Refused as refusal:
        raise Trouble(str(refusal)) from None
    with progress("Making what search reads"):
        restoring.make_indexes()
    _tell(restored)


def _tell(restored: Restored) -> None:
    rows = restored.manifest.rows
    console.print(
        f"{rows['stories.Story']:,} stories, {rows['media.Picture']:,} pictures and {sum(rows.values()):,} rows in all"
        " are as they were."
    )
    name = restored.founder
    if restored.is_founder_known:
        console.print(f"Sign in as {name} with the password of this newsroom.", markup=False, soft_wrap=True)
    else:
        console.print(f"{name}, who founded this newsroom, is on its staff now, too.", markup=False, soft_wrap=True)
    console.print("All others ask for a new password where they sign in.")
    if restored.manifest.missing:
        console.print(f"{len(restored.manifest.missing)} files were not in the export; its manifest names them.")


def _as_json(value: dict[str, object]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
