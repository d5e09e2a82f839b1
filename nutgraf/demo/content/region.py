"""Region: Verrane’s four days, from the price of a loaf to soldiers in the capital."""

from __future__ import annotations

from nutgraf.demo.content import crisis
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Earlier, Part, StoryPlan, shown
from nutgraf.stories.samples import bullet, event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [_tarvik(dates), _six_dren(dates), _mill_bridge(dates), _night_train(dates), _loaf(dates), _soldiers(dates)]


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
                    crisis.loaf(dates, -3, 9),
                    number(3, crisis.DEATHS, as_of=dates.day(-3), source="Tarvik General Hospital"),
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
                    crisis.deaths(dates, -2, 11),
                    crisis.loaf(dates, -2, 6),
                    number(14, "length of the state of emergency", unit="days", as_of=dates.day(-2)),
                    crisis.end_of_emergency(dates),
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


def _mill_bridge(dates: Dates) -> StoryPlan:
    day = dates.weekday(-2)
    return StoryPlan(
        slug="mill-bridge",
        section="region",
        authors=("rosa", "tomas"),
        at=dates.clock(-1, 8, 20),
        place="SOLLEN",
        headline="Eight die as gendarmes fire on marchers on Mill Bridge",
        short_head="Gunfire on Mill Bridge",
        picture="mill-bridge",
        lede=f"Gendarmes opened fire on a crowd that was crossing Sollen’s Mill Bridge on {day} evening, killing eight "
        "people. It was the first time in a generation that Verrane’s state shot at its citizens.",
        parts=(
            point(
                "Why it matters",
                "A government can walk back a price. It is hard to see how this one walks back the bridge.",
            ),
            point(
                "What we know",
                "The march left the flour mills at seven, some 20,000 strong by the police’s own estimate, to ask "
                "parliament for a hearing.",
                "A line of gendarmes closed the far end of the bridge. Video seen by the Bell shows ninety seconds in "
                "which nothing happens, then a single shot, then many.",
                "Who fired the first one cannot be told from the pictures. We have looked at them for a long time.",
                "The dead are aged 17 to 66. The count for the country stands at 19.",
                facts=(
                    number("20000", "marchers on Mill Bridge", as_of=dates.day(-2), source="Sollen police"),
                    number(8, "people killed on Mill Bridge", as_of=dates.day(-1), source=crisis.MONITOR),
                    crisis.deaths(dates, -1, 19),
                ),
            ),
            point(
                "What they’re saying",
                "“I had the wounded sit on the pavement in the order in which I would see them. There were so "
                "many that I numbered their hands,” says Emre Halvik, a surgeon.",
                "The interior minister, Odile Karsten, called the shooting “a defence of the bridge”.",
                facts=(
                    quote(
                        "I had the wounded sit on the pavement in the order in which I would see them. "
                        "There were so many that I numbered their hands.",
                        "Emre Halvik",
                        "surgeon",
                        "Sollen City Hospital",
                    ),
                    quote(
                        "A defence of the bridge.",
                        "Odile Karsten",
                        "interior minister",
                        "Government of Verrane",
                        "state television",
                    ),
                ),
            ),
            point(
                "Yes, but",
                "Not every gendarme obeyed. At least one unit laid its shields on the parapet and went home by tram, "
                "paying the fare.",
            ),
            point(
                "What’s next",
                f"The families want to bury their dead together, on {dates.weekday(1)}. Under the emergency a funeral "
                "counts as a gathering.",
                facts=(
                    event(
                        "Joint funeral of the Mill Bridge dead", place="Sollen", starts=dates.day(1), is_expected=True
                    ),
                ),
            ),
        ),
    )


