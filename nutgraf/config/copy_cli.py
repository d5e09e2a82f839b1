"""The commands over copy, which need no newsroom and no database: read it, say in which form it is told, and check it."""

from __future__ import annotations

import datetime
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

if TYPE_CHECKING:
    from nutgraf.copydesk.found import Copy
    from nutgraf.copydesk.intake.manuscripts import Form

STANDARD_INPUT = "-"
_FORMS: dict[str, Form] = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
Shape = Literal["text", "json", "marked"]


@click.group()
def copy() -> None:
    """Read, write and check copy: the text of a story as a person writes or pastes it."""


def _zone(context: click.Context, parameter: click.Parameter, value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"“{value}” is no time zone; give one such as Europe/Lisbon.") from None


def _moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"“{value}” is no moment; give one such as 2026-03-05T12:00.") from None


at_option = click.option(
    "--at", metavar="MOMENT", callback=_moment, help="When it is read, such as 2026-03-05T12:00.  [default: now]"
)
zone_option = click.option(
    "--zone",
    metavar="ZONE",
    default=lambda: os.environ.get("NUTGRAF_TIME_ZONE") or "UTC",
    callback=_zone,
    help="Whose days and clock times these are, such as Europe/Lisbon.  [default: NUTGRAF_TIME_ZONE, or UTC]",
)
form_option = click.option(
    "--form",
    type=click.Choice(["auto", "text", "markdown", "html"]),
    default="auto",
    help="What it is written in.  [default: told by the name of the file and by its text]",
)


@copy.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "marked"]),
    default="text",
    show_default=True,
    help="An outline, JSON, or the copy with each line marked as it was read.",
)
@at_option
@zone_option
@form_option
def read(files: tuple[str, ...], shape: Shape, at: datetime.datetime | None, zone: ZoneInfo, form: Form) -> None:
    """Show how copy is read: its stories with their parts, and what was left over. FILE may be - for standard input."""
    refused = False
    for file in files:
        try:
            found = read_file(file, at=at, zone=zone, form=form)
        except click.ClickException as error:
            if len(files) == 1:
                raise
            error.show()
            refused = True
        else:
            tell(found, file, shape=shape, is_one_of_many=len(files) > 1)
    if refused:
        sys.exit(1)


@copy.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--level",
    type=click.Choice(["advice", "stop"]),
    default="advice",
    show_default=True,
    help="From which notes on the exit status is 1: from advice, or only from what stops a story.",
)
@click.option(
    "--words-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of words that are not to be written, a line each: e-mail = email # shorter",
)
@click.option(
    "--words",
    "most",
    metavar="N",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="How many words a story may have.",
)
@click.option(
    "--language",
    metavar="CODE",
    default="en",
    show_default=True,
    help="What it is written in; some rules are for English.",
)
@at_option
@zone_option
@form_option
def check(
    files: tuple[str, ...],
    level: str,
    words_file: Path | None,
    most: int,
    language: str,
    at: datetime.datetime | None,
    zone: ZoneInfo,
    form: Form,
) -> None:
    """Print what there is to note about copy: the place, the rule and the reason. FILE may be - for standard input.

    The status is 0 when there is nothing to note, 1 when there is, and 2 when a file cannot be read.
    """
    from nutgraf.config import copy_check

    try:
        words = copy_check.read_words(words_file) if words_file else ()
    except (copy_check.NotAWordList, UnicodeDecodeError) as error:
        raise click.BadParameter(f"In {words_file}, {error}") from None
    on = (at or datetime.datetime.now(zone)).date()
    status = 0
    for file in files:
        try:
            found = read_file(file, at=at, zone=zone, form=form)
        except click.ClickException as error:
            error.show()
            status = 2
            continue
        for remark in copy_check.remarks(found, on=on, language=language, words=words, most=most):
            click.echo(f"{file}:{remark.line}: {remark.note.rule}: {remark.note.why}")
            if level == "advice" or remark.note.level == "STOP":
                status = max(status, 1)
    sys.exit(status)


@copy.command()
def schema() -> None:
    """Print the JSON Schema of what `nutgraf copy read --format json` prints."""
    from nutgraf import copydesk

    click.echo((Path(copydesk.__file__).parent / "schema.json").read_text("utf-8"), nl=False)


def read_file(file: str, *, at: datetime.datetime | None, zone: ZoneInfo, form: Form = "auto") -> Copy:
    """Return the copy in a file, or in standard input; whatever is in the way is said in a sentence."""
    from nutgraf.copydesk.reading import CopyRefused
    from nutgraf.copydesk.reading import read as read_copy

    moment = at or datetime.datetime.now(zone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    form = form_of(file, form)
    try:
        return read_copy(source_of(file), at=moment, zone=zone, form=form)
    except CopyRefused as refusal:
        raise click.ClickException(f"{shown(file)} cannot be read as copy. {refusal}") from None


def form_of(file: str, form: Form) -> Form:
    """Return the form that was asked for, or else the one that the file's name tells."""
    return form if form != "auto" else _FORMS.get(Path(file).suffix.lower(), "auto")


def source_of(file: str) -> bytes:
    """Return the bytes of a file; one over the limit is refused by its size, and not read."""
    from nutgraf.copydesk.intake.encodings import LIMIT, too_long

    try:
        if file == STANDARD_INPUT:
            source = sys.stdin.buffer.read(LIMIT + 1)
            if len(source) > LIMIT:
                raise click.ClickException(
                    f"Standard input holds more than {LIMIT // 1024 // 1024} MB, which is the limit; cut it into parts."
                )
            return source
        if (size := Path(file).stat().st_size) > LIMIT:
            raise click.ClickException(f"{file} cannot be read as copy. {too_long(size)}")
        return Path(file).read_bytes()
    except FileNotFoundError:
        raise click.ClickException(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise click.ClickException(f"{file} is a folder; name the files in it.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read ({error.strerror}).") from None


def tell(found: Copy, file: str, *, shape: Shape, is_one_of_many: bool) -> None:
    """Print what was read: one JSON object if there is one file, else one line of JSON for each."""
    if shape == "json" and is_one_of_many:
        click.echo(json.dumps({"file": file, **found.as_json()}, ensure_ascii=False))
        return
    if shape == "json":
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    if is_one_of_many:
        click.echo(click.style(f"== {shown(file)}", bold=True))
    if shape == "text":
        from nutgraf.config.copy_outline import outline

        click.echo("\n".join(outline(found)))
    else:
        from nutgraf.config.copy_marked import show

        show(found)


def shown(file: str) -> str:
    """Return what a file is called in a sentence."""
    return "Standard input" if file == STANDARD_INPUT else file
