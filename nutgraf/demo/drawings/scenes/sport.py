"""Scenes of sport round the Vell: tideball, the Ring, a penalty and the Long Mile."""

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, chance, ellipse, path, ridge, smooth, turned
from nutgraf.demo.drawings.figures import cloud, gull, ripples, sun
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

Point = tuple[float, float]


def _runner(canvas: Canvas, x: float, y: float, height: float, shirt: Colour, *, facing: int, stick: bool) -> None:
    """Draw somebody who runs with the feet near (x, y), to the right (1) or to the left (-1)."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * facing * height, y - dy * height

    skin, limb = mix(ROSE, RUST, 0.3), height * 0.075
    canvas.limb(smooth([at(-0.02, 0.46), at(-0.16, 0.3), at(-0.38, 0.24), at(-0.46, 0.3)]), skin, limb)
    canvas.limb(smooth([at(0.0, 0.46), at(0.2, 0.4), at(0.16, 0.18), at(0.1, 0.02)]), skin, limb)
    canvas.limb([at(0.08, 0.015), at(0.22, 0.015)], INK, limb * 0.9)
    canvas.limb([at(-0.46, 0.33), at(-0.48, 0.22)], INK, limb * 0.9)
    canvas.polygon(
        smooth([at(-0.1, 0.42), at(-0.12, 0.54), at(0.12, 0.54), at(0.2, 0.44), at(0.04, 0.36)], steps=4, closed=True),
        INK,
    )
    canvas.polygon(
        smooth(
            [at(-0.1, 0.5), at(-0.04, 0.7), at(0.02, 0.82), at(0.16, 0.84), at(0.22, 0.74), at(0.14, 0.5)],
            steps=4,
            closed=True,
        ),
        shirt,
    )
    canvas.limb(smooth([at(0.04, 0.78), at(-0.14, 0.7), at(-0.2, 0.56)]), skin, limb * 0.8)
    canvas.limb(smooth([at(0.14, 0.78), at(0.26, 0.62), at(0.42, 0.64)]), skin, limb * 0.8)
    canvas.circle(at(0.2, 0.94), height * 0.075, skin)
    canvas.polygon(ellipse(at(0.185, 0.965), height * 0.08, height * 0.06, start=180, end=360), mix(INK, RUST, 0.3))
    if stick:
        canvas.line([at(0.3, 0.74), at(0.56, 0.2)], mix(OCHRE, RUST, 0.4), height * 0.035)
        canvas.line(smooth([at(0.55, 0.22), at(0.62, 0.12), at(0.72, 0.14)]), mix(OCHRE, RUST, 0.4), height * 0.045)


def tideball() -> Image.Image:
    """Players with sticks splash through ankle-deep water round a goal that the tide has reached."""
    random = chance("tideball")
    canvas = Canvas(SAND)
    canvas.fade(mix(OCHRE, RUST, 0.35), mix(LAMP, PAPER, 0.2), end=430)
    sun(canvas, (980, 380), 120, PAPER, LAMP)
    canvas.polygon([(0, 440), *ridge(random, y=430, rough=60, step=260, end=620), (620, 440)], mix(RUST, SLATE, 0.45))
    canvas.fade(mix(OCHRE, ROSE, 0.5), mix(SEA, SLATE, 0.2), start=430)
    for index in range(40):
        y = 436 + index * 13
        half = (30 + index * 7) * random.uniform(0.4, 1.1)
        x = 980 + random.uniform(-30, 30) * (1 + index / 10)
        canvas.polygon([(x - half, y), (x, y - 2.6), (x + half, y), (x, y + 2.6)], mix(LAMP, PAPER, 0.4))
    for start, y in ((0, 640), (900, 720), (-100, 860)):
        bar = smooth(
            [
                (start, y),
                (start + 260, y - 22),
                (start + 620, y - 8),
                (start + 760, y + 12),
                (start + 420, y + 30),
                (start + 90, y + 24),
            ],
            steps=8,
            closed=True,
        )
        canvas.polygon(bar, mix(SAND, RUST, 0.25))
        canvas.shade(bar, mix(RUST, INK, 0.4), towards="down", strength=0.5)
    for x in (160, 420):
        canvas.line([(x, 700), (x, 300)], PAPER, 15)
        for band in range(4):
            canvas.rect(x - 7.5, 330 + band * 96, 15, 46, RUST)
        canvas.line([(x, 700), (x, 800)], mix(RUST, SLATE, 0.4), 9)
    canvas.line([(160, 306), (420, 306)], PAPER, 13)
    for step in range(1, 9):
        canvas.line([(160 + step * 29, 310), (160 + step * 29, 690)], mix(PAPER, ROSE, 0.3), 2)
        canvas.line([(166, 306 + step * 43), (414, 306 + step * 43)], mix(PAPER, ROSE, 0.3), 2)
    players = (
        (1330, 640, 220, NIGHT, -1, True),
        (600, 700, 250, RUST, 1, False),
        (1130, 800, 350, RUST, -1, True),
        (760, 860, 390, NIGHT, 1, True),
    )
    for x, y, height, shirt, facing, stick in players:
        foot = x + facing * height * 0.12
        for spread, strength in ((0.52, 0.16), (0.36, 0.2), (0.2, 0.25)):
            canvas.beam(ellipse((foot, y + 4), height * spread, height * spread * 0.13), PAPER, strength=strength)
        canvas.beam(
            ellipse((foot - facing * height * 0.2, y + height * 0.05), height * 0.4, height * 0.035), INK, strength=0.3
        )
        _runner(canvas, x, y, height, shirt, facing=facing, stick=stick)
        for side in (-1, 1):
            for reach, rise in ((0.1, 0.2), (0.19, 0.15), (0.27, 0.09)):
                drop = [
                    (foot + side * height * (reach - 0.07), y + 4),
                    (foot + side * height * reach, y - height * rise),
                    (foot + side * height * (reach - 0.025), y + 4),
                ]
                canvas.polygon(drop, PAPER)
                canvas.circle(
                    (foot + side * height * (reach + 0.02), y - height * (rise + 0.045)), height * 0.013, PAPER
                )
    canvas.circle((975, 812), 24, OCHRE)
    canvas.line(smooth([(955, 800), (975, 812), (997, 822)]), INK, 4)
    ripples(canvas, random, top=880, bottom=1000, colour=mix(PAPER, SHALLOW, 0.4), count=20, width=220)
    for x, y, span in ((640, 180, 34), (720, 140, 24), (1330, 200, 30)):
        gull(canvas, x, y, span, INK)
    return canvas.finished()


def _cyclist(canvas: Canvas, x: float, y: float, size: float, shirt: Colour) -> None:
    """Draw a racing cyclist who rides to the right, the wheels on y."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, y - dy * size

    for wheel in (-0.5, 0.5):
        middle = at(wheel, 0.32)
        ring = ellipse(middle, 0.31 * size, 0.31 * size, steps=40)
        canvas.line([*ring, ring[0]], INK, size * 0.045)
        canvas.circle(middle, size * 0.035, INK)
    frame = mix(INK, SLATE, 0.15)
    for start, end in (
        (at(-0.5, 0.32), at(-0.08, 0.32)),
        (at(-0.08, 0.32), at(0.34, 0.76)),
        (at(-0.5, 0.32), at(-0.2, 0.76)),
        (at(-0.2, 0.76), at(0.34, 0.76)),
        (at(-0.08, 0.32), at(-0.22, 0.84)),
        (at(0.5, 0.32), at(0.33, 0.88)),
    ):
        canvas.line([start, end], frame, size * 0.04)
    skin = mix(ROSE, RUST, 0.25)
    canvas.limb(smooth([at(-0.22, 0.92), at(0.12, 0.72), at(-0.02, 0.46), at(-0.05, 0.22)]), skin, size * 0.09)
    canvas.line([at(-0.08, 0.2), at(0.08, 0.2)], PAPER, size * 0.07)
    canvas.limb(smooth([at(-0.24, 0.92), at(-0.02, 0.82), at(0.12, 0.72)]), INK, size * 0.13)
    canvas.polygon(
        smooth(
            [
                at(-0.3, 0.88),
                at(-0.26, 1.04),
                at(0.02, 1.24),
                at(0.22, 1.24),
                at(0.26, 1.12),
                at(0.02, 1.0),
                at(-0.14, 0.84),
            ],
            steps=5,
            closed=True,
        ),
        shirt,
    )
    canvas.limb(smooth([at(0.18, 1.14), at(0.26, 0.94), at(0.44, 0.9)]), skin, size * 0.07)
    canvas.line(smooth([at(0.33, 0.9), at(0.46, 0.9), at(0.48, 0.8)]), INK, size * 0.04)
    canvas.circle(at(0.32, 1.3), size * 0.1, skin)
    canvas.polygon(
        smooth([at(0.2, 1.3), at(0.2, 1.4), at(0.32, 1.46), at(0.44, 1.38), at(0.44, 1.34)], steps=5, closed=True),
        PAPER,
    )