def _night_train(dates: Dates) -> StoryPlan:
    today = dates.weekday(0)
    return StoryPlan(
        slug="sarn-junction",
        section="region",
        authors=("hanne",),
        at=dates.ago(hours=6, minutes=10),
        place="SARN JUNCTION",
        headline="Four thousand people cross into Pelland by train overnight",
        short_head="Four thousand at Sarn Junction",
        picture="night-train",
        lede="Verrane’s railway workers sent five unscheduled trains south in the dark, and Pelland let them in "
        "without asking for papers. The station at Sarn Junction has two benches.",
        parts=(
            point(
                "Why it matters",
                "For three days the unrest stayed inside Verrane. Now it has luggage, and the neighbours have to "
                "decide what to call the people who carry it.",
            ),
            point(
                "By the numbers",
                f"Pelland’s border service counted 4,100 arrivals by {today} morning.",
                "Six in ten are children or travel with one.",
                "The village of Sarn has 900 inhabitants, who had cooked for 2,600 people by breakfast.",
                facts=(
                    crisis.crossed(dates, 0, 4100),
                    number(
                        "60", "share of arrivals who are children or travel with one", unit="%", wording="six in ten"
                    ),
                    number("2600", "meals cooked in Sarn overnight", as_of=dates.day(0), source="Mayor of Sarn"),
                ),
            ),
            point(
                "Zoom in",
                "The trains are the Railway union’s doing. Signalmen passed them from box to box by voice, as the "
                "electronic system reports every movement to the interior ministry.",
                "“It was like driving in my grandfather’s day,” said the driver of the third train. “He also did not "
                "say much at the border.”",
            ),
            point(
                "What they’re saying",
                "“We will write down names tomorrow. Tonight we are writing down shoe sizes,” says Jon Averly, "
                "the mayor.",
                facts=(
                    quote(
                        "We will write down names tomorrow. Tonight we are writing down shoe sizes.",
                        "Jon Averly",
                        "mayor",
                        "Sarn",
                    ),
                ),
            ),
            point(
                "What we don’t know",
                "How long Pelland’s rule lasts. Visitors from Verrane may stay for 30 days without a visa; nobody has "
                "said what happens on the thirty-first.",
                facts=(number(30, "visa-free stay for Verranese in Pelland", unit="days"),),
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
                    crisis.loaf(dates, 0, 6),
                    number(14, crisis.STREET_LOAF, unit="dren", as_of=dates.day(0), source="Survey by the Bell"),
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


def _soldiers(dates: Dates) -> StoryPlan:
    today = dates.weekday(0)

    def latest(count: int, dead: int) -> Part:
        return point(
            "The latest",
            f"{count:,} soldiers of the Upland Concord are in the country, its headquarters in Hallin says: most from "
            "Kestria by rail and road, the rest flown to Tarvik from Dunmar.",
            f"They hold the airfield, the railway yards and the Mill Bridge. The Vell Rights Monitor’s count of the "
            f"dead has risen to {dead}.",
            "Their orders are to guard buildings and not to “take part in police work”. On the ground a Kestrian "
            "captain was directing traffic.",
            facts=(crisis.soldiers(dates, 0, count), crisis.deaths(dates, 0, dead)),
        )

    why = point(
        "Why it matters",
        "The Concord was made 24 years ago to keep outsiders away from its four members. It has never before been "
        "sent to stand between one of them and its own people.",
        facts=(number(24, "age of the Upland Concord", unit="years"),),
    )
    rest = (
        point(
            "What they’re saying",
            "“We asked for a hearing and they have sent us an audience,” says Nadja Orlin, who speaks for the Bread "
            "Line committee.",
            "“We are guests, with a date on the invitation,” says Lieutenant General Sabin Orrel, the commander.",
            facts=(
                quote(
                    "We asked for a hearing and they have sent us an audience.",
                    "Nadja Orlin",
                    "spokeswoman",
                    "Bread Line committee",
                ),
                quote(
                    "We are guests, with a date on the invitation.",
                    "Sabin Orrel",
                    "commander, lieutenant general",
                    "Upland Concord",
                ),
            ),
        ),
        shown("chart-deaths"),
        point(
            "Between the lines",
            "Verrane’s own army of 22,000 has not left its barracks since the bridge. Officers say that nobody has "
            "ordered it to. Soldiers say that nobody has dared.",
            "The Concord’s men speak the language, but with an accent that Sollen associates with customs officers.",
            facts=(number("22000", "soldiers in Verrane’s army", source="Institute for Rivers and Borders, Ansby"),),
        ),
        point(
            "Yes, but",
            f"The capital was quieter on {today} than on any day this week. Two bakeries on Canal Street opened, at "
            "the official price, until ten past eight.",
        ),
        point(
            "What’s next",
            f"The Vell Council meets on {dates.on(2)} at Skerry Point. Government and committee are expected at Lamm "
            f"Abbey a day later, if they can agree who sits where.",
            facts=(crisis.council_session(dates), crisis.talks_at_lamm(dates)),
        ),
        point(
            "The bottom line",
            "The soldiers came for 30 days. The price of bread will still be there on the thirty-first.",
        ),
    )
    lede = (
        "The first foreign soldiers in Sollen for 32 years drove down from the Oster pass at dawn and found the "
        "streets empty and the bakeries shut. They are to stay for 30 days."
    )
    return StoryPlan(
        slug="sollen-soldiers",
        section="region",
        authors=("rosa", "tomas"),
        at=dates.ago(minutes=52),
        updated_at=dates.ago(minutes=7),
        place="SOLLEN",
        headline="Concord soldiers enter Verrane’s capital as death toll reaches 26",
        short_head="Soldiers enter Sollen",
        picture="column",
        lede=lede,
        parts=(why, latest(2600, 26), *rest),
        earlier=Earlier(
            headline="Concord soldiers enter Verrane’s capital as death toll reaches 24",
            lede=lede,
            parts=(why, latest(2100, 24), *rest),
            sentence="More soldiers have arrived, and the death toll has risen from 24 to 26.",
        ),
    )
