"""A field of the search index whose words are taken out of its blocks once, however often the index asks for them."""

from __future__ import annotations

from typing import Any

from wagtail.search import index


class SearchedOnce(index.SearchField):
    """For what is long: modelsearch asks an object for all of its fields for each column of the index."""

    def get_value(self, obj: Any) -> Any:
        """Return what it did for the same blocks of the object before."""
        value, key = getattr(obj, self.field_name), f"_searched_{self.field_name}"
        kept = obj.__dict__.get(key)
        if kept is None or kept[0] is not value:
            kept = obj.__dict__[key] = (value, super().get_value(obj))
        return kept[1]
