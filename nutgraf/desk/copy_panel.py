"""The way from the story form to the pane for copy, and what the form says of copy that was put into it."""

from __future__ import annotations

from typing import Any

from django.forms import Media, Script
from django.utils.formats import number_format
from wagtail.admin.panels import Panel

# Letters: a long page has twenty thousand, and what is typed is read at every pause.
LONGEST = 200_000


class CopyPanel(Panel):
    """A button above the headline; the pane is laid over the page, outside the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/copy.html"

        def show_panel_furniture(self) -> bool:
            return False

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            limits = {"longest": str(LONGEST), "longest_words": number_format(LONGEST, force_grouping=True)}
            return super().get_context_data(parent_context) | limits

        @property
        def media(self) -> Media:
            scripts: list[Any] = [
                Script(f"desk/components/{name}_controller.js", type="module") for name in ("copy", "copy_door")
            ]
            return Media(js=scripts, css={"all": ["desk/components/copy.css"]})
