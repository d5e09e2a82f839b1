"""Read XML that somebody else wrote, piece by piece: no entities, no document types, no half elements."""

from __future__ import annotations

import codecs
import html
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from nutgraf.imports.archive.sources import SourceRefused

PIECE = 262_144
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", re.IGNORECASE)
# What XML cannot hold, and old databases do.
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_LONGEST_HEAD = 1_048_576


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as what it nearly always is then."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


AS_WINDOWS = "nutgraf-windows"
codecs.register_error(AS_WINDOWS, _as_windows)


class BreaksOff(Exception):
    """A file that cannot be read to its end; the words say where and how."""


@dataclass(frozen=True)
class Fault:
    """A place where a file is no XML."""

    words: str
    # Whether an element ends elsewhere than it should, so that nobody knows what belongs to it.
    is_of_structure: bool


def elements(
    path: Path, *, root: str, wanted: Callable[[str], bool], reached: Callable[[int], object]
) -> Iterator[tuple[etree._Element, list[Fault]]]:
    """Yield each whole element that is wanted and stands in no other, and what is wrong in it; it is gone afterwards.

    An element that the file breaks off in is not yielded. Raises SourceRefused
    for what is no such file, or has a document type, and BreaksOff at the end
    if the file has no end or could not be read to it.
    """
    parser = etree.XMLPullParser(
        ["start", "end"], recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True
    )
    reading = _Reading(parser, path, root, wanted)
    with path.open("rb") as file:
        piece = file.read(PIECE)
        _refuse_document_type(piece, path)
        is_utf8 = _is_utf8(piece)
        decoder, mending = codecs.getincrementaldecoder("utf-8")(AS_WINDOWS), _Mending()
        piece = piece.removeprefix(codecs.BOM_UTF8)
        while piece and not reading.failure:
            reached(file.tell())
            following = file.read(PIECE)
            if is_utf8:
                text = decoder.decode(piece, final=not following)
                piece = mending.take(text, is_last=not following).encode().translate(None, _CONTROLS)
            if not following:
                reading.is_ended = piece.replace(b"\0", b"").rstrip().endswith(f"</{root}>".encode())
            try:
                parser.feed(piece)
            except etree.XMLSyntaxError as error:
                reading.failure = str(error)
            # What only closing the parser would end is no whole element: so it is not closed.
            yield from reading.found()
            piece = following
    reading.finish()


class _Mending:
    """Writes signs that stand for themselves as XML would: at one of them the parser waits for the end of the file."""

    def __init__(self) -> None:
        self.is_in_section = False
        self.held = ""

    def take(self, text: str, *, is_last: bool = False) -> str:
        """Return the next piece of a text; its last letters may be held back until what follows is known."""
        text, self.held = self.held + text, ""
        parts: list[str] = []
        place = 0
        while place < len(text):
            sign = _SECTION_END if self.is_in_section else _SECTION
            end = text.find(sign, place)
            if end < 0 and is_last:
                end, sign = len(text), ""
            elif end < 0:
                end = max(place, len(text) - (len(sign) if self.is_in_section else _LONGEST_SIGN))
                if not self.is_in_section and (cut := _UNSURE.search(text, end)):
                    end = cut.start()
                elif not self.is_in_section:
                    end = len(text)
                self.held = text[end:]
                sign = ""
            piece = text[place:end]
            parts += [piece if self.is_in_section else _LOOSE.sub(_as_xml, piece), sign]
            if not sign:
                break
            self.is_in_section = not self.is_in_section
            place = end + len(sign)
        return "".join(parts)


def _as_xml(found: re.Match[str]) -> str:
    if found["name"]:
        return found[0] if found["name"] in _OWN else html.escape(html.unescape(found[0]), quote=False)
    if found[0].startswith("&#"):
        return found[0]
    return "&lt;" if found[0] == "<" else "&amp;"


_SECTION, _SECTION_END = "<![CDATA[", "]]>"
_OWN = frozenset(["amp", "lt", "gt", "quot", "apos"])
_LOOSE = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?|<(?![A-Za-z_/!?])")
_UNSURE = re.compile(r"[&<]")
_LONGEST_SIGN = 40


