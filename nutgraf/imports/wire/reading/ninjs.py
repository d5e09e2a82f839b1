"""Ninjs, the IPTC's news in JSON, of versions 1 to 3: one object, a list, or one a line."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from nutgraf.copydesk import bylines
from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Picture, Read, Status, Wrong
from nutgraf.imports.wire.reading import words
from nutgraf.imports.wire.reading.documents import Row, rows

# Version 1 writes in small letters what the others write in small and large ones; so all are read in small ones.
_SIGNS = frozenset("headline headlines bodies body_text body_xhtml body_html pubstatus versioncreated type".split())
_STATUS = {"usable": Status.USABLE, "withheld": Status.WITHHELD, "canceled": Status.CANCELED}
_STATUS |= {"cancelled": Status.CANCELED, "withdrawn": Status.CANCELED, "killed": Status.CANCELED}
_NO_TEXT = frozenset("audio video picture graphic event planning".split())
_MAIN = ("main", "richtext", "")
_LEDES = ("lede", "lead", "intro", "summary", "")


def is_one(row: Any) -> bool:
    """Tell whether an object is one of ninjs: it has a name, and something that only news has."""
    small = _small(row)
    return "uri" in small and bool(_SIGNS & small.keys())


def read(found: list[Any | Wrong], *, address: str, at: datetime.datetime) -> Read:
    """Return the items of ninjs; raises NotAFeed where not one is."""
    if found and not any(isinstance(one, dict) and is_one(one) for one in found):
        raise NotAFeed(_("it is JSON, but neither a JSON Feed nor ninjs"))
    return Read(Kind.NINJS, "", _items(found, address, at))


def _items(found: list[Any | Wrong], address: str, at: datetime.datetime) -> Iterator[Item | Wrong]:
    for place, row in enumerate(found, start=1):
        if isinstance(row, Wrong):
            yield row
        elif not isinstance(row, dict) or not is_one(row):
            yield Wrong(f"#{place}", _("it is no object of ninjs: it has no uri, or nothing of a piece of news"))
        else:
            yield _Object(row, address, at).item()


class _Object:
    """One news object."""

    def __init__(self, row: Row, address: str, at: datetime.datetime) -> None:
        self.raw, self.row, self.base, self.at = row, _small(row), address, at
        self.remarks: words.Remarks = []

    def item(self) -> Item | Wrong:
        row, name = self.row, words.line(self.row.get("uri"))
        status = self._status()
        kind = words.line(row.get("type")).lower()
        if kind in _NO_TEXT and status is Status.USABLE:
            return Wrong(name, _("of the type “%(kind)s”, and no text") % {"kind": kind}, self._headline())
        body = self._body()
        subjects = list(self._subjects())
        sections = [words.line(one.get("name")) for one in subjects if words.line(one.get("rel")) == "section"]
        labels = [words.line(one.get("name")) for one in subjects]
        return Item(
            id=name,
            headline=self._headline(),
            lede=self._lede(body),
            body_html=body,
            link=self._link(),
            authors=tuple(self._authors()),
            section=next(iter(filter(None, sections)), ""),
            labels=tuple(dict.fromkeys(one for one in labels if one and one not in sections[:1])),
            language=words.line(row.get("language")),
            published=self._past("firstcreated") or self._past("versioncreated", []),
            changed=words.moment(row.get("versioncreated"), self.remarks),
            embargoed=words.moment(row.get("embargoeduntil") or row.get("embargoed"), self.remarks),
            credit=self._credit(),
            pictures=tuple(self._pictures()),
            status=status,
            remarks=tuple(self.remarks),
            original=words.tidy(json.dumps(self.raw, ensure_ascii=False)),
        )

    def _past(self, name: str, remarks: words.Remarks | None = None) -> datetime.datetime | None:
        remarks = self.remarks if remarks is None else remarks
        return words.past(words.moment(self.row.get(name), remarks), self.at, remarks)

    def _status(self) -> Status:
        said = words.line(self.row.get("pubstatus")).lower() or "usable"
        if said not in _STATUS:
            # Whoever cannot be understood may have meant that it must not be used.
            self.remarks.append((said, _("a status that is not known, so it is held back")))
        return _STATUS.get(said, Status.WITHHELD)

    def _headline(self) -> str:
        value = _best(self.row.get("headlines"), _MAIN)
        return value or words.plain(self.row.get("headline")) or words.plain(self.row.get("title"))

    def _body(self) -> str:
        """Return the text as HTML: what is marked up, or else the words."""
        marked: list[tuple[str, str]] = []
        plain: list[tuple[str, str]] = []
        for one in rows(self.row.get("bodies")):
            kind = words.line(one.get("contentType")).lower()
            value = words.tidy(one.get("value"))
            is_marked = "html" in kind or (not kind and "</" in value)
            (marked if is_marked else plain).append((words.line(one.get("role")).lower(), value))
        for name in sorted(name for name in self.row if name.startswith("body_")):
            value = words.tidy(self.row[name])
            (plain if name.startswith("body_text") else marked).append(("", value))
        order = {role: place for place, role in enumerate(_MAIN)}
        for found, made in ((marked, words.tidy), (plain, words.as_html)):
            usable = sorted((one for one in found if one[1]), key=lambda one: order.get(one[0], len(order)))
            if usable:
                return made(usable[0][1])
        return ""

    def _lede(self, body: str) -> str:
        value = _best(self.row.get("descriptions"), _LEDES, only=True)
        for name in ("description_text", "description_xhtml", "description_html"):
            value = value or words.plain(self.row.get(name))
        return "" if words.begins_alike(value[:60], words.plain(body)) else value

    def _link(self) -> str:
        addresses = [one.get("value") for one in rows(self.row.get("altids")) if one.get("role") == "canonical"]
        pages = _renditions(self.row.get("renditions"))
        addresses += [one.get("href") for one in pages if "html" in words.line(_type(one))]
        addresses.append(self.row.get("uri"))
        return next((found for one in addresses if (found := words.whole(one, ""))), "")

    def _authors(self) -> Iterator[str]:
        """Yield who signed it: as a list where there is one, or else as the line says."""
        sources = [one for one in rows(self.row.get("infosources")) if words.line(one.get("role")) in _AUTHORS]
        people = [one for one in _people(self.row) if words.line(one.get("rel")).lower() in _AUTHORS]
        names = [words.line(one.get("name")) for one in [*sources, *people]]
        said = words.plain(self.row.get("by") or self.row.get("byline"))
        signed = bylines.read(said)
        parts = [said[start:end] for start, end in signed.names] if signed else [said]
        yield from dict.fromkeys(filter(None, names if any(names) else parts))

    def _subjects(self) -> Iterator[Row]:
        yield from (one for name in ("subjects", "subject") for one in rows(self.row.get(name)))

    def _credit(self) -> str:
        named = [
            words.line(one.get("name"))
            for one in rows(self.row.get("infosources"))
            if words.line(one.get("role")).lower() in ("publisher", "provider", "")
        ]
        said = (*named, *(words.line(self.row.get(name)) for name in ("copyrightholder", "copyrightnotice")))
        return next(filter(None, said), "")

    def _pictures(self) -> Iterator[Picture]:
        """Yield the pictures that go along, each in its widest form."""
        associations = self.row.get("associations")
        along = list(associations.values()) if isinstance(associations, dict) else associations
        for one in rows(along):
            small = _small(one)
            if words.line(small.get("type")).lower() not in ("picture", "graphic"):
                continue
            sizes = [rendition for rendition in _renditions(small.get("renditions")) if rendition.get("href")]
            widest = max(sizes, key=lambda size: _number(size.get("width")), default={"href": small.get("uri")})
            if address := words.whole(widest.get("href"), self.base):
                caption = _best(small.get("descriptions"), ("caption", "main", ""), only=True)
                yield Picture(
                    address,
                    alt=_best(small.get("descriptions"), ("alternative", "alt", "accessibility"), only=True),
                    credit=words.plain(small.get("by") or small.get("byline") or small.get("copyrightholder")),
                    caption=caption or words.plain(small.get("description_text") or small.get("headline")),
                )


_AUTHORS = frozenset(["author", "creator", "writer", "reporter", "byline"])


def _small(row: Any) -> Row:
    """Return an object with its names in small letters, as version 1 writes them."""
    return {str(name).lower(): value for name, value in row.items()} if isinstance(row, dict) else {}


def _best(value: Any, roles: Iterable[str], *, only: bool = False) -> str:
    """Return the words of the first role of some that is there; of others only if they may be taken too."""
    found = rows(value)
    for role in roles:
        for one in found:
            if words.line(one.get("role")).lower() == role and (said := _words(one)):
                return said
    return "" if only else next(filter(None, map(_words, found)), "")


def _words(row: Row) -> str:
    value = row.get("value")
    return words.plain(value) if "html" in words.line(row.get("contentType")) else words.line(value)


def _renditions(value: Any) -> list[Row]:
    return rows(list(value.values()) if isinstance(value, dict) else value)


def _type(rendition: Row) -> Any:
    return rendition.get("contentType") or rendition.get("mimetype") or rendition.get("contenttype")


def _people(row: Row) -> list[Row]:
    return [*rows(row.get("people")), *rows(row.get("person"))]


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
