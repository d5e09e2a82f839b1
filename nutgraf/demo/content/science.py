"""Science: health, discovery, and how we know."""

from __future__ import annotations

from nutgraf.demo.dates import Dates, in_full
from nutgraf.demo.plans import StoryPlan
from nutgraf.stories.samples import event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [_comet(dates), _mud(dates), _waiting(dates), _nets(dates), _sleep(dates)]


def _comet(dates: Dates) -> StoryPlan:
    nearest = dates.day(11)
    return StoryPlan(
        slug="comet-ostrey",
        section="science",
        authors=("anselm",),
        at=dates.clock(-1, 6, 40),
        headline="A schoolteacher saw the comet first, the observatory now agrees",
        short_head="The teacher’s comet",
        picture="comet",
        lede="The comet that has been visible over the Vell since the weekend was found with a pair of binoculars "
        "from a hen house roof. The observatory on Mount Hale had it on three photographs and took it for a "
        "scratch.",
        parts=(
            point(
                "Why it matters",
                "A comet bears its finder’s name for as long as anybody looks up. This one will be back in about "
                "4,100 years, as Comet Ostrey.",
                facts=(
                    number(
                        4100, "orbit of Comet Ostrey", unit="years", wording="about 4,100", source="Hale Observatory"
                    ),
                ),
            ),
            point(
                "What happened",
                "Linnet Ostrey, who teaches arithmetic in the village of Cold Barrow, noticed “a star with a "
                "thumbprint on it” and drew it on four nights.",
                "She posted the drawings. The observatory’s letter box is emptied on Fridays.",
                facts=(quote("A star with a thumbprint on it.", "Linnet Ostrey", "teacher", "Cold Barrow school"),),
            ),
            point(
                "What they’re saying",
                "“We have a two-metre mirror and she had a ladder. It was cloudy here. I would like that noted,” "
                "says Ravi Tessel, the observatory’s director.",
                facts=(
                    quote(
                        "We have a two-metre mirror and she had a ladder. It was cloudy here. I would like that noted.",
                        "Ravi Tessel",
                        "director",
                        "Hale Observatory",
                    ),
                ),
            ),
            point(
                "What to watch",
                f"The comet is nearest on {in_full(nearest)}, low in the west an hour after sunset. No telescope "
                "is needed, or even advised.",
                facts=(event("Comet Ostrey is nearest to Earth", starts=nearest),),
            ),
            point("The bottom line", "The sky is still open to anybody who is prepared to stand on a hen house."),
        ),
    )


def _mud(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="nine-centuries-of-mud",
        section="science",
        authors=("anselm", "maud"),
        at=dates.clock(-5, 14, 25),
        headline="Nine centuries of storms lie in order under Almery’s harbour",
        short_head="Storms, filed in mud",
        picture="mud-core",
        lede="A tube of mud eighteen metres long, drawn from beneath the old harbour, holds a thin layer of sand "
        "for every great storm since the city was founded. Three of them were worse than anything that the flood "
        "gates were built for.",
        parts=(
            point(
                "Why it matters",
                "The gates were designed from 120 years of records. The mud has 900, and a storm that seemed to "
                "come once in a thousand years turns out to come about once in three hundred.",
                facts=(
                    number(900, "years of storms recorded in the harbour mud", source="University of Almery"),
                    number(18, "length of the core from Almery’s harbour", unit="m"),
                ),
            ),
            point(
                "How it works",
                "Quiet water lays down clay. A storm surge drags sand over the bar and drops it on top. Shells in "
                "each layer give a date to within twenty years.",
                "The thickest layer, as deep as a loaf is high, fits a chronicle that says that “the sea came to "
                "mass”.",
            ),
            point(
                "Between the lines",
                "The university offered its core to the gates’ planners before they were built. The planners "
                "thanked it and asked for something with numbers.",
            ),
            quote(
                "Mud is the only archivist who was never told what to leave out.",
                "Sunniva Rao-Keel",
                "sedimentologist",
                "University of Almery",
            ),
            point(
                "What’s next",
                "A second core, from under the cathedral steps. The bishop has consented, on condition that it be "
                "drilled on a weekday.",
            ),
        ),
    )


