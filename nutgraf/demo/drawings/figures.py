"""People, trees, boats and clouds that more than one scene needs, as flat shapes."""

from random import Random

from nutgraf.demo.drawings.canvas import Canvas, Point, ellipse, smooth
from nutgraf.demo.drawings.palette import Colour


def person(
    canvas: Canvas, x: float, y: float, height: float, colour: Colour, *, coat: float = 0.34, lean: float = 0
) -> None:
    """Draw somebody in a coat, standing with the feet at (x, y); ``coat`` is the width as a share of the height."""
    head = height * 0.074
    half = height * coat / 2
    hem, chest, top = y - height * 0.3, y - height * 0.7, y - height

    for side in (-1, 1):
        hip, foot = x + side * half * 0.42, x + side * half * 0.5
        canvas.polygon(
            [
                (hip - half * 0.34, hem - 4),
                (hip + half * 0.34, hem - 4),
                (foot + half * 0.2, y),
                (foot - half * 0.2, y),
            ],
            colour,
        )
        canvas.polygon(
            [
                (foot - half * 0.24, y - height * 0.025),
                (foot + half * 0.24, y - height * 0.025),
                (foot + half * 0.34, y),
                (foot - half * 0.34, y),
            ],
            colour,
        )
    canvas.polygon(
        smooth(
            [
                (x - half * 0.95, hem),
                (x - half * 1.0 + lean * 0.5, y - height * 0.5),
                (x - half * 0.98 + lean, chest),
                (x - half * 0.8 + lean, top + head * 2.75),
                (x - head * 0.55 + lean, top + head * 2.15),
                (x + head * 0.55 + lean, top + head * 2.15),
                (x + half * 0.8 + lean, top + head * 2.75),
                (x + half * 0.98 + lean, chest),
                (x + half * 1.0 + lean * 0.5, y - height * 0.5),
                (x + half * 0.95, hem),
            ],
            steps=4,
        ),
        colour,
    )
    canvas.rect(x - head * 0.42 + lean, top + head, head * 0.84, head * 1.6, colour)
    canvas.polygon(ellipse((x + lean, top + head), head * 0.9, head, steps=20), colour)


def crowd(
    canvas: Canvas, random: Random, *, left: float, right: float, y: float, height: float, colour: Colour, gap: float
) -> None:
    """Draw people shoulder to shoulder, no two alike."""
    x = left
    while x < right:
        person(
            canvas,
            x,
            y + random.uniform(-2, 6),
            height * random.uniform(0.86, 1.1),
            colour,
            coat=random.uniform(0.32, 0.4),
            lean=random.uniform(-3, 3),
        )
        x += gap * random.uniform(0.7, 1.3)


def fir(canvas: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    """Draw a fir tree standing at (x, y)."""
    wide = height * 0.3
    canvas.rect(x - height * 0.02, y - height * 0.12, height * 0.04, height * 0.12, colour)
    for share, spread in ((0.1, 1.0), (0.34, 0.76), (0.58, 0.5)):
        foot = y - height * share
        canvas.polygon([(x - wide * spread, foot), (x + wide * spread, foot), (x, foot - height * 0.42)], colour)


def cloud(canvas: Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    """Draw a flat-bottomed cloud whose left foot is at (x, y)."""
    for share, size in ((0.18, 0.13), (0.4, 0.2), (0.63, 0.16), (0.82, 0.1)):
        canvas.circle((x + width * share, y - width * size * 0.62), width * size, colour)
    canvas.rect(x, y - width * 0.16, width, width * 0.16, colour, radius=width * 0.08)


def ripples(
    canvas: Canvas, random: Random, *, top: float, bottom: float, colour: Colour, count: int, width: float = 150
) -> None:
    """Draw short flat strokes on water, longer and thicker the nearer they are."""
    for _ in range(count):
        near = random.random()
        y = top + (bottom - top) * near
        half = width * (0.25 + near) * random.uniform(0.35, 1) / 2
        x = random.uniform(0, canvas.width)
        thick = 1.2 + 3.4 * near
        canvas.polygon([(x - half, y), (x, y - thick), (x + half, y), (x, y + thick)], colour)


def gull(canvas: Canvas, x: float, y: float, span: float, colour: Colour) -> None:
    """Draw a gull in the distance."""
    canvas.line(
        smooth(
            [
                (x - span, y - span * 0.1),
                (x - span * 0.5, y - span * 0.42),
                (x, y),
                (x + span * 0.5, y - span * 0.42),
                (x + span, y - span * 0.1),
            ]
        ),
        colour,
        max(2.0, span * 0.11),
    )


def flag(canvas: Canvas, x: float, y: float, height: float, bands: tuple[Colour, Colour, Colour], pole: Colour) -> None:
    """Draw a flag of three bands on a pole whose foot is at (x, y)."""
    canvas.rect(x - 2, y - height, 4, height, pole)
    wide, deep = height * 0.42, height * 0.28
    for index, band in enumerate(bands):
        top = y - height + deep * index / 3
        upper = smooth(
            [
                (x, top),
                (x + wide * 0.35, top + deep * 0.1),
                (x + wide * 0.7, top - deep * 0.04),
                (x + wide, top + deep * 0.05),
            ]
        )
        lower = [(px, py + deep / 3 + 0.5) for px, py in reversed(upper)]
        canvas.polygon([*upper, *lower], band)


def sun(canvas: Canvas, centre: Point, radius: float, colour: Colour, glow: Colour) -> None:
    """Draw a sun or a moon with its light round it."""
    canvas.glow(centre, radius * 4.2, glow, strength=0.55)
    canvas.polygon(ellipse(centre, radius, radius, steps=90), colour)