def peloton() -> Image.Image:
    """A bunch of riders on a corniche above the sea, one of them in sea green ahead of the rest."""
    y: float
    random = chance("peloton")
    canvas = Canvas(SHALLOW)
    canvas.fade(mix(SHALLOW, SEA, 0.15), mix(PAPER, LAMP, 0.3), end=470)
    for x, y, wide in ((120, 200, 320), (1120, 160, 360)):
        cloud(canvas, x, y, wide, PAPER)
    canvas.fade(mix(SEA, SHALLOW, 0.25), mix(SEA, NIGHT, 0.3), start=440)
    ripples(canvas, random, top=450, bottom=700, colour=mix(SHALLOW, PAPER, 0.4), count=40, width=130)
    for points, tone in (
        (
            path("880,470 960,380 1060,350 1160,270 1290,250 1420,170 1600,150 1600,640 1300,600 1080,540"),
            mix(MOSS, SHALLOW, 0.4),
        ),
        (path("1080,610 1180,500 1300,470 1380,400 1600,340 1600,800 1300,760"), mix(MOSS, SAND, 0.2)),
    ):
        canvas.polygon(points, tone)
        canvas.shade(points, mix(MOSS, INK, 0.4), towards="right", strength=0.7)
    canvas.line(smooth(path("1040,470 1140,440 1260,446 1360,380 1500,366 1600,310")), mix(SAND, PAPER, 0.4), 9)
    canvas.polygon([(560, 520), (572, 470), (584, 520)], PAPER)
    canvas.polygon(path("536,522 606,522 592,536 550,536"), RUST)
    edge = smooth(path("-20,720 400,704 800,720 1200,776 1620,860"))
    canvas.polygon([(-20, 1000), *edge, (1620, 1000)], mix(SAND, SLATE, 0.35))
    canvas.polygon([(-20, 1000), *[(x, y + 34) for x, y in edge], (1620, 1000)], mix(SLATE, INK, 0.25))
    canvas.shade([(-20, 1000), *[(x, y + 34) for x, y in edge], (1620, 1000)], INK, towards="down", strength=0.6)
    for x in range(20, 1600, 120):
        y = 712 + max(0, x - 560) ** 2 / 7600
        canvas.rect(x, y - 44, 26, 58, PAPER, radius=5)
        canvas.rect(x, y - 30, 26, 14, RUST)
    canvas.dashes(smooth(path("-20,940 400,926 800,942 1200,990 1300,1010")), PAPER, 9, dash=90, gap=70)
    bunch = [
        (60, 838, 196),
        (190, 828, 200),
        (20, 884, 226),
        (320, 838, 204),
        (150, 886, 230),
        (470, 846, 214),
        (300, 894, 238),
        (600, 862, 220),
        (450, 908, 246),
    ]
    shirts = (RUST, PAPER, NIGHT, OCHRE, ROSE, RUST, NIGHT, PAPER, OCHRE)
    for (x, y, size), shirt in zip(bunch, shirts, strict=True):
        canvas.beam(ellipse((x + 10, y + 4), size * 0.8, size * 0.06), INK, strength=0.4)
        _cyclist(canvas, x, y, size, shirt)
    canvas.beam(ellipse((1080, 938), 240, 17), INK, strength=0.4)
    _cyclist(canvas, 1060, 934, 290, mix(SHALLOW, SEA, 0.35))
    return canvas.finished()


