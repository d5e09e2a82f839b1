"""Scenes of Almery and its coast: cranes, ferries, flood gates, trams, salt and a clock."""

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, chance, ellipse, path, ridge, smooth, turned
from nutgraf.demo.drawings.figures import cloud, gull, person, ripples, sun
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


def _crane(canvas: Canvas, x: float, y: float, size: float, colour: Colour, *, raised: bool) -> None:
    """Draw a quay crane whose seaward leg stands at (x, y); the jib of an idle one points up."""
    for foot in (0, 150):
        canvas.polygon(
            [
                (x + foot * size, y),
                (x + (foot + 20) * size, y),
                (x + (foot + 16) * size, y - 380 * size),
                (x + (foot + 4) * size, y - 380 * size),
            ],
            colour,
        )
    canvas.line([(x + 10 * size, y - 110 * size), (x + 160 * size, y - 110 * size)], colour, 11 * size)
    canvas.line([(x + 10 * size, y - 110 * size), (x + 160 * size, y - 380 * size)], colour, 8 * size)
    canvas.rect(x - 20 * size, y - 398 * size, 360 * size, 24 * size, colour)
    canvas.rect(x + 120 * size, y - 440 * size, 74 * size, 44 * size, colour)
    canvas.polygon(
        [
            (x, y - 398 * size),
            (x + 26 * size, y - 398 * size),
            (x + 40 * size, y - 540 * size),
            (x + 28 * size, y - 540 * size),
        ],
        colour,
    )
    canvas.line([(x + 34 * size, y - 536 * size), (x + 330 * size, y - 398 * size)], colour, 5 * size)
    if raised:
        canvas.polygon(
            [
                (x - 18 * size, y - 396 * size),
                (x + 4 * size, y - 392 * size),
                (x - 96 * size, y - 720 * size),
                (x - 108 * size, y - 716 * size),
            ],
            colour,
        )
        canvas.line([(x + 32 * size, y - 536 * size), (x - 84 * size, y - 640 * size)], colour, 4 * size)
    else:
        canvas.rect(x - 330 * size, y - 396 * size, 320 * size, 18 * size, colour)
        canvas.line([(x + 32 * size, y - 536 * size), (x - 310 * size, y - 394 * size)], colour, 5 * size)
        canvas.line([(x - 200 * size, y - 380 * size), (x - 200 * size, y - 210 * size)], colour, 3 * size)
        canvas.rect(x - 250 * size, y - 216 * size, 100 * size, 44 * size, OCHRE)


def cranes() -> Image.Image:
    """Harbour cranes at dawn, all but one with the jib up, over a container ship."""
    x: float
    wide: float
    high: float
    random = chance("cranes")
    canvas = Canvas(ROSE)
    canvas.fade(mix(SEA, SHALLOW, 0.55), mix(ROSE, PAPER, 0.5), end=700)
    sun(canvas, (1180, 560), 104, PAPER, LAMP)
    for x, y, wide in ((60, 180, 340), (980, 120, 420), (620, 300, 220)):
        cloud(canvas, x, y, wide, mix(PAPER, ROSE, 0.35))
    x = 0.0
    while x < 1600:
        wide, high = random.uniform(40, 120), random.uniform(30, 110)
        canvas.rect(x, 700 - high, wide, high, mix(ROSE, SLATE, 0.45))
        x += wide
    canvas.polygon(path("1440,700 1440,560 1462,510 1484,560 1484,700"), mix(ROSE, SLATE, 0.45))
    canvas.fade(mix(SHALLOW, ROSE, 0.35), mix(SEA, NIGHT, 0.35), start=700)
    ripples(canvas, random, top=712, bottom=1000, colour=mix(PAPER, LAMP, 0.3), count=34, width=170)
    for x, size, raised in ((1010, 0.72, True), (1330, 0.72, True)):
        _crane(canvas, x, 740, size, mix(SLATE, ROSE, 0.2), raised=raised)
    canvas.rect(940, 736, 700, 30, mix(SLATE, NIGHT, 0.3))
    for row in range(4):
        for column in range(13 - row):
            if row < 3 or column % 3:
                tone = random.choice((RUST, OCHRE, SEA, PAPER, SLATE, RUST, NIGHT))
                left, top = 150 + column * 74 + row * 12, 704 - row * 56
                canvas.rect(left, top, 70, 52, tone)
                canvas.rect(left, top + 40, 70, 12, mix(tone, INK, 0.25))
    canvas.rect(20, 520, 110, 250, PAPER)
    canvas.rect(4, 500, 150, 34, PAPER)
    for column in range(4):
        canvas.rect(24 + column * 32, 508, 22, 16, INK)
    canvas.rect(50, 430, 40, 80, RUST)
    canvas.polygon(path("-20,752 1240,752 1300,716 1240,880 -20,880"), mix(INK, NIGHT, 0.5))
    canvas.rect(-20, 866, 1265, 14, RUST)
    canvas.shade(path("-20,752 1240,752 1240,866 -20,866"), INK, towards="down", strength=0.7)
    canvas.fade(mix(SEA, NIGHT, 0.2), mix(NIGHT, INK, 0.4), start=880)
    ripples(canvas, random, top=890, bottom=1000, colour=mix(SHALLOW, ROSE, 0.4), count=18, width=220)
    _crane(canvas, 560, 990, 1.1, mix(INK, NIGHT, 0.35), raised=True)
    _crane(canvas, 1130, 1000, 1.1, mix(RUST, INK, 0.12), raised=False)
    canvas.rect(0, 976, 1600, 30, INK)
    for x, y, span in ((330, 330, 34), (420, 280, 24), (260, 260, 20)):
        gull(canvas, x, y, span, INK)
    return canvas.finished()


