"""What is written into the history of stories: Wagtail's log of pages, without a question for each thing that an entry names."""

from __future__ import annotations

from collections.abc import Collection

from wagtail.models import PageLogEntry


class StoryLogEntry(PageLogEntry):
    """An entry like that of any page, in the same table and read from there."""

    class Meta:
        proxy = True
        default_permissions = ()

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        # The page, the version and the person are those that the change itself was made with.
        named = {field.name for field in self._meta.concrete_fields if field.is_relation}
        super().clean_fields(exclude={*(exclude or ()), *named})
