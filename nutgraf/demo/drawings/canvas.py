"""A sheet to draw on: flat shapes at twice the size, grainy shade and soft light, scaled down at the end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

from nutgraf.demo.drawings.palette import INK, Colour, mix

Point = tuple[float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# Pillow draws without smoothing edges; drawing at twice the size and averaging smooths them.
SCALE = 2
WIDTH, HEIGHT = 1600, 1000


def chance(seed: str) -> Random:
    """Return dice that fall the same way each time, so that a picture drawn twice is the same picture."""
    return Random(seed)  # noqa: S311 (nothing depends on these being hard to guess)


@lru_cache(maxsize=1)
def _noise() -> Image.Image:
    return Image.frombytes("L", (1024, 1024), chance("grain").randbytes(1024 * 1024))


@lru_cache(maxsize=4)
def _noise_of(size: tuple[int, int]) -> Image.Image:
    tile, sheet = _noise(), Image.new("L", size)
    for left in range(0, size[0], tile.width):
        for top in range(0, size[1], tile.height):
            sheet.paste(tile, (left, top))
    return sheet


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int]) -> Image.Image:
    # Uniform noise squeezed to 128 plus or minus nine: seen as paper, not as dirt.
    narrow = _noise_of(size).point([119 + value * 18 // 255 for value in range(256)])
    return Image.merge("RGB", (narrow, narrow, narrow))


@lru_cache(maxsize=4)
def _slope(towards: str) -> Image.Image:
    return Image.linear_gradient("L").rotate({"down": 0, "right": 90, "up": 180, "left": 270}[towards])


@lru_cache(maxsize=32)
def _font(size: int) -> Font:
    return ImageFont.load_default(size=size)


def path(text: str) -> list[Point]:
    """Read points written as "12,30 40,55": a long outline stays a few lines of code."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def smooth(points: Sequence[Point], *, steps: int = 12, closed: bool = False) -> list[Point]:
    """Return a curve through all points (Catmull-Rom), as a list of short straight lines."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        corners = [
            points[(index + offset) % count] if closed else points[min(max(index + offset, 0), count - 1)]
            for offset in (-1, 0, 1, 2)
        ]
        for step in range(steps):
            t = step / steps
            curve.append(tuple(_blend(t, *axis) for axis in zip(*corners, strict=True)))  # type: ignore[arg-type]  # two axes make a pair
    if not closed:
        curve.append(points[-1])
    return curve


def _blend(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def ellipse(centre: Point, rx: float, ry: float, *, start: float = 0, end: float = 360, steps: int = 48) -> list[Point]:
    """Return the points of an arc, in degrees clockwise from three o'clock."""
    x, y = centre
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def turned(points: Iterable[Point], *, about: Point, degrees: float) -> list[Point]:
    """Return the points turned clockwise about a centre."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = about
    return [(x + (px - x) * cosine - (py - y) * sine, y + (px - x) * sine + (py - y) * cosine) for px, py in points]


def ridge(
    random: Random, *, y: float, rough: float, start: float = 0, end: float = WIDTH, step: float = 100
) -> list[Point]:
    """Return a skyline of straight slopes from left to right, never twice the same height."""
    points: list[Point] = []
    x, up = start, True
    while x < end:
        points.append((x, y - (rough * random.uniform(0.35, 1) if up else rough * random.uniform(-0.15, 0.3))))
        x, up = x + step * random.uniform(0.55, 1.4), not up
    points.append((end, y))
    return points


class Canvas:
    """One picture being drawn, in units of 1600 by 1000 whatever its size in pixels."""

    def __init__(self, ground: Colour, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)

    # Shapes

    def polygon(self, points: Iterable[Point], fill: Colour) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def rect(self, x: float, y: float, width: float, height: float, fill: Colour, *, radius: float = 0) -> None:
        box = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        if box[2] < box[0] or box[3] < box[1]:
            return
        if radius:
            self.draw.rounded_rectangle(box, radius=radius * SCALE, fill=fill)
        else:
            self.draw.rectangle(box, fill=fill)

    def circle(self, centre: Point, radius: float, fill: Colour) -> None:
        x, y = centre
        self.draw.ellipse(
            ((x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE), fill=fill
        )

    def line(self, points: Iterable[Point], fill: Colour, width: float = 4) -> None:
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=max(1, round(width * SCALE)), joint="curve"
        )

    def limb(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """Draw a line with round ends."""
        self.line(points, fill, width)
        for end in (points[0], points[-1]):
            self.circle(end, width / 2, fill)

    def dashes(
        self, points: Sequence[Point], fill: Colour, width: float = 4, *, dash: float = 18, gap: float = 14
    ) -> None:
        travelled = 0.0
        for (x1, y1), (x2, y2) in pairwise(points):
            length = math.hypot(x2 - x1, y2 - y1)
            at = -(travelled % (dash + gap))
            while length and at < length:
                start, end = max(at, 0) / length, min(at + dash, length) / length
                if end > start:
                    self.line(
                        [
                            (x1 + (x2 - x1) * start, y1 + (y2 - y1) * start),
                            (x1 + (x2 - x1) * end, y1 + (y2 - y1) * end),
                        ],
                        fill,
                        width,
                    )
                at += dash + gap
            travelled += length

    # Light and shade

    def fade(self, top: Colour, bottom: Colour, *, start: float = 0, end: float | None = None) -> None:
        """Fill a band of the whole width with one colour turning into another."""
        end = self.height if end is None else end
        height = round((end - start) * SCALE)
        rows = (mix(top, bottom, row / height) for row in range(height))
        strip = Image.frombytes("RGB", (1, height), bytes(value for row in rows for value in row))
        self.image.paste(strip.resize((self.image.width, height), Image.Resampling.NEAREST), (0, round(start * SCALE)))

    def glow(self, centre: Point, radius: float, colour: Colour, *, strength: float = 0.6) -> None:
        """Lay soft round light over what is there."""
        side = round(radius * 2 * SCALE)
        fall = Image.radial_gradient("L").point(
            [round(255 * strength * max(0.0, 1 - v / 180) ** 2) for v in range(256)]
        )
        corner = (round((centre[0] - radius) * SCALE), round((centre[1] - radius) * SCALE))
        self.image.paste(colour, (*corner, corner[0] + side, corner[1] + side), fall.resize((side, side)))

    def beam(self, points: Sequence[Point], colour: Colour, *, strength: float = 0.3) -> None:
        """Lay an even, see-through shape over what is there."""
        mask, corner = self._mask(points)
        self.image.paste(colour, corner, mask.point([round(v * strength) for v in range(256)]))

    def shade(self, points: Sequence[Point], colour: Colour, *, towards: str = "down", strength: float = 0.8) -> None:
        """Spray a shape with grains that grow denser towards one side, as from an airbrush."""
        mask, corner = self._mask(points)
        slope = _slope(towards)
        slope = slope.resize(mask.size).point([round(v * strength) for v in range(256)])
        grains = ImageChops.add(slope, _noise_of(self.image.size).crop((0, 0, *mask.size)), offset=-255)
        grains = grains.point([0] + [255] * 255)
        self.image.paste(colour, corner, ImageChops.multiply(grains, mask))

    def _mask(self, points: Sequence[Point]) -> tuple[Image.Image, tuple[int, int]]:
        xs, ys = [x * SCALE for x, _ in points], [y * SCALE for _, y in points]
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        right = min(self.image.width, math.ceil(max(xs)))
        bottom = min(self.image.height, math.ceil(max(ys)))
        mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in zip(xs, ys, strict=True)], fill=255)
        return mask, (left, top)

    # Words

    def text(
        self,
        at: Point,
        words: str,
        fill: Colour = INK,
        *,
        size: float = 28,
        anchor: str = "la",
        weight: int = 0,
        spacing: float = 0,
        halo: Colour | None = None,
    ) -> None:
        """Write one line; ``weight`` thickens the only face that Pillow brings, ``spacing`` parts its letters."""
        font = _font(round(size * SCALE))
        x, y = at[0] * SCALE, at[1] * SCALE
        if spacing:
            wide = sum(font.getlength(letter) + spacing * SCALE for letter in words) - spacing * SCALE
            x -= {"l": 0, "m": wide / 2, "r": wide}[anchor[0]]
            for letter in words:
                self._letter((x, y), letter, fill, font, "l" + anchor[1], weight, halo)
                x += font.getlength(letter) + spacing * SCALE
        else:
            self._letter((x, y), words, fill, font, anchor, weight, halo)

    def _letter(
        self, at: Point, words: str, fill: Colour, font: Font, anchor: str, weight: int, halo: Colour | None
    ) -> None:
        if halo is not None:
            self.draw.text(
                at, words, font=font, fill=halo, anchor=anchor, stroke_width=weight + 4 * SCALE, stroke_fill=halo
            )
        self.draw.text(at, words, font=font, fill=fill, anchor=anchor, stroke_width=weight, stroke_fill=fill)

    # The end

    def finished(self, *, grain: bool = True) -> Image.Image:
        """Return the picture at its real size, with a breath of paper in it."""
        image = self.image.reduce(SCALE)
        return ImageChops.overlay(image, _grain(image.size)) if grain else image
