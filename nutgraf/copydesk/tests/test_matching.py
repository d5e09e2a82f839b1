"""A block keeps its id for life, through an edit of the story as copy."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.copydesk import drafts, matching, writing
from nutgraf.copydesk.drafts import Draft, Part, bullet, point, sub_bullet
from nutgraf.copydesk.reading import read
from nutgraf.copydesk.tests.test_writing import points

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
ZONE = ZoneInfo("Europe/Oslo")


def named(body: list[Part]) -> list[Part]:
    """Return the body with ids that say in which order the blocks stand."""
    numbers = itertools.count()
    return matching.adopt(body, [], make_id=lambda: f"old-{next(numbers)}")


def blocks(body: list[Part]) -> Iterator[Part]:
    """Yield every block of a body with everything that stands in it."""
    for part in body:
        yield part
        if part["type"] in ("point", "paragraph"):
            for item in part["value"]["bullets"]:
                yield item
                yield from item["value"]["bullets"]
            yield from part["value"]["facts"]


def ids(body: list[Part]) -> list[str]:
    return [block["id"] for block in blocks(body)]


def without_ids(body: list[Part]) -> list[Part]:
    bare = copy.deepcopy(body)
    for block in blocks(bare):
        del block["id"]
    return bare


@pytest.fixture
def body() -> list[Part]:
    return named(
        [
            point(
                "Why it matters",
                "Bread comes by ship, and the bakers of three towns had none.",
                [
                    bullet("Flour for ten thousand loaves waited on the quay.", [sub_bullet("Rye waited longest.")]),
                    bullet("Fuel was rationed from Tuesday."),
                ],
            ),
            point("The details", "Divers cleared the last mine on Wednesday night."),
            point("", "Shops in the old town stayed shut."),
        ]
    )


@given(body=st.lists(points, max_size=4).map(named))
@settings(max_examples=60, deadline=None)
def test_a_body_that_was_not_edited_keeps_all_its_ids(body: list[Part]) -> None:
    assert ids(matching.adopt(without_ids(body), body)) == ids(body)


@given(new=st.lists(points, max_size=4), old=st.lists(points, max_size=4).map(named))
@settings(max_examples=60, deadline=None)
def test_no_id_is_given_twice_and_none_is_missing(new: list[Part], old: list[Part]) -> None:
    given_ids = ids(matching.adopt(new, old))

    assert all(given_ids)
    assert len(set(given_ids)) == len(given_ids)


def test_an_edited_moved_and_relabelled_block_keeps_its_id(body: list[Part]) -> None:
    edited = without_ids(body)
    edited[0]["value"]["text"] = "<p>Bread comes by ship, and the bakers of four towns had no flour.</p>"
    edited[1]["value"]["label"] = "How it happened"
    edited.reverse()

    again = matching.adopt(edited, body)

    assert [part["id"] for part in again] == [part["id"] for part in reversed(body)]


def test_a_bullet_that_moves_to_another_point_keeps_its_id(body: list[Part]) -> None:
    edited = without_ids(body)
    moved = edited[0]["value"]["bullets"].pop()
    edited[1]["value"]["bullets"].append(moved)

    again = matching.adopt(edited, body)

    assert again[1]["value"]["bullets"][0]["id"] == body[0]["value"]["bullets"][1]["id"]


def test_what_is_written_anew_gets_an_id_of_its_own(body: list[Part]) -> None:
    edited = without_ids(body)
    edited.insert(1, point("What's next", "The council meets on the first of the month to vote on the dredging."))

    again = matching.adopt(edited, body)

    assert again[1]["id"] not in ids(body)
    assert [part["id"] for part in again[:1] + again[2:]] == [part["id"] for part in body]


def test_a_nut_graf_that_is_rewritten_is_still_the_nut_graf(body: list[Part]) -> None:
    edited = without_ids(body)
    edited[0]["value"]["text"] = "<p>No other port within two days of sailing can take the grain fleet.</p>"
    edited[0]["value"]["bullets"] = []

    assert matching.adopt(edited, body)[0]["id"] == body[0]["id"]


def test_a_sentence_about_something_else_is_not_the_old_one_edited(body: list[Part]) -> None:
    edited = without_ids(body)
    edited[2]["value"]["text"] = "<p>A ferry to the islands runs again at noon.</p>"

    assert matching.adopt(edited, body)[2]["id"] not in ids(body)


def test_ids_survive_being_taken_out_as_copy_edited_and_put_back(body: list[Part]) -> None:
    story = Draft(headline="Harbour reopens", lede="Ships may enter.", body=body)
    taken_out = writing.write(story, at=NOON, zone=ZONE)

    edited = taken_out.replace("ten thousand loaves", "twelve thousand loaves").replace("Wednesday night", "Wednesday")
    [again] = drafts.drafts(read(edited, at=NOON, zone=ZONE))

    assert edited != taken_out
    assert ids(matching.adopt(again.body, body)) == ids(body)
