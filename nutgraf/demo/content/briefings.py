"""The Bell's two briefings, and what Cleo says at the beginning of each edition."""

from __future__ import annotations

import datetime

from nutgraf.demo.plans import BriefingPlan

# Who gets them; nobody lives at these addresses, and mail goes to files.
READERS = ("sunny@reader.example", "otto.brandt@reader.example", "mirela@post.example")

MORNING = BriefingPlan(
    name="The Morning Bell",
    slug="morning-bell",
    promise="Five stories before the first ferry, every day.",
    description="What happened overnight in Almery and up in the hills, and what it means for your day. "
    "Cleo Aster reads everything at five so that you need not.",
    curator="cleo",
    days="0123456",
    hour=datetime.time(7),
    is_pictured=True,
    openings=(
        "Good morning. The wind has turned, the first ferry is on time, and the hills are quiet for once.",
        "Good morning. Three things today are better than yesterday, and I have put them first.",
        "Good morning. It rained on the fish market, so everybody there had time to talk.",
        "Good morning. A long one, because much was decided late; the last item is short to make up for it.",
        "Good morning. If you read only one, read the first; it will still be true tonight.",
        "Good morning. The council met until midnight, and I stayed so that you could sleep.",
        "Good morning. Bread is back on the shelves of Lowgate; I have checked, and there is jam, too.",
    ),
)

WEEK = BriefingPlan(
    name="The Week in the Uplands",
    slug="week-in-the-uplands",
    promise="Verrane, Dunmar and the talks between them, once a week.",
    description="For those who look at the crisis from further away: what moved this week, and what comes next.",
    curator="hanne",
    days="4",
    hour=datetime.time(16),
    is_pictured=False,
    openings=(
        "A week of numbers that did not agree with each other. Here is which to trust, and why.",
        "Nobody moved this week, and that is the news.",
        "The talks have a date and a table. What they do not have yet is a list of who sits at it.",
    ),
)

BRIEFINGS = (MORNING, WEEK)

SPONSOR = ("Sponsored by the Almery Ferry Company", "Cross at dawn", "Coffee on board is free until the ice is gone.")
