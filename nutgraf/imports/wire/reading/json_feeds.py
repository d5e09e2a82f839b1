"""JSON Feed, of version 1.0 and 1.1."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from nutgraf.imports.wire.items import Item, Kind, Picture, Read, Wrong
from nutgraf.imports.wire.reading import elements, words
from nutgraf.imports.wire.reading.documents import Row, rows

VERSION = "jsonfeed.org/version/"


def is_one(around: Any) -> bool:
    """Tell whether a document says of itself that it is a JSON Feed."""
    return isinstance(around, dict) and VERSION in words.line(around.get("version"))


def read(around: Row, found: list[Any | Wrong], *, address: str, at: datetime.datetime) -> Read:
    """Return the items of a JSON Feed."""
    base = words.whole(around.get("home_page_url"), address) or address
    return Read(Kind.JSON_FEED, words.line(around.get("title")), _items(around, found, base, at))


def _items(around: Row, found: list[Any | Wrong], base: str, at: datetime.datetime) -> Iterator[Item | Wrong]:
    for place, row in enumerate(found, start=1):
        if isinstance(row, Wrong):
            yield row
        elif not isinstance(row, dict):
            yield Wrong(f"#{place}", _("it is no object"))
        else:
            yield _item(row, around, base, at)


def _item(row: Row, around: Row, base: str, at: datetime.datetime) -> Item:
    remarks: words.Remarks = []
    link = words.whole(row.get("url") or row.get("external_url"), base)
    body = words.tidy(row.get("content_html")) or words.as_html(row.get("content_text"))
    summary = words.line(row.get("summary"))
    if not body:
        body, summary = words.as_html(summary), ""
    tags = [words.line(tag) for tag in row.get("tags") or () if words.line(tag)] if _is_list(row.get("tags")) else []
    return Item(
        id=words.line(row.get("id")) or link,
        headline=words.line(row.get("title")),
        lede="" if words.begins_alike(summary[:60], words.plain(body)) else summary,
        body_html=body + "".join(_attached(row, base, remarks)),
        link=link,
        authors=_names(row) or _names(around),
        section=tags[0] if tags else "",
        labels=tuple(dict.fromkeys(tags[1:])),
        language=words.line(row.get("language")) or words.line(around.get("language")),
        published=words.past(words.moment(row.get("date_published"), remarks), at, remarks),
        changed=words.moment(row.get("date_modified"), remarks),
        pictures=tuple(_pictures(row, base)),
        remarks=tuple(remarks),
        original=words.tidy(json.dumps(row, ensure_ascii=False)),
    )


def _names(row: Row) -> tuple[str, ...]:
    people = [*rows(row.get("authors")), *rows([row.get("author")])]
    return tuple(dict.fromkeys(name for one in people if (name := words.line(one.get("name"))) and "@" not in name))


def _pictures(row: Row, base: str) -> Iterator[Picture]:
    addresses = [row.get("image") or row.get("banner_image")]
    addresses += [one.get("url") for one in rows(row.get("attachments")) if _is_picture(one)]
    yield from (Picture(one) for one in dict.fromkeys(words.whole(one, base) for one in addresses) if one)


def _attached(row: Row, base: str, remarks: words.Remarks) -> Iterator[str]:
    for one in rows(row.get("attachments")):
        address = words.whole(one.get("url"), base)
        if address and not _is_picture(one):
            remarks.append((address, _("a file that goes along; a link leads to it")))
            yield words.link(address, words.line(one.get("title")))


def _is_picture(row: Row) -> bool:
    return elements.is_picture(words.line(row.get("url")), words.line(row.get("mime_type")))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
