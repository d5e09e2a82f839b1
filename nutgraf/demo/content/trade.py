"""Trade at home: an ordinary harbour’s business."""

from __future__ import annotations

from nutgraf.demo.dates import Dates, in_full, weekday
from nutgraf.demo.plans import StoryPlan
from nutgraf.stories.samples import event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [
        _rate(dates),
        _cranes(dates),
        _ferry(dates),
        _salt(dates),
    ]


def _rate(dates: Dates) -> StoryPlan:
    decided, coming = dates.workday(-1), dates.workday(42)
    return StoryPlan(
        slug="bank-rate",
        section="trade",
        authors=("cleo",),
        at=dates.clock(-1, 10, 0),
        headline="Bank of Estmere holds its rate for a third time",
        short_head="Rate held again",
        picture="chart-rate",
        lede=f"The Bank of Estmere left its main rate at 3.25 percent on {weekday(decided)}. It gave two reasons, "
        "and then withdrew one of them an hour later.",
        parts=(
            point(
                "Why it matters",
                "Most mortgages in Estmere follow the rate within a month. A household with an average loan pays "
                "88 florins a month less than it did two years ago, and will go on paying just that.",
                facts=(
                    number(
                        "3.25", "main rate of the Bank of Estmere", unit="%", as_of=decided, source="Bank of Estmere"
                    ),
                    number(88, "monthly saving on an average mortgage since the cuts began", unit="florins"),
                ),
            ),
            point(
                "The details",
                "Six of the nine board members voted to hold, two to cut, and one for a smaller cut than the two.",
                "Prices rose by 2.4 percent in the past year. The target is 2.",
                "A sentence on “calm in neighbouring markets” was in the statement at ten and not at eleven.",
                facts=(
                    number("2.4", "rise in consumer prices over twelve months", unit="%", source="Statistics Estmere"),
                ),
            ),
            point(
                "What they’re saying",
                "“We have decided to find out what we have done,” said the governor, Lena Hartwick.",
                facts=(
                    quote(
                        "We have decided to find out what we have done.", "Lena Hartwick", "governor", "Bank of Estmere"
                    ),
                ),
            ),
            point(
                "What’s next",
                f"The board meets again on {in_full(coming)}.",
                facts=(event("Rate decision of the Bank of Estmere", place="Almery", starts=coming),),
            ),
        ),
    )


def _cranes(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="crane-strike",
        section="trade",
        authors=("hanne",),
        at=dates.clock(-4, 19, 0),
        headline="Crane drivers win a four-day week after nineteen idle days",
        short_head="Crane strike ends",
        picture="cranes",
        lede="Almery’s 214 crane drivers lower their jibs on the first day of next month’s roster, for the same "
        "pay and one day less a week. The harbour says that it can bear it; the drivers say that it could all "
        "along.",
        parts=(
            point(
                "Why it matters",
                "The strike held up a fortieth of Estmere’s yearly imports. The deal will be read in every "
                "harbour on the Vell, and Ardo’s drivers asked for a copy before it was signed.",
            ),
            point(
                "By the numbers",
                "214 drivers, 19 days, 46 ships at anchor on the worst of them.",
                "Four days of nine hours instead of five of seven and a half: 36 hours, down from 37 and a half.",
                facts=(
                    number(214, "crane drivers in Almery’s harbour", source="Dockers’ Union"),
                    number(19, "length of the crane drivers’ strike", unit="days"),
                    number(46, "ships at anchor off Almery at the height of the strike", source="Port of Almery"),
                ),
            ),
            quote(
                "A crane driver looks down for a living. We would like one more day of looking up.",
                "Petra Vance",
                "driver and strike committee member",
                "Dockers’ Union",
            ),
            point(
                "The catch",
                "The harbour may call drivers in on the fifth day in “storm, backlog or emergency”. There has "
                "been one of the three in 39 of the past 52 weeks.",
                facts=(number(39, "weeks of the past year with storm, backlog or emergency", source="Port of Almery"),),
            ),
            point(
                "The upshot", "Nineteen days of silence on the quays, and the city has learnt what the noise was for."
            ),
        ),
    )


