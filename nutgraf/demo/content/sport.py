"""Sport: the Ring, the Cup, the Long Mile and the tide."""

from __future__ import annotations

import datetime

from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan, shown
from nutgraf.stories.samples import event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [_ring(dates), _cup(dates), _tideball(dates), _long_mile(dates), _handball(dates)]


def _ring(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="corrie-four-seconds",
        section="sport",
        authors=("bea",),
        at=dates.clock(-1, 17, 25),
        place="CORRIE",
        headline="Sea-green jersey changes backs by four seconds in Corrie",
        short_head="Four seconds in Corrie",
        picture="peloton",
        lede="Elin Drost attacked on the last bend above the harbour, where one cannot be seen for eleven "
        "seconds, and came out of it as the leader of the Ring of the Vell. She has three stages to keep it.",
        parts=(
            point(
                "Why it matters",
                "Nobody has won the Ring from this far behind at this point since it began to go all the way "
                "round. Drost was ninth two days ago.",
            ),
            point(
                "What happened",
                "The bunch let three riders go on the coast road, thinking of the wind. The wind turned.",
                "Drost crossed alone, and Imre Salk, who had led since Ardo, came in 19 seconds later with a "
                "broken spoke and no complaint.",
                "After 1,480 kilometres she leads by four seconds.",
                facts=(
                    number(4, "Elin Drost’s lead in the Ring of the Vell", unit="seconds", as_of=dates.day(-1)),
                    number(1480, "distance ridden after nine stages of the Ring", unit="km"),
                    event("Ninth stage of the Ring of the Vell", place="Hallin to Corrie", starts=dates.day(-1)),
                ),
            ),
            shown("map-ring"),
            quote(
                "I was not brave. I had looked at the bend on a postcard.",
                "Elin Drost",
                "rider",
                "Almery Wheelers",
            ),
            point(
                "Yes, but",
                "Tomorrow’s stage is flat, windy and Salk’s. His team has six riders left and hers has four, one "
                "of whom she has described as “mostly company”.",
            ),
            point(
                "What’s ahead",
                f"Three stages, with a ferry after the first of them. The finish is on {dates.on(3)}, on Rope Quay.",
                facts=(event("Finish of the Ring of the Vell", place="Rope Quay, Almery", starts=dates.day(3)),),
            ),
        ),
    )


def _cup(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="dockers-win-cup",
        section="sport",
        authors=("bea",),
        at=dates.clock(-2, 23, 5),
        headline="Almery Dockers win the Vell Cup on penalties after 31 years",
        short_head="Dockers win the Cup",
        picture="penalty",
        lede="A goalkeeper who had not saved a penalty in two seasons saved three, and the Vell Cup came back to "
        "Almery by the last ferry. It was driven round the harbour in a forklift.",
        parts=(
            point(
                "Why it matters",
                "The Dockers last won it 31 years ago, before most of the present team was born. In between they were "
                "relegated twice and sold once, for the price of a tug.",
                facts=(number(31, "time since the Dockers’ previous Vell Cup", unit="years"),),
            ),
            point(
                "What happened",
                "1–1 after ninety minutes and after thirty more, against Hallin Guards, who had won eleven "
                "matches running.",
                "Jory Pell guessed left five times. Three of the Guards obliged.",
                "Sami Reede, aged 19, took the last one as if he were posting a letter.",
                facts=(
                    number(3, "penalties saved by Jory Pell in the final"),
                    event(
                        "Final of the Vell Cup: Almery Dockers 1–1 Hallin Guards, 4–2 on penalties",
                        place="Ansby",
                        starts=dates.day(-2),
                    ),
                ),
            ),
            point(
                "Behind the scenes",
                "Pell had a note in his glove with where each of the Guards liked to shoot. It fell out in the "
                "rain. He says that this was when he began to concentrate.",
            ),
            quote(
                "I went left because my left boot was dry.",
                "Jory Pell",
                "goalkeeper",
                "Almery Dockers",
            ),
            point(
                "Worth noting",
                "The harbour’s ships sounded their horns for four minutes at midnight. The harbour master has "
                "opened an inquiry and is thought to know the culprit, being it.",
            ),
        ),
    )


