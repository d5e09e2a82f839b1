"""An item as it is kept: everything that came, as JSON, and back."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from nutgraf.imports.models.wire import LONGEST_KEY
from nutgraf.imports.wire.items import Item, Picture, Status

_MOMENTS = ("published", "changed", "embargoed")


def as_text(item: Item) -> str:
    """Return an item as it is kept."""
    return json.dumps(asdict(item), default=_plain, ensure_ascii=False, sort_keys=True)


def from_text(kept: str) -> Item:
    """Return an item as it was kept."""
    values: dict[str, Any] = json.loads(kept)
    for name in _MOMENTS:
        values[name] = values[name] and datetime.datetime.fromisoformat(values[name])
    values |= {
        "status": Status(values["status"]),
        "pictures": tuple(Picture(**picture) for picture in values["pictures"]),
        "authors": tuple(values["authors"]),
        "labels": tuple(values["labels"]),
        "remarks": tuple((words, reason) for words, reason in values.get("remarks", ())),
    }
    return Item(**values)


def key_of(item: Item) -> str:
    """Return by what an item is known again; of one that is called at too great length, a digest of that."""
    if len(item.id) <= LONGEST_KEY:
        return item.id
    return "sha256:" + hashlib.sha256(item.id.encode("utf-8", "surrogatepass")).hexdigest()


def cleaned(item: Item) -> Item:
    """Return an item without the signs that no database takes, and without addresses that lead to no page."""
    texts = {name: value for name, value in asdict(item).items() if isinstance(value, str) and name != "status"}
    words: dict[str, Any] = {name: _clean(value) for name, value in texts.items()}
    lists: dict[str, Any] = {name: tuple(map(_clean, getattr(item, name))) for name in ("authors", "labels")}
    words["link"] = words["link"] if _is_of_web(words["link"]) else ""
    pictures = (Picture(**{name: _clean(value) for name, value in asdict(one).items()}) for one in item.pictures)
    shown = tuple(one for one in pictures if _is_of_web(one.address))
    return replace(item, pictures=shown, **words, **lists)


def _is_of_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _clean(words: str) -> str:
    return words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _plain(thing: object) -> str:
    return thing.isoformat() if isinstance(thing, datetime.datetime) else str(thing)