def ferry() -> Image.Image:
    """A lit ferry crosses under the moon, a cable and a plug drawn in its wake."""
    x: float
    random = chance("ferry")
    canvas = Canvas(NIGHT)
    canvas.fade(INK, mix(SEA, NIGHT, 0.2), end=600)
    sun(canvas, (1210, 210), 88, PAPER, MIST)
    canvas.circle((1180, 190), 18, mix(PAPER, MIST, 0.7))
    canvas.circle((1235, 240), 26, mix(PAPER, MIST, 0.7))
    for _ in range(60):
        canvas.circle((random.uniform(0, 1600), random.uniform(0, 420)), random.uniform(0.8, 2.4), MIST)
    canvas.polygon([(0, 620), *ridge(random, y=590, rough=70, step=170), (1600, 620)], mix(NIGHT, INK, 0.35))
    for x in range(40, 1600, 46):
        if random.random() < 0.6:
            canvas.circle((x, 594 + random.uniform(-8, 8)), 3, LAMP)
    canvas.fade(mix(SEA, NIGHT, 0.35), INK, start=606)
    for index in range(34):
        y = 616 + index * 11.5
        half = 40 + index * 3.4 * random.uniform(0.5, 1.2)
        x = 1210 + random.uniform(-20, 20)
        canvas.polygon([(x - half, y), (x, y - 2.6), (x + half, y), (x, y + 2.6)], mix(PAPER, SHALLOW, 0.3))
    canvas.glow((640, 600), 560, LAMP, strength=0.35)
    for left, top, wide, high in ((250, 540, 760, 80), (300, 470, 640, 72), (380, 404, 440, 68)):
        canvas.rect(left, top, wide, high, PAPER, radius=10)
        canvas.shade(
            [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)],
            SLATE,
            towards="left",
            strength=0.45,
        )
        for x in range(left + 26, left + wide - 30, 46):
            canvas.rect(x, top + 18, 30, 30, mix(LAMP, OCHRE, 0.25), radius=6)
    canvas.rect(700, 340, 170, 66, PAPER, radius=8)
    canvas.rect(716, 354, 150, 24, INK, radius=4)
    canvas.polygon(path("480,404 590,404 572,290 500,290"), RUST)
    canvas.polygon(path("497,330 575,330 571,304 501,304"), PAPER)
    canvas.rect(780, 262, 6, 80, PAPER)
    side = path("170,612 1090,612 1180,600 1070,742 230,742 190,690")
    canvas.polygon(side, mix(SEA, SHALLOW, 0.15))
    canvas.shade(side, INK, towards="down", strength=0.65)
    canvas.polygon(path("220,728 1081,728 1070,742 230,742"), RUST)
    for x in range(250, 1060, 66):
        canvas.circle((x, 652), 11, LAMP)
    canvas.fade(mix(NIGHT, SEA, 0.25), INK, start=742)
    for x in range(260, 1040, 52):
        for index in range(5):
            y = 762 + index * 34
            half = random.uniform(8, 24)
            canvas.polygon(
                [(x - half, y), (x, y - 2.4), (x + half, y), (x, y + 2.4)], mix(OCHRE, NIGHT, 0.15 + index * 0.17)
            )
    ripples(canvas, random, top=770, bottom=1000, colour=mix(SEA, SHALLOW, 0.3), count=24, width=190)
    canvas.line(smooth(path("190,690 120,760 210,840 420,850 560,800 700,830 780,892"), steps=20), OCHRE, 13)
    plug = path("-46,-40 34,-40 46,-26 46,26 34,40 -46,40")
    canvas.polygon(turned([(820 + x, 912 + y) for x, y in plug], about=(820, 912), degrees=27), OCHRE)
    for offset in (-20, 20):
        canvas.polygon(
            turned(
                [(862, 906 + offset), (912, 906 + offset), (912, 918 + offset), (862, 918 + offset)],
                about=(820, 912),
                degrees=27,
            ),
            PAPER,
        )
    return canvas.finished()


