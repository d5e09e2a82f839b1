"""Show with a story that came by wire what has changed there since, loudly if it was taken back, and where it came from."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from nutgraf.imports.models import WireItem
from nutgraf.imports.wire import keeping, queries
from nutgraf.stories import wording


def item_of(story: Any) -> WireItem | None:
    """Return the item that a story was made of; asked once for each form."""
    if not story.pk:
        return None
    if "nutgraf_wire_item" not in story.__dict__:
        story.__dict__["nutgraf_wire_item"] = queries.of_story(story.pk)
    found: WireItem | None = story.__dict__["nutgraf_wire_item"]
    return found


class WireNewsPanel(Panel):
    """What somebody has to know before going on with a story that came by wire."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/wire_news.html"

        def show_panel_furniture(self) -> bool:
            return False

        @cached_property
        def item(self) -> WireItem | None:
            return item_of(self.instance)

        def is_shown(self) -> bool:
            item = self.item
            is_news = item is not None and (bool(item.attention) or item.is_embargoed(timezone.now()) or item.is_killed)
            return super().is_shown() and is_news

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            item = self.item
            changes = []
            if item and item.attention == WireItem.Attention.UPDATE:
                changes = [
                    (wording.piece_name(change.piece), wording.act_name(change), wording.compared(change))
                    for change in queries.shown(item).changes
                    if not change.piece.is_noted
                ]
            more = {
                "row": item,
                "changes": changes,
                "is_embargoed": item is not None and item.is_embargoed(timezone.now()),
                "is_public": self.instance.live,
            }
            return super().get_context_data(parent_context) | more


class WireSourcePanel(Panel):
    """Where a story came from by wire, and the original."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/wire_source.html"

        @cached_property
        def item(self) -> WireItem | None:
            return item_of(self.instance)

        def is_shown(self) -> bool:
            return super().is_shown() and self.item is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            row = self.item
            original = keeping.from_text(row.content).original if row else ""
            return super().get_context_data(parent_context) | {"row": row, "original": original}
