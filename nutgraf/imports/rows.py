"""Read a table of stories that a spreadsheet or another program wrote, row by row, in any encoding and with any separator."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection, Iterator
from html import escape
from typing import IO

from nutgraf.imports import streams
from nutgraf.imports.archive.sources import SourceRefused

Row = dict[str, str]

SAMPLE = 65_536
LONGEST_CELL = 16 * 1024 * 1024
EARLIEST = 1500
_DAYS = ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%Y/%m/%d", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")


class BrokenRow(Exception):
    """The rest of a table that cannot be read; the words say where."""


def read(file: IO[bytes], *, what: str, needed: Collection[str] = ()) -> Iterator[tuple[int, Row]]:
    """Yield each row by the names of its columns in small letters, with its line; raises SourceRefused for what is no table.

    One of the columns that are needed has to be there. Raises BrokenRow where it cannot be read on.
    """
    sample = file.read(SAMPLE)
    file.seek(0)
    text = as_text(file)
    csv.field_size_limit(LONGEST_CELL)
    start = sample.decode(text.encoding, "replace")
    separator = max(",;\t|", key=start.partition("\n")[0].count)
    rows = csv.reader(text, delimiter=separator)
    try:
        names = [name.strip().casefold().replace(" ", "_") for name in next(rows, [])]
        if sum(map(bool, names)) < 2:
            raise SourceRefused(f"{what} is no table: its first line does not name columns.")
        if needed and not set(needed).intersection(names):
            found = ", ".join(filter(None, names))
            raise SourceRefused(
                f"The first line of {what} names none of the columns {', '.join(needed)}, but: {found}."
            )
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, dict(zip(names, cells, strict=False))
    except (csv.Error, UnicodeError) as error:
        raise BrokenRow(f"the table cannot be read from line {rows.line_num} on ({error})") from None
    finally:
        text.detach()


def as_text(file: IO[bytes]) -> io.TextIOWrapper:
    """Return a table's text, in whichever encoding a spreadsheet wrote it."""
    start = file.read(2)
    file.seek(0)
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(file, encoding=encoding, errors=streams.AS_WINDOWS, newline="")


def first(row: Row, *names: str) -> str:
    """Return what stands in the first of some columns that says anything."""
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def moment(words: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    """Return a moment as programs and people write one; a day alone is its noon."""
    found = None
    try:
        found = datetime.datetime.fromisoformat(words)
    except ValueError:
        for form in _DAYS:
            try:
                # The zone is given below, as to a moment of any form.
                found = datetime.datetime.strptime(words, form)
                break
            except ValueError:
                continue
    if found is None or found.year < EARLIEST:
        return None
    if ":" not in words and found.time() == datetime.time():
        found = found.replace(hour=12)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def as_html(text: str) -> str:
    """Return a text as HTML, if it is none yet: blank lines are paragraphs."""
    if "</" in text or "<p>" in text or "<br" in text:
        return text
    paragraphs = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return "".join(f"<p>{escape(one.strip(), quote=False)}</p>" for one in paragraphs if one.strip())