def penalty() -> Image.Image:
    """A penalty under floodlights, the goalkeeper going one way and the ball the other."""
    x: float
    random = chance("penalty")
    canvas = Canvas(INK)
    canvas.fade(INK, mix(NIGHT, SEA, 0.35), end=560)
    for x, lean in ((180, 1), (1420, -1)):
        canvas.line([(x, 560), (x, 130)], mix(SLATE, INK, 0.4), 12)
        canvas.rect(x - 80, 70, 160, 74, mix(SLATE, INK, 0.4), radius=6)
        for row in range(2):
            for column in range(4):
                canvas.circle((x - 58 + column * 38, 90 + row * 34), 13, PAPER)
        canvas.glow((x, 106), 330, LAMP, strength=0.75)
        canvas.beam([(x - 60, 140), (x + 60, 140), (x + lean * 820, 1000), (x + lean * 180, 1000)], LAMP, strength=0.1)
    canvas.rect(0, 330, 1600, 250, mix(INK, NIGHT, 0.5))
    for row in range(5):
        for column in range(72):
            if random.random() < 0.88:
                tone = random.choice((RUST, SLATE, RUST, PAPER, OCHRE, SEA, NIGHT))
                canvas.circle(
                    (column * 23 + row % 2 * 11 + random.uniform(-3, 3), 356 + row * 44 + random.uniform(-5, 5)),
                    10.5,
                    mix(tone, INK, 0.42),
                )
                canvas.rect(column * 23 + row % 2 * 11 - 12, 366 + row * 44, 24, 26, mix(tone, INK, 0.55), radius=8)
    canvas.rect(0, 560, 1600, 34, mix(RUST, INK, 0.25))
    canvas.fade(mix(MOSS, SHALLOW, 0.15), mix(MOSS, INK, 0.35), start=594)
    for index in range(5):
        if index % 2:
            top, bottom = 594 + index * 81, 594 + (index + 1) * 81
            canvas.beam([(0, top), (1600, top), (1600, bottom), (0, bottom)], INK, strength=0.13)
    canvas.line([(0, 724), (1600, 724)], PAPER, 7)
    net = mix(MIST, SLATE, 0.3)
    for step in range(31):
        x = 330 + step * 31.4
        canvas.line([(x, 250), (360 + step * 29.4, 700)], net, 2)
    for step in range(15):
        y = 252 + step * 32
        canvas.line([(330 + step, y), (1272 - step, y)], net, 2)
    canvas.line(path("320,726 320,240 1280,240 1280,726"), PAPER, 19)
    skin, kit = mix(ROSE, RUST, 0.2), OCHRE
    canvas.limb(smooth([(690, 640), (800, 668), (905, 706)]), kit, 46)
    canvas.limb(smooth(path("700,626 820,612 880,642 930,634")), INK, 36)
    canvas.limb(smooth([(770, 652), (862, 700), (928, 706)]), INK, 36)
    canvas.line([(926, 634), (964, 628)], PAPER, 26)
    canvas.line([(926, 706), (966, 712)], PAPER, 26)
    canvas.polygon(smooth(path("560,560 612,530 700,580 790,622 770,680 690,668 590,630"), steps=6, closed=True), kit)
    canvas.shade(
        smooth(path("560,560 612,530 700,580 790,622 770,680 690,668 590,630"), steps=6, closed=True),
        RUST,
        towards="down",
        strength=0.7,
    )
    canvas.limb(smooth([(596, 560), (520, 500), (452, 452)]), kit, 32)
    canvas.limb(smooth([(580, 610), (500, 580), (434, 548)]), kit, 32)
    canvas.circle((440, 442), 24, PAPER)
    canvas.circle((420, 540), 24, PAPER)
    canvas.circle((548, 546), 38, skin)
    canvas.polygon(smooth(path("574,512 590,548 572,580 548,584 566,552 556,524"), steps=5, closed=True), INK)
    for index, (x, y) in enumerate(((1000, 840), (1046, 680), (1088, 530), (1120, 420))):
        canvas.glow((x, y), 60, PAPER, strength=0.16 + index * 0.1)
    canvas.circle((1146, 336), 46, PAPER)
    canvas.polygon(turned(path("1146,318 1163,331 1157,351 1135,351 1129,331"), about=(1146, 336), degrees=14), INK)
    for angle in range(0, 360, 72):
        outer = turned(path("1146,296 1158,302 1146,314 1134,302"), about=(1146, 336), degrees=angle + 14)
        canvas.polygon(outer, mix(INK, SLATE, 0.2))
    canvas.circle((800, 930), 9, PAPER)
    return canvas.finished()


