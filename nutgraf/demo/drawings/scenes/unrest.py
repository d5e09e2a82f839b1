"""Scenes of the crisis: the bread queues, the bridge, the soldiers, the table where they may talk."""

import math
from itertools import pairwise

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, chance, ellipse, path, ridge, smooth, turned
from nutgraf.demo.drawings.figures import cloud, crowd, fir, flag, person, ripples, sun
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
    mix,
)


def mill_bridge() -> Image.Image:
    """A crowd and a line of shields face each other on a bridge at dusk."""
    random = chance("mill bridge")
    canvas = Canvas(RUST)
    canvas.fade(mix(NIGHT, RUST, 0.25), mix(RUST, OCHRE, 0.55), end=640)
    sun(canvas, (930, 520), 92, LAMP, OCHRE)
    far = mix(RUST, NIGHT, 0.55)
    canvas.polygon([(0, 700), *ridge(random, y=520, rough=130, step=190), (1600, 700)], mix(RUST, NIGHT, 0.32))
    for x, wide, high in (
        (60, 190, 210),
        (240, 120, 150),
        (350, 170, 260),
        (1180, 150, 170),
        (1320, 210, 250),
        (1510, 120, 180),
    ):
        canvas.rect(x, 640 - high, wide, high + 60, far)
        for column in range(int(wide // 34)):
            for row in range(int(high // 52)):
                if random.random() < 0.28:
                    canvas.rect(x + 12 + column * 34, 656 - high + row * 52, 14, 22, OCHRE)
    for x, high in ((150, 420), (425, 480), (1400, 440)):
        canvas.polygon([(x - 24, 640), (x - 15, 640 - high), (x + 15, 640 - high), (x + 24, 640)], far)
        for puff in range(7):
            canvas.glow((x + puff * 34 + 10, 640 - high - 22 - puff * 17), 60 + puff * 17, INK, strength=0.42)
    canvas.fade(mix(RUST, OCHRE, 0.35), INK, start=700)
    ripples(canvas, random, top=790, bottom=1000, colour=mix(OCHRE, LAMP, 0.3), count=26, width=190)

    for y, height, tone in ((690, 190, mix(INK, RUST, 0.34)), (716, 214, mix(INK, RUST, 0.16)), (736, 226, INK)):
        crowd(canvas, random, left=-10, right=900 - (y - 690) * 4, y=y, height=height, colour=tone, gap=50)
        if tone != INK:
            canvas.glow((470, 560), 420, OCHRE, strength=0.22)
    for x, y, wide in ((130, 404, 136), (395, 384, 150), (665, 398, 124)):
        canvas.rect(x + wide / 2 - 4, y + 30, 8, 170, INK)
        canvas.polygon(
            turned(
                [(x, y), (x + wide, y), (x + wide, y + 80), (x, y + 80)],
                about=(x + wide / 2, y),
                degrees=random.uniform(-7, 7),
            ),
            PAPER,
        )
    for x, y in ((64, 452), (318, 436), (600, 428), (842, 440)):
        canvas.glow((x, y), 130, OCHRE, strength=0.9)
        canvas.line([(x, y + 8), (x + 4, y + 130)], INK, 8)
        canvas.polygon(smooth([(x, y - 46), (x + 17, y - 4), (x, y + 18), (x - 17, y - 4)], closed=True), LAMP)
    for index in range(8):
        x = 1170 + index * 62
        person(canvas, x, 730, 220, INK, coat=0.34)
        canvas.polygon(ellipse((x, 529), 22, 24, steps=24), mix(SLATE, INK, 0.25))
        canvas.rect(x - 16, 530, 32, 9, mix(SHALLOW, SLATE, 0.3), radius=4)
        canvas.rect(x - 29, 566, 56, 120, mix(SLATE, MIST, 0.15), radius=14)
        canvas.rect(x - 19, 584, 36, 11, mix(SLATE, INK, 0.5), radius=4)

    stone, edge = mix(NIGHT, INK, 0.45), mix(SLATE, NIGHT, 0.55)
    canvas.polygon([(0, 690), *smooth(path("0,690 400,664 800,654 1200,664 1600,690")), (1600, 1000), (0, 1000)], stone)
    for x in (-60, 460, 980, 1500):
        arch = ellipse((x + 80, 1010), 206, 212, start=180, end=360)
        canvas.polygon(arch, mix(INK, RUST, 0.12))
        canvas.line(arch, edge, 7)
    water = mix(RUST, INK, 0.62)
    canvas.rect(0, 930, 1600, 70, water)
    ripples(canvas, random, top=940, bottom=1000, colour=OCHRE, count=22, width=150)
    for top in (672, 690):
        canvas.line(
            smooth([(0, top + 26), (400, top), (800, top - 10), (1200, top), (1600, top + 26)]),
            edge,
            9 if top == 672 else 4,
        )
    for x in range(20, 1600, 64):
        lift = 26 * ((x - 800) / 800) ** 2
        canvas.rect(x, 664 + lift, 12, 36, edge)
    return canvas.finished()


def bakery_queue() -> Image.Image:
    """A queue at night before the only lit window of the street."""
    y: float
    random = chance("bakery")
    canvas = Canvas(INK)
    canvas.fade(INK, NIGHT, end=820)
    for x, wide, high in ((-20, 250, 560), (220, 210, 660), (1180, 230, 690), (1400, 240, 590)):
        wall = mix(NIGHT, INK, random.uniform(0.25, 0.6))
        canvas.rect(x, 800 - high, wide, high, wall)
        canvas.polygon(
            [(x - 14, 800 - high), (x + wide + 14, 800 - high), (x + wide - 24, 740 - high), (x + 24, 740 - high)],
            mix(INK, RUST, 0.16),
        )
        for column in range(wide // 74):
            for row in range(high // 130):
                canvas.rect(x + 30 + column * 74, 850 - high + row * 130, 34, 62, mix(wall, INK, 0.55))
    wall = mix(RUST, NIGHT, 0.52)
    canvas.rect(420, 130, 770, 670, wall)
    canvas.polygon(path("400,130 1210,130 1150,56 460,56"), mix(INK, RUST, 0.3))
    for column in range(5):
        x = 478 + column * 142
        canvas.rect(x, 196, 78, 128, mix(wall, INK, 0.55))
        canvas.rect(x - 6, 324, 90, 10, mix(wall, ROSE, 0.25))
    canvas.rect(420, 372, 770, 22, mix(wall, ROSE, 0.3))

    canvas.glow((800, 610), 620, OCHRE, strength=0.8)
    canvas.rect(476, 468, 480, 256, LAMP)
    canvas.rect(1010, 452, 130, 350, LAMP)
    canvas.rect(1022, 464, 106, 338, mix(OCHRE, LAMP, 0.3))
    for shelf, y in enumerate((548, 628, 708)):
        canvas.rect(476, y, 480, 8, mix(OCHRE, RUST, 0.4))
        for index in range(11):
            # The shelves are emptier the nearer they are to the door.
            if random.random() < (0.9, 0.45, 0.14)[shelf] - index * 0.035:
                canvas.polygon(ellipse((506 + index * 42, y - 14), 19, 15), mix(RUST, OCHRE, 0.5))
    for x in (476, 636, 796, 948):
        canvas.rect(x - 5, 462, 10, 268, mix(INK, RUST, 0.35))
    for stripe in range(12):
        left, right = 446 + stripe * 60, 506 + stripe * 60
        colour = PAPER if stripe % 2 else RUST
        canvas.polygon([(470 + stripe * 56, 400), (526 + stripe * 56, 400), (right, 470), (left, 470)], colour)
        canvas.polygon(ellipse(((left + right) / 2, 470), 30, 20, start=0, end=180), colour)

    canvas.fade(mix(NIGHT, SLATE, 0.3), INK, start=800)
    canvas.beam(path("476,800 1140,800 1420,1000 330,1000"), OCHRE, strength=0.45)
    for _ in range(26):
        canvas.line(
            [(random.uniform(-80, 1600), y := random.uniform(826, 996)), (random.uniform(0, 1600), y)],
            mix(INK, NIGHT, 0.4),
            1,
        )
    for index in range(17):
        x = 1075 - index * 67 if index < 12 else 1075 - 11 * 67 - (index - 11) * 62
        height = 236 * random.uniform(0.84, 1.08) * (0.66 if index in (4, 9) else 1)
        coat = mix((INK, NIGHT, SEA, RUST, SLATE)[index % 5], INK, 0.42 if index < 12 else 0.6)
        person(
            canvas,
            x,
            868 + random.uniform(-4, 8),
            height,
            coat,
            coat=random.uniform(0.32, 0.39),
            lean=random.uniform(-3, 5),
        )
        if index % 3 == 0:
            canvas.line([(x + 30, 868 - height * 0.48), (x + 36, 868 - height * 0.36)], coat, 7)
            canvas.polygon(
                [
                    (x + 20, 868 - height * 0.36),
                    (x + 54, 868 - height * 0.36),
                    (x + 50, 868 - height * 0.2),
                    (x + 24, 868 - height * 0.2),
                ],
                mix(SAND, INK, 0.25),
            )
    return canvas.finished()


def transport() -> Image.Image:
    """Soldiers walk in file into the open tail of a transport aircraft at dawn."""
    random = chance("transport")
    canvas = Canvas(MIST)
    canvas.fade(mix(SEA, NIGHT, 0.4), mix(ROSE, PAPER, 0.45), end=660)
    canvas.polygon([(0, 700), *ridge(random, y=600, rough=230, step=210), (1600, 700)], mix(SLATE, ROSE, 0.42))
    peaks = ridge(random, y=640, rough=170, step=150)
    canvas.polygon([(0, 700), *peaks, (1600, 700)], mix(SLATE, NIGHT, 0.2))
    canvas.fade(mix(SAND, SLATE, 0.5), mix(SLATE, NIGHT, 0.45), start=660)
    for x in (-240, 200, 640, 1080, 1520):
        canvas.polygon(
            [(800 + (x - 800) * 0.5, 660), (800 + (x - 800) * 0.5 + 5, 660), (x + 22, 1000), (x, 1000)],
            mix(SAND, SLATE, 0.3),
        )

    body, dark, light = mix(SLATE, MOSS, 0.5), mix(INK, NIGHT, 0.55), mix(SLATE, MIST, 0.35)
    canvas.polygon(path("860,690 1540,690 1600,724 1600,742 780,742"), mix(SLATE, INK, 0.55))
    canvas.polygon(path("1130,150 1176,150 1196,330 1104,330"), mix(body, INK, 0.18))
    canvas.polygon(path("880,166 1426,166 1440,134 1352,118 954,118 866,134"), mix(body, INK, 0.05))
    canvas.polygon(path("-60,452 -60,420 1000,356 1300,356 1700,396 1700,436 1300,424 1000,424"), mix(body, INK, 0.2))
    for x, y in ((560, 452), (300, 466), (1530, 462)):
        canvas.polygon(ellipse((x, y), 58, 52), mix(body, INK, 0.38))
        canvas.circle((x, y), 36, dark)
        canvas.circle((x, y), 10, light)
        for blade in range(4):
            canvas.polygon(
                turned(
                    [(x - 5, y), (x + 5, y), (x + 8, y - 92), (x - 8, y - 92)], about=(x, y), degrees=blade * 90 + 24
                ),
                mix(INK, SLATE, 0.25),
            )
    shell = ellipse((1150, 505), 232, 204, steps=80)
    canvas.polygon(shell, body)
    canvas.shade(shell, mix(INK, NIGHT, 0.4), towards="down", strength=0.8)
    mouth = ellipse((1150, 520), 172, 150, steps=80)
    canvas.polygon(mouth, dark)
    canvas.glow((1150, 470), 200, OCHRE, strength=0.75)
    canvas.polygon(path("1020,414 1280,414 1262,388 1038,388"), LAMP)
    for x, y in ((1066, 452), (1150, 440), (1234, 452)):
        canvas.circle((x, y), 9, PAPER)
    canvas.rect(960, 640, 380, 74, mix(body, INK, 0.3), radius=20)
    canvas.polygon(path("1012,646 1288,646 1400,806 900,806"), mix(SLATE, SAND, 0.22))
    canvas.shade(path("1012,646 1288,646 1400,806 900,806"), dark, towards="up", strength=0.9)
    for x, y in ((985, 726), (1316, 726)):
        canvas.circle((x, y), 30, INK)
    for index in range(15):
        far = index / 14
        x = 1150 - 1080 * (1 - far) ** 1.25
        y = 720 + 205 * (1 - far) ** 1.3
        height = 86 + 178 * (1 - far)
        person(canvas, x, y, height, mix(INK, MOSS, 0.25 * (1 - far)), coat=0.34)
        canvas.rect(
            x - height * 0.13,
            y - height * 0.82,
            height * 0.26,
            height * 0.32,
            mix(MOSS, INK, 0.35),
            radius=height * 0.05,
        )
        canvas.polygon(
            ellipse((x, y - height * 0.93), height * 0.1, height * 0.075, start=180, end=360), mix(MOSS, INK, 0.2)
        )
        canvas.line(
            [(x + height * 0.18, y - height * 0.88), (x + height * 0.14, y - height * 0.4)], INK, height * 0.025
        )
        shadow = ellipse((x + height * 0.25, y), height * 0.34, height * 0.03)
        canvas.beam(shadow, INK, strength=0.4)
    return canvas.finished()


def empty_table() -> Image.Image:
    """A round table seen from above, laid for talks, one chair pushed back."""
    canvas = Canvas(mix(SEA, NIGHT, 0.5))
    floor = mix(SEA, NIGHT, 0.55)
    for row in range(11):
        for column in range(17):
            if (row + column) % 2:
                canvas.rect(column * 100 - 50, row * 100 - 50, 100, 100, mix(floor, SEA, 0.35))
    canvas.beam(path("0,0 420,0 1180,1000 520,1000"), LAMP, strength=0.16)
    canvas.beam(path("620,0 800,0 1560,1000 1300,1000"), LAMP, strength=0.12)
    centre = (800, 500)
    canvas.beam(ellipse((826, 540), 372, 372, steps=90), INK, strength=0.5)
    flags = (
        (OCHRE, NIGHT, OCHRE),
        (SHALLOW, INK, SHALLOW),
        (ROSE, SEA, ROSE),
        (OCHRE, RUST, NIGHT),
        (SEA, SAND, RUST),
        (MOSS, SHALLOW, NIGHT),
    )
    for seat in range(12):
        away = 462 if seat != 2 else 548
        chair = path("-56,-34 56,-34 64,20 46,46 -46,46 -64,20")
        turn = seat * 30 + (0 if seat != 2 else 16)
        shape = turned([(800 + x, 500 + away + y) for x, y in chair], about=centre, degrees=turn)
        canvas.beam([(x + 14, y + 18) for x, y in shape], INK, strength=0.5)
        canvas.polygon(shape, RUST)
        back = turned(
            [(800 + x, 500 + away + y) for x, y in path("-58,32 58,32 44,54 -44,54")], about=centre, degrees=turn
        )
        canvas.polygon(back, mix(RUST, INK, 0.4))
    canvas.polygon(ellipse(centre, 372, 372, steps=120), mix(OCHRE, RUST, 0.42))
    canvas.polygon(ellipse(centre, 356, 356, steps=120), mix(SAND, OCHRE, 0.45))
    canvas.shade(ellipse(centre, 356, 356, steps=120), mix(RUST, OCHRE, 0.4), towards="right", strength=0.5)
    for seat in range(12):
        paper = turned(
            [(800 + x, 500 + 276 + y) for x, y in path("-42,-30 42,-30 42,34 -42,34")],
            about=centre,
            degrees=seat * 30 + (seat * 7 % 5 - 2) * 2,
        )
        canvas.beam([(x + 5, y + 6) for x, y in paper], INK, strength=0.35)
        canvas.polygon(paper, PAPER)
        for offset in (-14, -2, 10):
            ends = turned(
                [(800 - 28, 500 + 276 + offset), (800 + (28 if offset < 10 else 4), 500 + 276 + offset)],
                about=centre,
                degrees=seat * 30 + (seat * 7 % 5 - 2) * 2,
            )
            canvas.line(ends, mix(SLATE, PAPER, 0.4), 3)
        glass = turned([(862, 742)], about=centre, degrees=seat * 30)[0]
        canvas.circle(glass, 15, mix(SHALLOW, PAPER, 0.3))
        canvas.circle(glass, 9, mix(SHALLOW, PAPER, 0.75))
        bands = flags[seat % 6]
        for index, band in enumerate(bands):
            stripe = [(-30 + index * 20, -4), (-10 + index * 20, -4), (-10 + index * 20, 24), (-30 + index * 20, 24)]
            canvas.polygon(turned([(800 + x, 500 + 190 + y) for x, y in stripe], about=centre, degrees=seat * 30), band)
    canvas.polygon(ellipse(centre, 128, 128, steps=80), mix(SEA, NIGHT, 0.3))
    canvas.polygon(ellipse(centre, 112, 112, steps=80), mix(SHALLOW, SEA, 0.4))
    canvas.polygon(smooth(path("742,470 790,430 850,452 858,510 820,560 764,548 730,512"), closed=True), MIST)
    canvas.line(smooth([(760, 446), (800, 500), (792, 552)]), SEA, 5)
    return canvas.finished()


def dam() -> Image.Image:
    """A high dam with one spillway open, and a sentry on its crest."""
    x: float
    y: float
    random = chance("dam")
    canvas = Canvas(SAND)
    canvas.fade(mix(SHALLOW, MIST, 0.4), PAPER, end=400)
    sun(canvas, (1260, 150), 58, PAPER, LAMP)
    canvas.polygon([(0, 420), *ridge(random, y=330, rough=210, step=230), (1600, 420)], mix(SLATE, MIST, 0.35))
    left = path("0,90 120,150 210,130 300,260 410,330 470,520 560,760 600,1000 0,1000")
    right = path("1600,60 1490,150 1400,160 1310,290 1210,330 1150,520 1060,760 1020,1000 1600,1000")
    wall = path("330,300 800,322 1270,300 1180,560 1060,850 800,880 540,850 420,560")
    canvas.polygon(wall, mix(SAND, SLATE, 0.32))
    for index in range(1, 9):
        x_top, x_bottom = 330 + index * 104.4, 540 + index * 57.8
        canvas.line([(x_top, 312), (x_bottom, 866)], mix(SAND, SLATE, 0.46), 3)
    for y, inset in ((420, 40), (540, 88), (660, 132), (770, 176)):
        canvas.line(smooth([(330 + inset, y), (800, y + 18), (1270 - inset, y)]), mix(SAND, SLATE, 0.46), 3)
    canvas.shade(
        path("800,322 1270,300 1180,560 1060,850 800,880"), mix(NIGHT, SLATE, 0.4), towards="right", strength=0.85
    )
    for x in (660, 800, 940):
        canvas.rect(x - 40, 372, 80, 58, mix(INK, NIGHT, 0.4))
    canvas.polygon(smooth(path("764,408 836,408 862,620 930,900 990,1000 610,1000 670,900 738,620"), steps=6), PAPER)
    canvas.shade(path("764,408 836,408 862,620 930,900 670,900 738,620"), SHALLOW, towards="down", strength=0.6)
    for _ in range(18):
        x = random.uniform(764, 836)
        canvas.line([(x, 420 + random.uniform(0, 200)), (800 + (x - 800) * 2.6, 860)], mix(SHALLOW, SEA, 0.2), 2.4)
    canvas.polygon(path("540,850 800,880 1060,850 1120,1000 480,1000"), mix(SEA, NIGHT, 0.1))
    for _ in range(16):
        canvas.glow(
            (800 + random.uniform(-190, 190), 880 + random.uniform(-26, 60)),
            random.uniform(50, 110),
            PAPER,
            strength=0.8,
        )
    for side, tone in ((left, mix(MOSS, INK, 0.35)), (right, mix(MOSS, NIGHT, 0.5))):
        canvas.polygon(side, tone)
    canvas.shade(
        path("0,90 120,150 210,130 300,260 410,330 470,520 560,760 600,1000 0,1000"),
        mix(MOSS, SAND, 0.4),
        towards="left",
        strength=0.45,
    )
    for _ in range(36):
        x = random.uniform(0, 470)
        y = 300 + x * 0.2 + random.uniform(0, 600)
        if x < 330 + (y - 300) * 0.22:
            fir(canvas, x, y, random.uniform(50, 100), mix(MOSS, INK, random.uniform(0.45, 0.75)))
        x = 1600 - random.uniform(0, 440)
        y = 260 + random.uniform(0, 620)
        if x > 1310 - (y - 300) * 0.24:
            fir(canvas, x, y, random.uniform(50, 100), mix(MOSS, INK, random.uniform(0.55, 0.85)))
    canvas.polygon(path("300,282 800,304 1300,282 1300,306 800,330 300,306"), mix(SAND, PAPER, 0.4))
    for x in range(320, 1300, 42):
        y = 304 - 22 * ((x - 800) / 500) ** 2
        canvas.rect(x, y - 26, 5, 26, mix(SLATE, INK, 0.3))
    canvas.line(smooth([(300, 258), (800, 280), (1300, 258)]), mix(SLATE, INK, 0.3), 5)
    canvas.rect(1010, 204, 96, 92, mix(SAND, SLATE, 0.2))
    canvas.polygon([(996, 206), (1120, 206), (1058, 162)], RUST)
    canvas.rect(1040, 226, 32, 30, INK)
    person(canvas, 560, 294, 122, INK, coat=0.34)
    canvas.line([(584, 190), (572, 250)], INK, 5)
    flag(canvas, 690, 296, 190, (OCHRE, NIGHT, OCHRE), INK)
    return canvas.finished()


def barges() -> Image.Image:
    """Barges wait in pairs before a shut lock, on a river that winds to the mountains."""
    random = chance("barges")
    canvas = Canvas(PAPER)
    canvas.fade(mix(OCHRE, PAPER, 0.35), PAPER, end=330)
    sun(canvas, (430, 206), 60, PAPER, LAMP)
    canvas.polygon([(0, 380), *ridge(random, y=300, rough=180, step=190), (1600, 380)], mix(SLATE, PAPER, 0.35))
    canvas.polygon([(0, 400), *ridge(random, y=336, rough=90, step=150), (1600, 400)], mix(SLATE, MIST, 0.1))
    canvas.fade(mix(MOSS, SAND, 0.45), MOSS, start=352)
    for _ in range(70):
        y = random.uniform(366, 1000)
        wide = 60 + (y - 350) * 0.9
        x = random.uniform(-200, 1600)
        canvas.polygon(
            [
                (x, y),
                (x + wide, y - 4),
                (x + wide * 1.2, y + 8 + (y - 350) * 0.03),
                (x + wide * 0.1, y + 10 + (y - 350) * 0.03),
            ],
            mix(MOSS, random.choice((OCHRE, SAND, INK)), random.uniform(0.12, 0.3)),
        )
    left = smooth(path("690,352 620,388 800,432 640,500 470,640 330,820 240,1000"), steps=16)
    right = smooth(path("730,352 700,386 930,430 900,500 1010,640 1240,820 1440,1000"), steps=16)
    canvas.polygon([*left, *reversed(right)], mix(SHALLOW, SEA, 0.35))
    canvas.shade([*left, *reversed(right)], SEA, towards="down", strength=0.8)
    canvas.polygon(path("560,548 985,548 1000,580 545,580"), mix(SAND, SLATE, 0.3))
    canvas.rect(690, 520, 70, 74, mix(INK, SLATE, 0.3))
    canvas.rect(766, 520, 70, 74, mix(INK, SLATE, 0.3))
    canvas.rect(668, 470, 20, 128, PAPER)
    canvas.rect(838, 470, 20, 128, PAPER)
    for x in (678, 848):
        canvas.circle((x, 462), 15, RUST)
        canvas.glow((x, 462), 60, RUST, strength=0.7)
    canvas.rect(890, 470, 86, 84, PAPER)
    canvas.polygon([(878, 472), (988, 472), (933, 424)], RUST)
    tones = (RUST, INK, OCHRE, SEA, INK, RUST)
    for index, (y, high) in enumerate(((640, 30), (726, 42), (850, 60))):
        for side in (0, 1):
            middle = 762 + (y - 640) * 0.2
            wide = 118 + (y - 640) * 0.62
            x = middle - wide - 16 if side == 0 else middle + 16
            tone = tones[index * 2 + side]
            canvas.beam(
                [
                    (x - 6, y + high),
                    (x + wide + 6, y + high),
                    (x + wide - 12, y + high * 1.7),
                    (x + 14, y + high * 1.7),
                ],
                INK,
                strength=0.3,
            )
            canvas.polygon(
                [(x, y), (x + wide, y), (x + wide - high * 0.35, y + high), (x + high * 0.35, y + high)],
                mix(tone, INK, 0.25),
            )
            canvas.polygon(
                [(x, y), (x + wide, y), (x + wide * 0.93, y - high * 0.5), (x + wide * 0.07, y - high * 0.5)], tone
            )
            mound = smooth(
                [
                    (x + wide * 0.14, y - high * 0.42),
                    (x + wide * 0.3, y - high * 1.15),
                    (x + wide * 0.5, y - high * 1.35),
                    (x + wide * 0.68, y - high * 1.1),
                    (x + wide * 0.82, y - high * 0.42),
                ],
                steps=6,
            )
            canvas.polygon(mound, mix(OCHRE, SAND, 0.5))
            canvas.shade(mound, mix(RUST, OCHRE, 0.5), towards="right", strength=0.6)
            canvas.rect(x + wide * 0.82, y - high * 1.1, wide * 0.12, high * 0.8, PAPER)
            canvas.rect(x + wide * 0.835, y - high * 0.95, wide * 0.09, high * 0.26, INK)
    for index in range(9):
        y = 600 + index * 48
        fir_x = 360 - index * 42
        fir(canvas, fir_x, y, 100 + index * 22, mix(MOSS, INK, 0.55))
    return canvas.finished()


def night_train() -> Image.Image:
    """Families wait with bundles on a platform while a lit train draws in."""
    random = chance("night train")
    canvas = Canvas(INK)
    canvas.fade(mix(INK, NIGHT, 0.3), mix(NIGHT, SEA, 0.45), end=620)
    for _ in range(70):
        canvas.circle((random.uniform(0, 1600), random.uniform(0, 330)), random.uniform(0.8, 2.2), MIST)
    canvas.polygon([(0, 640), *ridge(random, y=430, rough=240, step=220), (1600, 640)], mix(NIGHT, SLATE, 0.22))
    canvas.polygon([(0, 640), *ridge(random, y=520, rough=120, step=140), (1600, 640)], mix(NIGHT, INK, 0.4))
    canvas.rect(0, 610, 1600, 400, mix(INK, NIGHT, 0.3))

    canvas.glow((420, 560), 420, LAMP, strength=0.7)
    canvas.beam(path("318,590 522,590 1010,1000 -260,1000"), LAMP, strength=0.14)
    for index in range(7):
        x = 530 + index * 190
        canvas.polygon(
            [(x, 396 - index * 26), (x + 184, 370 - index * 26), (x + 184, 700 + index * 20), (x, 680 + index * 20)],
            mix(RUST, INK, 0.24),
        )
        canvas.polygon(
            [(x, 396 - index * 26), (x + 184, 370 - index * 26), (x + 184, 396 - index * 26), (x, 418 - index * 26)],
            mix(RUST, INK, 0.55),
        )
        for pane in range(3):
            left = x + 16 + pane * 56
            canvas.polygon(
                [
                    (left, 470 - index * 20 - pane * 3),
                    (left + 42, 466 - index * 20 - pane * 3),
                    (left + 42, 560 - index * 5),
                    (left, 560 - index * 5),
                ],
                mix(LAMP, OCHRE, 0.15),
            )
            if random.random() < 0.75:
                canvas.circle((left + 21, 520 - index * 12), 13 + index, mix(RUST, INK, 0.5))
                canvas.polygon(
                    [
                        (left + 4, 560 - index * 5),
                        (left + 38, 560 - index * 5),
                        (left + 32, 535 - index * 8),
                        (left + 10, 535 - index * 8),
                    ],
                    mix(RUST, INK, 0.5),
                )
    canvas.polygon(
        smooth(path("300,690 304,470 340,410 420,392 500,410 536,470 540,690"), steps=8), mix(RUST, INK, 0.1)
    )
    canvas.rect(300, 640, 240, 56, mix(INK, RUST, 0.2), radius=8)
    canvas.rect(338, 448, 74, 82, mix(LAMP, SHALLOW, 0.4), radius=8)
    canvas.rect(428, 448, 74, 82, mix(LAMP, SHALLOW, 0.4), radius=8)
    for x in (352, 488):
        canvas.glow((x, 604), 90, LAMP, strength=0.9)
        canvas.circle((x, 604), 18, PAPER)
    canvas.polygon(path("0,800 1600,724 1600,1000 0,1000"), mix(SLATE, NIGHT, 0.5))
    canvas.polygon(path("0,800 1600,724 1600,736 0,818"), mix(OCHRE, PAPER, 0.3))
    for x, y, height, tone in (
        (120, 930, 300, SEA),
        (205, 944, 190, OCHRE),
        (300, 930, 280, INK),
        (640, 900, 260, RUST),
        (716, 908, 170, MIST),
        (780, 900, 250, NIGHT),
        (1080, 884, 240, MOSS),
        (1150, 886, 230, INK),
        (1330, 870, 226, SLATE),
        (1395, 878, 140, RUST),
        (1450, 868, 218, INK),
    ):
        canvas.beam(ellipse((x + 20, y + 4), height * 0.3, height * 0.035), INK, strength=0.5)
        person(canvas, x, y, height, mix(tone, INK, 0.42), coat=0.36)
    for x, y, wide in (
        (380, 932, 96),
        (430, 946, 66),
        (870, 908, 92),
        (1220, 888, 84),
        (1010, 898, 64),
        (1530, 872, 74),
    ):
        tone = mix(random.choice((OCHRE, RUST, SAND, SEA)), INK, 0.25)
        canvas.rect(x, y - wide * 0.66, wide, wide * 0.66, tone, radius=10)
        canvas.line(
            [
                (x + wide * 0.36, y - wide * 0.66),
                (x + wide * 0.36, y - wide * 0.8),
                (x + wide * 0.64, y - wide * 0.8),
                (x + wide * 0.64, y - wide * 0.66),
            ],
            INK,
            5,
        )
        canvas.rect(x, y - wide * 0.42, wide, 6, mix(tone, INK, 0.5))
    canvas.rect(1240, 120, 14, 640, INK)
    canvas.rect(1120, 116, 254, 66, PAPER, radius=6)
    canvas.rect(1126, 122, 242, 54, SEA, radius=4)
    canvas.text((1247, 149), "SARN JUNCTION", PAPER, size=25, anchor="mm", weight=1, spacing=1.5)
    cloud(canvas, 90, 210, 260, mix(NIGHT, SLATE, 0.2))
    return canvas.finished()


def column() -> Image.Image:
    """Army lorries with their lamps lit come down a mountain road into a valley at dusk."""
    x: float
    y: float
    random = chance("column")
    canvas = Canvas(NIGHT)
    canvas.fade(mix(INK, NIGHT, 0.5), mix(ROSE, OCHRE, 0.3), end=560)
    sun(canvas, (380, 424), 74, mix(LAMP, PAPER, 0.4), OCHRE)
    for y, rough, tone in ((500, 250, mix(SLATE, ROSE, 0.42)), (560, 190, mix(SLATE, NIGHT, 0.25))):
        line = ridge(random, y=y, rough=rough, step=230)
        canvas.polygon([(0, 1000), *line, (1600, 1000)], tone)
        canvas.shade([(0, y + 160), *line, (1600, y + 160)], mix(tone, ROSE, 0.4), towards="down", strength=0.5)
    canvas.polygon(
        [(0, 1000), (0, 640), *smooth(path("0,640 300,610 620,640 1100,600 1600,640")), (1600, 1000)],
        mix(NIGHT, MOSS, 0.25),
    )
    for _ in range(60):
        x, y = random.gauss(300, 120), random.gauss(668, 16)
        canvas.rect(x, y, random.uniform(6, 16), random.uniform(8, 18), mix(INK, NIGHT, 0.4))
        if random.random() < 0.55:
            canvas.rect(x + 2, y + 3, 5, 6, mix(LAMP, OCHRE, 0.3))
    for x, high in ((250, 70), (345, 96)):
        canvas.rect(x, 676 - high, 16, high, mix(INK, NIGHT, 0.4))
        canvas.polygon([(x - 5, 676 - high), (x + 21, 676 - high), (x + 8, 646 - high)], mix(INK, NIGHT, 0.4))
    road = smooth(path("1650,372 1480,428 1300,478 1130,546 980,630 800,706 600,790 400,890 230,1040"), steps=14)
    verge = [(x - 30, y - 26 - 60 * place / len(road)) for place, (x, y) in enumerate(road)]
    hill = smooth(path("1650,250 1500,330 1340,380 1180,452 1040,540 860,620 640,710 420,800 200,920 60,1040"), steps=8)
    canvas.polygon([*hill, (1650, 1040)], mix(INK, MOSS, 0.36))
    canvas.shade([*hill, (1650, 1040)], mix(SLATE, ROSE, 0.3), towards="up", strength=0.25)
    canvas.polygon([*verge, (230, 1040), (1650, 1040)], mix(INK, MOSS, 0.24))
    for place, (start, end) in enumerate(pairwise(road)):
        canvas.limb([start, end], mix(SLATE, SAND, 0.3), 26 + 100 * (place / len(road)) ** 1.4)
    canvas.polygon(
        [*[(x + 10, y + 14 + 54 * (place / len(road)) ** 1.4) for place, (x, y) in enumerate(road)], (1650, 1040)],
        mix(INK, MOSS, 0.12),
    )
    for place, size in ((8, 0.27), (19, 0.33), (30, 0.4), (42, 0.5), (54, 0.62), (68, 0.8), (86, 1.06)):
        (x, y), (ahead_x, ahead_y) = road[place], road[place + 3]
        tilt = math.degrees(math.atan2(y - ahead_y, x - ahead_x))
        _lorry(canvas, x, y + 10 * size, size, tilt=tilt)
    for x, y, high in (
        (1500, 1000, 330),
        (1390, 1010, 250),
        (1580, 990, 290),
        (1270, 1010, 200),
        (1120, 1010, 150),
        (80, 1010, 200),
        (1540, 372, 90),
        (1210, 470, 80),
        (1250, 450, 64),
    ):
        fir(canvas, x, y, high, mix(INK, NIGHT, 0.1))
    return canvas.finished()


def _lorry(canvas: Canvas, x: float, y: float, size: float, *, tilt: float) -> None:
    """Draw a lorry that drives to the left, its wheels at (x, y) on a slope."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return turned([(x - dx * size, y + dy * size) for dx, dy in points], about=(x, y), degrees=tilt)

    canvas.beam(at((122, -44), (122, -32), (360, 30), (360, -66)), LAMP, strength=0.16)
    canvas.beam(at((122, -42), (122, -34), (250, 8), (250, -50)), LAMP, strength=0.2)
    cloth = at((-130, -20), (-130, -120), (-112, -138), (34, -138), (48, -120), (48, -20))
    canvas.polygon(cloth, mix(MOSS, SAND, 0.22))
    canvas.shade(cloth, INK, towards="down", strength=0.7)
    for dx in (-90, -46, -2):
        canvas.line(at((dx, -136), (dx, -24)), mix(MOSS, INK, 0.35), 4 * size)
    canvas.polygon(at((54, -20), (54, -112), (96, -112), (116, -66), (126, -60), (126, -20)), mix(MOSS, INK, 0.3))
    canvas.polygon(at((64, -102), (92, -102), (106, -68), (64, -68)), mix(LAMP, SHALLOW, 0.5))
    canvas.polygon(at((-136, -28), (130, -28), (130, -12), (-136, -12)), mix(INK, NIGHT, 0.2))
    for wheel in at((-92, -8), (-40, -8), (88, -8)):
        canvas.circle(wheel, 25 * size, INK)
        canvas.circle(wheel, 10 * size, SLATE)
    lamp = at((122, -38))[0]
    canvas.glow(lamp, 80 * size, LAMP, strength=0.95)
    canvas.circle(lamp, 9 * size, PAPER)
