"""Draw words as a picture of 1200 by 630: a label, a headline that fits whatever its length, a lede, and who publishes it."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
EDGE = 76
WIDTH = SIZE[0] - 2 * EDGE
# Where the foot begins, and with it the end of the room for words.
FOOT = SIZE[1] - 118
# The colours of tokens.css, in the light: Pillow knows no OKLCH.
PAPER, INK, QUIET, HUSK, KERNEL = "#fbfdfb", "#131f1a", "#55625c", "#0f4a35", "#d98a17"

FONTS = Path(__file__).parents[1] / "fonts"
# What our faces have letters for; a newsroom that writes in another script gives its own.
_OURS = re.compile(
    "[^\u0020-\u052f\u0590-\u06ff\u0750-\u077f\u1e00-\u20cf\u2100-\u214f\u2190-\u2193\u2212\ufb1d-\ufdff\ufe70-\ufefc]"
)


@dataclass(frozen=True)
class Words:
    """What stands on the picture."""

    label: str
    headline: str
    lede: str
    signed: str
    newsroom: str


@dataclass(frozen=True)
class Faces:
    """Two files of type: for what is loud, and for what is not."""

    bold: Path = FONTS / "share-bold.woff2"
    regular: Path = FONTS / "share-regular.woff2"

    @property
    def are_ours(self) -> bool:
        """Whether a newsroom has none of its own."""
        return self.bold.parent == FONTS


@dataclass
class _Sheet:
    """A picture under way: which way its words run, and down to where it is filled."""

    draw: ImageDraw.ImageDraw
    faces: Faces
    is_right_to_left: bool
    y: int = field(default=EDGE)

    def write(self, lines: list[str], font: FreeTypeFont, colour: str, leading: float) -> None:
        """Write lines below what is there."""
        for line in lines:
            self.put(line, self.y, font, colour, is_at_start=True)
            self.y += int(font.size * leading)

    def put(self, line: str, y: int, font: FreeTypeFont, colour: str, *, is_at_start: bool) -> None:
        """Write one line at its start or its end."""
        is_right = self.is_right_to_left == is_at_start
        place = (SIZE[0] - EDGE if is_right else EDGE, y)
        self.draw.text(place, line, font=font, fill=colour, anchor="ra" if is_right else "la", direction=self.direction)

    @property
    def direction(self) -> str | None:
        """What Raqm is told; without it, from left to right is all there is."""
        if not features.check("raqm"):
            return None
        return "rtl" if self.is_right_to_left else "ltr"


def can_draw(words: Words, faces: Faces) -> bool:
    """Say whether our faces have every letter of these words, and whether they can be joined as their script asks."""
    if is_right_to_left(words.headline) and not features.check("raqm"):
        return False
    text = " ".join((words.label, words.headline, words.lede, words.newsroom))
    # A sign that is no letter, such as an emoji, can be left out and nothing is lost.
    return not faces.are_ours or not any(unicodedata.category(one)[0] in "LM" for one in _OURS.findall(text))


def is_right_to_left(text: str) -> bool:
    """Say which way a text runs, by its first letter that says so."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def draw(words: Words, faces: Faces) -> bytes:
    """Return the picture as a PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), faces, is_right_to_left(words.headline))
    seen = partial(_seen, faces=faces)
    bar = (SIZE[0] - 18, 0, SIZE[0], SIZE[1]) if sheet.is_right_to_left else (0, 0, 18, SIZE[1])
    sheet.draw.rectangle(bar, fill=HUSK)
    if label := seen(words.label):
        sheet.write(_fit(label, sheet, _font(faces.bold, 30), most=1), _font(faces.bold, 30), HUSK, 1.7)
    _head(sheet, seen(words.headline))
    sheet.y += 26
    font = _font(faces.regular, 34)
    room = (FOOT - 8 - sheet.y) // int(font.size * 1.36)
    if room > 0:
        sheet.write(_fit(seen(words.lede), sheet, font, most=min(room, 4)), font, QUIET, 1.36)
    _foot(sheet, seen(words.newsroom), seen(words.signed))
    out = io.BytesIO()
    # A few flat colours and what lies between them.
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(sheet: _Sheet, headline: str) -> None:
    """Write a headline as large as it fits in three lines, or in four of the smallest, ended by a mark if need be."""
    for size in (84, 76, 68, 60, 54):
        font = _font(sheet.faces.bold, size)
        lines = _lines(headline, sheet, font)
        if len(lines) <= 3:
            sheet.write(lines, font, INK, 1.2)
            return
    font = _font(sheet.faces.bold, 48)
    sheet.write(_fit(headline, sheet, font, most=5), font, INK, 1.2)


def _foot(sheet: _Sheet, newsroom: str, signed: str) -> None:
    start = SIZE[0] - EDGE - 56 if sheet.is_right_to_left else EDGE
    sheet.draw.rectangle((start, FOOT, start + 56, FOOT + 5), fill=KERNEL)
    bold, plain = _font(sheet.faces.bold, 30), _font(sheet.faces.regular, 26)
    (name,) = _fit(newsroom, sheet, bold, most=1)
    sheet.put(name, FOOT + 24, bold, INK, is_at_start=True)
    left = WIDTH - int(_length(name, sheet, bold)) - 40
    if signed and left > 120:
        (line,) = _fit(signed, sheet, plain, most=1, width=left)
        sheet.put(line, FOOT + 28, plain, QUIET, is_at_start=False)


def _fit(text: str, sheet: _Sheet, font: FreeTypeFont, *, most: int, width: int = WIDTH) -> list[str]:
    """Break a text into no more than so many lines, the last of which says so if there is more."""
    lines = _lines(text, sheet, font, width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _length(f"{last}…", sheet, font) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' ,;:–-')}…"]


def _lines(text: str, sheet: _Sheet, font: FreeTypeFont, width: int = WIDTH) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, sheet, font) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        # A word that is wider than the picture is broken where it has to be.
        for letter in word:
            if lines[-1] and _length(lines[-1] + letter, sheet, font) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def _length(text: str, sheet: _Sheet, font: FreeTypeFont) -> float:
    return font.getlength(text, direction=sheet.direction)


def _seen(text: str, *, faces: Faces) -> str:
    """Return a text on one line, without the signs that our faces do not have."""
    return " ".join((_OURS.sub("", text) if faces.are_ours else text).split())


@cache
def _font(file: Path, size: int) -> FreeTypeFont:
    return ImageFont.truetype(file, size)
