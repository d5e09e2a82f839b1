"""Show beside a story that came from another system what it was there, and what of it no block can hold."""

from __future__ import annotations

import json
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from nutgraf.imports.models import ArchiveItem


class ArchivePanel(Panel):
    """Where the story came from, what was taken otherwise than it was, and the original."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/archive.html"

        @cached_property
        def item(self) -> ArchiveItem | None:
            """Return what the story came from, if it did."""
            items = (
                ArchiveItem.objects.filter(story=self.instance.pk) if self.instance.pk else ArchiveItem.objects.none()
            )
            return items.order_by("-imported_at", "-pk").first()

        def is_shown(self) -> bool:
            return super().is_shown() and self.item is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            original = json.loads(self.item.original) if self.item else {}
            more = {
                "item": self.item,
                "original": original.get("original") or original.get("body", ""),
                "terms": original.get("terms", []),
            }
            return super().get_context_data(parent_context) | more
