"""Read addresses from the tables that other programs write: any encoding, any separator, with broken rows told apart."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nutgraf.audience import addresses

SAMPLE_BYTES = 256 * 1024
SAMPLE_ROWS = 200
LONGEST_LINE = 64 * 1024
# A cell may hold some lines; a quotation mark that nobody closes must not swallow the rest of the file.
MOST_LINES = 20

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
NAMES = frozenset(
    """
    email e-mail mail email_address emailaddress e-mail-address email-address e-mail-adresse mailadresse email-adresse
    correo correo_electrónico courriel adresse_e-mail adresse_mail endereço_de_e-mail e-post epost emailadres e-mailadres
    """.split()
)
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What spreadsheets take for a formula; our own export puts an apostrophe before it.
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Form:
    """How a file is written: what stands between its cells, whether its first row names them, and where addresses are."""

    separator: str
    has_names: bool
    column: int
    encoding: str

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class Row:
    """One row: its line, the address as it is mailed and compared, or what is wrong; and where the next row begins."""

    line: int
    end: int
    typed: str
    address: str = ""
    normalised: str = ""
    fault: str = ""


@contextmanager
def transcoded(file: IO[bytes]) -> Iterator[tuple[IO[bytes], Form]]:
    """Yield a file in UTF-8 with plain ends of lines, and how it is written.

    Raises ValidationError for what is no table of addresses. The memory it takes
    does not depend on the size of the file.
    """
    sample = file.read(SAMPLE_BYTES)
    file.seek(0)
    encoding = _encoding_of(sample)
    with tempfile.TemporaryFile() as plain:
        with io.TextIOWrapper(
            io.BufferedReader(_Unclosed(file)), encoding=encoding, errors="replace", newline=None
        ) as text:
            while piece := text.read(64 * 1024):
                plain.write(piece.encode("utf-8", "replace"))
        plain.seek(0)
        form = _form_of(plain, encoding)
        plain.seek(0)
        yield plain, form


def rows(file: IO[bytes], form: Form, *, start: int = 0, line: int = 0) -> Iterator[Row]:
    """Yield the rows of a transcoded file from a place on; whatever is wrong with one, the next is read."""
    file.seek(start)
    at, number = start, line
    if not start and form.has_names:
        first = file.readline(LONGEST_LINE)
        at, number = len(first), 1
    while begun := file.readline(LONGEST_LINE):
        at, number = at + len(begun), number + 1
        first_line = number
        whole, is_closed = begun, begun.count(b'"') % 2 == 0
        if not is_closed:
            more, is_closed = _close(file)
            if is_closed:
                whole, at, number = begun + b"".join(more), at + sum(map(len, more)), number + len(more)
            else:
                file.seek(at)
        if whole.strip(b' \t\r\n,;|"'):
            yield _row(whole.decode("utf-8", "replace"), form, line=first_line, end=at, is_closed=is_closed)


def _close(file: IO[bytes]) -> tuple[list[bytes], bool]:
    """Return the lines that belong to a cell which was begun, if it ends within reason."""
    more: list[bytes] = []
    while len(more) < MOST_LINES and (line := file.readline(LONGEST_LINE)):
        more.append(line)
        if line.count(b'"') % 2:
            return more, True
    return more, False


def _row(text: str, form: Form, *, line: int, end: int, is_closed: bool) -> Row:
    typed = ""
    try:
        if not is_closed:
            raise ValidationError(_("A quotation mark is opened and never closed."))
        cells = _cells(text, form.separator)
        if form.column >= len(cells):
            raise ValidationError(_("This row has no cell for an address."))
        typed = _bare(cells[form.column])
        address, normalised = addresses.parse(typed)
    except (ValidationError, csv.Error) as error:
        fault = " ".join(error.messages) if isinstance(error, ValidationError) else _("This row cannot be read.")
        return Row(line, end, typed or text.strip()[:80], fault=fault)
    return Row(line, end, typed, address, normalised)


def _cells(text: str, separator: str) -> list[str]:
    # Most rows have no quotation marks; to ask the library about each takes three times as long.
    if '"' not in text:
        return text.rstrip("\n").split(separator)
    return next(csv.reader([text], delimiter=separator, strict=True), [])


def _bare(cell: str) -> str:
    """Return the address in a cell: without a name before it, and without what kept a spreadsheet from calculating it."""
    cell = cell.strip()
    if cell.startswith("'") and cell[1:2] in FORMULA:
        cell = cell[1:]
    if cell.endswith(">") and "<" in cell:
        cell = cell[cell.rindex("<") + 1 : -1]
    return cell.strip()


def _encoding_of(sample: bytes) -> str:
    if mark := next((mark for mark in _MARKS if sample.startswith(mark)), None):
        return _MARKS[mark]
    if sample[:200].count(b"\0") > len(sample[:200]) // 3:
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    try:
        # The end of the sample may be the middle of a letter.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


def _form_of(file: IO[bytes], encoding: str) -> Form:
    lines = [
        line.decode("utf-8", "replace") for line in (file.readline(LONGEST_LINE) for _number in range(SAMPLE_ROWS))
    ]
    lines = [line for line in lines if line.strip()]
    if not lines:
        raise ValidationError(_("This file is empty."))
    separator = max(SEPARATORS, key=lambda one: _evenness(lines, one))
    table = [_sampled(line, separator) for line in lines]
    column, has_names = _column_of(table)
    return Form(separator, has_names, column, encoding)


def _evenness(lines: list[str], separator: str) -> float:
    """Say how well a separator parts lines into rows of one width, of more than one cell."""
    width, count = Counter(len(_sampled(line, separator)) for line in lines).most_common(1)[0]
    return count / len(lines) if width > 1 else 0.0


def _sampled(line: str, separator: str) -> list[str]:
    try:
        return _cells(line, separator)
    except csv.Error:
        return line.split(separator)


def _column_of(table: list[list[str]]) -> tuple[int, bool]:
    """Return the column of the addresses, and whether the first row names the columns."""
    found = Counter(number for cells in table for number, cell in enumerate(cells) if _is_address(cell))
    names = [cell.strip().lower().replace(" ", "_") for cell in table[0]]
    by_name = [number for number, name in enumerate(names) if name in NAMES]
    if not found and not by_name:
        raise ValidationError(_("No column of this file holds e-mail addresses."))
    column = by_name[0] if by_name else found.most_common(1)[0][0]
    return column, not (column < len(table[0]) and _is_address(table[0][column]))


def _is_address(cell: str) -> bool:
    try:
        addresses.parse(_bare(cell))
    except ValidationError:
        return False
    return True


class _Unclosed(io.RawIOBase):
    """A file for a wrapper that would close it: the upload is its owner's."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file = file

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next."""
        read = self.file.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)
