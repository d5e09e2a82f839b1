"""The rows that say what came of an archive, as the half that makes things asks them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from nutgraf.imports.archive import values
from nutgraf.imports.models import ArchiveItem

Kept = values.Author | values.Section | values.Picture | values.Story
Kind, Outcome = ArchiveItem.Kind, ArchiveItem.Outcome


@dataclass(frozen=True)
class Ledger:
    """What came of one archive so far."""

    source: str
    site: str
    at: datetime.datetime
    # Of the stories at hand, by their keys, the rows that there were when they were looked up.
    stories: dict[str, ArchiveItem | None] = field(default_factory=dict)

    def look_up(self, keys: Iterable[str]) -> None:
        """Look the rows of many stories up at once, for `find` to return them."""
        wanted = {key[:500] for key in keys}
        self.stories.clear()
        self.stories.update(dict.fromkeys(wanted))
        self.stories.update((item.key, item) for item in self._of(Kind.STORY).filter(key__in=wanted))

    def find(self, kind: str, key: str) -> ArchiveItem | None:
        """Return the row of an item, if it came before."""
        key = key[:500]
        if kind == Kind.STORY and key in self.stories:
            return self.stories[key]
        return self._of(kind).filter(key=key).first()

    def _of(self, kind: str) -> QuerySet[ArchiveItem]:
        return ArchiveItem.objects.filter(source=self.source, site=self.site, kind=kind).defer("original")

    def newest(self, most: int) -> list[ArchiveItem]:
        """Return the rows that were added latest."""
        items = ArchiveItem.objects.filter(source=self.source, site=self.site).exclude(story=None, picture=None)
        return list(items.select_related("story", "picture").defer("original").order_by("-pk")[:most])

    def picture_at(self, address: str) -> ArchiveItem | None:
        """Return the row of the picture that is at an address."""
        return self._of(Kind.PICTURE).filter(address=address[:500], picture__isnull=False).first()

    def write(self, kind: str, value: Kept, **fields: Any) -> ArchiveItem:
        """Write down what was made of an item, in place of what was said of it before."""
        kept = self._as_kept(value, fields)
        item, _is_new = ArchiveItem.objects.update_or_create(
            source=self.source, site=self.site, kind=kind, key=value.key[:500], defaults=kept
        )
        self.stories.pop(item.key, None)
        return item

    def write_first(self, stories: Iterable[tuple[values.Story, dict[str, Any]]]) -> None:
        """Write down what was made of many stories that did not come before."""
        made = [
            ArchiveItem(
                source=self.source,
                site=self.site,
                kind=Kind.STORY,
                key=value.key[:500],
                **self._as_kept(value, fields),
            )
            for value, fields in stories
        ]
        ArchiveItem.objects.bulk_create(made)
        for item in made:
            self.stories.pop(item.key, None)

    def _as_kept(self, value: Kept, fields: dict[str, Any]) -> dict[str, Any]:
        original = values.as_json(value)
        fitting = {name: fields.get(name, "")[:length] for name, length in (("name", 255), ("address", 500))}
        known = {"digest": values.digest_of(original), "original": original, "imported_at": self.at}
        return known | fields | fitting
