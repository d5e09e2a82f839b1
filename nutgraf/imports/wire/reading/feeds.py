"""RSS of every version and Atom, read by the library for it; beside it what it leaves out."""

from __future__ import annotations

import calendar
import codecs
import datetime
import html
import io
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import feedparser
from django.utils.translation import gettext_lazy as _
from feedparser.encodings import convert_to_utf8
from lxml import etree

from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Picture, Read, Status, Wrong
from nutgraf.imports.wire.reading import elements, words

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "yearly": 24 * 365}
_BEGIN = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]")
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MARKS = [(codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")]
_MARKS += [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
_UNKEPT = bytes(set(range(32)) - {9, 10, 13})
_MARKED = re.compile(r"</[A-Za-z]+>|<br\b|&#?\w{1,32};")
_HTML = frozenset(["text/html", "application/xhtml+xml"])


def read(data: bytes, *, content_type: str, address: str, at: datetime.datetime) -> Read:
    """Return the items of a feed in XML; raises NotAFeed for what is none."""
    data = _as_utf8(data, content_type)
    elements.refuse_bombs(data)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        # Only from a file object: of bytes it would try whether they are the name of a file.
        try:
            found = feedparser.parse(
                io.BytesIO(elements.without_media_words(data)), response_headers=headers, sanitize_html=False
            )
        except (ValueError, RecursionError, AssertionError, LookupError, TypeError, AttributeError) as error:
            raise NotAFeed(_("it cannot be read (%(reason)s)") % {"reason": type(error).__name__}) from None
    if not found.version and not found.entries:
        raise NotAFeed(_("it is neither RSS nor Atom, nor anything else that holds items"))
    kind = Kind.ATOM if found.version.startswith("atom") else Kind.RSS
    return Read(kind, words.plain(found.feed.get("title")), _items(found, data, address, at), _next_poll(found.feed))


def _as_utf8(data: bytes, content_type: str) -> bytes:
    for mark, encoding in _MARKS:
        # What a document says of its encoding is no longer true once it has another.
        if data.startswith(mark):
            return _DECLARATION.sub("", data[len(mark) :].decode(encoding, "replace")).encode().translate(None, _UNKEPT)
    # Without a charset some types would mean ASCII, which nobody means.
    declared = content_type if "charset" in content_type.lower() else "application/xml"
    said: dict[str, Any] = {}
    try:
        data = convert_to_utf8({"content-type": declared}, data, said)
    except (LookupError, ValueError):
        said.clear()
    if not said.get("encoding"):
        raise NotAFeed(_("nobody can tell in which encoding it is written"))
    return data.translate(None, _UNKEPT)


def _items(found: Any, data: bytes, address: str, at: datetime.datetime) -> Iterator[Item | Wrong]:
    root = elements.parsed(data)
    begun = [one.start() for one in _BEGIN.finditer(data)]
    ended = [one.start() for one in _END.finditer(data)]
    breaks_off = found.bozo and bool(begun) and (not ended or ended[-1] < begun[-1])
    written = elements.items(root, len(found.entries))
    for place, (entry, element) in enumerate(zip(found.entries, written, strict=True), start=1):
        if breaks_off and place == len(found.entries):
            yield Wrong(_name(entry, place), _("the document breaks off in it"), words.plain(entry.get("title")))
        else:
            yield _Entry(entry, element, found.feed, address, at).item(place)
    yield from elements.tombstones(root)


def _name(entry: Any, place: int) -> str:
    return words.line(dict.get(entry, "id")) or words.line(dict.get(entry, "link")) or f"#{place}"


def _next_poll(feed: Any) -> datetime.timedelta | None:
    """Return how long a feed asks to be left alone: by RSS's own word, or that of the syndication module."""
    ttl, period = words.line(feed.get("ttl")), words.line(feed.get("sy_updateperiod")).lower()
    if ttl.isdecimal() and 0 < int(ttl[:6]) < 1_000_000:
        return datetime.timedelta(minutes=int(ttl[:6]))
    frequency = words.line(feed.get("sy_updatefrequency"))
    times = int(frequency[:4]) if frequency.isdecimal() and int(frequency[:4]) else 1
    return datetime.timedelta(hours=_PERIODS[period]) / times if period in _PERIODS else None


class _Entry:
    """One item of a feed, as the library made it."""

    def __init__(
        self, entry: Any, element: etree._Element | None, feed: Any, address: str, at: datetime.datetime
    ) -> None:
        self.entry, self.element, self.feed, self.at = entry, element, feed, at
        # As the library does within the text; of a file nobody knows where it was.
        self.base = address or words.whole(feed.get("link"), "")
        self.remarks: words.Remarks = []

    def item(self, place: int) -> Item:
        entry = self.entry
        body, lede = self._texts()
        tags = [words.plain(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or ()]
        tags = list(dict.fromkeys(filter(None, tags)))
        link = words.whole(dict.get(entry, "link"), self.base)
        headline = self._plain(entry, "title")
        pictures = tuple(self._pictures())
        body += "".join(self._played())
        return Item(
            id=elements.identity(self.element) or words.line(dict.get(entry, "id")) or link,
            headline=headline,
            lede=lede,
            body_html=body,
            link=link,
            authors=tuple(self._authors()),
            section=tags[0] if tags else "",
            labels=tuple(tags[1:]),
            language=self._language(),
            published=words.past(self._moment("published") or self._moment("created"), self.at, self.remarks),
            changed=self._moment("updated"),
            embargoed=words.moment(dict.get(entry, "prism_embargodate"), self.remarks),
            credit=self._credit(),
            pictures=pictures,
            status=Status.WITHHELD if elements.is_held_back(self.element) else Status.USABLE,
            remarks=tuple(self.remarks),
            original=self._original(),
        )

    def _texts(self) -> tuple[str, str]:
        """Return the text as HTML, and the words above it if they are others."""
        entry = self.entry
        contents = entry.get("content") or ()
        summary = ""
        if detail := dict.get(entry, "summary_detail"):
            summary = self._html(detail)
        bodies = list(filter(None, map(self._html, contents)))
        if not bodies:
            return summary, ""
        body, above = max(bodies, key=len), words.plain(summary)
        is_cut = words.begins_alike(above[:60], words.plain(body))
        return body, "" if is_cut else above

    def _html(self, detail: Any) -> str:
        value, kind = detail.get("value"), str(detail.get("type") or "").lower()
        if kind in _HTML or kind.endswith("+xml"):
            # A text without a single tag has its paragraphs by its lines.
            return words.tidy(value) if "<" in words.tidy(value) else words.as_html(html.unescape(words.tidy(value)))
        if kind and not kind.startswith("text/"):
            if words.tidy(value):
                self.remarks.append((kind, _("content of a type that is no text")))
            return ""
        return words.as_html(value)

    def _plain(self, entry: Any, name: str) -> str:
        detail = dict.get(entry, f"{name}_detail") or {}
        value = words.tidy(dict.get(entry, name))
        # RSS does not say whether a title is a text or HTML.
        is_unsaid = self.element is None or elements.local(self.element) != "entry"
        is_html = str(detail.get("type") or "").lower() in _HTML or (is_unsaid and _MARKED.search(value))
        return words.plain(value) if is_html else words.line(value)

    def _authors(self) -> Iterator[str]:
        """Yield who signed it; of an address by which somebody is mailed nothing is taken."""
        signed = self.entry.get("authors") or ()
        if (
            not any(one.get("name") for one in signed)
            and self.element is not None
            and elements.local(self.element) == "entry"
        ):
            signed = self.feed.get("authors") or ()
        names = (words.plain(one.get("name")) for one in signed)
        yield from dict.fromkeys(name for name in names if name and "@" not in name)

    def _language(self) -> str:
        details = [dict.get(self.entry, name) or {} for name in ("title_detail", "summary_detail")]
        details = [*(self.entry.get("content") or ()), *details]
        own = words.line(dict.get(self.entry, "language"))
        return (
            own
            or next((one["language"] for one in details if one.get("language")), "")
            or words.line(self.feed.get("language"))
        )

    def _moment(self, name: str) -> datetime.datetime | None:
        written, parts = words.line(dict.get(self.entry, name)), dict.get(self.entry, f"{name}_parsed")
        if not written:
            return None
        if parts is None:
            words.unreadable(written, self.remarks)
            return None
        try:
            seconds = calendar.timegm(parts)
            found = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)
        except (ValueError, OverflowError):
            words.unreadable(written, self.remarks)
            return None
        return words.checked(found, written, self.remarks)

    def _credit(self) -> str:
        source = dict.get(self.entry, "source") or {}
        said = (source.get("title"), dict.get(self.entry, "publisher"), dict.get(self.entry, "rights"))
        return next((found for found in map(words.plain, (*said, self.feed.get("rights"))) if found), "")

    def _pictures(self) -> Iterator[Picture]:
        """Yield the pictures beside the text, each once."""
        found = elements.pictures(self.element, self.base)
        for link in self.entry.get("links") or ():
            address = words.whole(link.get("href"), self.base)
            if link.get("rel") == "enclosure" and elements.is_picture(address, str(link.get("type") or "")):
                found.append(Picture(address))
        once: dict[str, Picture] = {}
        for one in found:
            once.setdefault(one.address, one)
        yield from once.values()

    def _played(self) -> Iterator[str]:
        """Yield a link to each recording that goes along: it can be heard there, and not here."""
        for link in self.entry.get("links") or ():
            address = words.whole(link.get("href"), self.base)
            if link.get("rel") != "enclosure" or not address:
                continue
            if not elements.is_picture(address, str(link.get("type") or "")):
                self.remarks.append((address, _("a file that goes along; a link leads to it")))
                yield words.link(address)

    def _original(self) -> str:
        if self.element is not None:
            return elements.written(self.element)
        return words.tidy(json.dumps(self.entry, default=str, ensure_ascii=False))
