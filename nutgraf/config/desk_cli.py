"""The commands that bring copy into a newsroom and take it out: `copy write`, `import copy` and `desk watch`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from rich.markup import escape

from nutgraf.config import copy_cli, data_folder
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from nutgraf.copydesk.writing import Form
    from nutgraf.imports.copy import Report
    from nutgraf.imports.copy.watching import Result
    from nutgraf.newsroom.models import Section
    from nutgraf.stories.models import Story

data_option = click.option(
    "--data",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=data_folder.default,
    help="The newsroom's folder.  [default: data]",
)
section_option = click.option("--section", metavar="NAME", help="The section of stories that name none.")
by_option = click.option("--by", "username", metavar="USERNAME", help="Who does it, for the stories' history.")


# Out


@copy_cli.copy.command()
@click.argument("story", metavar="STORY")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "text"]),
    default="markdown",
    show_default=True,
    help="Plain text leaves out bold, italic and links.",
)
@click.option("--draft", "is_draft", is_flag=True, help="The newest draft, instead of what readers see.")
@data_option
def write(story: str, form: Form, is_draft: bool, folder: Path) -> None:
    """Print a story as copy. STORY is its address, its number in the desk, or its slug."""
    data_folder.open_newsroom(folder)
    from django.utils import timezone

    from nutgraf.copydesk import writing
    from nutgraf.stories import copy

    found = _story(story)
    if is_draft or not found.live:
        found = found.get_latest_revision_as_object()
    at, zone = timezone.localtime(), timezone.get_current_timezone()
    click.echo(
        writing.write(copy.as_draft(found), at=at, zone=ZoneInfo(str(zone)), form=form, labels=copy.labels()), nl=False
    )


def _story(said: str) -> Story:
    """Return the story of an address, a number or a slug."""
    from urllib.parse import urlsplit

    from nutgraf.stories.models import Story

    path = [part for part in urlsplit(said).path.split("/") if part]
    if said.isdecimal():
        found = list(Story.objects.filter(pk=int(said)))
    elif len(path) == 5:
        section, *day, slug = path
        found = [one for one in Story.objects.filter(slug=slug) if one.address == f"/{section}/{'/'.join(day)}/{slug}/"]
    else:
        found = list(Story.objects.filter(slug=said)[:2])
    if not found:
        raise Trouble(f"There is no story {said}; give its address, its number in the desk, or its slug.")
    if len(found) > 1:
        raise Trouble(f"More than one story has the slug {said}; give the address of the one you mean.")
    return found[0]


# In


@click.group(name="import")
def import_() -> None:
    """Bring stories in from outside."""


@import_.command(name="copy")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@section_option
@click.option("--publish", is_flag=True, help="Publish what is ready; the rest stays drafts, and is told.")
@by_option
@copy_cli.at_option
@copy_cli.form_option
@data_option
def import_copy(
    files: tuple[str, ...],
    section: str | None,
    publish: bool,
    username: str | None,
    at: datetime.datetime | None,
    form: Any,
    folder: Path,
) -> None:
    """File the stories in each FILE as drafts. The same copy makes no second story. FILE may be - for standard input."""
    data_folder.open_newsroom(folder)
    options = {"at": at, "section": section_of(section), "publish": publish, "by": user_of(username), "form": form}
    is_whole = _tell(files[0], _bring(files[0], **options)) if len(files) == 1 else _import_all(files, options)
    if not is_whole:
        sys.exit(1)


def _import_all(files: tuple[str, ...], options: dict[str, Any]) -> bool:
    """Bring file by file; one that cannot be brought does not hold up the others."""
    is_whole = True
    with progress("Reading copy") as step:
        for place, file in enumerate(files):
            step(file, place, len(files))
            try:
                is_whole &= _tell(file, _bring(file, **options))
            except click.ClickException as error:
                error.show()
                is_whole = False
    return is_whole


def _bring(file: str, *, at: datetime.datetime | None, form: Any, **options: Any) -> Report:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from nutgraf.copydesk.reading import CopyRefused
    from nutgraf.imports.copy import bring

    zone = ZoneInfo(str(timezone.get_current_timezone()))
    moment = at or timezone.now()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    source = copy_cli.source_of(file)
    try:
        form = copy_cli.form_of(file, form)
        report = bring(source=source, name=Path(file).name, at=moment, zone=zone, form=form, **options)
    except CopyRefused as refusal:
        raise Trouble(f"{copy_cli.shown(file)} cannot be read as copy. {refusal}") from None
    except ValidationError as error:
        raise Trouble(f"{copy_cli.shown(file)} cannot be filed. {' '.join(error.messages)}") from None
    if not report.stories:
        raise Trouble(f"{copy_cli.shown(file)} holds no story: neither a headline nor a sentence.")
    return report


def _tell(file: str, report: Report) -> bool:
    """Print what became of a file; return whether all that was asked for could be done."""
    words = {"made": "new story", "revised": "new version", "unchanged": "nothing new"}
    for brought in report.stories:
        what = words[brought.outcome]
        if brought.is_published or brought.outcome != "unchanged":
            what += ", published" if brought.is_published else ", a draft"
        name = f"“{brought.story.title}”" if brought.story.title else "without a headline"
        console.print(f"{escape(file)}: {what}: [bold]{escape(name)}[/] ({brought.story.pk})", soft_wrap=True)
        for twin in brought.twins:
            console.print(f"  story {twin.pk} has the same headline", style="yellow", soft_wrap=True)
        for one in brought.unsettled:
            console.print(f"  not taken: {one.text}: {one.reason}", markup=False, style="yellow", soft_wrap=True)
        for sentence in brought.not_ready:
            console.print(f"  not published: {sentence}", markup=False, style="red", soft_wrap=True)
    is_new = any(brought.outcome != "unchanged" for brought in report.stories)
    for line in report.unplaced if is_new else []:
        console.print(f"  left out: {line.text}: {line.reason}", markup=False, style="dim", soft_wrap=True)
    return not any(brought.not_ready for brought in report.stories)


def section_of(name: str | None) -> Section | None:
    from django.db.models import Q

    from nutgraf.newsroom.models import Section

    if name is None:
        return None
    found = Section.objects.filter(Q(name__iexact=name) | Q(slug=name.lower())).first()
    if found is None:
        known = ", ".join(Section.objects.values_list("name", flat=True)) or "none yet"
        raise Trouble(f"There is no section {name}; there are: {known}.")
    return found


def user_of(username: str | None) -> AbstractBaseUser | None:
    from django.contrib.auth import get_user_model

    if username is None:
        return None
    model = get_user_model()
    found = model.objects.filter(**{model.USERNAME_FIELD: username}).first()
    if found is None:
        raise Trouble(f"Nobody signs in as {username}.")
    return found


# The watched folder


@click.group()
def desk() -> None:
    """Work for the desk that needs no browser."""


@desk.command()
@click.argument("watched", metavar="DIR", type=click.Path(path_type=Path))
@section_option
@by_option
@click.option("--once", is_flag=True, help="Take what is there, and end.")
@data_option
def watch(watched: Path, section: str | None, username: str | None, once: bool, folder: Path) -> None:
    """Make drafts of each file of copy that is laid in DIR, and move it to done/ or failed/, until Ctrl-C."""
    data_folder.open_newsroom(folder)
    from django.utils import timezone

    from nutgraf.imports.copy.watching import Watch

    if not watched.exists():
        # A name that was mistyped is seen at once.
        console.print(f"Making the folder {escape(str(watched))}.", soft_wrap=True)
    data_folder.make_writable(watched)
    zone = ZoneInfo(str(timezone.get_current_timezone()))
    watch = Watch(watched, by=user_of(username), zone=zone, section=section_of(section))
    if once:
        results = [watch.take(file) for file in watch.files()]
        for result in results:
            _tell_result(result)
        sys.exit(any(result.failure for result in results))
    console.print(f"Watching {escape(str(watched))}; stop with Ctrl-C.", soft_wrap=True)
    watch.run(_tell_result)


def _tell_result(result: Result) -> None:
    if result.report:
        _tell(result.file.name, result.report)
    else:
        console.print(f"{result.file.name}: failed: {result.failure}", markup=False, style="red", soft_wrap=True)
