"""Ways to break the store on purpose, each of which the machine has to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock


def _without(start: str) -> Callable[[], Any]:
    """Have no change touch the keys that begin so."""

    def patch() -> Any:
        from nutgraf.published import outbox

        add = outbox.add

        def add_some(connection: Any, keys: Any) -> None:
            add(connection, [key for key in keys if not key.startswith(start)])

        return mock.patch.object(outbox, "add", add_some)

    return patch


def _replaced(where: str, by: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: mock.patch(f"nutgraf.published.{where}", by)


def _without_table(table: str) -> Callable[[], Any]:
    def patch() -> Any:
        from nutgraf.published import keys

        return mock.patch.object(keys, "HOUSEKEEPING", keys.HOUSEKEEPING | {table})

    return patch


def _late() -> Any:
    """Have a page be as true as the store is when its rendering ends, and not when it began."""
    from nutgraf.published.store import the_store
    from nutgraf.published.stored import StoredPage

    press = StoredPage.press

    def press_late(**fields: Any) -> StoredPage:
        return press(**fields | {"generation": the_store().follow()})

    return mock.patch.object(StoredPage, "press", press_late)


BREAKAGES: dict[str, Callable[[], Any]] = {
    "row": _without("row:"),
    "any": _without("any:"),
    # Chance rarely meets what this and the two below tell alone; test_reads and test_exactness do.
    "is": _without("is:"),
    "at": _without("at:"),
    "col": _without("col:"),
    "in": _without("in:"),
    "cell": _without("cell:"),
    "bylines": _without("at:stories_byline"),
    "places": _replaced("outbox.add_place", lambda *arguments: None),
    "windows": _replaced("recording.window", lambda *arguments, **options: None),
    "tables": _replaced("outbox.add_tables", lambda *arguments: None),
    "until": _replaced("recording.valid_until", lambda *arguments: None),
    "moment": _late,
    "rows loaded": _replaced("reads._keys_of_row", lambda *arguments: []),
    "fragments": _replaced("fragments.Fragment.is_true", lambda *arguments: True),
    "look-ups": _replaced("reads._note", lambda *arguments: None),
}
