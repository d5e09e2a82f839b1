"""Unrest: the shots on Mill Bridge, those who left by train, and soldiers in the capital."""

from __future__ import annotations

from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Earlier, Part, StoryPlan, shown
from nutgraf.stories.samples import event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return these stories."""
    return [
        _mill_bridge(dates),
        _night_train(dates),
        _soldiers(dates),
    ]


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
                    number(8, "people killed on Mill Bridge", as_of=dates.day(-1), source=counted.MONITOR),
                    counted.deaths(dates, -1, 19),
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
                    counted.crossed(dates, 0, 4100),
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
            facts=(counted.soldiers(dates, 0, count), counted.deaths(dates, 0, dead)),
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
            facts=(counted.council_session(dates), counted.talks_at_lamm(dates)),
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
