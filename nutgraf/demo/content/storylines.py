"""The developing stories: which stories belong to each, what their summaries said when, and what the editor decided."""

from __future__ import annotations

from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import MergePlan, StorylinePlan


def storylines(dates: Dates) -> list[StorylinePlan]:
    """Return every storyline."""
    return [_verrane(dates), _flood_gates(dates), _crane_strike(dates)]


def _verrane(dates: Dates) -> StorylinePlan:
    return StorylinePlan(
        slug="verrane",
        name="Verrane’s bread uprising",
        opened_at=dates.clock(-3, 18, 40),
        picture="bakery-queue",
        review_date=dates.day(2),
        summaries=(
            (
                dates.clock(-3, 18, 45),
                "A march over the price of bread burned the tax office of Tarvik, in Verrane. The state had stopped "
                "paying for flour at midnight.",
            ),
            (
                dates.clock(-2, 10, 0),
                "Verrane’s president has taken back part of the rise in bread and declared a state of emergency. The "
                "protests have reached the capital.",
            ),
            (
                dates.ago(minutes=40),
                "What began as a queue for bread has brought foreign soldiers to Verrane’s capital, at the wish of its "
                "president. Talks are set at three tables, and who commands the river’s locks is still open.",
            ),
        ),
        stories=(
            "tarvik-tax-office",
            "six-dren",
            "mill-bridge",
            "sarn-junction",
            "price-of-a-loaf",
            "sollen-soldiers",
            "clause-nine",
            "ports-not-barracks",
            "concord-votes",
            "kestria-thins-border",
            "three-tables",
            "river-pilots",
            "wheat-in-almery",
            "karrow-dam",
            "aune-bargain",
        ),
        pinned=("deaths confirmed in Verrane since the unrest began",),
        merged=(
            MergePlan(
                name="Nadja Orlin",
                affiliation="Foundry Street cooperative bakery, Tarvik",
                into="Bread Line committee, Tarvik",
                note="The same person: she kept the bakery’s books before she spoke for the committee.",
            ),
        ),
    )


def _flood_gates(dates: Dates) -> StorylinePlan:
    return StorylinePlan(
        slug="flood-gates",
        name="Almery’s flood gates",
        opened_at=dates.clock(-20, 9),
        review_date=dates.day(10),
        summaries=(
            (
                dates.clock(-2, 11, 30),
                "The gates that keep the sea from Almery close more often each winter, and a levy on containers is to "
                "pay for taller ones.",
            ),
        ),
        stories=("harbour-levy", "ninth-closing", "nine-centuries-of-mud"),
    )


def _crane_strike(dates: Dates) -> StorylinePlan:
    return StorylinePlan(
        slug="crane-strike",
        name="The crane strike in Almery",
        opened_at=dates.clock(-23, 8),
        summaries=(
            (
                dates.clock(-4, 19, 30),
                "Almery’s crane drivers stopped work for nineteen days and won a four-day week at the same pay.",
            ),
        ),
        stories=("crane-strike",),
        closed_at=dates.clock(-3, 9),
    )
