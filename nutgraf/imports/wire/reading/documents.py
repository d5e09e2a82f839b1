"""JSON as it comes: one document, one a line, or a list that breaks off, of which what came whole is taken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from nutgraf.copydesk.intake import encodings
from nutgraf.imports.wire.items import NotAFeed, Wrong

Row = dict[str, Any]

_BEGIN = re.compile(r'\A\s*(?:\{[^\[\]]*?"_?items"\s*:\s*)?\[')
_SEPARATOR = re.compile(r"[\s,]*")
_WHERE = _("it is no JSON, or breaks off (%(reason)s)")


def read(data: bytes) -> tuple[Any, list[Any | Wrong]]:
    """Return what stands round the items, and the items; raises NotAFeed where nothing can be read.

    Round a list, and round lines, stands nothing.
    """
    try:
        text, _encoding = encodings.decode(data)
    except encodings.CopyRefused as refusal:
        raise NotAFeed(str(refusal).rstrip(".")) from None
    text = text.strip().lstrip("\ufeff")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        rest = list(_by_line(text)) or list(_as_far_as_whole(text))
        if not any(not isinstance(one, Wrong) for one in rest):
            raise NotAFeed(_WHERE % {"reason": _reason(error)}) from None
        return _around(text), rest
    if isinstance(found, list):
        return None, found
    for name in ("items", "_items"):
        if isinstance(found, dict) and isinstance(found.get(name), list):
            return found, found[name]
    return None, [found]


def rows(value: Any) -> list[Row]:
    """Return the objects of a list; of anything else, none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _around(text: str) -> Row | None:
    """Return what a document that breaks off says of itself before its items."""
    begun = _BEGIN.match(text)
    try:
        return json.loads(f"{text[: begun.end()]}]}}") if begun and text.startswith("{") else None
    except ValueError:
        return None


def _by_line(text: str) -> Iterator[Any | Wrong]:
    """Yield the document of each line, if the first line is one."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == 1:
                return
            yield Wrong(f"{number}", _WHERE % {"reason": _reason(error)})
            continue
        if not isinstance(found, dict) and number == 1:
            return
        yield found


def _as_far_as_whole(text: str) -> Iterator[Any | Wrong]:
    """Yield what came whole of a list, and then where it breaks off."""
    begun = _BEGIN.match(text)
    if not begun:
        return
    decoder, place, number = json.JSONDecoder(), begun.end(), 0
    while place < len(text):
        separator = _SEPARATOR.match(text, place)
        place = separator.end() if separator else place
        number += 1
        try:
            found, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            yield Wrong(f"#{number}", _WHERE % {"reason": _reason(error)})
            return
        yield found


def _reason(error: Exception) -> str:
    return "too deep" if isinstance(error, RecursionError) else str(error)[:120]
