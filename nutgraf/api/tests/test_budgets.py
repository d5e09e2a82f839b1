"""A list takes as many statements for many rows as for a few."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.api.samples import Program
from nutgraf.briefings import actions as briefings
from nutgraf.briefings.models import Briefing
from nutgraf.briefings.samples import make_briefing, make_edition
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author
from nutgraf.stories.samples import event, number, point, quote
from nutgraf.storylines.models import Storyline
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db
anybody = Program()
# With the most statements that each may take, whatever there is.
LISTS = {
    "stories": 5,
    "stories?section=world": 6,
    "stories?author=rosa-vale": 6,
    "stories?label=why-it-matters": 6,
    "stories?storyline=blockade": 6,
    "storylines": 2,
    "storylines/blockade": 19,
    "events?since=2020-01-01": 2,
    "events/news-objects?since=2020-01-01": 2,
    "numbers": 2,
    "quotes": 2,
    "quotes?speaker=Ana%20Reyes": 2,
    "editions": 2,
    "editions?briefing=the-morning-bell": 3,
    "briefings": 2,
    "authors": 2,
    "labels": 2,
}
FEW, MORE = 2, 7
# It asks once more where there is more than it shows, and then never again.
WHOLE = "storylines/blockade"


@pytest.fixture
def blockade(noon: datetime.datetime) -> Storyline:
    return make_storyline("Blockade", at=noon)


def fill(numbers: range, blockade: Storyline, at: datetime.datetime) -> None:
    """Add one of everything that is listed for each number."""
    bell = Briefing.objects.filter(name="The Morning Bell").first() or make_briefing(at=at)
    for place in numbers:
        moment = at + datetime.timedelta(days=place)
        facts = (
            quote("We wait.", f"Ana Reyes {place}", "mayor"),
            number(place + 2, "ships"),
            event(f"Talks {place}", starts=moment.date()),
        )
        make_story_in(
            [blockade, make_storyline(f"Storyline {place}", at=at)],
            f"Harbour {place}",
            point("Why it matters", f"Bread {place}."),
            quote("We sail.", "Ana Reyes"),
            *facts,
            at=moment,
            hero=make_picture(f"p{place}.jpg", (600, 400 + place)),
            authors=[make_author("Rosa Vale"), make_author(f"Author {place}")],
        )
        for briefing in (bell, make_briefing(f"Briefing {place}", at=at)):
            briefings.send(edition=make_edition(briefing, at=moment), by=None, at=moment)


def told(path: str) -> tuple[int, int]:
    """Return how many rows a list has, and how many statements it took."""
    with CaptureQueriesContext(connection) as statements:
        answer = anybody.get(path)
    assert answer.status_code == 200, answer.content
    content = answer.json()
    return len(content.get("items") or content["stories"]), len(statements)


def test_no_list_takes_a_statement_more_for_more_rows(blockade: Storyline, noon: datetime.datetime) -> None:
    fill(range(FEW), blockade, noon)
    few = {path: told(path) for path in LISTS}
    fill(range(FEW, FEW + MORE), blockade, noon)
    many = {path: told(path) for path in LISTS}

    # Labels are the house's, and there from the beginning.
    assert [path for path in LISTS if many[path][0] < few[path][0] + MORE] == ["labels"]
    assert [path for path in LISTS if many[path][1] > few[path][1]] in ([], [WHOLE])
    assert {path: many[path][1] for path in LISTS if many[path][1] > LISTS[path]} == {}
