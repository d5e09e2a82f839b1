"""The charts in The Almery Bell's picture library: their figures, and what they show in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PIL import Image

from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import charts
from nutgraf.demo.drawings.palette import RUST, SEA
from nutgraf.demo.plans import PicturePlan


def pictures(dates: Dates) -> list[PicturePlan]:
    """Return every chart that the stories use."""

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
