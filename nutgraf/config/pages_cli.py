"""The command that looks after the page store: `nutgraf pages`."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nutgraf.config import data_folder
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

if TYPE_CHECKING:
    from nutgraf.published.contents import Content

# A screenful; the rest is in the totals, and all of it in --json.
SHOWN = 20
SAMPLE = 100
SECONDS_A_DAY = 24 * 3600


class Number(click.IntRange):
    """How many, from 1; whoever wrote a folder there hears where it belongs."""

    name = "number"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> int:
        if isinstance(value, str) and not value.lstrip("-").isdecimal():
            self.fail(f"“{value}” is no number; the newsroom's folder comes first.", parameter, context)
        return int(super().convert(value, parameter, context))


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=data_folder.default)
@click.option("--match", metavar="TEXT", default="", help="Only pages whose address holds TEXT.")
@click.option("--of", "what", metavar="OBJECT", help="Pages that show it: a story's address, author:SLUG, picture:12 …")
@click.option("--fronts", is_flag=True, help="How often each front is pressed.")
@click.option(
    "--warm", metavar="[N]", type=Number(0), is_flag=False, flag_value=0, help="Press all pages, or N of them."
)
@click.option(
    "--verify", metavar="[N]", type=Number(1), is_flag=False, flag_value=SAMPLE, help="Compare N with new ones."
)
@click.option("--clear", is_flag=True, help="Forget every page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pages(
    folder: Path,
    match: str,
    what: str | None,
    fronts: bool,
    warm: int | None,
    verify: int | None,
    clear: bool,
    as_json: bool,
) -> None:
    """Show which readers' pages the newsroom in DIR has stored, and look after them.

    OBJECT is a story's address or story:12, author:SLUG, section:SLUG, label:SLUG or picture:12.
    """
    _refuse_together(
        {"--of": what is not None, "--fronts": fronts, "--warm": warm is not None, "--clear": clear}
        | {"--verify": verify is not None}
    )
    if as_json and (clear or warm is not None):
        raise Trouble("--json is for what is shown; leave it out with --warm and --clear.")
    _open(folder)
    if clear:
        _clear()
    elif warm is not None:
        _warm(warm)
    elif verify is not None:
        _verify(verify, match=match, as_json=as_json)
    elif fronts:
        _show_fronts(as_json=as_json)
    elif what is not None:
        _show_showing(what, match=match, as_json=as_json)
    else:
        _show(match=match, as_json=as_json)


def _refuse_together(given: dict[str, bool]) -> None:
    names = [name for name, is_given in given.items() if is_given]
    if len(names) > 1:
        raise Trouble(f"{' and '.join(names)} cannot be done together; give one of them.")


def _open(folder: Path) -> None:
    """Start Django as the server of this newsroom has it: the address at which it is read stands in its pages."""
    folder = folder.expanduser().absolute()
    if address := _address_served(folder):
        os.environ.setdefault("NUTGRAF_PUBLIC_URL", address)
    data_folder.open_newsroom(folder)
    from django.conf import settings

    if not settings.PAGE_STORE:
        raise Trouble("This newsroom stores no pages; it has NUTGRAF_PAGE_STORE=0 or NUTGRAF_DEBUG=1.")


def _address_served(folder: Path) -> str:
    """Return the address that the server last used, which in development follows from its port."""
    from nutgraf.config.env import read_file

    given = read_file(folder / data_folder.SETTINGS_FILE) | os.environ
    file = folder / "published" / "store.sqlite3"
    if given.get("NUTGRAF_ENV", "development") != "development" or given.get("NUTGRAF_PUBLIC_URL") or not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE name = 'public_url'").fetchone()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def _require_pressing() -> None:
    """See that pages which we press are those that the server would press."""
    from django.conf import settings

    from nutgraf.config import files
    from nutgraf.published import opening
    from nutgraf.published.store import the_store

    if not settings.PUBLIC_URL:
        raise Trouble("Nobody knows where this newsroom is read; set NUTGRAF_PUBLIC_URL, or serve it once before.")
    if opening.is_open(files.pressed_with()):
        return
    if the_store().meta("made_of"):
        raise Trouble(
            "The stored pages were pressed by another version of Nutgraf, with other settings or from another database;"
            " run this as the server runs, or throw them away with --clear."
        )
    files.collect()
    files.open_store()


# What is there


def _show(*, match: str, as_json: bool) -> None:
    from nutgraf.published import contents
    from nutgraf.published.store import the_store

    the_store().follow()
    _print(contents.pages(the_store(), match=match), as_json=as_json)


def _show_showing(what: str, *, match: str, as_json: bool) -> None:
    from nutgraf.config import pages_told
    from nutgraf.published import contents, keys
    from nutgraf.published.store import the_store

    shown_on = set(contents.showing(the_store(), keys.mentions(*pages_told.find(what))))
    found = [page for page in contents.pages(the_store(), match=match) if page.address in shown_on]
    if not found and not as_json:
        console.print(f"No stored page shows {what}.", markup=False)
    else:
        _print(found, as_json=as_json)


def _print(found: list[Content], *, as_json: bool) -> None:
    from nutgraf.config import pages_told
    from nutgraf.published.store import the_store

    totals = {
        "pages": len(found),
        "bytes": sum(page.size for page in found),
        "read": sum(page.read for page in found),
        "pressed": sum(page.pressed for page in found),
        "changed": sum(page.changed for page in found),
        "bytes_on_disk": the_store().bytes(),
    }
    if as_json:
        listed = [{**_as_data(page), "why": list(map(pages_told.reason, page.why))} for page in found]
        click.echo(json.dumps({"totals": totals, "pages": listed}, ensure_ascii=False, indent=2))
        return
    if not found:
        console.print("No page is stored.")
        return
    rows = []
    for page in found[:SHOWN]:
        numbers = (_size(page.size), _age(page.age_seconds), page.read, page.pressed, page.changed)
        rows.append(([*map(str, numbers)], page.address, _shortened(list(map(pages_told.reason, page.why)))))
    _tell_rows(["Size", "Age", "Read", "Pressed", "Changed"], "Address, and why it was last pressed", rows)
    more = f", of which {SHOWN} are shown (--json has all)" if len(found) > SHOWN else ""
    click.echo(
        f"{_count(len(found), 'page')}{more}: {_size(totals['bytes'])}, read {_count(totals['read'], 'time')}, pressed"
        f" {_count(totals['pressed'], 'time')}, changed {_count(totals['changed'], 'time')}. The store takes"
        f" {_size(totals['bytes_on_disk'])} on disk."
    )


def _as_data(page: Content) -> dict[str, Any]:
    return {
        "address": page.address,
        "bytes": page.size,
        "age_seconds": round(page.age_seconds),
        "pressed_at": _moment(page.pressed_at),
        "changed_at": _moment(page.changed_at),
        "read": page.read,
        "pressed": page.pressed,
        "changed": page.changed,
        "because_of": page.why,
    }


def _show_fronts(*, as_json: bool) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.published import contents
    from nutgraf.published.store import the_store

    since = float(the_store().meta("cleared_at") or time.time())
    days = (time.time() - since) / SECONDS_A_DAY
    stored = {page.address: page for page in contents.pages(the_store())}
    fronts = ["/", *(section.get_absolute_url() for section in Section.objects.all())]
    found = [(address, stored.get(address)) for address in fronts]
    if as_json:
        listed = [
            {"address": address}
            | {"pressed": page.pressed if page else 0, "changed": page.changed if page else 0}
            | {"pressed_a_day": _a_day(page.pressed if page else 0, days), "read": page.read if page else 0}
            for address, page in found
        ]
        click.echo(json.dumps({"since": _moment(since), "fronts": listed}, ensure_ascii=False, indent=2))
        return
    rows = []
    for address, page in found:
        a_day = _a_day(page.pressed, days) if page else None
        told = [page.pressed, "" if a_day is None else a_day, page.changed, page.read] if page else [""] * 4
        rows.append(([*map(str, told)], address, "" if page else "not stored"))
    _tell_rows(["Pressed", "A day", "Changed", "Read"], "Front", rows)
    too_soon = "" if days >= 1 else " How often a day is told when it has been a day."
    click.echo(f"Since {datetime.fromtimestamp(since):%Y-%m-%d %H:%M}, when the store was last emptied.{too_soon}")


def _a_day(number: int, days: float) -> float | None:
    """Return how often something happens a day; nobody knows before one is over."""
    return round(number / days, 1) if days >= 1 else None


# What is done to them


def _clear() -> None:
    from nutgraf.config import files
    from nutgraf.published import opening, verifying
    from nutgraf.published.store import the_store

    number, is_open = the_store().size(), opening.is_open(files.pressed_with())
    verifying.forget_all()
    if not is_open:
        with the_store().writing():
            # Whoever serves or warms next says anew what pages are made of.
            the_store().remember(made_of="")
    console.print(f"Forgot {_count(number, 'page')}.")


def _warm(most: int) -> None:
    from nutgraf.published import pressing
    from nutgraf.published.stored import StoredPage

    _require_pressing()
    addresses = list(islice(_worth_pressing(), most or None))
    pressed = there = 0
    with progress("Pressing pages") as step:
        for place, address in enumerate(addresses):
            step(address, place, len(addresses))
            page = pressing.fetch(address)
            if isinstance(page, StoredPage):
                pressed, there = pressed + page.is_fresh, there + (not page.is_fresh)
        step("", len(addresses), len(addresses))
    kept_not = len(addresses) - pressed - there
    told = f"Pressed {_count(pressed, 'page')}; {_count(there, 'was', 'were')} there already"
    not_kept = f", {_count(kept_not, 'is', 'are')} not to be stored" if kept_not else ""
    console.print(f"{told}{not_kept}.", soft_wrap=True)


def _worth_pressing() -> Iterator[str]:
    """Give each public page once: those that are read most, then all that the newsroom knows of, the newest stories first."""
    from nutgraf.published.store import the_store

    seen = set()
    for address in (*the_store().most_read(sys.maxsize), *_public()):
        if address not in seen:
            seen.add(address)
            yield address


def _public() -> Iterator[str]:
    from django.urls import reverse

    from nutgraf.newsroom.models import Author, Section
    from nutgraf.stories.models import Label, Story

    yield from (reverse("front"), reverse("latest"))
    yield from (section.get_absolute_url() for section in Section.objects.all())
    yield from (reverse("authors"), *(author.get_absolute_url() for author in Author.objects.all()))
    yield from (reverse("labels"), *(label.get_absolute_url() for label in Label.objects.filter(is_forbidden=False)))
    stories = Story.objects.live().select_related("section").order_by("-first_published_at")
    yield from (address for story in stories.iterator(chunk_size=500) if (address := story.address))


def _verify(most: int, *, match: str, as_json: bool) -> None:
    from nutgraf.published import contents, verifying
    from nutgraf.published.store import the_store

    _require_pressing()
    store = the_store()
    addresses = [
        address for address in contents.sample(store, -1 if match else most) if match.lower() in address.lower()
    ][:most]
    with progress("Comparing pages") as step:
        done = iter(range(len(addresses)))
        findings = verifying.verify(addresses, lambda address: step(address, next(done), len(addresses)))
        step("", len(addresses), len(addresses))
    if as_json:
        click.echo(json.dumps(vars(findings), ensure_ascii=False, indent=2))
    else:
        for address in findings.different:
            click.echo(address)
        same, different, undecided = map(len, (findings.same, findings.different, findings.undecided))
        changed = f"; {_count(undecided, 'has', 'have')} changed since and cannot be compared" if undecided else ""
        console.print(
            f"Compared {_count(same + different, 'page')} with new ones: {same} the same, {different} different{changed}.",
            soft_wrap=True,
        )
    if findings.different:
        sys.exit(1)


# How it is told


def _tell_rows(heads: list[str], last: str, rows: list[tuple[list[str], str, str]]) -> None:
    """Print numbers in columns, and last what may be long: it is not broken, so that an address can be picked up whole."""
    widths = [max(map(len, column)) for column in zip(heads, *(numbers for numbers, _, _ in rows), strict=True)]
    indent = " " * (sum(widths) + 2 * len(widths))

    def line(numbers: list[str]) -> str:
        return "".join(f"{number.rjust(width)}  " for number, width in zip(numbers, widths, strict=True))

    click.secho(line(heads) + last, bold=True)
    for numbers, address, note in rows:
        click.echo(line(numbers) + address)
        if note:
            click.secho(indent + note, dim=True)
    click.echo()


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _shortened(reasons: list[str]) -> str:
    told = list(dict.fromkeys(reasons))
    return told[0] + (f", and {_count(len(told) - 1, 'reason')} more" if len(told) > 1 else "")


def _size(number: int) -> str:
    if number < 1_000:
        return f"{number} B"
    return f"{number / 1_000:.0f} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"


def _age(seconds: float) -> str:
    for unit, length in (("d", SECONDS_A_DAY), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
