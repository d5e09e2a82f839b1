"""Land & Sea: weather, water, and the animals that were here first."""

from __future__ import annotations

from nutgraf.demo.dates import Dates, in_full
from nutgraf.demo.plans import Earlier, Part, StoryPlan, shown
from nutgraf.stories.models import ChangeKind
from nutgraf.stories.samples import bullet, event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [_gates(dates), _eels(dates), _wolf(dates), _kelp(dates), _warm_sea(dates), _fog(dates)]


def _gates(dates: Dates) -> StoryPlan:
    def parts(metres: str) -> tuple[Part, ...]:
        return (
            point(
                "Why it matters",
                "The gates were designed to close three times a year. Each closing wears the seals, stops the "
                "harbour for seven hours, and lets the river Wend back up behind them.",
                facts=(number(7, "harbour closed for each shutting of the flood gates", unit="hours"),),
            ),
            point(
                "By the numbers",
                f"The water stood {metres} metres above mean at ten past four.",
                "Nine closings in twelve months; the record was seven.",
                "The quays flood at 2.40 metres. There are 1,900 front doors behind them.",
                facts=(
                    number(metres, "height of the surge at Almery", unit="m", as_of=dates.day(0), source="Tide Office"),
                    number(
                        9, "closings of Almery’s flood gates in twelve months", as_of=dates.day(0), source="Tide Office"
                    ),
                    number(1900, "front doors behind Almery’s quays", source="City of Almery"),
                ),
            ),
            point(
                "Zoom in",
                "The north gate stopped for four minutes a hand’s breadth from the sill. An engineer freed a "
                "ladder from the hinge. It was the ladder with the sign that says where the ladder is to be kept.",
            ),
            point(
                "What they’re saying",
                "“The gates are fine. The sea is not keeping to the manual,” says Wilma Teague, who runs them.",
                facts=(
                    quote(
                        "The gates are fine. The sea is not keeping to the manual.",
                        "Wilma Teague",
                        "chief engineer",
                        "Almery Flood Gates",
                    ),
                ),
            ),
            point(
                "What to watch", "The next spring tide, in eight days. It is a metre lower, unless the wind helps it."
            ),
        )

    lede = (
        "Almery shut its flood gates before dawn for the ninth time in a year, two more than in any year since "
        "they were built. The old town slept through it, which is what they are for."
    )
    return StoryPlan(
        slug="ninth-closing",
        section="nature",
        authors=("maud",),
        at=dates.ago(hours=7, minutes=5),
        updated_at=dates.ago(hours=4, minutes=40),
        headline="Almery’s flood gates close for a record ninth time",
        short_head="Gates shut a ninth time",
        picture="surge-gates",
        lede=lede,
        parts=parts("2.63"),
        earlier=Earlier(
            lede=lede,
            parts=parts("2.58"),
            change=ChangeKind.CORRECTION,
            sentence="An earlier version gave the height of the surge as 2.58 metres. It was 2.63 metres; 2.58 was "
            "the forecast.",
        ),
    )


