"""Politics at home: what Estmere’s Assembly, its ombudsman and its councils are doing."""

from __future__ import annotations

import datetime
from dataclasses import replace

from nutgraf.demo.dates import Dates, day_and_month, in_full, weekday
from nutgraf.demo.plans import Earlier, Status, StoryPlan
from nutgraf.stories.models import ChangeKind
from nutgraf.stories.samples import bullet, event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [
        _levy(dates),
        _clock(dates),
        _trams(dates),
        _ombudsman(dates),
        _toll_booth(dates),
    ]


def _levy(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="harbour-levy",
        section="politics",
        authors=("yusuf",),
        at=dates.clock(-2, 11, 5),
        headline="One vote gives Almery’s flood gates their harbour levy",
        short_head="Levy passes by one vote",
        picture="chart-levy",
        lede="Every container that crosses Almery’s quays will pay 3 florins towards the flood gates, after the "
        "Assembly passed the harbour levy by 76 votes to 75.",
        parts=(
            point(
                "Why it matters",
                "The gates keep a city of 610,000 dry and were built to last until they were needed often. They "
                "are now needed often.",
                facts=(number(610000, "inhabitants of Almery", source="City of Almery"),),
            ),
            point(
                "The details",
                "The levy brings 14 million florins a year, about half of what a second pair of gates would cost "
                "to borrow for.",
                "It starts in fourteen months. Salt and relief goods are exempt.",
                "The deciding vote was Greta Sund’s, who represents the fishing villages and had announced that "
                "she would abstain.",
                facts=(
                    number(76, "votes in the Assembly for the harbour levy", source="Assembly record"),
                    number(75, "votes in the Assembly against the harbour levy", source="Assembly record"),
                    number(
                        "14000000",
                        "yearly yield of the harbour levy",
                        unit="florins",
                        wording="14 million",
                        source="Finance ministry",
                    ),
                ),
            ),
            quote(
                "I changed my mind at high water. I recommend it to colleagues.",
                "Greta Sund",
                "member for the Outer Villages",
                "Estmere Assembly",
            ),
            point(
                "Yes, but",
                "Shippers say that a box costs 41 florins to land in Almery and 36 in Ardo. Three more, they say, "
                "is how one loses a harbour politely.",
                facts=(
                    number(41, "cost of landing a container in Almery", unit="florins", source="Shippers’ Association"),
                    number(36, "cost of landing a container in Ardo", unit="florins", source="Shippers’ Association"),
                ),
            ),
            point(
                "What’s next",
                f"The Senate of the Towns can send the bill back once. It meets on {in_full(dates.workday(9))}.",
                facts=(
                    event("Senate of the Towns considers the harbour levy", place="Almery", starts=dates.workday(9)),
                ),
            ),
        ),
    )


def _clock(dates: Dates) -> StoryPlan:
    change = dates.workday(40)
    return StoryPlan(
        slug="skerry-time",
        section="politics",
        authors=("yusuf",),
        at=dates.clock(-6, 13, 20),
        place="SKERRY POINT",
        headline="Skerry votes to give up its own time after 141 years",
        short_head="Skerry gives up its time",
        picture="island-clock",
        lede="The island of Skerry has kept clocks twenty minutes behind the mainland since before there was a "
        "telegraph. By 402 votes to 377 it has decided to catch up.",
        parts=(
            point(
                "Why it’s important",
                "Twenty minutes were charming until the hospital boat got a timetable. Two patients missed it "
                "last year, one of them a councillor.",
            ),
            point(
                "How we got here",
                "Skerry set its clock by noon over the church. The mainland set its by the railway, which does "
                "not come here.",
                "The church tower has shown both since a compromise that cost a mayor his office: island time to the "
                "north, other people’s to the south.",
            ),
            point(
                "By the numbers",
                "402 for, 377 against, and 11 ballots that arrived twenty minutes late.",
                facts=(
                    number(402, "votes on Skerry for mainland time", source="Skerry council"),
                    number(377, "votes on Skerry against mainland time", source="Skerry council"),
                    number(20, "difference between Skerry’s time and the mainland’s", unit="minutes"),
                ),
            ),
            point(
                "What they’re saying",
                "“We were never late. We were early for the day before,” says Edda Rusk, 88, who keeps the clock and "
                "voted against.",
                facts=(
                    quote(
                        "We were never late. We were early for the day before.",
                        "Edda Rusk",
                        "keeper of the church clock",
                        "Skerry Point",
                    ),
                ),
            ),
            point(
                "What’s next",
                f"The clock goes forward on {day_and_month(change)}. Mrs Rusk will do the south face. She has "
                "asked not to do the north.",
                facts=(event("Skerry adopts mainland time", place="Skerry Point", starts=change),),
            ),
        ),
    )


