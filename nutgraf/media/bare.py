"""Wagtail's filters without what a file says about itself, for the sizes that the desk shows."""

from __future__ import annotations

from typing import Any

from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from nutgraf.media import darkroom


class StripOperation(FilterOperation):
    """Leave dots and transparency; Willow would copy EXIF with its places into every JPEG and PNG."""

    def construct(self) -> None:
        pass

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> PillowImage:
        profile = willow.image.info.get("icc_profile")
        shown = darkroom.with_all_shades(willow.image)
        if shown.mode != "RGBA":
            shown = darkroom.to_srgb(shown, profile)
        shown.info.clear()
        return PillowImage(shown)


class BareFilter(Filter):
    @property
    def filter_operations(self) -> list[FilterOperation]:
        return [StripOperation("strip"), *super().filter_operations]
