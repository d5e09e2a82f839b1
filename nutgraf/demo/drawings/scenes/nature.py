"""Scenes of land, sea and science: eels, a wolf, kelp, fog nets, a comet and nine centuries of mud."""

import math

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, chance, ellipse, path, ridge, smooth, turned
from nutgraf.demo.drawings.figures import fir, person, ripples, sun
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


def _eel(canvas: Canvas, spine: list[tuple[float, float]], thick: float, back: Colour, belly: Colour) -> None:
    """Draw an eel along a curved spine that starts at its tail."""
    curve = smooth(spine, steps=16)
    upper, lower = [], []
    for index, (x, y) in enumerate(curve):
        share = index / (len(curve) - 1)
        wide = thick * min(1.0, 0.12 + share * 1.5) * (1 if share < 0.92 else (1 - share) / 0.08 * 0.75 + 0.25)
        ahead = curve[min(index + 1, len(curve) - 1)]
        behind = curve[max(index - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1
        upper.append((x + dy / length * wide, y - dx / length * wide))
        lower.append((x - dy / length * wide * 0.9, y + dx / length * wide * 0.9))
    canvas.polygon([*upper, *reversed(lower)], back)
    canvas.polygon(
        [
            *[((ux + lx * 3) / 4, (uy + ly * 3) / 4) for (ux, uy), (lx, ly) in zip(upper, lower, strict=True)],
            *reversed(lower),
        ],
        belly,
    )
    reach = len(curve) * 5 // 8
    fin = []
    for index, ((ux, uy), (cx, cy)) in enumerate(zip(upper[:reach], curve, strict=False)):
        rise = math.sin(math.pi * index / (reach - 1)) * 0.85
        fin.append((ux + (ux - cx) * rise, uy + (uy - cy) * rise))
    canvas.polygon([*fin, *reversed(upper[:reach])], mix(back, belly, 0.3))
    x, y = curve[-7]
    canvas.circle((x, y - thick * 0.22), thick * 0.2, PAPER)
    canvas.circle((x + 1, y - thick * 0.22), thick * 0.11, INK)


def eels() -> Image.Image:
    """Eels swim upstream between reeds, past the stones of a weir that is gone."""
    x: float
    y: float
    wide: float
    random = chance("eels")
    canvas = Canvas(SEA)
    canvas.fade(mix(SHALLOW, PAPER, 0.3), mix(SEA, INK, 0.35))
    for x in (180, 520, 900, 1240):
        canvas.beam([(x, 0), (x + 150, 0), (x + 20, 1000), (x - 330, 1000)], PAPER, strength=0.16)
    for y, tone in ((860, mix(SEA, INK, 0.35)), (910, mix(MOSS, INK, 0.45))):
        bed = smooth([(x, y + random.uniform(-26, 26)) for x in range(-100, 1800, 160)], steps=8)
        canvas.polygon([(-100, 1000), *bed, (1800, 1000)], tone)
    for _ in range(13):
        x, y = 1090 + random.uniform(-160, 420), 890 + random.uniform(-30, 70)
        wide = random.uniform(60, 130)
        stone = smooth(
            turned(
                [
                    (x - wide, y),
                    (x - wide * 0.7, y - wide * 0.5),
                    (x + wide * 0.2, y - wide * 0.62),
                    (x + wide, y - wide * 0.2),
                    (x + wide * 0.8, y + wide * 0.3),
                    (x - wide * 0.6, y + wide * 0.3),
                ],
                about=(x, y),
                degrees=random.uniform(-12, 12),
            ),
            steps=5,
            closed=True,
        )
        canvas.polygon(stone, mix(SLATE, SEA, random.uniform(0.1, 0.5)))
        canvas.shade(stone, INK, towards="down", strength=0.7)
    for y, shift in ((170, 0), (300, 120), (430, -60), (560, 90), (690, 10), (790, -90)):
        flow = smooth(
            [(x, y + 18 * ((index % 2) * 2 - 1)) for index, x in enumerate(range(-200 + shift, 1900, 190))], steps=10
        )
        canvas.line(flow, mix(SHALLOW, SEA, 0.25), 3)
    for spine, thick, tone in (
        (path("1180,300 1270,250 1360,290 1450,250 1530,262"), 15, mix(MOSS, SEA, 0.5)),
        (path("120,270 220,320 330,270 440,312 540,280"), 17, mix(MOSS, SEA, 0.4)),
        (path("760,720 880,770 1000,716 1120,760 1240,730"), 23, mix(MOSS, INK, 0.3)),
        (path("80,660 230,590 380,680 540,600 690,640"), 30, mix(INK, MOSS, 0.35)),
        (path("240,500 470,390 700,540 930,380 1190,452"), 48, mix(INK, MOSS, 0.28)),
    ):
        _eel(canvas, spine, thick, tone, mix(OCHRE, SAND, 0.35))
    for side, count in ((0, 9), (1, 7)):
        for index in range(count):
            x = index * 26 - 20 if side == 0 else 1610 - index * 30
            high = random.uniform(300, 760)
            sway = random.uniform(20, 90)
            blade = smooth(
                [
                    (x - 11, 1000),
                    (x + sway * 0.2 - 9, 1000 - high * 0.5),
                    (x + sway, 1000 - high),
                    (x + sway * 0.2 + 9, 1000 - high * 0.5),
                    (x + 11, 1000),
                ],
                steps=7,
            )
            canvas.polygon(blade, mix(MOSS, INK, random.uniform(0.1, 0.55)))
    for _ in range(24):
        canvas.circle(
            (random.uniform(200, 1500), random.uniform(60, 840)), random.uniform(3, 9), mix(MIST, SHALLOW, 0.4)
        )
    return canvas.finished()


def wolf() -> Image.Image:
    """A wolf on a ridge at first light, a flock and a lit farm far below."""
    random = chance("wolf")
    canvas = Canvas(ROSE)
    canvas.fade(mix(NIGHT, SLATE, 0.4), mix(ROSE, LAMP, 0.35), end=620)
    sun(canvas, (1040, 330), 150, mix(LAMP, PAPER, 0.5), LAMP)
    for y, rough, tone in (
        (520, 210, mix(SLATE, ROSE, 0.5)),
        (600, 150, mix(SLATE, ROSE, 0.2)),
        (690, 110, mix(SLATE, NIGHT, 0.3)),
    ):
        line = ridge(random, y=y, rough=rough, step=200)
        canvas.polygon([(0, 1000), *line, (1600, 1000)], tone)
        canvas.shade([(0, y + 120), *line, (1600, y + 120)], mix(tone, ROSE, 0.5), towards="down", strength=0.5)
    valley = smooth(path("0,740 300,700 700,730 1100,690 1600,730"))
    canvas.polygon([(0, 1000), *valley, (1600, 1000)], mix(MOSS, NIGHT, 0.35))
    for x, y in ((250, 772), (300, 764), (338, 780), (396, 768), (430, 786), (286, 792), (366, 800), (474, 776)):
        canvas.polygon(ellipse((x, y), 15, 10), PAPER)
        canvas.circle((x + 14, y - 4), 5.5, INK)
    canvas.rect(120, 716, 70, 46, mix(PAPER, SLATE, 0.3))
    canvas.polygon([(110, 718), (200, 718), (155, 682)], mix(RUST, INK, 0.3))
    canvas.glow((150, 740), 60, LAMP, strength=0.9)
    canvas.rect(142, 730, 18, 20, LAMP)
    rock = path("420,1000 520,930 640,900 700,830 860,780 980,736 1240,722 1330,770 1430,792 1600,800 1600,1000")
    canvas.polygon(rock, mix(INK, NIGHT, 0.25))
    canvas.shade(rock, mix(ROSE, RUST, 0.3), towards="up", strength=0.28)
    fur = mix(INK, NIGHT, 0.12)
    body = path(
        "838,452 820,470 786,486 776,500 800,514 836,520 862,540 872,584 886,640 884,700 "
        "876,758 902,758 914,700 924,652 936,700 938,748 962,746 962,690 968,640 1010,634 "
        "1070,632 1106,624 1120,660 1112,700 1122,736 1146,734 1146,696 1164,660 1172,694 "
        "1176,732 1200,730 1194,680 1198,626 1196,580 1226,610 1250,660 1268,706 1284,690 "
        "1276,640 1250,580 1208,536 1160,520 1080,522 1010,524 956,506 916,472 896,452 892,416 "
        "872,440 858,414 846,440"
    )
    canvas.polygon(smooth(body, steps=4, closed=True), fur)
    canvas.shade(smooth(body, steps=4, closed=True), mix(ROSE, SLATE, 0.35), towards="right", strength=0.28)
    canvas.circle((838, 474), 4.5, LAMP)
    for x, y, high in (
        (560, 956, 190),
        (480, 990, 230),
        (1490, 830, 250),
        (1560, 850, 320),
        (640, 930, 120),
        (1410, 822, 150),
    ):
        fir(canvas, x, y, high, INK)
    return canvas.finished()


def kelp() -> Image.Image:
    """Lines of kelp hang from buoys under a small boat."""
    x: float
    y: float
    random = chance("kelp")
    canvas = Canvas(SEA)
    canvas.fade(mix(LAMP, PAPER, 0.5), mix(ROSE, PAPER, 0.5), end=300)
    sun(canvas, (1240, 170), 60, PAPER, LAMP)
    canvas.polygon([(0, 310), *ridge(random, y=290, rough=70, step=210), (1600, 310)], mix(SLATE, ROSE, 0.4))
    canvas.fade(mix(SHALLOW, MIST, 0.2), mix(SEA, INK, 0.55), start=296)
    for x in (260, 640, 1080, 1400):
        canvas.beam([(x, 300), (x + 110, 300), (x - 40, 1000), (x - 330, 1000)], PAPER, strength=0.13)
    for row, (y, tone) in enumerate(((372, mix(MOSS, SEA, 0.55)), (352, mix(MOSS, OCHRE, 0.12)))):
        for index in range(15 if row else 19):
            x = -30 + index * (118 if row else 92) + random.uniform(-10, 10)
            long = random.uniform(320, 560) if row else random.uniform(220, 360)
            sway = random.uniform(-40, 40)
            stem = smooth(
                [(x, y), (x + sway, y + long * 0.35), (x - sway, y + long * 0.7), (x + sway * 0.6, y + long)], steps=10
            )
            canvas.line(stem, mix(tone, INK, 0.35), 6 if row else 4)
            for step in range(4, len(stem) - 1, 4):
                sx, sy = stem[step]
                side = 1 if step % 8 else -1
                size = (1.0 if row else 0.62) * (1.15 - step / len(stem) * 0.5)
                leaf = smooth(
                    [
                        (sx, sy),
                        (sx + side * 30 * size, sy - 4),
                        (sx + side * 66 * size, sy + 26 * size),
                        (sx + side * 84 * size, sy + 74 * size),
                        (sx + side * 44 * size, sy + 44 * size),
                    ],
                    steps=5,
                    closed=True,
                )
                canvas.polygon(leaf, mix(tone, random.choice((OCHRE, INK)), random.uniform(0.05, 0.25)))
    canvas.line([(0, 350), (1600, 350)], mix(PAPER, SAND, 0.4), 4)
    for x in range(40, 1600, 150):
        canvas.polygon(ellipse((x, 318), 24, 22), RUST if x % 300 < 150 else OCHRE)
        canvas.line([(x, 338), (x, 352)], INK, 3)
    canvas.polygon(path("560,268 910,262 872,330 612,330"), INK)
    canvas.polygon(path("566,276 906,270 902,284 572,288"), RUST)
    canvas.rect(636, 190, 92, 80, PAPER, radius=6)
    canvas.rect(650, 204, 62, 28, mix(SEA, INK, 0.3))
    canvas.rect(628, 182, 108, 12, RUST)
    person(canvas, 800, 270, 124, mix(OCHRE, RUST, 0.2), coat=0.38)
    canvas.line([(818, 196), (866, 220), (884, 352)], INK, 4)
    for _ in range(9):
        x, y = random.uniform(200, 1400), random.uniform(760, 930)
        for step in range(5):
            fish = [
                (x + step * 46, y + step % 2 * 20),
                (x + 22 + step * 46, y - 9 + step % 2 * 20),
                (x + 44 + step * 46, y + step % 2 * 20),
                (x + 22 + step * 46, y + 9 + step % 2 * 20),
            ]
            canvas.polygon(fish, mix(SHALLOW, SEA, 0.35))
    canvas.fade(mix(SHALLOW, PAPER, 0.5), mix(SHALLOW, PAPER, 0.2), start=328, end=334)
    return canvas.finished()


def fog_nets() -> Image.Image:
    """Nets on a bare ridge comb water out of the fog into a tank."""
    random = chance("fog nets")
    canvas = Canvas(MIST)
    canvas.fade(mix(SHALLOW, MIST, 0.4), mix(PAPER, ROSE, 0.2), end=600)
    sun(canvas, (330, 250), 76, PAPER, LAMP)
    for y, rough, tone in ((560, 200, mix(MIST, SLATE, 0.35)), (640, 150, mix(SLATE, MIST, 0.35))):
        canvas.polygon([(0, 1000), *ridge(random, y=y, rough=rough, step=240), (1600, 1000)], tone)
    for y, tone in ((600, mix(MIST, PAPER, 0.25)), (660, mix(MIST, PAPER, 0.6))):
        canvas.polygon(
            [
                (-100, 1000),
                *smooth([(x, y + random.uniform(-34, 34)) for x in range(-100, 1800, 140)], steps=8),
                (1800, 1000),
            ],
            tone,
        )
    slope = path("0,1000 0,900 240,850 520,760 900,690 1260,640 1600,560 1600,1000")
    ground = smooth(slope[1:-1])
    canvas.polygon([(0, 1000), *ground, (1600, 1000)], mix(RUST, SAND, 0.35))
    canvas.shade([(0, 1000), *ground, (1600, 1000)], mix(RUST, INK, 0.45), towards="down", strength=0.7)
    for _index, (x, y, size) in enumerate(((1340, 620, 0.62), (1060, 676, 0.78), (700, 740, 1.0), (270, 850, 1.28))):
        wide, high = 260 * size, 330 * size
        left = x - wide / 2
        canvas.rect(left - 8 * size, y - high, 12 * size, high + 26 * size, mix(INK, RUST, 0.25))
        canvas.rect(left + wide - 4 * size, y - high - 16 * size, 12 * size, high + 30 * size, mix(INK, RUST, 0.25))
        net = [
            (left, y - high + 8),
            (left + wide, y - high - 8),
            (left + wide, y - high * 0.32),
            (left, y - high * 0.27),
        ]
        canvas.beam(net, mix(SEA, INK, 0.2), strength=0.45)
        for step in range(1, 12):
            share = step / 12
            canvas.line(
                [
                    (left + wide * share, y - high + 8 - 16 * share),
                    (left + wide * share, y - high * (0.27 + 0.05 * share)),
                ],
                mix(SEA, INK, 0.35),
                1.6,
            )
            canvas.line(
                [(left, y - high + 8 + high * 0.71 * share), (left + wide, y - high - 8 + high * 0.68 * share)],
                mix(SEA, INK, 0.35),
                1.6,
            )
        for _ in range(30):
            canvas.circle(
                (left + random.uniform(0, wide), y - high * random.uniform(0.34, 0.98)),
                random.uniform(1.6, 3.6) * size,
                PAPER,
            )
        canvas.polygon(
            [
                (left - 6, y - high * 0.27),
                (left + wide + 6, y - high * 0.32),
                (left + wide + 6, y - high * 0.27),
                (left - 6, y - high * 0.21),
            ],
            mix(SLATE, PAPER, 0.4),
        )
        canvas.line(
            smooth([(left + 4, y - high * 0.22), (left - 30 * size, y + 10), (left - 80 * size, y + 60 * size)]),
            mix(SLATE, PAPER, 0.25),
            7 * size,
        )
    canvas.rect(560, 800, 170, 130, mix(SEA, INK, 0.15), radius=10)
    canvas.polygon(ellipse((645, 802), 85, 20), mix(SHALLOW, PAPER, 0.3))
    canvas.shade(path("560,802 730,802 730,930 560,930"), INK, towards="right", strength=0.7)
    person(canvas, 830, 936, 210, mix(RUST, INK, 0.55), coat=0.4)
    canvas.line([(856, 820), (888, 852)], mix(RUST, INK, 0.55), 12)
    canvas.polygon(path("866,852 914,852 906,906 874,906"), OCHRE)
    for y, strength in ((520, 0.5), (430, 0.4)):
        bank = smooth(
            [
                (-100, y + 40),
                (200, y - 24),
                (520, y + 20),
                (880, y - 30),
                (1240, y + 6),
                (1700, y - 40),
                (1700, y + 66),
                (1240, y + 82),
                (800, y + 56),
                (300, y + 90),
                (-100, y + 110),
            ],
            steps=8,
        )
        canvas.beam(bank, PAPER, strength=strength)
    return canvas.finished()


def comet() -> Image.Image:
    """A comet over the open dome of a small observatory, and someone who looks up without it."""
    random = chance("comet")
    canvas = Canvas(INK)
    canvas.fade(INK, mix(SEA, NIGHT, 0.45), end=860)
    for _ in range(230):
        canvas.circle(
            (random.uniform(0, 1600), 800 * random.random() ** 1.4),
            random.uniform(0.8, 2.8),
            mix(MIST, LAMP, random.random()),
        )
    head = (560, 270)
    for spread, reach, tone, strength in ((170, 1150, SHALLOW, 0.3), (100, 960, MIST, 0.4), (46, 760, PAPER, 0.6)):
        tail = smooth(
            [
                head,
                (560 + reach * 0.4, 270 - reach * 0.16 - spread * 0.2),
                (560 + reach, 270 - reach * 0.3 - spread),
                (560 + reach, 270 - reach * 0.3 + spread * 0.5),
                (560 + reach * 0.4, 270 - reach * 0.12 + spread * 0.3),
            ],
            steps=10,
            closed=True,
        )
        canvas.beam(tail, tone, strength=strength * 0.6)
    canvas.glow(head, 150, PAPER, strength=0.95)
    canvas.circle(head, 22, PAPER)
    canvas.polygon([(0, 1000), *ridge(random, y=800, rough=190, step=220), (1600, 1000)], mix(NIGHT, SLATE, 0.22))
    hill = smooth(path("0,940 300,900 700,820 1000,770 1300,790 1600,850"))
    canvas.polygon([(0, 1000), *hill, (1600, 1000)], mix(INK, NIGHT, 0.35))
    canvas.rect(980, 640, 310, 160, mix(PAPER, SLATE, 0.35))
    canvas.shade(path("980,640 1290,640 1290,800 980,800"), INK, towards="right", strength=0.8)
    dome = ellipse((1135, 640), 176, 178, start=180, end=360, steps=60)
    canvas.polygon(dome, mix(MIST, SLATE, 0.3))
    canvas.shade(dome, mix(INK, NIGHT, 0.5), towards="right", strength=0.9)
    slit = [
        *ellipse((1135, 640), 150, 178, start=205, end=268, steps=20),
        *ellipse((1135, 640), 92, 178, start=262, end=205, steps=20),
    ]
    canvas.polygon(slit, mix(INK, RUST, 0.12))
    canvas.polygon(turned(path("1050,540 1096,540 1096,640 1050,640"), about=(1073, 640), degrees=-38), OCHRE)
    canvas.polygon(turned(path("1042,520 1104,520 1104,548 1042,548"), about=(1073, 640), degrees=-38), RUST)
    canvas.rect(960, 632, 350, 20, mix(SLATE, INK, 0.25))
    canvas.glow((1060, 740), 120, OCHRE, strength=0.7)
    canvas.rect(1034, 696, 52, 104, mix(LAMP, OCHRE, 0.2))
    canvas.beam(path("1034,798 1086,798 1060,900 900,900"), LAMP, strength=0.3)
    person(canvas, 470, 884, 150, INK, coat=0.36)
    canvas.line([(478, 800), (548, 762)], INK, 12)
    canvas.polygon(turned(path("420,884 424,780 432,780 436,884"), about=(428, 884), degrees=0), INK)
    canvas.glow((466, 880), 70, OCHRE, strength=0.5)
    for x, y, high in ((150, 930, 150), (210, 922, 110), (1420, 826, 150), (1500, 840, 200), (90, 945, 190)):
        fir(canvas, x, y, high, INK)
    return canvas.finished()


def mud_core() -> Image.Image:
    """A drilling barge above, and below it a cut through the harbour bed with the storms as pale bands."""
    random = chance("mud core")
    canvas = Canvas(PAPER)
    canvas.fade(mix(ROSE, PAPER, 0.4), PAPER, end=250)
    canvas.polygon([(0, 260), *ridge(random, y=250, rough=50, step=170), (1600, 260)], mix(SLATE, ROSE, 0.45))
    canvas.fade(mix(SHALLOW, MIST, 0.2), SEA, start=244, end=420)
    y, layer = 400.0, 0
    tones = (
        mix(RUST, INK, 0.55),
        mix(SLATE, INK, 0.45),
        mix(MOSS, INK, 0.5),
        mix(RUST, SLATE, 0.5),
        mix(INK, RUST, 0.25),
    )
    while y < 1000:
        pale = layer % 3 == 2
        deep = random.uniform(14, 28) if pale else random.uniform(44, 84)
        top = smooth([(x, y + random.uniform(-13, 13)) for x in range(-100, 1800, 190)], steps=8)
        tone = mix(SAND, OCHRE, 0.25) if pale else tones[layer % 5]
        canvas.polygon([(-100, 1000), *top, (1800, 1000)], tone)
        canvas.shade([(-100, y + 90), *top, (1800, y + 90)], mix(tone, INK, 0.5), towards="down", strength=0.5)
        y, layer = y + deep, layer + 1
    for _ in range(30):
        x, y = random.uniform(0, 1600), random.uniform(470, 980)
        canvas.polygon(
            turned(ellipse((x, y), 15, 8, start=180, end=360, steps=10), about=(x, y), degrees=random.uniform(-40, 40)),
            mix(PAPER, SAND, 0.5),
        )
    canvas.rect(745, 250, 110, 720, mix(MIST, PAPER, 0.5), radius=10)
    canvas.rect(757, 250, 86, 160, mix(SEA, SHALLOW, 0.4))
    y, layer = 402.0, 0
    shake = chance("core")
    while y < 950:
        pale = layer % 3 == 2
        deep = shake.uniform(12, 22) if pale else shake.uniform(38, 70)
        canvas.rect(757, y, 86, min(deep + 1, 958 - y), PAPER if pale else mix(tones[layer % 5], SAND, 0.2))
        y, layer = y + deep, layer + 1
    canvas.shade(path("745,250 855,250 855,970 745,970"), INK, towards="right", strength=0.45)
    canvas.polygon(path("520,232 1090,232 1052,296 560,296"), INK)
    canvas.rect(532, 222, 548, 12, RUST)
    canvas.polygon(path("722,222 790,34 810,34 878,222 862,222 800,60 738,222"), OCHRE)
    for share in (0.3, 0.55, 0.8):
        canvas.line([(800 - 70 * share, 34 + 188 * share), (800 + 70 * share, 34 + 188 * share)], OCHRE, 6)
    canvas.line([(800, 40), (800, 260)], INK, 7)
    canvas.rect(930, 150, 110, 74, PAPER, radius=5)
    for x in (944, 990):
        canvas.rect(x, 166, 34, 26, SEA)
    person(canvas, 650, 224, 104, mix(OCHRE, RUST, 0.4), coat=0.38)
    person(canvas, 600, 224, 98, mix(SEA, INK, 0.3), coat=0.38)
    ripples(canvas, random, top=262, bottom=380, colour=mix(PAPER, SHALLOW, 0.4), count=20, width=110)
    return canvas.finished()


def pilot_asleep() -> Image.Image:
    """A pilot asleep in a bunk, the round window full of night and a ship's lights."""
    canvas = Canvas(NIGHT)
    canvas.fade(mix(RUST, INK, 0.55), mix(RUST, INK, 0.72))
    for x in range(0, 1600, 114):
        canvas.rect(x, 0, 5, 1000, mix(RUST, INK, 0.8))
    window = (1060, 330)
    canvas.circle(window, 268, mix(OCHRE, RUST, 0.3))
    canvas.circle(window, 236, mix(INK, NIGHT, 0.5))
    sea = [*ellipse(window, 236, 236, start=14, end=166, steps=40)]
    canvas.polygon(sea, mix(SEA, INK, 0.35))
    canvas.circle((1170, 230), 40, PAPER)
    for x, y in ((900, 220), (960, 160), (1010, 250), (1120, 130), (1230, 330), (880, 330)):
        canvas.circle((x, y), 3, MIST)
    canvas.polygon(path("900,392 1200,392 1176,430 930,430"), INK)
    canvas.rect(940, 352, 60, 42, INK)
    for x in range(1020, 1180, 30):
        canvas.circle((x, 406), 4, LAMP)
    canvas.circle((956, 366), 5, LAMP)
    for y, half in ((452, 60), (478, 44), (506, 30)):
        canvas.polygon([(1170 - half, y), (1170, y - 4), (1170 + half, y), (1170, y + 4)], mix(PAPER, SHALLOW, 0.3))
    for angle in range(0, 360, 45):
        canvas.circle(turned([(1060, 78)], about=window, degrees=angle)[0], 11, mix(RUST, INK, 0.3))
    canvas.beam(path("880,480 1240,480 900,1000 240,1000"), MIST, strength=0.1)
    canvas.rect(0, 800, 1600, 200, mix(INK, RUST, 0.2))
    canvas.rect(0, 790, 1600, 20, mix(OCHRE, RUST, 0.4))
    canvas.rect(90, 640, 330, 150, PAPER, radius=60)
    canvas.shade(path("90,640 420,640 420,790 90,790"), SLATE, towards="down", strength=0.5)
    canvas.polygon(ellipse((330, 640), 78, 70), ROSE)
    canvas.polygon(
        smooth(path("262,668 246,610 290,560 362,562 398,600 340,596 300,620 290,668"), steps=6, closed=True),
        mix(INK, SLATE, 0.2),
    )
    canvas.line(smooth([(352, 636), (366, 643), (380, 636)]), INK, 5)
    canvas.line(smooth([(362, 676), (374, 680), (386, 674)]), INK, 4)
    cover = smooth(path("400,796 410,700 480,640 640,612 860,620 1080,640 1180,600 1280,640 1330,800"), steps=10)
    canvas.polygon(cover, SEA)
    canvas.shade(cover, mix(INK, SEA, 0.3), towards="down", strength=0.7)
    for offset in (0, 1):
        canvas.line(
            smooth([(520 + offset * 330, 636 - offset * 12), (560 + offset * 330, 700), (545 + offset * 330, 796)]),
            OCHRE,
            16,
        )
        canvas.line(
            smooth([(556 + offset * 330, 632 - offset * 10), (596 + offset * 330, 700), (581 + offset * 330, 796)]),
            PAPER,
            6,
        )
    canvas.polygon(ellipse((200, 250), 88, 30), INK)
    canvas.polygon(smooth(path("124,244 130,190 200,164 270,190 276,244"), steps=6), mix(NIGHT, SEA, 0.3))
    canvas.polygon(ellipse((200, 250), 96, 20, start=0, end=180), INK)
    canvas.circle((200, 214), 14, OCHRE)
    canvas.line([(200, 100), (200, 166)], mix(OCHRE, RUST, 0.4), 6)
    for index, size in enumerate((30, 44, 60)):
        x, y = 440 + index * 70, 560 - index * 92
        canvas.line([(x, y), (x + size, y), (x, y + size), (x + size, y + size)], LAMP, 7)
    return canvas.finished()
