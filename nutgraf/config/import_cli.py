"""The commands that move an archive in: `nutgraf import wordpress`, and what every source's command shares."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from rich.markup import escape

from nutgraf.config import data_folder, desk_cli, subscribers_cli
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

if TYPE_CHECKING:
    from nutgraf.imports.archive.bringing import Wishes
    from nutgraf.imports.archive.reports import Report
    from nutgraf.imports.archive.sources import Source

# So many objects more than were let go are looked through for garbage; Python's own figure is 700.
GARBAGE = 50_000

# The group, with the commands of this file in it.
import_ = desk_cli.import_

OPTIONS = [
    click.option(
        "--section-map",
        "mapped",
        metavar="FILE|OLD=NEW",
        multiple=True,
        help="Which section here a section there is: OLD=NEW, or a file with a line for each.",
    ),
    click.option(
        "--section",
        metavar="NAME",
        help="The section of stories whose own is not mapped. Without it, sections are made as they are met.",
    ),
    click.option("--author", metavar="NAME", default="", help="Who signs stories that name nobody."),
    click.option(
        "--pictures",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder with the pictures' files, such as a copy of wp-content/uploads.",
    ),
    click.option(
        "--fetch",
        "hosts",
        metavar="HOST",
        multiple=True,
        help="A host that pictures may be fetched from. No other is asked.",
    ),
    click.option("--dry-run", "is_dry", is_flag=True, help="Tell what would become of everything, and keep nothing."),
    click.option(
        "--report",
        "report_file",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write what became of each item into this file, as JSON.",
    ),
    desk_cli.by_option,
    desk_cli.data_option,
]


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that all of these have."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@import_.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--type",
    "kinds",
    metavar="NAME",
    multiple=True,
    default=("post",),
    show_default=True,
    help="Which of the site's kinds of posts are stories.",
)
@options
def wordpress(file: Path, kinds: tuple[str, ...], **given: Any) -> None:
    """Move the posts of a WordPress export (WXR) in: public ones public as of their day, drafts as drafts.

    Old addresses lead to the new ones. The same file a second time changes
    nothing; a run that was stopped goes on where it was. Nobody is mailed. The
    status is 1 if anything was left out, which the report says why.
    """

    def opened(zone: ZoneInfo) -> Source:
        # Only here: it needs Django, which starts with the newsroom.
        from nutgraf.imports.wordpress import WordPress

        return WordPress(file, zone, kinds=kinds)

    run(opened, **given)


@import_.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", metavar="URL", default="", help="Where the site was, such as https://old.example.org.")
@options
def ghost(file: Path, url: str, **given: Any) -> None:
    """Move the posts of a Ghost export (JSON) in: public ones public as of their day, the first tag as the section.

    What only members could read is a draft. Members come with `nutgraf import
    members`, from the CSV that Ghost writes of them.
    """

    def opened(zone: ZoneInfo) -> Source:
        from nutgraf.imports.ghost import Ghost

        return Ghost(file, url=url)

    run(opened, **given)


@import_.command()
@click.argument("file", metavar="FILE|DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--url", metavar="URL", default="", help="Where the publication was.")
@options
def substack(file: Path, url: str, **given: Any) -> None:
    """Move the posts of a Substack export in, from its zip file or the folder that it unpacks to.

    It names neither authors nor sections: say with --author and --section what
    they are. What only some could read is a draft.
    """

    def opened(zone: ZoneInfo) -> Source:
        from nutgraf.imports.substack import Substack

        return Substack(file, zone, url=url)

    run(opened, **given)


@import_.command(name="html")
@click.argument("place", metavar="FILE|DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--url", metavar="URL", default="", help="Where the folder was, such as https://old.example.org.")
@options
def pages(place: Path, url: str, **given: Any) -> None:
    """Move HTML pages in: of each the article among all that a site sets round it, with its authors and its date.

    A page without a date is a draft.
    """

    def opened(zone: ZoneInfo) -> Source:
        from nutgraf.imports.pages import Pages

        return Pages(place, zone, url=url)

    run(opened, **given)


@import_.command(name="csv")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options
def table(file: Path, **given: Any) -> None:
    """Move the stories of a table in, one a row.

    Its first line names the columns: id, title, body (HTML or text), authors,
    section, date, status (published, scheduled or draft), url, slug, summary,
    image, image_caption, image_alt, tags. Without a status a story is a draft.
    """

    def opened(zone: ZoneInfo) -> Source:
        from nutgraf.imports.table import Table

        return Table(file, zone)

    run(opened, **given)


_DRAFTS = click.option("--drafts", "as_drafts", is_flag=True, help="Make nothing public: file all of it as drafts.")


@import_.command()
@click.argument("place", metavar="URL|FILE")
@click.option("--url", metavar="URL", default="", help="Where the feed in FILE was, for links that are not whole.")
@_DRAFTS
@options
def feed(place: str, url: str, as_drafts: bool, **given: Any) -> None:
    """Move the items of a feed in, once: RSS, Atom or JSON Feed, at an address of the open web or in a file.

    What is published there is public here, as of its day: take a feed of your
    own, or file drafts. What is embargoed is scheduled, and what was taken back
    is left out.
    """
    if "://" not in place and not Path(place).is_file():
        raise click.BadParameter(f"“{place}” is neither an address nor a file.", param_hint="URL|FILE")

    def opened(zone: ZoneInfo) -> Source:
        from django.utils import timezone

        from nutgraf.imports.wire import source

        return source.of_feed(place, url=url, at=timezone.now(), as_drafts=as_drafts)

    run(opened, **given)


@import_.command()
@click.argument("place", metavar="FILE|DIR", type=click.Path(exists=True, path_type=Path))
@_DRAFTS
@options
def ninjs(place: Path, as_drafts: bool, **given: Any) -> None:
    """Move news objects (ninjs 1 to 3) in, once: a file of one, of a list or of one a line, or a folder of such files.

    Of a story in several files the newest version counts; what was taken back
    is left out, what is held back is a draft, what is embargoed is scheduled.
    """

    def opened(zone: ZoneInfo) -> Source:
        from django.utils import timezone

        from nutgraf.imports.wire import source

        return source.of_files(place, at=timezone.now(), as_drafts=as_drafts)

    run(opened, **given)


@import_.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@subscribers_cli.list_option
@click.option("--words", default="", help="The words that they agreed to; kept with each of them.")
@click.option("--source", default="", help="Where they agreed.  [default: the name of the file]")
@desk_cli.data_option
def members(file: Path, names: tuple[str, ...], words: str, source: str, folder: Path) -> None:
    """Put the members in FILE, a CSV of Ghost or Substack, on lists: those who agree to be mailed, and nobody else.

    Nobody is mailed by it; who has left, or is suppressed here, stays out.
    """
    data_folder.open_newsroom(folder)
    from nutgraf.imports import rows
    from nutgraf.imports.members import NoTable, write_agreed

    with tempfile.TemporaryFile() as agreed:
        try:
            with file.open("rb") as table:
                found = write_agreed(rows.as_text(table), agreed)
        except NoTable as error:
            raise Trouble(f"{file} holds no members. {error}") from None
        if found.refused or found.without_address:
            console.print(
                f"{found.refused:,} do not agree to be mailed, {found.without_address:,} have no address: left out."
            )
        agreed.seek(0)
        subscribers_cli.take(agreed, name=file.name, names=names, source=source or file.name, words=words, look=False)


def run(
    open_source: Callable[[ZoneInfo], Source], *, folder: Path, report_file: Path | None, is_dry: bool, **given: Any
) -> None:
    """Bring an archive in, and tell what became of it; ends with status 1 if something was left out."""
    data_folder.open_newsroom(folder)
    from django.utils import timezone

    from nutgraf.imports.archive.bringing import bring
    from nutgraf.imports.archive.reports import SKIPPED, Report
    from nutgraf.imports.archive.sources import SourceRefused

    zone = ZoneInfo(str(timezone.get_current_timezone()))
    wishes = _wishes(zone=zone, is_dry=is_dry, **given)
    report = Report()
    try:
        source = open_source(zone)
        title = "Trying the archive" if is_dry else "Moving the archive in"
        # What the program is made of stays, and what each story leaves need not be looked for a hundred times.
        gc.freeze()
        gc.set_threshold(GARBAGE)
        with report.written(report_file), progress(title) as step:
            bring(source, wishes, report, step)
    except SourceRefused as refusal:
        raise Trouble(str(refusal)) from None
    tell(report, report_file)
    if not report.counts:
        raise Trouble(
            "There was nothing in it that could be taken. Is it a whole export, and of the system that was named?"
        )
    if is_dry:
        console.print("This was a dry run: nothing was kept.")
    if report.total(SKIPPED):
        sys.exit(1)


def _wishes(
    *,
    zone: ZoneInfo,
    mapped: Iterable[str],
    section: str | None,
    author: str,
    pictures: Path | None,
    hosts: Iterable[str],
    is_dry: bool,
    username: str | None,
) -> Wishes:
    from django.utils import timezone

    from nutgraf.config import putting_off
    from nutgraf.imports.archive.bringing import Wishes

    return Wishes(
        at=timezone.now(),
        zone=zone,
        by=desk_cli.user_of(username),
        sections=section_map(mapped),
        section=desk_cli.section_of(section),
        author=author,
        pictures=pictures,
        hosts=frozenset(host.lower() for host in hosts),
        is_dry=is_dry,
        held=putting_off.held,
    )


def section_map(given: Iterable[str]) -> dict[str, str]:
    """Return which section here each of the archive's is, from pairs and from files of them; `#` begins a remark."""
    pairs: dict[str, str] = {}
    for one in given:
        lines = [one]
        if "=" not in one:
            try:
                lines = Path(one).read_text("utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                raise click.BadParameter(f"“{one}” is neither OLD=NEW nor a file that can be read.") from None
        for number, line in enumerate(lines, start=1):
            words = line.partition("#")[0].strip()
            old, sign, new = words.partition("=")
            if words and not (sign and old.strip() and new.strip()):
                raise click.BadParameter(f"Line {number} of “{one}” is not OLD=NEW.")
            if words:
                pairs[old.strip().casefold()] = new.strip()
    return pairs


def tell(report: Report, report_file: Path | None) -> None:
    """Print the figures, and the first of what was left out."""
    for kind, counted in sorted(report.counts.items()):
        figures = ", ".join(f"{count:,} {outcome}" for outcome, count in counted.items())
        console.print(f"{kind:>12}  {figures}", markup=False)
    for reason, count in report.reasons.most_common():
        console.print(f"  left out, {count:,}: {reason}", markup=False, style="yellow", soft_wrap=True)
    for reason, count in report.remarks.most_common():
        console.print(f"  taken otherwise, {count:,}: {reason}", markup=False, style="dim", soft_wrap=True)
    if report_file:
        console.print(f"What became of each item is in {escape(str(report_file))}.", soft_wrap=True)
