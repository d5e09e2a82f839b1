"""Which sizes and formats of a picture there are, how large each is and where: arithmetic only, no file, no query."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.images.models import Filter
from wagtail.images.rect import Rect

if TYPE_CHECKING:
    from nutgraf.media.models import Picture

Ratio = tuple[int, int]

# Both lists are closed, so that nobody can fill the disk by asking for every width there is.
WIDTHS = (64, 128, 240, 256, 360, 384, 480, 600, 720, 960, 1080, 1200, 1440, 1920)
RATIOS: tuple[Ratio, ...] = ((1, 1), (4, 3), (3, 2), (16, 9), (40, 21))

# In the order in which a browser is to choose: the first that it knows.
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}

# Part of every address: raise it when the darkroom works differently, and all renditions are made anew.
RECIPE = 1

# Where they are in the storage, by picture and version; the desk has its own sizes, which Wagtail makes, beside them.
FOLDER = "pictures"
DESK = "desk"


@dataclass(frozen=True)
class Spec:
    """One entry of the closed list: at most so wide, cropped to a ratio or not, in a format."""

    width: int
    ratio: Ratio | None
    format: str

    def __post_init__(self) -> None:
        if self.width not in WIDTHS or self.format not in FORMATS or (self.ratio and self.ratio not in RATIOS):
            raise ValueError(f"No rendition {self.file_name}: see WIDTHS, RATIOS and FORMATS in {__name__}.")

    @property
    def file_name(self) -> str:
        crop = f"-{self.ratio[0]}x{self.ratio[1]}" if self.ratio else ""
        return f"w{self.width}{crop}.{self.format}"

    @classmethod
    def parse(cls, file_name: str) -> Spec:
        """Return the spec of that name; raise ValueError unless there is one, spelt in just this way."""
        if not (parts := re.fullmatch(r"w([1-9]\d*)(?:-([1-9]\d*)x([1-9]\d*))?\.([a-z]+)", file_name, re.ASCII)):
            raise ValueError(f"No rendition is called {file_name}.")
        width, across, down, format = parts.groups()
        return cls(int(width), (int(across), int(down)) if across else None, format)

    def cut(self, picture: Picture) -> tuple[Rect, tuple[int, int]]:
        """Return which part of the picture is taken, and how large it becomes: never larger than it is."""
        return _cut(self.width, self.ratio, (picture.width, picture.height), _focus(picture))


@dataclass(frozen=True)
class Responsive:
    """What a <picture> element needs: sources in order of preference, and the space to keep free."""

    sources: tuple[tuple[str, str], ...]
    src: str
    width: int
    height: int


def responsive(picture: Picture, *, widths: Iterable[int], ratio: Ratio | None = None) -> Responsive:
    """Return the addresses of a picture in these widths, cropped round its focal point if a ratio is given.

    A picture that is smaller than asked for ends the list at its own size. Width and height are those of the widest.
    """
    size = (picture.width, picture.height)
    return _offer(f"{settings.MEDIA_URL}{folder(picture)}/", size, _focus(picture), tuple(sorted(widths)), ratio)


def usual(picture: Picture) -> list[Spec]:
    """Return every rendition of a picture that differs from the others, as readers' pages may ask for any of them."""
    specs = []
    for ratio in (None, *RATIOS):
        for width in WIDTHS:
            specs += [Spec(width, ratio, format) for format in FORMATS]
            if specs[-1].cut(picture)[1][0] < width:
                break
    return specs


def address(picture: Picture, spec: Spec) -> str:
    return f"{settings.MEDIA_URL}{folder(picture)}/{spec.file_name}"


def folder(picture: Picture) -> str:
    return f"{FOLDER}/{picture.pk}/{version(picture)}"


def version(picture: Picture) -> str:
    """Return what changes whenever a rendition would: so that each can be kept for ever under its address."""
    seen = (RECIPE, picture.file_hash, _focus(picture))
    return hashlib.blake2s(repr(seen).encode(), digest_size=5).hexdigest()


Focus = tuple[int, int, int, int]


def _focus(picture: Picture) -> Focus | None:
    focus = (picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height)
    return None if None in focus else focus


@dataclass(frozen=True)
class _Measures:
    """As much of a picture as Wagtail's filters ask for."""

    focus: Focus | None

    def get_focal_point(self) -> Rect | None:
        return Rect.from_point(*self.focus) if self.focus else None

    def is_svg(self) -> bool:
        return False


# A page shows a dozen pictures, and most pages the same: made once, this costs less than the look-up of a template.
@lru_cache(maxsize=1024)
def _offer(
    base: str, size: tuple[int, int], focus: Focus | None, widths: tuple[int, ...], ratio: Ratio | None
) -> Responsive:
    ladder: dict[int, tuple[int, int]] = {}
    for width in widths:
        ladder[width] = _cut(width, ratio, size, focus)[1]
        if ladder[width][0] < width:
            break
    sources = tuple(
        (
            mime,
            ", ".join(f"{base}{Spec(width, ratio, format).file_name} {real}w" for width, (real, _) in ladder.items()),
        )
        for format, mime in FORMATS.items()
    )
    widest = max(ladder)
    return Responsive(sources, base + Spec(widest, ratio, "jpg").file_name, *ladder[widest])


@lru_cache(maxsize=4096)
def _cut(width: int, ratio: Ratio | None, size: tuple[int, int], focus: Focus | None) -> tuple[Rect, tuple[int, int]]:
    spec = f"fill-{width}x{max(1, round(width * ratio[1] / ratio[0]))}" if ratio else f"width-{width}"
    transform = Filter(spec).get_transform(_Measures(focus), size)
    return transform.get_rect().round(), transform.size