def _eels(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="eels-above-wendbridge",
        section="nature",
        authors=("maud",),
        at=dates.clock(-3, 7, 30),
        headline="Eels are back above Wendbridge, a year after the weir fell",
        short_head="Eels return to the Wend",
        picture="eels",
        lede="Counters in the upper Wend have seen 12,400 young eels this season. In the last year of the weir "
        "they saw 310, and suspected the same ones twice.",
        parts=(
            point(
                "Why it matters",
                "Eels are born in an ocean that nobody has seen them in and grow up in ditches. Each barrier "
                "between the two takes a share, and the Wend had eleven.",
            ),
            point(
                "By the numbers",
                "One barrier is gone, ten are left, and the count is forty times what it was.",
                facts=(
                    number(
                        12400, "young eels counted above Wendbridge", as_of=dates.day(-4), source="Wend River Trust"
                    ),
                    number(
                        310, "young eels counted above Wendbridge in the weir’s last year", source="Wend River Trust"
                    ),
                ),
            ),
            shown("chart-eels"),
            point(
                "How we got here",
                f"The weir was built in {dates.year(-164)} for a mill that burned down eleven years later. It was "
                "kept because people liked the sound.",
                "The river trust bought it for one florin and took nine years to be allowed to remove it.",
                bullet(
                    "The last objection came from anglers,",
                    "who now have to throw back forty times as many eels.",
                ),
            ),
            quote(
                "I have counted nothing for twenty-two years. I was very good at it. I had to learn bigger numbers.",
                "Dorrit Hale",
                "volunteer counter",
                "Wend River Trust",
            ),
            point(
                "The catch",
                "An eel that passes Wendbridge this year comes back down in about twelve, as a grown animal that "
                "wants the sea. The turbines at Lower Mill turn at just that depth.",
            ),
        ),
    )


def _wolf(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="first-wolf",
        section="nature",
        authors=("maud",),
        at=dates.clock(-7, 16, 10),
        place="HALE MOOR",
        headline="First wolf in 83 years walks into Estmere’s sheep country",
        short_head="A wolf on Hale Moor",
        picture="wolf",
        lede="A young wolf has crossed from the south on to Hale Moor, where the last one was shot in the time of the "
        "shepherds’ great-grandparents. It has so far eaten a deer, a boot and no sheep.",
        parts=(
            point(
                "Why it matters",
                "Estmere protected the wolf in a law that it thought it would never have to use. There are "
                "140,000 sheep on the moor and one warden, who is on leave.",
                facts=(number(140000, "sheep on Hale Moor", source="Moor Commoners"),),
            ),
            point(
                "What we know",
                "It is a male of about two years. Hairs on a fence link it to a pack in Tolmia, 260 kilometres away.",
                "It walked that in eleven nights, crossing two motorways and a golf course, where it was entered "
                "in the visitors’ book.",
                facts=(
                    number(260, "distance from the wolf’s home pack", unit="km", source="Institute of Zoology, Almery"),
                    event("First wolf in 83 years photographed in Estmere", place="Hale Moor", starts=dates.day(-8)),
                ),
            ),
            point(
                "The other side",
                "Shepherds want dogs rather than fences, and want the state to pay. A trained pair costs 4,800 "
                "florins.",
                "“I am not afraid of him. I am afraid of the form,” says Anwen Prosk, who keeps 600 ewes.",
                facts=(
                    number(4800, "price of a trained pair of guard dogs", unit="florins", source="Moor Commoners"),
                    quote("I am not afraid of him. I am afraid of the form.", "Anwen Prosk", "shepherd", "Hale Moor"),
                ),
            ),
            point(
                "Reality check",
                "In Tolmia, where there are 90 wolves, dogs without owners kill eleven times as many sheep as "
                "wolves do.",
            ),
            point(
                "What’s next",
                f"Commoners and ministry meet on {in_full(dates.workday(5))}. The wolf has been known to leave by "
                "then.",
                facts=(event("Moor Commoners meet the environment ministry", place="Hale", starts=dates.workday(5)),),
            ),
        ),
    )


