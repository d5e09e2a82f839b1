"""Wagtail's check of a preview, cut down to what an editor has written and can mend."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem


class StoryChecks(ContentCheckerItem):
    """Links without words and alt texts that say nothing; the rest of the page is not the editor's doing."""

    axe_include = ["main"]
    axe_exclude = [".stream"]
    axe_run_only = ["link-name", "alt-text-quality"]


def look_only_at_what_is_written(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put our check where Wagtail's own was."""
    items[:] = [StoryChecks(item.in_editor) if isinstance(item, AccessibilityItem) else item for item in items]
