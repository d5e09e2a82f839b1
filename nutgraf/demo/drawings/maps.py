"""Maps of the lands round the Vell: one invented geography, seen through different windows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw

from nutgraf.demo.drawings.canvas import SCALE, Canvas, Point, chance, path, smooth
from nutgraf.demo.drawings.palette import (
    INK,
    MIST,
    MOSS,
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

# The whole coast as one ring of land with the Vell cut out, in units of the widest view.
NORTH_COAST: list[Point] = path(
    "-80,150 40,170 130,230 220,214 300,252 372,226 450,262 520,300 610,286 690,330 "
    "780,318 860,352 930,338 985,372 1040,420 1062,470 1050,520"
)
EAST_COAST: list[Point] = path("1022,556 1010,592 1034,640 1010,700 960,742 930,800 880,836 830,880 790,960 770,1080")
WEST_COAST: list[Point] = path(
    "600,1080 560,980 590,900 556,838 500,800 470,744 438,712 470,668 516,640 494,590 "
    "430,566 372,520 330,470 262,452 190,470 110,440 30,452 -80,430"
)
ISLANDS: list[list[Point]] = [
    path("330,340 372,322 408,340 400,372 356,380 326,364"),
    path("700,620 752,600 790,626 770,662 716,660"),
    path("600,474 628,466 640,486 616,496"),
    path("856,520 880,512 890,532 868,540"),
]
AUNE: list[Point] = path(
    "1506,168 1470,214 1428,236 1388,262 1340,286 1310,318 1296,362 1306,404 1272,440 "
    "1240,470 1212,512 1160,530 1110,556 1060,564 1016,578"
)
WEND: list[Point] = path("120,820 190,780 230,730 300,722 360,700 446,712")

# Where two countries meet; together with the coast these lines close every country.
BORDERS: dict[str, list[Point]] = {
    "Kestria and Verrane": path("1120,-40 1130,60 1090,130 1116,214 1088,300 1128,352 1116,400"),
    "Kestria and Pelland": [(1116, 400), (1090, 440), (1056, 462)],
    "Verrane and Pelland": path("1116,400 1180,424 1262,430 1330,452 1420,440 1510,470 1640,450"),
    "Verrane and Dunmar": path("1390,-40 1400,40 1470,96 1540,110 1640,150"),
    "Pelland and Tolmia": path("960,744 1040,770 1120,756 1210,800 1320,790 1440,836 1640,830"),
}

LANDS: dict[str, tuple[Point, Colour]] = {
    "KESTRIA": ((750, 170), mix(SAND, PAPER, 0.35)),
    "VERRANE": ((1290, 170), mix(ROSE, SAND, 0.3)),
    "DUNMAR": ((1520, 40), mix(SAND, SLATE, 0.25)),
    "PELLAND": ((1330, 700), mix(MOSS, PAPER, 0.58)),
    "TOLMIA": ((1240, 930), mix(SAND, OCHRE, 0.2)),
    "ESTMERE": ((220, 640), mix(SHALLOW, PAPER, 0.52)),
}


@dataclass(frozen=True)
class City:
    """A town on the map: its place, where its name is set, and whether it is a capital."""

    name: str
    at: Point
    anchor: str = "lm"
    is_capital: bool = False


CITIES = {
    city.name: city
    for city in (
        City("Almery", (486, 652), "rm", True),
        City("Hallin", (760, 232), "lm", True),
        City("Sollen", (1304, 336), "lm", True),
        City("Tarvik", (1432, 234), "lm"),
        City("Ansby", (1190, 640), "lm", True),
        City("Aunemouth", (1020, 588), "rm"),
        City("Skerry Point", (352, 350), "rm"),
        City("Ardo", (1000, 876), "lm", True),
        City("Lamm", (1206, 300), "rm"),
        City("Karrow Dam", (1304, 392), "lm"),
        City("Sarn Lock", (1246, 464), "rm"),
        City("Sarn Junction", (1330, 486), "lm"),
        City("Corrie", (612, 278), "mb"),
    )
}


class _View:
    """A window on the geography: which part of it fills the picture."""

    def __init__(self, left: float, top: float, width: float) -> None:
        self.left, self.top, self.zoom = left, top, 1600 / width

    def __call__(self, points: list[Point]) -> list[Point]:
        return [((x - self.left) * self.zoom, (y - self.top) * self.zoom) for x, y in points]

    def point(self, at: Point) -> Point:
        return self([at])[0]


def _rugged(points: list[Point], seed: str, *, rough: float = 0.16, closed: bool = False) -> list[Point]:
    """Break a line into bays and headlands: each half is pushed aside, then each half of that."""
    random = chance(seed)
    line = [*points, points[0]] if closed else list(points)
    for _ in range(3):
        broken = [line[0]]
        for (x1, y1), (x2, y2) in pairwise(line):
            push = random.uniform(-rough, rough)
            broken += [((x1 + x2) / 2 - (y2 - y1) * push, (y1 + y2) / 2 + (x2 - x1) * push), (x2, y2)]
        line = broken
    return line


@lru_cache(maxsize=1)
def _coast() -> tuple[list[Point], list[Point], list[list[Point]]]:
    east = _rugged(NORTH_COAST + EAST_COAST, "north and east")
    west = _rugged(WEST_COAST, "west")
    return (
        east,
        west,
        [
            _rugged(smooth(points, steps=2, closed=True), f"island {index}", rough=0.1, closed=True)
            for index, points in enumerate(ISLANDS)
        ],
    )


def _sea(view: _View) -> tuple[Image.Image, Image.Image]:
    """Return the sea with its shore lines, and where it lies."""
    east, west, islands = _coast()
    sea = Canvas(SEA)
    sea.fade(mix(SHALLOW, SEA, 0.3), mix(SHALLOW, SEA, 0.5))
    shores = [view(line) for line in (east, west, *islands)]
    # Pale lines along the shore, as engravers drew the sea.
    for width, tone in ((66, mix(SHALLOW, SEA, 0.22)), (42, mix(SHALLOW, SEA, 0.08)), (21, mix(SHALLOW, MIST, 0.35))):
        for line in shores:
            # A broad line hides small bays, and each bend of one is slow to draw.
            sea.line([*line[::4], *line[-1:]], tone, width)
    for island in islands:
        sea.polygon(view(island), mix(PAPER, SAND, 0.45))
    for line in shores:
        sea.line(line, mix(SEA, INK, 0.35), 3.4)
    mask = Image.new("L", sea.image.size)
    ring = [(x * SCALE, y * SCALE) for x, y in view([*east, *west])]
    ImageDraw.Draw(mask).polygon([(-200, ring[0][1]), *ring, (-200, ring[-1][1])], fill=255)
    return sea.image, mask


def _ground(view: _View, *, focus: dict[str, Colour]) -> Canvas:
    shades = {name: focus.get(name, mix(tone, PAPER, 0.25)) for name, (_, tone) in LANDS.items()}
    border = {name: _rugged(points, name, rough=0.2) for name, points in BORDERS.items()}
    south, frontier = border["Pelland and Tolmia"], border["Verrane and Pelland"]
    canvas = Canvas(shades["ESTMERE"])
    canvas.polygon(view(path("-90,-90 1800,-90 1800,480 1056,462 -90,300")), shades["KESTRIA"])
    canvas.polygon(
        view([*border["Kestria and Verrane"], *frontier, (1800, 450), (1800, -90), (1120, -90)]), shades["VERRANE"]
    )
    canvas.polygon(view([*border["Verrane and Dunmar"], (1800, 150), (1800, -90), (1390, -90)]), shades["DUNMAR"])
    pelland = [
        *reversed(frontier),
        *border["Kestria and Pelland"],
        (900, 480),
        (900, 744),
        *south,
        (1800, 830),
        (1800, 450),
    ]
    canvas.polygon(view(pelland), shades["PELLAND"])
    canvas.polygon(view([(700, 744), *south, (1800, 830), (1800, 1200), (700, 1200)]), shades["TOLMIA"])
    _mountains(canvas, view)
    for line in border.values():
        canvas.dashes(view(line), mix(RUST, INK, 0.3), 3.4, dash=15, gap=10)
    for line in (AUNE, WEND):
        canvas.line(view(smooth(line, steps=8)), mix(SEA, SHALLOW, 0.15), 4.5 * view.zoom**0.6)
    sea, mask = _sea(view)
    canvas.image.paste(sea, (0, 0), mask)
    return canvas


def _mountains(canvas: Canvas, view: _View) -> None:
    random = chance("mountains")
    for left, right, top, bottom, count in (
        (1130, 1560, 90, 420, 46),
        (500, 1060, 30, 160, 16),
        (20, 250, 830, 980, 14),
        (1060, 1500, 850, 980, 10),
    ):
        peaks = sorted(
            (random.uniform(top, bottom), random.uniform(left, right), random.uniform(14, 27)) for _ in range(count)
        )
        for y, x, size in peaks:
            if any(abs(x - city.at[0]) < 62 and abs(y - city.at[1]) < 24 for city in CITIES.values()):
                continue
            if any(abs(x - at[0]) < 82 and -16 < y - at[1] < 34 for at, _ in LANDS.values()):
                continue
            foot, tip, right_foot = view([(x - size, y), (x, y - size * 1.05), (x + size, y)])
            canvas.polygon([foot, tip, right_foot], mix(SAND, PAPER, 0.5))
            canvas.polygon(
                [tip, right_foot, ((foot[0] + right_foot[0]) / 2 + size * 0.1, foot[1])], mix(SLATE, RUST, 0.3)
            )


def _town(canvas: Canvas, view: _View, name: str, *, size: float = 30, strong: bool = False) -> None:
    city = CITIES[name]
    x, y = view.point(city.at)
    if city.is_capital:
        canvas.rect(x - 10, y - 10, 20, 20, PAPER)
        canvas.rect(x - 7, y - 7, 14, 14, INK)
    else:
        canvas.circle((x, y), 10, PAPER)
        canvas.circle((x, y), 7, INK)
    away = {"l": (18, 0), "r": (-18, 0), "m": (0, 20 if city.anchor[1] == "t" else -20)}[city.anchor[0]]
    canvas.text(
        (x + away[0], y + away[1]), name, INK, size=size, anchor=city.anchor, weight=2 if strong else 1, halo=PAPER
    )


def _name(canvas: Canvas, view: _View, land: str, *, size: float, fill: Colour = INK, at: Point | None = None) -> None:
    canvas.text(view.point(at or LANDS[land][0]), land, fill, size=size, anchor="mm", weight=1, spacing=size * 0.28)


def _sea_name(canvas: Canvas, at: Point, words: str, *, size: float = 40) -> None:
    canvas.text(at, words, mix(SEA, INK, 0.35), size=size, anchor="mm", spacing=size * 0.5)


def _scale(canvas: Canvas, view: _View, *, kilometres: int, left: float = 150) -> None:
    # One unit of the geography is one kilometre, near enough for news.
    long = kilometres * view.zoom
    canvas.rect(left, 934, long + 36, 46, PAPER, radius=6)
    canvas.rect(left + 18, 966, long, 4, INK)
    for x in (left + 18, left + 14 + long):
        canvas.rect(x, 956, 4, 14, INK)
    canvas.text((left + 18 + long / 2, 962), f"{kilometres} km", INK, size=24, anchor="mb")


def _arrow(canvas: Canvas, points: list[Point], colour: Colour, width: float = 20) -> None:
    curve = smooth(points, steps=16)
    (x1, y1), (x2, y2) = curve[-3], curve[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    head = [
        (x2 + dx * width * 2, y2 + dy * width * 2),
        (x2 - dy * width * 1.4, y2 + dx * width * 1.4),
        (x2 + dy * width * 1.4, y2 - dx * width * 1.4),
    ]
    canvas.line(curve, PAPER, width + 8)
    canvas.polygon(head, PAPER)
    canvas.line(curve, colour, width)
    canvas.polygon(head, colour)


def _note(canvas: Canvas, at: Point, *lines: str) -> None:
    wide = max(len(words) for words in lines) * 14.4 + 34
    canvas.rect(at[0], at[1], wide, 24 + 36 * len(lines), PAPER, radius=6)
    canvas.rect(at[0], at[1], 7, 24 + 36 * len(lines), RUST)
    for index, words in enumerate(lines):
        canvas.text((at[0] + 22, at[1] + 30 + index * 36), words, INK, size=28, anchor="lm", weight=1)


def _legend(canvas: Canvas, left: float, top: float, *rows: tuple[Colour, str]) -> None:
    canvas.rect(left, top, 340, 24 + 42 * len(rows), PAPER, radius=6)
    for index, (colour, words) in enumerate(rows):
        canvas.rect(left + 18, top + 19 + index * 42, 34, 26, colour)
        canvas.text((left + 68, top + 32 + index * 42), words, INK, size=25, anchor="lm")


def region() -> Image.Image:
    """The whole region with the country of the unrest in red."""
    view = _View(0, 0, 1600)
    unrest, pact, mediator = mix(RUST, ROSE, 0.2), mix(SLATE, MIST, 0.5), mix(OCHRE, PAPER, 0.35)
    focus = {
        "VERRANE": unrest,
        "KESTRIA": pact,
        "DUNMAR": pact,
        "TOLMIA": pact,
        "PELLAND": mediator,
        "ESTMERE": mix(PAPER, SAND, 0.3),
    }
    canvas = _ground(view, focus=focus)
    for land in LANDS:
        _name(
            canvas,
            view,
            land,
            size=28 if land in ("DUNMAR", "TOLMIA") else 40,
            fill=PAPER if land == "VERRANE" else INK,
        )
    _sea_name(canvas, (770, 434), "THE VELL", size=50)
    for town in ("Almery", "Hallin", "Sollen", "Tarvik", "Ansby", "Aunemouth", "Skerry Point", "Ardo"):
        _town(canvas, view, town, strong=town in ("Sollen", "Tarvik"))
    _legend(canvas, 150, 750, (unrest, "Unrest"), (pact, "Its allies"), (mediator, "Lives downstream"))
    _scale(canvas, view, kilometres=200)
    return canvas.finished()


def routes_in() -> Image.Image:
    """Verrane close up, with the two ways by which the soldiers came."""
    view = _View(986, 48, 600)
    pact = mix(SLATE, MIST, 0.45)
    canvas = _ground(
        view,
        focus={"VERRANE": mix(ROSE, PAPER, 0.15), "KESTRIA": pact, "DUNMAR": pact, "PELLAND": mix(OCHRE, PAPER, 0.45)},
    )
    _name(canvas, view, "VERRANE", size=58, at=(1250, 120))
    _name(canvas, view, "KESTRIA", size=36, at=(1054, 96))
    _name(canvas, view, "DUNMAR", size=38, at=(1510, 84))
    _arrow(canvas, view(path("1026,236 1090,250 1160,236 1240,262 1284,312")), RUST, 26)
    _arrow(canvas, view(path("1440,70 1446,120 1440,170 1435,200")), RUST, 15)
    _note(canvas, view.point((1092, 196)), "By rail and road", "from Kestria: 1,900")
    _note(canvas, view.point((1342, 132)), "By air from", "Dunmar: 700")
    for town in ("Sollen", "Tarvik", "Lamm"):
        _town(canvas, view, town, size=38, strong=town != "Lamm")
    _scale(canvas, view, kilometres=50)
    return canvas.finished()


def river() -> Image.Image:
    """The Aune from the dam to the sea, with the lock at the border where the barges wait."""
    view = _View(905, 296, 530)
    canvas = _ground(
        view,
        focus={"PELLAND": mix(OCHRE, PAPER, 0.5), "VERRANE": mix(ROSE, PAPER, 0.2), "KESTRIA": mix(SLATE, MIST, 0.5)},
    )
    canvas.line(view(smooth(AUNE, steps=8)), mix(SEA, SHALLOW, 0.1), 15)
    _name(canvas, view, "PELLAND", size=58, at=(1330, 556))
    _name(canvas, view, "VERRANE", size=46, at=(1222, 334))
    _name(canvas, view, "KESTRIA", size=40, at=(1052, 350))
    _sea_name(canvas, view.point((1004, 476)), "THE VELL", size=32)
    x, y = view.point((1299, 390))
    canvas.polygon([(x - 44, y - 16), (x + 40, y - 16), (x + 28, y + 16), (x - 32, y + 16)], INK)
    for town in ("Sollen", "Aunemouth", "Sarn Junction", "Sarn Lock"):
        _town(canvas, view, town, size=36, strong=town == "Sarn Lock")
    canvas.text((x + 62, y), "Karrow Dam", INK, size=36, anchor="lm", weight=1, halo=PAPER)
    lock_x, lock_y = view.point((1246, 464))
    _note(canvas, (lock_x - 330, lock_y + 34), "38 barges wait")
    below = [at for at in view(smooth(AUNE, steps=8)) if lock_y + 16 < at[1] < lock_y + 190]
    for px, py in below[::2]:
        canvas.polygon([(px - 17, py - 8), (px + 17, py - 8), (px + 11, py + 9), (px - 11, py + 9)], RUST)
    _scale(canvas, view, kilometres=50, left=1230)
    return canvas.finished()


def ring() -> Image.Image:
    """The route of the Ring of the Vell, twelve stages round the sea, with the ninth in red."""
    view = _View(0, 0, 1600)
    canvas = _ground(view, focus={})
    for land in LANDS:
        _name(canvas, view, land, size=28 if land in ("DUNMAR", "TOLMIA") else 38, fill=mix(INK, PAPER, 0.28))
    _sea_name(canvas, (770, 434), "THE VELL", size=50)
    stages: list[list[Point]] = [
        path("486,652 430,690 452,780 500,850"),
        [(500, 850), (520, 900), (540, 980)],
        [(830, 940), (900, 880), (1000, 876)],
        path("1000,876 1010,800 1040,720 1120,690 1190,640"),
        path("1190,640 1120,630 1080,600 1034,588"),
        path("1034,588 1084,540 1080,470 1066,430"),
        path("1066,430 1040,380 980,330 900,306"),
        path("900,306 840,300 800,262 760,232"),
        path("760,232 700,220 690,276 612,278"),
        path("612,278 540,240 460,210 380,180"),
        path("150,470 220,500 300,520 340,580"),
        path("340,580 400,610 430,640 486,652"),
    ]
    for ferry in (path("540,980 640,1000 740,980 830,940"), path("380,180 300,250 240,360 150,470")):
        canvas.dashes(view(smooth(ferry)), PAPER, 6, dash=16, gap=12)
    for index, stage in enumerate(stages, start=1):
        line = view(smooth(stage))
        canvas.limb(line, PAPER, 17)
        canvas.limb(line, RUST if index == 9 else mix(OCHRE, RUST, 0.3), 11)
    for index, stage in enumerate(stages, start=1):
        x, y = view.point(stage[-1])
        canvas.circle((x, y), 21 if index == 9 else 15, PAPER)
        canvas.circle((x, y), 17 if index == 9 else 12, RUST if index == 9 else INK)
        canvas.text((x, y), str(index), PAPER, size=22 if index == 9 else 16, anchor="mm", weight=1)
    for words, at, anchor in (
        ("Almery", (470, 618), "rm"),
        ("Ardo", (1026, 900), "lm"),
        ("Ansby", (1222, 640), "lm"),
        ("Hallin", (760, 196), "mm"),
        ("Corrie", (592, 240), "mm"),
        ("Aunemouth", (998, 592), "rm"),
    ):
        canvas.text(
            at, words, INK, size=29, anchor=anchor, weight=2 if words in ("Almery", "Corrie") else 1, halo=PAPER
        )
    _scale(canvas, view, kilometres=200)
    return canvas.finished()
