"""Pictures on readers' pages: which sizes a browser may choose from, by how a picture is presented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from nutgraf.media import renditions
from nutgraf.media.models import Picture

register = template.Library()

# Pictures taller than this keep their form only up to a certain height, see components/picture.css.
TALLEST = 1.2


@dataclass(frozen=True)
class Presentation:
    """The widths made, how wide a page shows them (reader/static/reader/tokens.css), and the crop if there is one."""

    widths: tuple[int, ...]
    sizes: str
    ratio: tuple[int, int] | None = None


PRESENTATIONS = {
    "story": Presentation((360, 720, 1080, 1440), "(min-width: 64rem) 38rem, (min-width: 46rem) 42rem, 92vw"),
    "lead": Presentation((360, 720, 1080, 1440), "(min-width: 52rem) min(37rem, 50vw), 92vw", (3, 2)),
    "feature": Presentation((360, 720, 1080), "(min-width: 64rem) 21rem, (min-width: 31rem) 36vw, 92vw", (3, 2)),
    "stream": Presentation((240, 480, 720), "(min-width: 64rem) 17rem, (min-width: 42rem) 14rem, 92vw", (3, 2)),
    "portrait": Presentation((64, 128, 256), "4rem", (1, 1)),
    "profile": Presentation((128, 256, 384), "8rem", (1, 1)),
}


@register.inclusion_tag("components/picture_frame.html")
def picture(picture: Picture, presentation: str, *, alt: str = "", urgency: str = "") -> dict[str, Any]:
    """Show a picture; the urgency is "now" where it is among the first things one sees, and else it waits."""
    how = PRESENTATIONS[presentation]
    return {
        "made": renditions.responsive(picture, widths=how.widths, ratio=how.ratio),
        "sizes": how.sizes,
        "alt": alt,
        "is_urgent": urgency == "now",
    }


@register.filter
def is_tall(picture: Picture) -> bool:
    """Tell whether a picture is so tall that it would push the text off the page."""
    return picture.height > picture.width * TALLEST