def surge_gates() -> Image.Image:
    """A curved gate holds back a high sea from a low and lamplit town."""
    x: float
    y: float
    random = chance("surge")
    canvas = Canvas(SLATE)
    canvas.fade(mix(NIGHT, SLATE, 0.2), mix(SLATE, MIST, 0.6), end=760)
    for x, y, wide in ((-60, 150, 520), (340, 100, 460), (820, 190, 560), (1260, 90, 460)):
        cloud(canvas, x, y, wide, mix(SLATE, NIGHT, random.uniform(0.3, 0.6)))
    for _ in range(120):
        x, y = random.uniform(0, 1600), random.uniform(0, 780)
        canvas.line([(x, y), (x - 18, y + 46)], mix(MIST, SLATE, 0.3), 1.6)

    for index, x in enumerate((1040, 1132, 1216, 1298, 1386, 1474, 1552)):
        high = (120, 178, 132, 204, 150, 186, 130)[index]
        tone = (ROSE, PAPER, OCHRE, RUST, MIST, SAND, ROSE)[index]
        canvas.rect(x, 790 - high, 82, high + 10, mix(tone, SLATE, 0.2))
        canvas.polygon([(x - 7, 792 - high), (x + 89, 792 - high), (x + 41, 734 - high)], mix(RUST, INK, 0.4))
        for row in range(high // 54):
            for column in (15, 49):
                canvas.rect(
                    x + column,
                    812 - high + row * 52,
                    18,
                    28,
                    mix(LAMP, OCHRE, 0.3) if random.random() < 0.75 else NIGHT,
                )
    canvas.rect(960, 798, 640, 40, mix(SAND, SLATE, 0.5))
    canvas.rect(700, 838, 900, 162, mix(SHALLOW, SEA, 0.6))
    canvas.rect(700, 760, 260, 80, mix(SLATE, INK, 0.35))
    for index in range(26):
        x, y = random.uniform(960, 1600), random.uniform(852, 1000)
        half = random.uniform(14, 60)
        canvas.polygon(
            [(x - half, y), (x, y - 2.5), (x + half, y), (x, y + 2.5)],
            mix(OCHRE, SHALLOW, 0.3) if index % 2 else mix(SHALLOW, PAPER, 0.3),
        )
    for x, wide in ((1130, 100), (1290, 120), (1452, 96)):
        canvas.polygon([(x, 858), (x + wide, 858), (x + wide * 0.84, 886), (x + wide * 0.16, 886)], mix(INK, RUST, 0.3))
        canvas.line([(x + wide * 0.44, 858), (x + wide * 0.44, 776)], INK, 4)

    for index, (y, tone) in enumerate(
        (
            (372, mix(SLATE, SEA, 0.45)),
            (440, mix(SEA, SLATE, 0.4)),
            (520, mix(SEA, SHALLOW, 0.12)),
            (630, mix(SEA, INK, 0.25)),
            (760, mix(SEA, INK, 0.45)),
        )
    ):
        size = 0.75 + index * 0.18
        crest = []
        x = -330.0 + index * 31
        while x < 800:
            crest += [
                (x, y + 34 * size),
                (x + 60 * size, y),
                (x + 112 * size, y - 50 * size),
                (x + 158 * size, y - 40 * size),
                (x + 130 * size, y - 14 * size),
                (x + 172 * size, y + 26 * size),
            ]
            x += 200 * size
        curve = [(px, py) for px, py in smooth(crest, steps=6) if px < 760]
        wave = [(-200, 1000), *curve, (760, 1000)]
        canvas.polygon(wave, tone)
        canvas.shade(wave, mix(tone, INK, 0.6), towards="down", strength=0.6)
        canvas.line(curve, mix(tone, PAPER, 0.55), 6)

    steel = mix(OCHRE, RUST, 0.12)
    for y in (500, 660, 820):
        canvas.line([(742, y), (968, 640)], mix(RUST, INK, 0.1), 20)
    canvas.circle((968, 640), 44, mix(INK, SLATE, 0.3))
    plate = [
        *ellipse((968, 640), 262, 420, start=128, end=232, steps=30),
        *ellipse((968, 640), 218, 420, start=230, end=130, steps=30),
    ]
    canvas.polygon(plate, steel)
    canvas.shade(plate, mix(RUST, INK, 0.3), towards="down", strength=0.7)
    spray = smooth(
        path("560,420 640,372 706,286 740,170 760,262 800,214 792,320 840,336 780,392 720,430"), steps=8, closed=True
    )
    canvas.polygon(spray, mix(PAPER, MIST, 0.5))
    canvas.shade(spray, mix(SEA, SLATE, 0.4), towards="down", strength=0.6)
    for _ in range(60):
        canvas.circle((770 + random.gauss(0, 82), 236 + random.gauss(0, 84)), random.uniform(2, 9), PAPER)
    tower = path("896,1000 920,330 1030,330 1054,1000")
    canvas.polygon(tower, mix(SAND, SLATE, 0.3))
    canvas.shade(tower, mix(INK, SLATE, 0.3), towards="right", strength=0.8)
    canvas.circle((968, 640), 30, mix(INK, SLATE, 0.2))
    canvas.circle((968, 640), 13, OCHRE)
    canvas.rect(890, 236, 172, 100, mix(PAPER, SAND, 0.35), radius=8)
    canvas.rect(906, 258, 140, 38, LAMP, radius=4)
    for x in (946, 1002):
        canvas.rect(x, 258, 7, 38, mix(INK, SLATE, 0.3))
    canvas.polygon(path("878,240 1074,240 1046,206 906,206"), mix(INK, SLATE, 0.25))
    canvas.line([(976, 206), (976, 130)], INK, 6)
    canvas.glow((976, 126), 90, RUST, strength=0.95)
    canvas.circle((976, 126), 12, RUST)
    return canvas.finished()


def night_tram() -> Image.Image:
    """The last tram climbs a wet street under its wires."""
    random = chance("tram")
    canvas = Canvas(INK)
    canvas.fade(INK, mix(NIGHT, RUST, 0.3), end=700)
    for side in (0, 1):
        for index in range(5):
            near = index / 4
            wide = 90 + 130 * near
            x = 560 - index * 150 - wide + 150 if side == 0 else 1040 + index * 150 - 150
            high = 260 + 150 * near + random.uniform(-30, 40)
            tone = mix(NIGHT, RUST, 0.25 - near * 0.1 + random.uniform(0, 0.1))
            canvas.rect(x, 640 - high, wide, high + 120 + 80 * near, mix(tone, INK, 0.2 + near * 0.3))
            for row in range(4):
                for column in range(3):
                    lit = random.random() < 0.4
                    canvas.rect(
                        x + wide * (0.14 + column * 0.28),
                        640 - high + 34 + row * (high / 4.2),
                        wide * 0.15,
                        high * 0.13,
                        mix(OCHRE, RUST, 0.25) if lit else mix(INK, NIGHT, 0.3),
                    )
    canvas.polygon(path("620,640 980,640 1760,1000 -160,1000"), mix(NIGHT, INK, 0.35))
    for x1, x2 in ((742, 360), (858, 1240), (760, 520), (840, 1080)):
        canvas.line([(x1, 640), (x2, 1000)], mix(SLATE, OCHRE, 0.3), 6)
    canvas.glow((800, 560), 620, LAMP, strength=0.5)
    canvas.beam(path("660,780 940,780 1260,1000 340,1000"), LAMP, strength=0.4)
    for index in range(3):
        x = 800
        canvas.line([(0, 120 + index * 54), (x, 236 + index * 24), (1600, 120 + index * 54)], mix(SLATE, INK, 0.3), 2.5)
    canvas.line([(800, 300), (800, 0)], mix(SLATE, INK, 0.3), 4)
    body = path("600,800 588,470 606,380 660,344 940,344 994,380 1012,470 1000,800")
    canvas.polygon(smooth(body, steps=4), SEA)
    canvas.line([(760, 344), (800, 290), (840, 344)], INK, 7)
    canvas.line([(740, 288), (860, 288)], INK, 7)
    canvas.rect(690, 362, 220, 54, INK, radius=8)
    canvas.text((800, 389), "N1  QUAYS", LAMP, size=33, anchor="mm", weight=1, spacing=2)
    canvas.polygon(path("622,436 978,436 986,622 614,622"), mix(LAMP, PAPER, 0.25))
    canvas.polygon(path("622,436 978,436 980,470 620,470"), mix(LAMP, OCHRE, 0.4))
    canvas.rect(794, 436, 12, 186, mix(SEA, INK, 0.3))
    canvas.circle((716, 520), 30, mix(INK, SEA, 0.25))
    canvas.polygon(smooth(path("660,622 666,566 700,548 732,548 766,566 772,622"), steps=5), mix(INK, SEA, 0.25))
    canvas.polygon(path("682,506 750,506 740,486 692,486"), INK)
    for x, tone in ((868, RUST), (930, MOSS)):
        canvas.circle((x, 556), 20, mix(tone, INK, 0.4))
        canvas.polygon(
            smooth([(x - 34, 622), (x - 26, 590), (x, 578), (x + 26, 590), (x + 34, 622)], steps=5), mix(tone, INK, 0.4)
        )
    canvas.polygon(path("604,650 996,650 995,690 605,690"), PAPER)
    canvas.text((800, 671), "41", SEA, size=36, anchor="mm", weight=2)
    for x in (668, 932):
        canvas.glow((x, 738), 130, LAMP, strength=0.95)
        canvas.circle((x, 738), 24, PAPER)
    canvas.rect(630, 796, 340, 30, INK, radius=8)
    for _ in range(130):
        x, y = random.uniform(0, 1600), random.uniform(0, 960)
        canvas.line([(x, y), (x - 7, y + 28)], mix(MIST, NIGHT, 0.5), 1.4)
    for _ in range(16):
        x, y = random.uniform(180, 1420), random.uniform(850, 990)
        half = random.uniform(30, 110)
        canvas.polygon([(x - half, y), (x, y - 3), (x + half, y), (x, y + 3)], mix(OCHRE, INK, 0.35))
    return canvas.finished()


def salt_pans() -> Image.Image:
    """Salt pans from a height: a mirror of squares, cones of salt, one worker with a rake."""
    random = chance("salt")
    canvas = Canvas(mix(SAND, ROSE, 0.3))
    canvas.fade(mix(ROSE, PAPER, 0.3), mix(LAMP, PAPER, 0.4), end=280)
    sun(canvas, (360, 190), 62, PAPER, LAMP)
    canvas.polygon([(0, 290), *ridge(random, y=282, rough=46, step=260), (1600, 290)], mix(SLATE, ROSE, 0.5))
    tones = (
        ROSE,
        mix(ROSE, PAPER, 0.5),
        SHALLOW,
        mix(SHALLOW, PAPER, 0.4),
        mix(RUST, ROSE, 0.55),
        MIST,
        mix(SEA, SHALLOW, 0.5),
    )
    rows = [282, 306, 342, 394, 470, 580, 740, 1000]

    def across(share: float, y: float) -> float:
        return 800 + (share - 0.5) * 1600 * (0.55 + (y - 282) / 400)

    for row in range(7):
        top, bottom = rows[row] + 2 + row, rows[row + 1] - 2 - row
        for column in range(-4, 14):
            start, end = column / 9 + 0.006, (column + 1) / 9 - 0.006
            pan = [
                (across(start, top), top),
                (across(end, top), top),
                (across(end, bottom), bottom),
                (across(start, bottom), bottom),
            ]
            if max(x for x, _ in pan) < 0 or min(x for x, _ in pan) > 1600:
                continue
            tone = tones[random.randrange(len(tones))]
            canvas.polygon(pan, tone)
            canvas.shade(pan, mix(tone, PAPER, 0.6), towards=random.choice(("up", "right", "left")), strength=0.7)
    for x, y, size in (
        (1180, 420, 40),
        (1290, 428, 44),
        (1060, 520, 62),
        (1230, 540, 70),
        (420, 520, 60),
        (250, 640, 96),
        (560, 690, 110),
        (1320, 760, 150),
        (1010, 800, 140),
    ):
        canvas.beam(ellipse((x + size * 0.5, y), size * 1.4, size * 0.2), INK, strength=0.25)
        cone = smooth(
            [
                (x - size * 1.15, y),
                (x - size * 0.55, y - size * 0.55),
                (x, y - size),
                (x + size * 0.55, y - size * 0.55),
                (x + size * 1.15, y),
                (x, y + size * 0.22),
            ],
            steps=5,
            closed=True,
        )
        canvas.polygon(cone, PAPER)
        canvas.shade(cone, mix(SLATE, ROSE, 0.35), towards="right", strength=0.75)
    canvas.beam(ellipse((830, 868), 150, 16), INK, strength=0.35)
    person(canvas, 760, 868, 260, mix(INK, SEA, 0.3), coat=0.34, lean=14)
    canvas.polygon(ellipse((775, 618), 54, 13), mix(OCHRE, SAND, 0.3))
    canvas.polygon(ellipse((775, 612), 27, 22, start=180, end=360), mix(OCHRE, SAND, 0.3))
    canvas.line([(742, 706), (800, 740), (960, 880)], mix(RUST, INK, 0.4), 8)
    canvas.line([(930, 906), (1000, 862)], mix(RUST, INK, 0.4), 14)
    return canvas.finished()


def island_clock() -> Image.Image:
    """The two-faced clock of an island church, twenty minutes apart, over roofs and sea."""
    random = chance("clock")
    canvas = Canvas(SHALLOW)
    canvas.fade(mix(SHALLOW, SEA, 0.3), mix(PAPER, SHALLOW, 0.25), end=760)
    for x, y, wide in ((80, 250, 330), (1140, 190, 380), (1300, 400, 240)):
        cloud(canvas, x, y, wide, PAPER)
    canvas.fade(mix(SEA, SHALLOW, 0.35), SEA, start=700)
    ripples(canvas, random, top=712, bottom=900, colour=mix(PAPER, SHALLOW, 0.4), count=26, width=130)
    canvas.polygon(path("0,700 120,660 300,640 430,690 480,704 0,704"), mix(MOSS, SHALLOW, 0.45))
    for x, y, wide, high, tone in (
        (-30, 800, 250, 220, PAPER),
        (200, 850, 230, 180, ROSE),
        (420, 830, 200, 200, SAND),
        (990, 840, 230, 200, PAPER),
        (1200, 800, 210, 230, OCHRE),
        (1390, 850, 260, 180, MIST),
    ):
        canvas.rect(x, y - high * 0.35, wide, high, mix(tone, SLATE, 0.08))
        canvas.polygon(
            [
                (x - 16, y - high * 0.35),
                (x + wide + 16, y - high * 0.35),
                (x + wide - 40, y - high * 0.8),
                (x + 40, y - high * 0.8),
            ],
            mix(RUST, INK, 0.12 if tone != OCHRE else 0.3),
        )
        for column in range(3):
            canvas.rect(x + wide * (0.14 + column * 0.28), y, wide * 0.14, 52, mix(SEA, INK, 0.4))
    tower, side = mix(PAPER, SAND, 0.35), mix(SAND, SLATE, 0.45)
    canvas.polygon(path("560,1000 560,330 800,360 800,1000"), tower)
    canvas.polygon(path("800,1000 800,360 1020,330 1020,1000"), side)
    canvas.shade(path("800,1000 800,360 1020,330 1020,1000"), mix(INK, SLATE, 0.5), towards="right", strength=0.5)
    canvas.polygon(path("540,336 800,366 800,330 540,300"), mix(PAPER, SAND, 0.1))
    canvas.polygon(path("800,366 1040,336 1040,300 800,330"), mix(SAND, SLATE, 0.25))
    canvas.polygon([(566, 306), (800, 332), (796, 60)], RUST)
    canvas.polygon([(800, 332), (1014, 306), (796, 60)], mix(RUST, INK, 0.35))
    canvas.line([(796, 64), (796, 12)], INK, 6)
    canvas.polygon([(796, 14), (850, 28), (796, 42)], INK)
    for centre, wide, face, hands in (
        ((680, 520), 92, PAPER, (-60, 0)),
        ((910, 520), 84, mix(MIST, PAPER, 0.4), (-50, 120)),
    ):
        x, y = centre
        canvas.polygon(ellipse(centre, wide + 14, 122, steps=60), mix(INK, SEA, 0.3))
        canvas.polygon(ellipse(centre, wide, 108, steps=60), face)
        for hour in range(12):
            out = turned([(x, y - 94)], about=centre, degrees=hour * 30)[0]
            mark = (x + (out[0] - x) * wide / 108, out[1])
            canvas.circle(mark, 8 if hour % 3 == 0 else 5, INK)
        for degrees, length, thick in ((hands[0], 56, 11), (hands[1], 84, 8)):
            tip = turned([(x, y - length)], about=centre, degrees=degrees)[0]
            canvas.line([centre, (x + (tip[0] - x) * wide / 108, tip[1])], INK, thick)
        canvas.circle(centre, 11, RUST)
    for x in (640, 872):
        canvas.rect(x, 700, 76, 150, mix(INK, SEA, 0.25), radius=36)
        for slat in range(5):
            canvas.rect(x + 8, 740 + slat * 22, 60, 9, mix(SLATE, SEA, 0.4))
    for x, y, span in ((1120, 560, 40), (1210, 500, 28), (420, 470, 34), (1060, 430, 22)):
        gull(canvas, x, y, span, PAPER if x > 1000 else INK)
    return canvas.finished()


def lighthouse() -> Image.Image:
    """A lighthouse's beam goes out over a bank of fog."""
    random = chance("lighthouse")
    canvas = Canvas(NIGHT)
    canvas.fade(mix(INK, NIGHT, 0.4), mix(SLATE, ROSE, 0.35), end=760)
    for _ in range(60):
        canvas.circle((random.uniform(0, 1600), random.uniform(0, 300)), random.uniform(0.8, 2.2), MIST)
    canvas.beam(path("1128,262 1128,286 -100,520 -100,120"), LAMP, strength=0.5)
    canvas.beam(path("1128,266 1128,282 -100,420 -100,210"), LAMP, strength=0.45)
    canvas.beam(path("1172,262 1172,286 1700,360 1700,190"), LAMP, strength=0.4)
    canvas.fade(mix(SLATE, SEA, 0.3), mix(SEA, INK, 0.4), start=740)
    for y, tone in ((640, mix(SLATE, MIST, 0.25)), (700, mix(SLATE, MIST, 0.42)), (770, mix(SLATE, MIST, 0.6))):
        top = smooth([(x, y + random.uniform(-24, 24)) for x in range(-100, 1800, 150)], steps=8)
        canvas.polygon([(-100, y + 130), *top, (1800, y + 130)], tone)
    rock = path("860,1000 900,880 970,820 1010,740 1080,700 1210,696 1290,750 1330,830 1420,880 1470,1000")
    canvas.polygon(rock, mix(INK, NIGHT, 0.25))
    canvas.shade(rock, mix(SLATE, NIGHT, 0.2), towards="left", strength=0.5)
    tower = path("1078,710 1112,330 1188,330 1222,710")
    canvas.polygon(tower, PAPER)
    for upper, lower in ((420, 510), (600, 690)):
        canvas.polygon(
            [
                (1150 - 37 - (upper - 330) * 0.09, upper),
                (1150 + 37 + (upper - 330) * 0.09, upper),
                (1150 + 37 + (lower - 330) * 0.09, lower),
                (1150 - 37 - (lower - 330) * 0.09, lower),
            ],
            RUST,
        )
    canvas.shade(tower, mix(INK, NIGHT, 0.5), towards="right", strength=0.75)
    canvas.rect(1092, 312, 116, 20, INK)
    canvas.rect(1120, 236, 60, 78, LAMP)
    canvas.glow((1150, 274), 190, LAMP, strength=0.95)
    canvas.rect(1120, 236, 60, 78, mix(LAMP, PAPER, 0.5))
    for x in (1116, 1146, 1178):
        canvas.rect(x, 232, 6, 84, INK)
    canvas.polygon([(1108, 238), (1192, 238), (1150, 184)], RUST)
    canvas.circle((1150, 180), 8, INK)
    canvas.rect(1132, 640, 36, 66, INK, radius=16)
    canvas.rect(1236, 640, 130, 90, mix(PAPER, SLATE, 0.35))
    canvas.polygon(path("1224,642 1378,642 1350,596 1252,596"), mix(RUST, INK, 0.3))
    canvas.rect(1290, 668, 26, 34, LAMP)
    for y, tone in ((850, mix(MIST, SLATE, 0.28)), (925, mix(MIST, PAPER, 0.2))):
        top = smooth([(x, y + random.uniform(-30, 30)) for x in range(-100, 1800, 170)], steps=8)
        canvas.polygon([(-100, 1000), *top, (1800, 1000)], tone)
    canvas.polygon(path("300,800 440,800 420,828 322,828"), INK)
    canvas.rect(352, 768, 40, 34, INK)
    canvas.line([(372, 770), (372, 726)], INK, 5)
    canvas.glow((372, 724), 60, OCHRE, strength=0.9)
    return canvas.finished()


def waiting_room() -> Image.Image:
    """A row of clinic chairs, all but one empty, and a telephone that lights up."""
    canvas = Canvas(mix(SHALLOW, MIST, 0.5))
    canvas.fade(mix(SHALLOW, MIST, 0.35), mix(SHALLOW, MIST, 0.75), end=700)
    canvas.fade(mix(SAND, PAPER, 0.35), SAND, start=700)
    canvas.beam(path("120,60 470,60 760,700 360,700"), PAPER, strength=0.6)
    canvas.beam(path("360,700 760,700 900,1000 440,1000"), PAPER, strength=0.5)
    canvas.rect(0, 688, 1600, 14, mix(SEA, MIST, 0.3))
    canvas.circle((1310, 220), 96, INK)
    canvas.circle((1310, 220), 84, PAPER)
    for hour in range(12):
        canvas.circle(turned([(1310, 150)], about=(1310, 220), degrees=hour * 30)[0], 5, INK)
    canvas.line([(1310, 220), (1310, 164)], INK, 7)
    canvas.line([(1310, 220), (1352, 244)], INK, 9)
    canvas.rect(850, 120, 280, 190, PAPER, radius=6)
    canvas.polygon(
        path("970,160 1010,160 1010,195 1045,195 1045,235 1010,235 1010,270 970,270 970,235 935,235 935,195 970,195"),
        SEA,
    )
    for index in range(6):
        x = 110 + index * 235
        tone = RUST if index == 4 else SEA
        canvas.beam(ellipse((x + 110, 902), 130, 16), INK, strength=0.28)
        canvas.rect(x + 14, 470, 166, 190, tone, radius=26)
        canvas.shade([(x + 14, 480), (x + 180, 480), (x + 180, 650), (x + 14, 650)], INK, towards="right", strength=0.4)
        canvas.rect(x, 660, 196, 54, mix(tone, INK, 0.18), radius=18)
        for leg in (22, 164):
            canvas.line([(x + leg, 712), (x + leg + (leg - 93) * 0.14, 900)], INK, 10)
    x = 110 + 4 * 235 + 98
    coat = mix(INK, NIGHT, 0.6)
    canvas.polygon(
        smooth(
            [
                (x - 78, 690),
                (x - 84, 560),
                (x - 60, 486),
                (x - 20, 462),
                (x + 20, 462),
                (x + 60, 486),
                (x + 84, 560),
                (x + 78, 690),
            ],
            steps=6,
        ),
        OCHRE,
    )
    canvas.polygon([(x - 74, 664), (x + 74, 664), (x + 84, 740), (x - 84, 740)], coat)
    for side in (-1, 1):
        canvas.polygon([(x + side * 20, 720), (x + side * 82, 720), (x + side * 74, 890), (x + side * 30, 890)], coat)
        canvas.rect(x + side * 54 - 34, 880, 68, 24, INK, radius=10)
    canvas.rect(x - 15, 420, 30, 50, mix(ROSE, RUST, 0.2))
    canvas.polygon(ellipse((x, 396), 46, 54), ROSE)
    canvas.polygon(
        smooth(
            [(x - 52, 402), (x - 50, 342), (x, 322), (x + 50, 342), (x + 52, 402), (x + 34, 372), (x - 20, 368)],
            steps=5,
            closed=True,
        ),
        mix(RUST, INK, 0.6),
    )
    canvas.polygon(
        smooth([(x - 84, 560), (x - 60, 640), (x - 10, 628), (x - 12, 602), (x - 50, 590)], steps=5, closed=True),
        mix(OCHRE, RUST, 0.25),
    )
    canvas.polygon(
        smooth([(x + 84, 560), (x + 60, 640), (x + 14, 628), (x + 12, 602), (x + 50, 590)], steps=5, closed=True),
        mix(OCHRE, RUST, 0.25),
    )
    canvas.glow((x + 4, 590), 100, LAMP, strength=0.85)
    canvas.rect(x - 22, 556, 52, 84, INK, radius=8)
    canvas.rect(x - 15, 564, 38, 64, LAMP, radius=3)
    canvas.rect(-20, 560, 96, 150, mix(RUST, SAND, 0.5), radius=14)
    for points in (
        [(30, 560), (-10, 420), (20, 330)],
        [(30, 560), (70, 430), (56, 340)],
        [(30, 560), (110, 470), (140, 400)],
    ):
        canvas.line(smooth([(px, py) for px, py in points]), MOSS, 8)
        for share in (0.35, 0.6, 0.85):
            sx, sy = (
                points[1][0] + (points[2][0] - points[1][0]) * share,
                points[1][1] + (points[2][1] - points[1][1]) * share,
            )
            canvas.polygon(turned(ellipse((sx, sy), 40, 14), about=(sx, sy), degrees=-30), MOSS)
    return canvas.finished()
