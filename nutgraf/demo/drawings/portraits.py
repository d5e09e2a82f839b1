"""Portraits of invented authors, cut from a few plain shapes."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, Point, ellipse, path, smooth
from nutgraf.demo.drawings.palette import (
    INK,
    LAMP,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    RUST,
    SAND,
    SEA,
    SHALLOW,
    SLATE,
    Colour,
    mix,
)

SIDE = 640
CORAL = mix(RUST, ROSE, 0.3)


@dataclass(frozen=True)
class Face:
    """How one author looks: colours, the cut of the hair, and what is worn."""

    ground: Colour
    skin: Colour
    hair: Colour
    coat: Colour
    cut: str
    shirt: Colour = PAPER
    glasses: bool = False
    beard: bool = False
    lips: Colour = CORAL
    extra: str = ""


FACES: dict[str, Face] = {
    "rosa": Face(OCHRE, mix(ROSE, SAND, 0.35), mix(INK, RUST, 0.3), SEA, "bun", extra="earrings"),
    "eli": Face(SHALLOW, mix(ROSE, PAPER, 0.35), mix(OCHRE, RUST, 0.55), NIGHT, "short", beard=True, glasses=True),
    "tomas": Face(ROSE, mix(RUST, INK, 0.34), INK, MOSS, "crop", shirt=MIST, lips=mix(RUST, INK, 0.12)),
    "hanne": Face(SEA, mix(ROSE, PAPER, 0.45), mix(LAMP, OCHRE, 0.45), RUST, "bob"),
    "yusuf": Face(SAND, mix(RUST, SAND, 0.42), mix(INK, NIGHT, 0.2), SLATE, "waves", beard=True),
    "maud": Face(MOSS, mix(ROSE, PAPER, 0.25), MIST, mix(OCHRE, RUST, 0.2), "bob", glasses=True),
    "anselm": Face(SLATE, mix(RUST, INK, 0.46), INK, OCHRE, "crop", glasses=True, lips=mix(RUST, INK, 0.22)),
    "bea": Face(RUST, mix(ROSE, RUST, 0.25), mix(INK, RUST, 0.12), SHALLOW, "tail", extra="headband"),
    "cleo": Face(NIGHT, mix(RUST, SAND, 0.3), mix(INK, RUST, 0.2), ROSE, "curls", extra="earrings"),
}


def portrait(name: str) -> Image.Image:
    """Draw one author from the front, lit from the left."""
    face = FACES[name]
    canvas = Canvas(face.ground, width=SIDE, height=SIDE)
    canvas.glow((200, 190), 420, mix(face.ground, PAPER, 0.6), strength=0.5)
    dark = mix(face.skin, INK, 0.28)
    _hair_behind(canvas, face)
    canvas.polygon(path("262,400 378,400 392,520 248,520"), dark)
    shoulders = smooth(path("40,660 70,552 150,506 256,474 320,520 384,474 490,506 570,552 600,660"), steps=8)
    canvas.polygon(shoulders, face.coat)
    canvas.shade(shoulders, mix(face.coat, INK, 0.5), towards="right", strength=0.55)
    canvas.polygon(path("256,474 320,600 384,474 366,454 274,454"), face.shirt)
    canvas.polygon(path("262,430 378,430 370,474 320,520 270,474"), dark)
    for ear in (196, 444):
        canvas.polygon(ellipse((ear, 320), 24, 36), dark if ear > 320 else face.skin)
    head = smooth(
        path("200,290 206,220 256,168 320,156 384,168 434,220 440,290 428,370 384,436 320,458 256,436 212,370"),
        steps=8,
        closed=True,
    )
    canvas.polygon(head, face.skin)
    canvas.shade([(x, y) for x, y in head if x > 318], dark, towards="right", strength=0.75)
    if face.beard:
        beard = smooth(
            path("202,320 220,372 262,356 320,366 378,356 420,372 438,320 430,404 388,456 320,480 252,456 210,404"),
            steps=6,
            closed=True,
        )
        canvas.polygon(beard, mix(face.hair, face.skin, 0.12))
    for x in (266, 374):
        canvas.polygon(ellipse((x, 308), 11, 13), INK)
        canvas.circle((x - 3, 303), 3.5, PAPER)
        canvas.line(smooth([(x - 28, 274), (x, 264), (x + 28, 272)]), mix(face.hair, INK, 0.35), 9)
    canvas.line(smooth(path("322,304 338,356 332,366 312,366")), dark, 7)
    canvas.polygon(smooth(path("280,400 304,394 320,398 336,394 360,400 320,416"), steps=6, closed=True), face.lips)
    _hair_before(canvas, face)
    if face.glasses:
        for x in (264, 376):
            canvas.line(ellipse((x, 308), 42, 38), INK, 7)
        canvas.line(smooth([(306, 304), (320, 298), (334, 304)]), INK, 7)
        for x1, x2 in ((222, 196), (418, 444)):
            canvas.line([(x1, 304), (x2, 296)], INK, 7)
    if face.extra == "earrings":
        for x in (194, 446):
            canvas.circle((x, 372), 12, OCHRE if face.ground != OCHRE else RUST)
    return canvas.finished()


def _hair_behind(canvas: Canvas, face: Face) -> None:
    shapes: dict[str, list[Point]] = {
        "bob": path("180,250 220,150 320,116 420,150 460,250 474,400 440,470 200,470 166,400"),
        "tail": path("420,160 520,170 560,270 530,400 470,470 480,370 470,270 430,220"),
        "curls": [],
        "bun": [],
    }
    if shapes.get(face.cut):
        canvas.polygon(smooth(shapes[face.cut], steps=8, closed=True), mix(face.hair, INK, 0.18))
    if face.cut == "bun":
        canvas.circle((320, 112), 66, mix(face.hair, INK, 0.15))
    if face.cut == "curls":
        for angle in ellipse((320, 268), 148, 148, start=150, end=390, steps=13):
            canvas.circle(angle, 62, mix(face.hair, INK, 0.12))


def _hair_before(canvas: Canvas, face: Face) -> None:
    fringe: dict[str, list[Point]] = {
        "bun": path("196,300 190,214 240,150 320,132 400,150 450,214 444,300 420,232 360,196 310,190 240,226"),
        "short": path(
            "196,290 184,200 236,140 330,120 420,150 456,214 444,290 432,232 400,206 330,214 250,196 214,232"
        ),
        "crop": path("200,268 200,206 246,156 320,140 394,156 440,206 440,268 424,218 384,190 320,182 256,190 216,218"),
        "bob": path("188,350 178,230 226,150 320,122 414,150 462,230 452,350 436,260 410,206 330,186 286,220 216,246"),
        "waves": path(
            "196,290 176,220 206,156 262,148 300,116 366,124 404,150 450,176 458,240 442,292 "
            "428,236 384,204 344,222 296,196 250,222 216,228"
        ),
        "tail": path("196,290 188,206 240,146 320,130 400,146 452,206 444,290 424,224 370,190 320,184 270,190 216,224"),
        "curls": path(
            "196,280 190,210 240,150 320,136 400,150 450,210 444,280 420,232 384,214 350,220 310,206 270,222 236,222"
        ),
    }
    canvas.polygon(smooth(fringe[face.cut], steps=8, closed=True), face.hair)
    canvas.shade(
        smooth(fringe[face.cut], steps=8, closed=True), mix(face.hair, INK, 0.6), towards="right", strength=0.5
    )
    if face.extra == "headband":
        canvas.line(smooth(path("190,240 240,186 320,166 400,186 450,240")), PAPER, 20)
