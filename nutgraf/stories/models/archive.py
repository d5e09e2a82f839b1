"""Where stories live in the page tree: one archive with a folder for each month, never shown to readers.

Small folders keep the page explorer quick; a story's address comes from its own
fields, so the folders may be as dull as they like.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Folder(Page):
    """A page that only holds others: no address, no preview, no slug to think of."""

    is_creatable = False
    private_page_options: list[str] = []
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None


class Archive(Folder):
    """The root of every story."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.ArchiveMonth"]
    max_count = 1

    class Meta:
        verbose_name = _("archive")

    @classmethod
    def month(cls, day: datetime.date) -> ArchiveMonth:
        """Return the folder for that day's month, made if there is none yet."""
        return cls.months([day])[cls.slug_of(day)]

    @classmethod
    def months(cls, days: Iterable[datetime.date], *, is_locked: bool = False) -> dict[str, ArchiveMonth]:
        """Return the folders for the months of days by their slugs, made where there are none yet."""
        archive = cls.objects.get()
        slugs = {cls.slug_of(day) for day in days}
        months = ArchiveMonth.objects.select_for_update() if is_locked else ArchiveMonth.objects.all()
        found = {month.slug: month for month in months.child_of(archive).filter(slug__in=slugs)}
        for slug in sorted(slugs - found.keys()):
            found[slug] = archive.add_child(instance=ArchiveMonth(title=slug, slug=slug))
        return found

    @staticmethod
    def slug_of(day: datetime.date) -> str:
        """Name the folder for a day's month."""
        return f"{day:%Y-%m}"


class ArchiveMonth(Folder):
    """A month of stories."""

    parent_page_types = ["stories.Archive"]
    subpage_types = ["stories.Story"]

    class Meta:
        verbose_name = _("month")