class _Reading:
    """A file, while it is read."""

    def __init__(self, parser: etree.XMLPullParser, path: Path, root: str, wanted: Callable[[str], bool]) -> None:
        self.parser = parser
        self.path = path
        self.root = root
        self.wanted = wanted
        self.open: etree._Element | None = None
        self.is_begun = False
        # Whether the file's last words are the root's end: of what is malformed the parser may end the root itself.
        self.is_ended = False
        self.failure = ""
        self.faults = 0

    def found(self) -> Iterator[tuple[etree._Element, list[Fault]]]:
        whole: etree._Element | None = None
        for event, element in self.parser.read_events():
            if not isinstance(element.tag, str):
                continue
            name = local(element)
            if event == "start":
                if not self.is_begun:
                    self._begin(element, name)
                elif self.open is None and self.wanted(name):
                    # Only now is it known which faults stand in the one before.
                    yield from self._given(whole, before=element.sourceline)
                    self.open, whole = element, None
            elif element is self.open:
                self.open, whole = None, element
            elif self.open is None and not len(element):
                _free(element)
        yield from self._given(whole)

    def _given(
        self, element: etree._Element | None, *, before: int | None = None
    ) -> Iterator[tuple[etree._Element, list[Fault]]]:
        if element is not None:
            yield element, self._new_faults(element.sourceline or 0, before)
            _free(element)

    def _begin(self, element: etree._Element, name: str) -> None:
        self.is_begun = True
        if name != self.root:
            raise SourceRefused(f"{self.path} is no such export: it begins with <{name}>, not <{self.root}>.")
        if element.getroottree().docinfo.internalDTD is not None:
            raise SourceRefused(_DOCUMENT_TYPE.format(self.path))

    def _new_faults(self, start: int, before: int | None) -> list[Fault]:
        """Return what is wrong from a line on; what stands before it an element above has left behind."""
        log = self.parser.feed_error_log
        if len(log) == self.faults:
            return []
        new = [one for one in list(log)[self.faults :] if before is None or one.line < before]
        self.faults += len(new)
        return [
            Fault(f"line {one.line}: {one.message.strip()}", any(sign in one.type_name for sign in _OF_STRUCTURE))
            for one in new
            if one.line >= start and _opened(one.message) >= start
        ]

    def _is_stuck(self) -> bool:
        """Tell whether the parser has more than it gave: it waited for something that never came."""
        with suppress(etree.XMLSyntaxError):
            self.parser.close()
        return any(event == "start" for event, _ in self.parser.read_events())

    def finish(self) -> None:
        if not self.is_begun:
            raise SourceRefused(f"{self.path} is no XML.")
        log = list(self.parser.feed_error_log)
        limit = [
            one for one in log if any(word in one.message for word in ("huge", "Excessive", "excessive", "amplif"))
        ]
        if self.failure or limit or not self.is_ended or self._is_stuck():
            latest = self.failure or "".join(f"line {one.line}: {one.message.strip()}" for one in (limit or log)[-1:])
            words = "the file breaks off, or cannot be read to its end"
            raise BreaksOff(f"{words} ({latest})" if latest else words)


def _opened(message: str) -> int:
    """Return on which line the element began that ends wrongly: that of one around ours is none of its business."""
    found = _MISMATCH.search(message)
    return int(found[1]) if found else sys.maxsize


_MISMATCH = re.compile(r"tag mismatch: \S+ line (\d+) and")
# By the names that the parser has for what goes wrong.
_OF_STRUCTURE = ("TAG", "GT_", "LTSLASH", "ATTRIBUTE", "CDATA", "INTERNAL", "NAME_TOO_LONG")
_DOCUMENT_TYPE = "{} has a document type, which no export has: it is not read."


def _refuse_document_type(head: bytes, path: Path) -> None:
    before_root = re.split(rb"<[A-Za-z]", head.replace(b"\0", b""), maxsplit=1)[0]
    if b"<!" in before_root.replace(b"<!--", b""):
        raise SourceRefused(_DOCUMENT_TYPE.format(path))


def _is_utf8(head: bytes) -> bool:
    declared = _DECLARED.search(head[:200])
    is_wide = head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    return not is_wide and (declared is None or declared[1].lower() in (b"utf-8", b"utf8"))


def _free(element: etree._Element) -> None:
    """Forget an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, or without the prefix of one that nobody declared."""
    name: str = element.tag.rpartition("}")[2]
    return name.rpartition(":")[2]