def _trams(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="night-trams",
        section="politics",
        authors=("yusuf", "cleo"),
        at=dates.clock(-9, 22, 15),
        headline="Night trams survive in Almery as council finds the money",
        short_head="Night trams are saved",
        picture="night-tram",
        lede="Almery’s three night tram lines will run for at least two more years. The money comes from the "
        "budget for replacing the signs that would have said that they do not.",
        parts=(
            point(
                "Why it matters",
                "Some 5,400 people ride after midnight, and surveys say that seven in ten of them are on their "
                "way to or from work. There is no other way to reach the hospital or the docks.",
                facts=(
                    number(5400, "passengers on Almery’s night trams", unit="a night", source="Almery Tramways"),
                    number(70, "share of night passengers travelling for work", unit="%", wording="seven in ten"),
                ),
            ),
            point(
                "State of play",
                "The lines lose 2.1 million florins a year. The council had voted eight months ago to end them.",
                bullet(
                    "Cancelling them turned out to cost 1.7 million:",
                    "new signs at 212 stops,",
                    "a settlement with 38 drivers,",
                    "and a printed map that nobody wanted to redraw.",
                ),
                facts=(
                    number(
                        "2100000",
                        "yearly loss of the night trams",
                        unit="florins",
                        wording="2.1 million",
                        source="Almery Tramways",
                    ),
                    number("1700000", "cost of ending the night trams", unit="florins", wording="1.7 million"),
                ),
            ),
            paragraph(
                "Line N1 carries nurses up and bakers down, and for eleven minutes around four in the morning it "
                "carries both. The driver of car 41 has put a basket by the door in which one may leave rolls."
            ),
            point("The upshot", "It was cheaper to keep a promise than to announce that it had been broken."),
        ),
    )


def _ombudsman(dates: Dates) -> StoryPlan:
    published = dates.workday(-14)
    plan = StoryPlan(
        slug="unanswered-complaints",
        section="politics",
        authors=("cleo",),
        at=dates.clock(-14, 15, 0),
        headline="Half of Almery’s housing complaints never got a reply",
        short_head="Complaints without an answer",
        lede="Tenants wrote 8,900 complaints to the city’s housing office in two years. For 4,460 of them the "
        "ombudsman could find no answer, no file and in some cases no envelope.",
        parts=(
            point(
                "Why it matters",
                "A tenant may withhold rent only after the office has replied. An office that does not reply has "
                "abolished the right without a vote.",
            ),
            point(
                "The details",
                f"The report, published on {weekday(published)}, follows single letters through the building.",
                "The median letter waited 61 days before anyone opened it.",
                "Complaints about damp were answered least often. The damp shelf was in the cellar.",
                facts=(
                    number(8900, "complaints to Almery’s housing office in two years", source="City ombudsman"),
                    number(4460, "complaints to Almery’s housing office without an answer", source="City ombudsman"),
                    number(61, "median wait before a complaint was opened", unit="days", source="City ombudsman"),
                    event("Ombudsman reports on housing complaints", place="Almery", starts=published),
                ),
            ),
            quote(
                "Nobody decided to ignore these people. I looked for the decision. It would have been easier to "
                "reverse.",
                "Ruth Calder-Hay",
                "ombudsman",
                "City of Almery",
            ),
            point(
                "What’s next",
                "The housing office has two months to answer the report.",
                "It has asked for three.",
                facts=(
                    event(
                        "Housing office answers the ombudsman’s report",
                        place="Almery",
                        starts=published + datetime.timedelta(days=61),
                        precision="MONTH",
                    ),
                ),
            ),
        ),
    )
    opening = (
        "Tenants wrote 8,900 complaints to the city’s housing office in two years. For 4,460 of them there was none."
    )
    return replace(
        plan,
        updated_at=dates.clock(-13, 9, 10),
        earlier=Earlier(
            lede=opening,
            parts=plan.parts,
            change=ChangeKind.CLARIFICATION,
            sentence="An earlier version left open what 4,460 complaints lacked: the ombudsman found neither an "
            "answer nor a file.",
        ),
    )


def _toll_booth(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="harbour-toll-booth",
        section="politics",
        authors=("cleo",),
        at=dates.clock(-5, 11, 20),
        headline="Almery has collected a bridge toll that was abolished in spring",
        short_head="A toll that was not one",
        lede="The booth on the harbour bridge has taken two florins a car since spring, although the council had "
        "abolished the toll, two drivers say.",
        parts=(point("Why it matters", "Whoever paid could ask for the money back."),),
        status=Status.WITHDRAWN,
        withdrawn_because="We withdrew this story because its only document, a receipt, was forged. The toll ended "
        "when the council said it would. We should have asked the city before we published.",
    )