def _waiting(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="two-day-text",
        section="science",
        authors=("anselm",),
        at=dates.clock(-10, 9, 5),
        headline="A text message two days early fills clinics’ empty chairs",
        short_head="The two-day text",
        picture="waiting-room",
        lede="Almery’s hospitals cut missed appointments by almost half by sending the reminder a day earlier and "
        "changing five words in it. The trial cost less than the chairs.",
        parts=(
            point(
                "Why it matters",
                "One appointment in eight in Estmere is missed. The lost hours would staff a hospital, which the "
                "ministry has been trying to afford for a decade.",
                facts=(
                    number(
                        12.5,
                        "share of hospital appointments missed in Estmere",
                        unit="%",
                        wording="one appointment in eight",
                    ),
                ),
            ),
            point(
                "The details",
                "31,000 patients were sent one of three reminders, by lot.",
                "The old text, a day ahead: 12.4 percent missed.",
                "The old text, two days ahead: 9.8 percent.",
                "Two days ahead, with “Somebody else can have your place if you tell us”: 6.6 percent.",
                facts=(
                    number(31000, "patients in the reminder trial", source="Almery Hospitals"),
                    number("6.6", "missed appointments after the new text", unit="%", source="Almery Hospitals"),
                    number("12.4", "missed appointments after the old text", unit="%", source="Almery Hospitals"),
                ),
            ),
            point(
                "Between the lines",
                "People do not stay away because they forget. They remember in the evening, when it is too late "
                "to do anything decent about it.",
            ),
            point(
                "Reality check",
                "The study is not yet reviewed, and ran in a month without a school holiday. Three earlier trials "
                "of kinder wording, two of them abroad, found less.",
            ),
            quote(
                "We spent a year on an algorithm that predicts who will not come. It predicted that we should ask "
                "them.",
                "Farida Lowe",
                "outpatient manager",
                "Almery Hospitals",
            ),
        ),
    )


def _nets(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="drinking-fog",
        section="science",
        authors=("anselm",),
        at=dates.clock(-13, 17, 30),
        place="DRY RIDGE, Tolmia",
        headline="A village on a dry ridge drinks fog by night",
        short_head="The village that drinks fog",
        picture="fog-nets",
        lede="Forty nets on a bare ridge in Tolmia comb 2,300 litres of water out of the air on an ordinary "
        "night. The village below has switched off its pump, and kept it, because it is used to things ending.",
        parts=(
            point(
                "Why it matters",
                "Some three million people round the Vell live within sight of fog and out of reach of a spring. "
                "A net costs 140 florins, a well ninety times as much.",
                facts=(number(140, "cost of a fog net", unit="florins", source="University of Ardo"),),
            ),
            point(
                "How it works",
                "Droplets too small to fall run into the mesh, join, and become heavy enough. The trick is the "
                "thread: as fine as hair and coated with what keeps a duck dry.",
                "A gutter and a hose do the rest. There is nothing to switch on.",
                facts=(number(2300, "water from forty fog nets", unit="litres a night", source="University of Ardo"),),
            ),
            point(
                "The catch",
                "Wind tore eleven nets in the first year. They are mended by the school, as handicraft, for a mark.",
            ),
            quote(
                "My grandmother said that the cloud was the devil’s washing. She would have brought a bucket.",
                "Pia Almonte-Reyk",
                "headwoman",
                "Dry Ridge",
            ),
            point("What we’re watching", "Two neighbouring villages, which have asked whose fog it is."),
        ),
    )


def _sleep(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="pilots-sleep",
        section="science",
        authors=("anselm", "hanne"),
        at=dates.clock(-21, 20, 0),
        headline="Harbour pilots sleep five hours, and one change adds another",
        short_head="An hour more for pilots",
        picture="pilot-asleep",
        lede="Almery’s harbour pilots slept 5.2 hours a day on average in a study that had them wear a wristband "
        "for half a year. Calling them later, and never twice, gave them another hour.",
        parts=(
            point(
                "Why it matters",
                "A pilot steps from a moving boat to a rope ladder in the dark and then steers 90,000 tonnes past "
                "a school. The study puts the risk of a mistake after four short nights at two and a half times "
                "the usual.",
                facts=(
                    number(
                        "2.5",
                        "risk of a mistake after four short nights, against the usual",
                        wording="two and a half times",
                    ),
                ),
            ),
            point(
                "What’s new",
                "Ships announce themselves six hours ahead. The duty desk used to wake the pilot at once, and "
                "again when the ship was late, as 70 percent are.",
                "Now it waits until the ship passes Skerry. Average sleep rose to 6.3 hours.",
                facts=(
                    number("5.2", "average sleep of Almery’s harbour pilots before the change", unit="hours"),
                    number("6.3", "average sleep of Almery’s harbour pilots after the change", unit="hours"),
                    number(70, "share of ships that reach Almery late", unit="%", source="Port of Almery"),
                ),
            ),
            paragraph(
                "“The ships have not become more punctual,” says Dana Whitlow, who led the study. “We have "
                "stopped telling a tired man about it.”",
                facts=(
                    quote(
                        "The ships have not become more punctual. We have stopped telling a tired man about it.",
                        "Dana Whitlow",
                        "physician",
                        "Institute of Occupational Health, Almery",
                    ),
                ),
            ),
            point(
                "Yes, but",
                "Only 38 pilots took part, and they knew that they were watched. Three admit to having gone to "
                "bed early to look good.",
                facts=(number(38, "harbour pilots in the sleep study"),),
            ),
        ),
    )