def _ferry(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="norrline-plugs-in",
        section="trade",
        authors=("hanne",),
        at=dates.clock(-8, 8, 45),
        headline="Norrline sells its last diesel ferry and plugs in",
        short_head="The last diesel ferry",
        picture="ferry",
        lede="When the <i>Queen Sabeth</i> sails for a breaker’s yard next week, every ferry that leaves Almery "
        "will run on batteries. The crossing to Ardo will take nine minutes longer and smell of nothing.",
        parts=(
            point(
                "Why it matters",
                "Ferries made more soot in the old town than all its cars. The change was forced by a rule on "
                "harbour air that Norrline fought for six years and now prints on its tickets.",
            ),
            point(
                "How it works",
                "Each ship carries as much battery as 900 cars and fills it in 42 minutes at the quay, while "
                "people and lorries change places.",
                "The power comes by its own cable from the wind park off Skerry.",
                "In a storm from the north-west the ships stay in. So did the diesel ones, a spokesman notes.",
                facts=(
                    number(42, "time to charge a ferry at the quay", unit="minutes", source="Norrline"),
                    number(900, "cars’ worth of batteries on one ferry", source="Norrline"),
                ),
            ),
            point(
                "The catch",
                "A single ticket rises from 18 to 21 florins. The company says that it will come down when the "
                "cable is paid for, in eleven years.",
                facts=(number(21, "price of a ferry ticket from Almery to Ardo", unit="florins", as_of=dates.day(-8)),),
            ),
            paragraph(
                "The <i>Sabeth</i>’s chief engineer, Olaf Brandreth, has served in her for 27 years. He was "
                "offered a post on a new ship and went to listen to one. “I could not hear whether she was well,” "
                "he said, and took his pension.",
                facts=(
                    quote("I could not hear whether she was well.", "Olaf Brandreth", "chief engineer", "Queen Sabeth"),
                ),
            ),
        ),
    )


def _salt(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="salt-again",
        section="trade",
        authors=("maud", "hanne"),
        at=dates.clock(-16, 11, 30),
        headline="Estmere exports salt again, one bag in every five",
        short_head="Salt leaves the harbour again",
        picture="salt-pans",
        lede="For the first time since the refineries closed, Estmere sold more salt abroad than it bought. The "
        "buyers are cooks, and they pay forty times the price.",
        parts=(
            point(
                "Why it’s important",
                "The pans south of Almery were kept as a museum. They now employ 160 people in villages that had been "
                "losing a school every four years.",
                facts=(number(160, "people employed in Estmere’s salt pans", source="Salters’ Cooperative"),),
            ),
            point(
                "How it works",
                "Sea is let into shallow squares and left to the sun and the wind. On a dry evening a crust forms "
                "that is thinner than paper, and someone lifts it off with a rake before the dew.",
                "Five evenings in seven, nothing forms. There is no machine for the other two.",
            ),
            point(
                "By the numbers",
                "2,900 tonnes last year, a fifth of it exported.",
                "A kilogram brings 26 florins. Road salt brings 0.65.",
                facts=(
                    number(2900, "salt harvested in Estmere last year", unit="tonnes", source="Salters’ Cooperative"),
                    number(20, "share of Estmere’s salt that is exported", unit="%", wording="a fifth"),
                    number(26, "price of a kilogram of Estmere pan salt", unit="florins"),
                ),
            ),
            point(
                "Yes, but",
                "The sea is rising, and the pans lie 40 centimetres above it. “We farm the edge. The edge is "
                "moving in,” says Ines Tarrow, a salter.",
                facts=(
                    quote("We farm the edge. The edge is moving in.", "Ines Tarrow", "salter", "Salters’ Cooperative"),
                ),
            ),
            point(
                "What’s next",
                f"The cooperative opens twelve more pans in {dates.month(5)}.",
                facts=(
                    event(
                        "Twelve more salt pans open",
                        place="South Pans, Estmere",
                        starts=dates.first_of_month(5),
                        precision="MONTH",
                    ),
                ),
            ),
        ),
    )
