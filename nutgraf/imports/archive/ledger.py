"""The rows that say what came of an archive, as the half that makes things asks them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from nutgraf.imports.archive import values
from nutgraf.imports.models import ArchiveItem

Kind, Outcome = ArchiveItem.Kind, ArchiveItem.Outcome


@dataclass(frozen=True)
class Ledger:
    """What came of one archive so far."""

    source: str
    site: str
    at: datetime.datetime

    def find(self, kind: str, key: str) -> ArchiveItem | None:
        """Return the row of an item, if it came before."""
        return (
            ArchiveItem.objects.filter(source=self.source, site=self.site, kind=kind, key=key[:500])
            .defer("original")
            .first()
        )

    def newest(self, most: int) -> list[ArchiveItem]:
        """Return the rows that were added latest."""
        items = ArchiveItem.objects.filter(source=self.source, site=self.site).exclude(story=None, picture=None)
        return list(items.select_related("story", "picture").defer("original").order_by("-pk")[:most])

    def picture_at(self, address: str) -> ArchiveItem | None:
        """Return the row of the picture that is at an address."""
        return (
            ArchiveItem.objects.filter(
                source=self.source, site=self.site, kind=Kind.PICTURE, address=address[:500], picture__isnull=False
            )
            .defer("original")
            .first()
        )

    def write(
        self, kind: str, value: values.Author | values.Section | values.Picture | values.Story, **fields: Any
    ) -> ArchiveItem:
        """Write down what was made of an item, in place of what was said of it before."""
        fields.setdefault("digest", values.digest(value))
        fields |= {"original": values.as_json(value), "imported_at": self.at}
        fields["name"] = fields.get("name", "")[:255]
        fields["address"] = fields.get("address", "")[:500]
        item, _is_new = ArchiveItem.objects.update_or_create(
            source=self.source, site=self.site, kind=kind, key=value.key[:500], defaults=fields
        )
        return item
