"""The heading of a page of ours in the desk: what it is, what it is about, and the way back from it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def heading(title: str, *way: tuple[str, str], icon: str, about: str = "") -> dict[str, Any]:
    """Return what Wagtail's heading is made of; the way there is of addresses with their names, after that of the desk."""
    steps = [(reverse("wagtailadmin_home"), _("Home")), *way, ("", title)]
    return {
        "header_title": f"{title}: {about}" if about else title,
        "header_icon": icon,
        "page_title": title,
        "page_subtitle": about,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }
