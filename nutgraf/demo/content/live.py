"""How the demo's tideball final was told live, minute by minute, until the tide had the last word."""

from __future__ import annotations

from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import LiveEntryPlan, LivePlan
from nutgraf.stories.samples import number, paragraph, point, quote


def live(dates: Dates) -> LivePlan:
    """Return the live coverage of the final."""
    return LivePlan(
        story="tideball-final",
        started_at=dates.clock(-4, 18, 30),
        ended_at=dates.clock(-4, 21, 25),
        summary=(
            "The final between Outer Sands and Skerry was abandoned at <b>7–7</b>.",
            "The tide came eleven minutes before the table.",
            "There will be a replay at the lowest tide of the month.",
        ),
        entries=_first_half(dates) + _second_half(dates),
        is_oldest_first=True,
    )


def _first_half(dates: Dates) -> tuple[LiveEntryPlan, ...]:
    return (
        LiveEntryPlan(
            at=dates.clock(-4, 18, 34),
            headline="The posts are dry",
            parts=(paragraph("Both captains have touched them, as the rule asks, and the match has begun."),),
            is_key=True,
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 18, 51),
            headline="First goal to Skerry",
            parts=(
                paragraph("A long ball along the wet line, and nobody from Outer Sands wanted to follow it there."),
            ),
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 19, 20),
            headline="3–3, and everybody is still dry",
            parts=(
                point(
                    "By the numbers",
                    "Six goals in three quarters of an hour.",
                    "Four of them were scored into the wind.",
                    "One was scored by a dog, and does not count.",
                ),
            ),
            corrected=(dates.clock(-4, 19, 26), "An earlier version of this entry counted the dog’s goal."),
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 19, 38),
            headline="Half of the crowd has left",
            removed=(dates.clock(-4, 19, 41), "They had gone to move their cars, and came back."),
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 20, 2),
            headline="The wind turns to the west",
            parts=(
                paragraph("The flags on the dunes have changed their minds."),
                number(11, "minutes by which the tide was early", source="Tide Office"),
            ),
            is_key=True,
        ),
    )


def _second_half(dates: Dates) -> tuple[LiveEntryPlan, ...]:
    return (
        LiveEntryPlan(
            at=dates.clock(-4, 20, 24),
            headline="7–7",
            parts=(paragraph("Skerry equalise from a throw that most of us took for a wave."),),
            is_key=True,
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 20, 33),
            headline="Free hit to Outer Sands, under water",
            parts=(paragraph("It was taken. Where it went is not known at this time."),),
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 20, 38),
            headline="The final is abandoned",
            parts=(
                paragraph("The linesman was seen to be swimming, and the referee, up to his waist, has given up."),
                quote("I was cold.", "Colm Veitch", "referee", "Tideball Union"),
            ),
            is_key=True,
        ),
        LiveEntryPlan(
            at=dates.clock(-4, 21, 18),
            headline="The ball is found",
            parts=(paragraph("A fisherman off Ardo has it, in good condition. With that we leave you: good night."),),
        ),
    )