def long_mile() -> Image.Image:
    """Three six-oared gigs seen from straight above, the nearest ahead by a bow."""
    random = chance("long mile")
    canvas = Canvas(SEA)
    canvas.fade(mix(SEA, SHALLOW, 0.3), mix(SEA, NIGHT, 0.25))
    for _ in range(120):
        x, y = random.uniform(0, 1600), random.uniform(0, 1000)
        half = random.uniform(16, 70)
        canvas.line(
            smooth([(x - half, y), (x - half / 2, y - 5), (x, y), (x + half / 2, y + 5), (x + half, y)], steps=4),
            mix(SEA, SHALLOW, random.uniform(0.2, 0.6)),
            3,
        )
    for middle, x, tone, shirt in ((190, 560, PAPER, NIGHT), (500, 860, RUST, PAPER), (810, 700, OCHRE, INK)):
        wake = [(x - 380, middle - 14), (x - 900, middle - 120), (x - 900, middle + 120), (x - 380, middle + 14)]
        canvas.beam(wake, PAPER, strength=0.22)
        canvas.beam(
            [(x - 380, middle - 8), (x - 1100, middle - 40), (x - 1100, middle + 40), (x - 380, middle + 8)],
            PAPER,
            strength=0.3,
        )
        for side in (-1, 1):
            for index in range(5):
                canvas.line(
                    [
                        (x + 380 - index * 34, middle + side * (10 + index * 15)),
                        (x + 350 - index * 44, middle + side * (22 + index * 22)),
                    ],
                    mix(PAPER, SHALLOW, 0.2),
                    5,
                )
        for seat in range(6):
            sx = x - 240 + seat * 92
            side = 1 if seat % 2 else -1
            tip = (sx - 44, middle + side * 116)
            canvas.line([(sx + 10, middle + side * 6), tip], mix(SAND, PAPER, 0.3), 8)
            blade = turned(
                [(tip[0] - 13, tip[1]), (tip[0] + 13, tip[1]), (tip[0] + 15, tip[1] + 50), (tip[0] - 15, tip[1] + 50)],
                about=tip,
                degrees=19 if side > 0 else 161,
            )
            canvas.polygon(blade, tone)
            for ring in (20, 32):
                arc = ellipse((tip[0] - 18, tip[1] + side * 26), ring, ring * 0.8, start=90, end=270, steps=16)
                canvas.line(arc, mix(PAPER, SHALLOW, 0.3), 3)
        shape = smooth(
            [
                (x - 400, middle),
                (x - 330, middle - 40),
                (x - 100, middle - 60),
                (x + 180, middle - 54),
                (x + 400, middle),
                (x + 180, middle + 54),
                (x - 100, middle + 60),
                (x - 330, middle + 40),
            ],
            steps=10,
            closed=True,
        )
        canvas.beam([(px + 14, py + 22) for px, py in shape], INK, strength=0.4)
        canvas.polygon(shape, tone)
        inner = [(x + (px - x) * 0.93, middle + (py - middle) * 0.76) for px, py in shape]
        canvas.polygon(inner, mix(RUST, INK, 0.55))
        canvas.shade(inner, mix(OCHRE, RUST, 0.4), towards="down", strength=0.5)
        for seat in range(6):
            sx = x - 240 + seat * 92
            canvas.rect(sx - 10, middle - 44, 20, 88, mix(SAND, RUST, 0.4))
            canvas.polygon(ellipse((sx + 4, middle), 22, 37), shirt)
            side = 1 if seat % 2 else -1
            canvas.line([(sx + 2, middle - side * 26), (sx - 24, middle + side * 36)], mix(ROSE, RUST, 0.2), 12)
            canvas.circle((sx, middle), 17, mix(INK, RUST, 0.25 + seat * 0.08))
        canvas.polygon(ellipse((x - 330, middle), 22, 28), RUST if tone != RUST else OCHRE)
        canvas.circle((x - 332, middle), 15, mix(INK, RUST, 0.3))
    for x in range(60, 1600, 210):
        canvas.circle((x, 345), 12, RUST)
        canvas.circle((x + 100, 655), 12, OCHRE)
    return canvas.finished()