def _tideball(dates: Dates) -> StoryPlan:
    replay = dates.day(10)
    return StoryPlan(
        slug="tideball-final",
        section="sport",
        authors=("bea",),
        at=dates.clock(-4, 21, 10),
        headline="Tideball final abandoned with the referee up to his waist",
        short_head="Final lost to the tide",
        picture="tideball",
        lede="The final between Outer Sands and Skerry was stopped at 7–7 when the linesman was seen to be "
        "swimming. It will be replayed at a lower tide and a higher ticket price.",
        parts=(
            point(
                "Why it matters",
                "Tideball has no clock: a match lasts from the moment when the posts are dry until the moment "
                "when the crossbar’s shadow is wet. The rule has stood for two centuries, and it has never had to "
                "be read so closely.",
            ),
            point(
                "What the tide did",
                "It came eleven minutes before the table, pushed by a westerly wind. Outer Sands had a free hit, "
                "and took it under water.",
                "The ball has been reported by a fisherman off Ardo, in good condition.",
                facts=(number(11, "minutes by which the tide was early", source="Tide Office"),),
            ),
            point(
                "The other side",
                "Skerry claims the title, as its goal was deeper in the water and it had therefore defended more.",
                "“That is not a rule,” says the referee, Colm Veitch. “It is a very good argument, but I was cold.”",
                facts=(
                    quote("It is a very good argument, but I was cold.", "Colm Veitch", "referee", "Tideball Union"),
                ),
            ),
            point(
                "What’s next",
                f"The replay is on {dates.on(10)}, at the lowest tide of the month. Kick-off is at 15.40 or when "
                "the sand appears.",
                facts=(
                    event(
                        "Replay of the tideball final",
                        place="Outer Sands",
                        starts=replay,
                        time=datetime.time(15, 40),
                        is_expected=True,
                    ),
                ),
            ),
        ),
    )


def _long_mile(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="long-mile",
        section="sport",
        authors=("bea",),
        at=dates.clock(-11, 18, 50),
        headline="Skerry’s women win the Long Mile by half a bow",
        short_head="Skerry by half a bow",
        picture="long-mile",
        lede="Six women in a boat older than all of them together rowed the Long Mile in 41 minutes and 6 seconds "
        "and beat Almery by half a bow. The mile is seven kilometres; it was measured by a landlord.",
        parts=(
            point(
                "Why it matters",
                "It is Skerry’s fourth win in a row, and its last in the <i>Patience</i>, built of island elm in "
                "the year of the great gale. The class now requires a hull that floats when full.",
            ),
            point(
                "How it works",
                "Gigs start together from the bar and may touch but not hold. The rule is older than the prize. "
                "Both the leading boats had splinters of the other’s oars on board at the end.",
                facts=(
                    number("41.1", "winning time of the Long Mile", unit="minutes", wording="41 minutes and 6 seconds"),
                    event("The Long Mile", place="Almery", starts=dates.day(-11)),
                ),
            ),
            quote(
                "She leaks to the left. It helps in the second bend.",
                "Morwenna Gray",
                "stroke",
                "Skerry gig Patience",
            ),
            paragraph(
                "Almery’s crew protested, withdrew the protest in the boat house, and protested again after "
                "supper on a matter of song."
            ),
            point("The upshot", "The <i>Patience</i> goes to the museum, wet."),
        ),
    )


def _handball(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="one-pot",
        section="sport",
        authors=("bea",),
        at=dates.clock(-41, 11, 20),
        headline="Handball league pays women and men from the same pot",
        short_head="One pot for handball",
        lede="The Vell Handball League will put all television money into one pot and pay it out by points, "
        "whoever scored them. Clubs voted 14 to 6; two that voted no have since asked when it starts.",
        parts=(
            point(
                "Why it matters",
                "Women’s matches drew 46 percent of the league’s viewers last season and 11 percent of its money.",
                facts=(
                    number(46, "share of the handball league’s viewers who watched women’s matches", unit="%"),
                    number(11, "share of the handball league’s money that went to women’s teams", unit="%"),
                ),
            ),
            point(
                "The details",
                "A win is worth 9,400 florins from next season, a draw half of that, and a defeat by one goal in the last minute the same as any other.",
                "The pot is 3.1 million florins, 4 percent more than before, because the broadcaster likes the "
                "headline.",
                facts=(number(9400, "prize for a win in the Vell Handball League", unit="florins"),),
            ),
            quote(
                "For years I was told that money follows interest. It seems to have been lost. We have sent it a map.",
                "Tamsin Orde",
                "captain",
                "Aunemouth Herons",
            ),
            point(
                "The catch",
                "Three men’s teams will have less than they have contracts for. The league gives them two "
                "seasons, and a consultant.",
            ),
        ),
    )
