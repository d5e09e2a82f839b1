"""Bread: how the price of a loaf brought Verrane’s people into the streets."""

from __future__ import annotations

from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan
from nutgraf.stories.samples import bullet, event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return these stories."""
    return [
        _tarvik(dates),
        _six_dren(dates),
        _loaf(dates),
    ]


def _tarvik(dates: Dates) -> StoryPlan:
    day = dates.weekday(-3)
    return StoryPlan(
        slug="tarvik-tax-office",
        section="region",
        authors=("rosa",),
        at=dates.clock(-3, 18, 40),
        place="TARVIK",
        headline="Crowds burn Tarvik’s tax office after bread doubles overnight",
        short_head="Bread riot in Tarvik",
        picture="bakery-queue",
        lede=f"Three people were killed in Verrane’s mining city on {day} when a queue for bread became a march and "
        "the march reached the tax office. Twelve hours earlier the state had stopped paying for flour.",
        parts=(
            point(
                "Why it matters",
                "Cheap bread is the nearest thing Verrane has to a constitution. Its governments have changed the "
                "anthem, the flag and the name of the capital’s main square. None before this one touched the loaf.",
            ),
            point(
                "What happened",
                f"The flour subsidy, in force since {dates.year(-31)}, ended at midnight. At six in the morning a "
                "one-kilogram loaf cost 9 dren instead of 4.",
                "The queue at the cooperative bakery on Foundry Street was some 600 people long at dawn. It did not go "
                "home when the bread ran out.",
                "By noon the tax office was on fire. Two marchers died, and a clerk who had gone back for his coat, "
                "Tarvik General Hospital says. About 40 people are hurt.",
                "A curfew holds from nine at night until five.",
                facts=(
                    counted.loaf(dates, -3, 9),
                    number(3, counted.DEATHS, as_of=dates.day(-3), source="Tarvik General Hospital"),
                    number(40, "people hurt in Tarvik", wording="about 40", as_of=dates.day(-3)),
                ),
            ),
            point(
                "What they’re saying",
                "“My mother taught me to count on this price. I mean that exactly: it is how she taught me numbers,” "
                "says Nadja Orlin, who keeps the books of the bakery.",
                facts=(
                    quote(
                        "My mother taught me to count on this price. I mean that exactly: it is how she taught me "
                        "numbers.",
                        "Nadja Orlin",
                        "bookkeeper",
                        "Foundry Street cooperative bakery, Tarvik",
                    ),
                ),
            ),
            point(
                "The other side",
                "The finance ministry says that the subsidy ate one dren in every eleven that the state spends, and "
                "that mills over the border had been living on it.",
                "“We were feeding half of Kestria’s pastry shops,” an official told reporters in Sollen, and asked not "
                "to be named because he had been told to be tactful.",
            ),
            point(
                "What’s next",
                f"Parliament, which was not asked, meets on {dates.weekday(-2)}.",
                facts=(event("Verrane’s parliament debates the flour subsidy", place="Sollen", starts=dates.day(-2)),),
            ),
        ),
    )


def _six_dren(dates: Dates) -> StoryPlan:
    night = dates.weekday(-3)
    return StoryPlan(
        slug="six-dren",
        section="region",
        authors=("rosa",),
        at=dates.clock(-2, 9, 15),
        place="SOLLEN",
        headline="Verrane cuts bread to six dren as protests reach capital",
        short_head="Bread cut, anger not",
        picture="map-region",
        lede="President Ilmar Draske took back three of the five dren by which bread had risen, and in the same "
        "speech declared a state of emergency. By midnight there were barricades in Sollen.",
        parts=(
            point(
                "Why it matters",
                "The concession came with a threat, and people heard the threat. What began as a dispute about "
                "flour in one city is now about who may speak for the country.",
            ),
            point(
                "The latest",
                f"At least 11 people have died since {night}, by the count of the Vell Rights Monitor, which checks "
                "each name with a family or a hospital.",
                "The official price of a loaf is now <b>6 dren</b>. Most bakeries stayed shut on "
                f"{dates.weekday(-2)} morning.",
                f"The emergency runs for 14 days, to {dates.on(12)}. It forbids gatherings of more than five.",
                bullet(
                    "Sollen’s airport closed at two in the morning.",
                    "The last flight out carried the central bank’s governor, who is said to be attending a "
                    "conference.",
                    "The conference’s organisers were pleasantly surprised.",
                ),
                facts=(
                    counted.deaths(dates, -2, 11),
                    counted.loaf(dates, -2, 6),
                    number(14, "length of the state of emergency", unit="days", as_of=dates.day(-2)),
                    counted.end_of_emergency(dates),
                ),
            ),
            point(
                "Between the lines",
                "Mr Draske spoke for nine minutes from a desk that is not his own. Viewers in Sollen recognised the "
                "bookcase of the interior ministry.",
                facts=(number(9, "length of the president’s address", unit="minutes"),),
            ),
            quote(
                "He gave us back three dren and took the street. We had the street already.",
                "Nadja Orlin",
                "spokeswoman",
                "Bread Line committee, Tarvik",
            ),
            point(
                "Flashback",
                f"The last time that soldiers stood on Sollen’s bridges was {dates.year(-32)}, when Verrane left the "
                "old Uplands union. Nobody fired.",
            ),
            point(
                "What we’re watching",
                "Whether the railways join. Their union has 31,000 members and the only working telephone network.",
                facts=(number("31000", "members of Verrane’s railway union", source="Railway union of Verrane"),),
            ),
        ),
    )


def _loaf(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="price-of-a-loaf",
        section="region",
        authors=("cleo",),
        at=dates.ago(hours=3, minutes=20),
        eyebrow="Explained",
        headline="How the price of a loaf ended Verrane’s long quiet",
        short_head="The loaf, explained",
        picture="chart-loaf",
        lede="For three decades a kilogram of bread in Verrane cost 4 dren, whatever flour cost. The price was a "
        "promise, and its end tells more about the country than its beginning.",
        parts=(
            point(
                "Why the loaf matters",
                "Nine in ten households buy the state’s loaf, and a third of them buy little else in the last week of "
                "the month. No tax, wage or pension reaches as many people.",
                facts=(
                    number(
                        90, "share of households in Verrane that buy the state’s loaf", unit="%", wording="nine in ten"
                    ),
                ),
            ),
            point(
                "How it works",
                "The state bought wheat at the market’s price, sold flour to licensed mills at its own, and paid the "
                "difference. When wheat was cheap nobody noticed.",
                "The gap was 70 million dren in the first year. Last year it was 1.9 billion, or nine percent of "
                "the budget.",
                "Mines pay for the budget, and copper has been cheap for two years.",
                facts=(
                    number("1900000000", "cost of the flour subsidy last year", unit="dren", wording="1.9 billion"),
                    number(9, "flour subsidy as a share of Verrane’s budget", unit="%", wording="nine percent"),
                ),
            ),
            point(
                "Catch up quick",
                "Four prices in four days:",
                f"{dates.weekday(-4)}: 4 dren, as ever.",
                f"{dates.weekday(-3)}: 9 dren.",
                f"{dates.weekday(-2)}: 6 dren by decree.",
                f"{dates.weekday(0)}: still 6 by decree, and 14 from the back of a van, because mills have stopped "
                "selling at a loss.",
                facts=(
                    counted.loaf(dates, 0, 6),
                    number(14, counted.STREET_LOAF, unit="dren", as_of=dates.day(0), source="Survey by the Bell"),
                ),
            ),
            point(
                "Reality check",
                "Economists of every colour had asked for the subsidy to go. None had asked for it to go overnight.",
                "“You can take a crutch from a man who has learnt to walk,” says Ilse Corrant, who advised an earlier "
                "finance minister. “You cannot take it to see whether he has.”",
                facts=(
                    quote(
                        "You can take a crutch from a man who has learnt to walk. You cannot take it to see "
                        "whether he has.",
                        "Ilse Corrant",
                        "economist",
                        "University of Almery",
                    ),
                ),
            ),
            point(
                "The bottom line",
                "The saving would have been 1.2 billion dren a year. The finance ministry has not said what the "
                "four days cost.",
                facts=(
                    number(
                        "1200000000",
                        "planned yearly saving from ending the flour subsidy",
                        unit="dren",
                        wording="1.2 billion",
                        source="Finance ministry of Verrane",
                    ),
                ),
            ),
        ),
    )
