"""The picture library of The Almery Bell: what each picture shows, in words for those who see it and those who don't."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PIL import Image

from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import charts, maps
from nutgraf.demo.drawings.palette import RUST, SEA
from nutgraf.demo.drawings.scenes import harbour, nature, sport, unrest
from nutgraf.demo.plans import PicturePlan

ILLUSTRATION = "Illustration: Wim Askerud/The Almery Bell"
MAP = "Map: Noor Hasker/The Almery Bell"


def pictures(dates: Dates) -> list[PicturePlan]:
    """Return every picture that the stories use."""
    return [*_scenes(), *_maps(), *_charts(dates)]


def _scenes() -> list[PicturePlan]:
    scene = partial(PicturePlan, credit_line=ILLUSTRATION)
    return [
        scene(
            "column",
            "Lorries above Sollen",
            unrest.column,
            "Concord lorries come down from the Oster pass towards Sollen at daybreak.",
            "Seven army lorries with their lamps lit drive nose to tail down a mountain road towards a small lit city.",
            focus=(620, 640),
        ),
        scene(
            "mill-bridge",
            "Mill Bridge",
            unrest.mill_bridge,
            "Marchers and gendarmes faced each other for ninety seconds on Sollen’s Mill Bridge.",
            "At dusk a crowd with torches and blank placards stands on a stone bridge, opposite a line of helmets "
            "and shields.",
            focus=(720, 520),
        ),
        scene(
            "bakery-queue",
            "The queue on Foundry Street",
            unrest.bakery_queue,
            "The queue at the cooperative bakery on Foundry Street in Tarvik, where it began.",
            "A dozen and a half people with bags wait at night before the lit window of a bakery whose shelves "
            "are nearly empty.",
        ),
        scene(
            "transport",
            "Boarding in Hallin",
            unrest.transport,
            "Soldiers of the Upland Concord board for Verrane at Hallin’s military airfield.",
            "A file of soldiers with packs walks over an airfield into the open, lit tail of a large propeller "
            "aircraft.",
            focus=(1120, 540),
        ),
        scene(
            "empty-table",
            "A table for twelve",
            unrest.empty_table,
            "The round table at Skerry Point seats twelve. Six states will send two people each.",
            "A round wooden table with twelve red chairs, seen from straight above, laid with papers, glasses and "
            "small flags.",
        ),
        scene(
            "dam",
            "Karrow Dam",
            unrest.dam,
            "One of Karrow Dam’s three gates is open, as it was before the soldiers came.",
            "Water falls from one gate of a high concrete dam between wooded slopes; a sentry and a flag stand on "
            "the crest.",
            focus=(760, 420),
        ),
        scene(
            "barges",
            "Below Sarn Lock",
            unrest.barges,
            "Loaded barges wait in pairs below Sarn Lock, the last before Verrane.",
            "Six barges heaped with grain lie before the shut gates of a river lock; red lamps burn, mountains "
            "stand behind.",
            focus=(760, 640),
        ),
        scene(
            "night-train",
            "Sarn Junction at night",
            unrest.night_train,
            "The third of five trains from Verrane reaches Sarn Junction.",
            "Families with suitcases stand on a platform at night as a red train with full, lit carriages draws in.",
            focus=(560, 600),
        ),
        scene(
            "cranes",
            "Jibs up",
            harbour.cranes,
            "Three of the four big cranes on Almery’s east quay with the jib up: one worked, for safety.",
            "A loaded container ship at dawn beside harbour cranes; all but one, a red one, have their jibs raised.",
        ),
        scene(
            "ferry",
            "Plugged in",
            harbour.ferry,
            "A Norrline ferry on the night crossing to Ardo.",
            "A ferry with lit windows under a full moon; a yellow cable with a plug trails from its stern.",
            focus=(700, 520),
        ),
        scene(
            "surge-gates",
            "The north gate",
            harbour.surge_gates,
            "Almery’s north gate, with the sea on the left and the old town on the right.",
            "A curved orange gate braced to a tower holds back high waves from a calm harbour with gabled houses.",
            focus=(820, 500),
        ),
        scene(
            "night-tram",
            "Car 41",
            harbour.night_tram,
            "Car 41 on line N1 climbs from the quays a little before four.",
            "A green tram with its lamps lit, marked N1 Quays, comes up a dark street in the rain with two passengers.",
        ),
        scene(
            "salt-pans",
            "The South Pans",
            harbour.salt_pans,
            "A salter at work in the pans south of Almery.",
            "A person in a straw hat rakes salt among a chequerboard of pink, white and turquoise pans with white "
            "cones.",
            focus=(860, 640),
        ),
        scene(
            "island-clock",
            "Two times on one tower",
            harbour.island_clock,
            "The church tower at Skerry Point shows island time to the north and mainland time to the south.",
            "A white tower with a red roof and two clock faces that disagree by twenty minutes, over island roofs "
            "and sea.",
        ),
        scene(
            "lighthouse",
            "Skerry Light",
            harbour.lighthouse,
            "Skerry Light above a bank of fog, of which there is less than there was.",
            "A red and white lighthouse throws its beam over banks of fog; a small boat with a lamp waits below.",
            focus=(1080, 480),
        ),
        scene(
            "waiting-room",
            "The outpatients’ room",
            harbour.waiting_room,
            "Outpatients at Almery’s City Hospital. One appointment in eight is missed.",
            "Six clinic chairs in a row; one is taken by a person in a yellow jumper who looks at a telephone.",
            focus=(1060, 560),
        ),
        scene(
            "eels",
            "Up the Wend",
            nature.eels,
            "Young eels come up the Wend on the night tide, most of them no longer than a hand.",
            "Five eels swim to the right through green water between reeds, above a heap of rounded stones.",
            focus=(720, 420),
        ),
        scene(
            "wolf",
            "On Hale Moor",
            nature.wolf,
            "The wolf was first photographed on Hale Moor at sunrise, by a camera meant for badgers.",
            "A dark wolf stands on a rock against a large pale sun; far below are a lit farmhouse and a flock of "
            "sheep.",
            focus=(1010, 560),
        ),
        scene(
            "kelp",
            "Under the lines",
            nature.kelp,
            "Kelp grows on lines between buoys in the Sleeve, north of Almery.",
            "A small fishing boat among red and yellow buoys; beneath the surface long brown kelp hangs from a line.",
            focus=(760, 430),
        ),
        scene(
            "fog-nets",
            "Nets on Dry Ridge",
            nature.fog_nets,
            "Four of the forty nets on Dry Ridge. What they catch runs to the tank by gravity.",
            "Four upright nets beaded with drops stand on a red slope in fog; a person with a bucket waits by a tank.",
            focus=(640, 600),
        ),
        scene(
            "comet",
            "Comet Ostrey",
            nature.comet,
            "Comet Ostrey over Mount Hale. The observatory has since cleaned its letter box.",
            "A bright comet with a long tail over an observatory dome; a person outside points up at it.",
            focus=(800, 480),
        ),
        scene(
            "mud-core",
            "Eighteen metres of harbour",
            nature.mud_core,
            "The pale bands are sand, each left by one storm surge; the dark ones are quiet years.",
            "A drilling boat above a cut through the sea bed: dark and pale layers, and the same layers in a "
            "glass tube.",
            focus=(800, 480),
        ),
        scene(
            "pilot-asleep",
            "Off watch",
            nature.pilot_asleep,
            "A pilot off watch. Until this year the desk rang once for the ship and once for its delay.",
            "A person sleeps in a bunk under a striped blanket; through a round window a ship passes in the night.",
            focus=(760, 500),
        ),
        scene(
            "tideball",
            "Ankle deep",
            sport.tideball,
            "The last minutes of the final, with the east goal already standing in the sea.",
            "Four players with hooked sticks run through shallow water after a ball, beside a goal at sunset.",
            focus=(880, 640),
        ),
        scene(
            "peloton",
            "The bend above Corrie",
            sport.peloton,
            "Elin Drost leaves the bunch on the coast road above Corrie.",
            "A cyclist in a sea-green jersey rides ahead of a tight bunch on a road above the sea.",
            focus=(960, 700),
        ),
        scene(
            "penalty",
            "Left again",
            sport.penalty,
            "Jory Pell goes left for the fourth time. This one went right.",
            "Under floodlights a goalkeeper in yellow dives to the left while the ball flies into the right "
            "corner of the net.",
        ),
        scene(
            "long-mile",
            "Three gigs",
            sport.long_mile,
            "Skerry’s Patience, in the middle, with Almery and Outer Sands half a kilometre from the finish.",
            "Three six-oared rowing boats side by side on green water, seen from straight above; the red one leads.",
        ),
    ]


def _maps() -> list[PicturePlan]:
    drawn = partial(PicturePlan, credit_line=MAP)
    return [
        drawn(
            "map-region",
            "The lands round the Vell",
            maps.region,
            "The six countries round the Vell. Kestria, Dunmar, Tolmia and Verrane are the Upland Concord.",
            "Map: Verrane, in red, lies in the mountains north-east of the Vell; the river Aune runs from it "
            "through Pelland to the sea. Kestria, Dunmar and Tolmia are marked as its allies.",
        ),
        drawn(
            "map-routes",
            "Two ways into Verrane",
            maps.routes_in,
            "How the Concord’s soldiers came: 1,900 by rail and road from Kestria, 700 by air from Dunmar.",
            "Map of Verrane with a broad red arrow from Kestria in the west to the capital, Sollen, and a thin "
            "one from Dunmar in the north to Tarvik.",
            focus=(760, 420),
        ),
        drawn(
            "map-river",
            "The Aune from dam to sea",
            maps.river,
            "Karrow Dam is thirty kilometres above the border, Sarn Lock just below it.",
            "Map of the river Aune: from Sollen past Karrow Dam in Verrane, over the border to Sarn Lock, where "
            "38 barges wait, and on through Pelland to Aunemouth on the Vell.",
            focus=(900, 480),
        ),
        drawn(
            "map-ring",
            "The Ring of the Vell",
            maps.ring,
            "The twelve stages of the Ring. The ninth, in red, led from Hallin to Corrie.",
            "Map of a cycling route round the Vell in twelve numbered stages, with two ferries; the ninth, on the "
            "north coast, is red.",
        ),
    ]


def _charts(dates: Dates) -> list[PicturePlan]:
    def chart(
        key: str, title: str, draw: Callable[[], Image.Image], caption: str, alt_text: str, data: str
    ) -> PicturePlan:
        return PicturePlan(key, title, draw, caption, alt_text, f"Data: {data}; Chart: Noor Hasker/The Almery Bell")

    short = [dates.weekday(offset)[:3] for offset in range(-7, 1)]
    years = [str(dates.year(offset)) for offset in range(-5, 1)]
    decisions = [f"{dates.month(-3 * back)[:3]} {dates.first_of_month(-3 * back).year}" for back in (8, 4, 0)]
    warmth = (
        *(0.1, -0.3, 0.2, 0.4, 0.1, -0.1, 0.3, 0.6, 0.4, 0.2, 0.7, 0.6, 1.1, 1.2, 1.0, 1.4),
        *(1.3, 1.2, 1.5, 1.7, 1.4, 1.6, 1.8, 1.7, 2.0, 2.1),
    )
    return [
        chart(
            "chart-deaths",
            "Four days, counted",
            partial(
                charts.columns,
                title="Four days, counted",
                subtitle="Confirmed deaths in Verrane, running total",
                bars=[*zip(short[-4:], (3, 11, 19, 26), strict=True)],
                source="Source: Vell Rights Monitor",
            ),
            "Deaths since the unrest began. The Monitor counts a name once a family or a hospital has confirmed it.",
            "Bar chart of confirmed deaths in Verrane over four days: 3, 11, 19 and 26.",
            "Vell Rights Monitor",
        ),
        chart(
            "chart-loaf",
            "What a loaf costs",
            partial(
                charts.lines,
                title="What a loaf costs",
                subtitle="Dren for a kilogram of bread in Sollen",
                labels=short[-5:],
                series=[("on the street", (4, 9, 10, 12, 14)), ("by decree", (4, 9, 6, 6, 6))],
                source="Source: finance ministry of Verrane, survey by the Bell",
                low=0,
                high=16,
                ticks=(0, 4, 8, 12, 16),
            ),
            "The official price fell back. The price at which one can find bread did not.",
            "Line chart: a loaf rises from 4 to 9 dren in a day; the official price falls to 6 while the street "
            "price goes on to 14.",
            "Finance ministry of Verrane, own survey",
        ),
        chart(
            "chart-wheat",
            "A tonne of wheat",
            partial(
                charts.lines,
                title="A tonne of wheat",
                subtitle="Florins, for delivery in Almery",
                labels=short[:-1],
                series=[("florins", (239, 238, 241, 240, 247, 255, 262))],
                source="Source: Almery Corn Exchange",
                low=230,
                high=265,
                ticks=(230, 240, 250, 260),
            ),
            "Wheat for delivery in Almery since the week before the riots.",
            "Line chart: a tonne of wheat costs about 240 florins for four days and then climbs to 262.",
            "Almery Corn Exchange",
        ),
        chart(
            "chart-levy",
            "By one vote",
            partial(
                charts.hemicycle,
                title="By one vote",
                subtitle="The Assembly on the harbour levy, 151 seats",
                groups=[("for", 76, SEA), ("against", 75, RUST)],
                source="Source: Assembly record",
            ),
            "Greta Sund’s seat is the last blue dot.",
            "Half circle of 151 dots for the seats of the Assembly: 76 for the levy, 75 against.",
            "Assembly record",
        ),
        chart(
            "chart-rate",
            "Down, and then still",
            partial(
                charts.lines,
                title="Down, and then still",
                subtitle="Main rate of the Bank of Estmere, percent",
                labels=(decisions[0], "", "", "", decisions[1], "", "", "", decisions[2]),
                series=[("main rate", (4.5, 4.25, 4.0, 3.75, 3.5, 3.25, 3.25, 3.25, 3.25))],
                source="Source: Bank of Estmere",
                low=2.5,
                high=4.75,
                ticks=(2.5, 3, 3.5, 4, 4.5),
                written="{:.2f}",
                is_stepped=True,
            ),
            "Five cuts in a row, and then three decisions to wait.",
            "Step chart: the main rate falls from 4.5 to 3.25 percent in five cuts over two years and then stays "
            "level.",
            "Bank of Estmere",
        ),
        chart(
            "chart-eels",
            "One weir fewer",
            partial(
                charts.columns,
                title="One weir fewer",
                subtitle="Young eels counted above Wendbridge",
                bars=[*zip(years, (340, 280, 350, 290, 310, 12400), strict=True)],
                source="Source: Wend River Trust",
                written="{:,}",
            ),
            "Young eels counted above Wendbridge each season. The weir came down a year ago.",
            "Bar chart: about 300 eels in each of five years, and then 12,400.",
            "Wend River Trust",
        ),
        chart(
            "chart-sea",
            "Out of its range",
            partial(
                charts.lines,
                title="Out of its range",
                subtitle="Water at Almery, degrees above or below the mean for the week",
                labels=("26 weeks ago", *[""] * 11, "14 weeks ago", *[""] * 12, "latest"),
                series=[("degrees", warmth)],
                source="Source: Tide Office",
                low=-1.5,
                high=2.5,
                ticks=(-1, 0, 1, 2),
                written="{:+.1f}",
                band=("usual range", [-0.9] * 26, [0.9] * 26),
            ),
            "The shaded band holds nine weeks in ten of the past forty years.",
            "Line chart over 26 weeks: the sea’s temperature leaves its usual range after twelve weeks and climbs "
            "to 2.1 degrees above the mean.",
            "Tide Office",
        ),
    ]