def _kelp(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="kelp-and-nets",
        section="nature",
        authors=("maud", "hanne"),
        at=dates.clock(-12, 9, 40),
        headline="Kelp farmers and netters agree to share the Sleeve",
        short_head="Sharing the Sleeve",
        picture="kelp",
        lede="After two seasons of cut lines and sunk buoys, the kelp farmers and net fishermen of the Sleeve "
        "have drawn a map together. They used a pencil, and have agreed to keep it.",
        parts=(
            point(
                "Why it matters",
                "Kelp is the only crop in Estmere that asks for neither soil nor rain, and young cod hide in it. "
                "But it stands where nets have been set since there were nets.",
            ),
            point(
                "The details",
                "Farmers keep the north shore and give up 70 of 310 hectares.",
                "Netters stay out of the lines for the six months in which cod are small.",
                "Each side patrols the other’s half.",
                facts=(
                    number(310, "kelp farms in the Sleeve before the agreement", unit="hectares"),
                    number(70, "kelp farms given up under the agreement", unit="hectares"),
                ),
            ),
            point(
                "Behind the scenes",
                "They had met eleven times in the county hall without a result. The twelfth meeting was held in a "
                "boat, in weather, and took forty minutes.",
            ),
            quote(
                "We found that we had been cursing the same seals.",
                "Kester Moyle",
                "netter",
                "Outer Villages Fishermen’s Association",
            ),
            point(
                "What we don’t know",
                "Whether the cod agree. The first count is in a year.",
            ),
        ),
    )


def _warm_sea(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="vell-too-warm",
        section="nature",
        authors=("maud",),
        at=dates.clock(-19, 12, 0),
        headline="The Vell is two degrees warmer than it should be",
        short_head="A sea too warm",
        picture="chart-sea",
        lede="The water at Almery’s tide gauge has been above its usual range for fourteen weeks, and last week "
        "it was 2.1 degrees too warm. Anchovies have come, and the people who catch herring are learning to cook "
        "them.",
        parts=(
            point(
                "Why it matters",
                "The Vell is shallow and nearly shut: it warms before the ocean and shows what is coming. Warm "
                "water also stands higher, and feeds the storms that the flood gates have to meet.",
            ),
            point(
                "By the numbers",
                "2.1 degrees above the mean for the week.",
                "14 weeks outside the range of the past forty years; the longest spell until now was five.",
                facts=(
                    number(
                        "2.1",
                        "temperature of the Vell at Almery above the mean",
                        unit="°C",
                        as_of=dates.day(-20),
                        source="Tide Office",
                    ),
                    number(14, "weeks in which the Vell was warmer than its usual range", source="Tide Office"),
                ),
            ),
            point(
                "Zoom out",
                "Herring spawn when the sea tells them that the season has turned. It is telling them late, and "
                "the larvae now hatch when their food has gone.",
            ),
            point(
                "Yes, but",
                "One year is weather. The gauge has been read by hand every day since "
                f"{dates.year(-118)}, however, and the seven warmest years in its books are among the last nine.",
            ),
            point(
                "Go deeper",
                "The readings are public, and the keeper answers letters. So far he has had three, two of them "
                "about swimming.",
            ),
        ),
    )


def _fog(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="keepers-log",
        section="nature",
        authors=("maud", "anselm"),
        at=dates.clock(-34, 10, 15),
        headline="A century of keepers’ logs shows fog leaving the Vell",
        short_head="Where the fog went",
        picture="lighthouse",
        lede="Four generations of lighthouse keepers wrote down every hour of fog off Skerry. Read together, "
        "their books show that a third of it has gone.",
        parts=(
            point(
                "Why it matters",
                "Fog is weather that no satellite measured until recently. It waters the island’s grass, cools "
                "the herring nurseries, and nobody had noticed that it was going.",
            ),
            point(
                "How it works",
                "Keepers noted when they started the horn and when they stopped it. Volunteers typed 61 volumes, "
                "and 40,000 hours of horn became a curve.",
                "Skerry had 590 hours of fog a year a century ago. It has 390 now.",
                facts=(
                    number(590, "hours of fog a year off Skerry a century ago", source="Skerry Light log"),
                    number(390, "hours of fog a year off Skerry now", source="Skerry Light log"),
                    number(61, "volumes of the Skerry Light log"),
                ),
            ),
            point(
                "Case in point",
                "One entry covers nine days without a break. It ends: “Cleared at four. Wife asked what the noise "
                "was. It had stopped.”",
            ),
            point(
                "Worth noting",
                "The last keeper left nineteen years ago, when the horn was given a sensor. The sensor does not "
                "write down why.",
            ),
        ),
    )
