"""The picture library of The Almery Bell: what each picture shows, in words for those who see it and those who don't."""

from __future__ import annotations

from functools import partial

from nutgraf.demo import charts
from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import maps
from nutgraf.demo.drawings.scenes import harbour, nature, sport, unrest
from nutgraf.demo.plans import PicturePlan

ILLUSTRATION = "Illustration: Wim Askerud/The Almery Bell"
MAP = "Map: Noor Hasker/The Almery Bell"


def pictures(dates: Dates) -> list[PicturePlan]:
    """Return every picture that the stories use."""
    return [*_scenes(), *_maps(), *charts.pictures(dates)]


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
