"""What everybody may read: what is public, all of it, and nothing else."""

from __future__ import annotations

import datetime

import pytest

from nutgraf.api.samples import Program, make_token
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import event, make_story, number, point, quote

pytestmark = pytest.mark.django_db
anybody = Program()


def test_a_story_is_read_with_its_blocks_and_whole_of_facts(noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", point("Why it matters", "Bread comes by <b>ship</b>.", "Nine days."), at=noon)

    told = anybody.get(f"stories/{story.pk}").json()

    assert told["headline"] == "Harbour reopens"
    assert told["section"]["slug"] == "world"
    assert [author["name"] for author in told["authors"]] == ["Rosa Vale"]
    block = told["body"][0]
    assert block["type"] == "point"
    assert block["id"] == story.body[0].id
    assert block["value"]["text"] == "Bread comes by <b>ship</b>."
    assert block["value"]["bullets"][0]["text"] == "Nine days."
    assert told["changes"] == []


def test_a_draft_is_not_there_for_anybody(noon: datetime.datetime) -> None:
    story = make_story("Nobody knows", at=noon, is_draft=True)

    assert anybody.get(f"stories/{story.pk}").status_code == 404
    assert anybody.get(f"stories/{story.pk}/copy").status_code == 404
    assert "Nobody knows" not in anybody.get("stories").content.decode()


def test_what_is_scheduled_or_under_embargo_is_not_there(eli, noon: datetime.datetime) -> None:
    story = make_story("Not before noon", at=noon, is_draft=True)
    actions.schedule(story=story, by=eli, at=noon + datetime.timedelta(days=900))

    assert anybody.get(f"stories/{story.pk}").status_code == 404


def test_words_of_a_draft_of_a_public_story_are_not_shown(noon: datetime.datetime, eli) -> None:
    story = make_story("Harbour reopens", at=noon)
    story.title = "Harbour reopens, says our secret source"
    actions.revise(story=story, by=eli)

    for path in (
        f"stories/{story.pk}",
        f"stories/{story.pk}/copy",
        "stories",
        "quotes",
        "numbers",
        "events?since=2020-01-01",
    ):
        assert "secret source" not in anybody.get(path).content.decode()


def test_a_story_that_was_withdrawn_says_why_and_nothing_else(noon: datetime.datetime, eli) -> None:
    story = make_story("Harbour reopens", quote("It is open.", "Ines Maro"), at=noon)
    actions.withdraw(story=story, reason="The harbour is closed.", by=eli, at=noon)

    answer = anybody.get(f"stories/{story.pk}")

    assert answer.status_code == 410
    assert answer.json()["detail"] == "The harbour is closed."
    assert "Harbour reopens" not in answer.content.decode()
    assert anybody.get("quotes").json()["items"] == []
    assert anybody.get(f"stories/{story.pk}/copy").status_code == 410


def test_a_story_is_read_as_copy(noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", at=noon)

    answer = anybody.get(f"stories/{story.pk}/copy")

    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Harbour reopens" in answer.content.decode()


def test_what_is_not_to_be_republished_says_so_and_is_not_given_as_copy(noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", at=noon, is_not_to_republish=True)

    answer = anybody.get(f"stories/{story.pk}/copy")

    assert (answer.status_code, "somebody else's" in answer.json()["detail"]) == (404, True)
    assert anybody.get(f"stories/{story.pk}").json()["is_not_to_republish"] is True


@pytest.mark.parametrize("stream", ["", "section=world", "author=rosa-vale", "label=why-it-matters"])
def test_a_stream_is_read_to_its_end_by_its_cursors(stream: str, noon: datetime.datetime) -> None:
    made = [make_story(f"Part {place}", at=noon + datetime.timedelta(minutes=place)) for place in range(23)]

    found, cursor = [], ""
    while cursor is not None:
        page = anybody.get(f"stories?{stream}&cursor={cursor}").json()
        found += [story["id"] for story in page["items"]]
        cursor = page["next_cursor"]

    assert found == [story.pk for story in reversed(made)]


def test_stories_of_another_section_are_left_out(noon: datetime.datetime) -> None:
    make_story("Budget passed", at=noon, section=make_section("Politics"))
    make_story("Harbour reopens", at=noon)

    page = anybody.get("stories?section=politics").json()

    assert [story["headline"] for story in page["items"]] == ["Budget passed"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("stories?section=nowhere", 404, "none of this slug"),
        ("stories?section=world&author=rosa-vale", 422, "one stream at a time"),
        ("stories?cursor=rubbish", 422, "no cursor"),
        ("quotes?cursor=-1", 422, "no cursor"),
        ("events?cursor=2026-99-99.1", 422, "no cursor"),
        ("events?since=yesterday", 422, "not what is asked for"),
        ("stories/99999999999999999999", 422, "not what is asked for"),
        ("stories/12345", 404, "nothing here"),
        ("nowhere", 404, "nothing here"),
        ("no%0Awhere", 404, "nothing here"),
    ],
)
def test_a_mistake_is_told_as_a_problem(path: str, status: int, words: str, noon: datetime.datetime) -> None:
    make_section()
    make_author()

    answer = anybody.get(path)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert answer.json()["status"] == status


def test_facts_are_read_across_stories(noon: datetime.datetime) -> None:
    day = noon.date()
    facts = [quote("We waited.", "Ines Maro", "pilot"), number("2500", "tonnes", unit="t"), event("Talks", starts=day)]
    story = make_story("Harbour reopens", *facts, at=noon)

    said = anybody.get("quotes").json()["items"][0]
    counted = anybody.get("numbers").json()["items"][0]
    dated = anybody.get(f"events?since={day}").json()["items"][0]

    assert (said["words"], said["speaker"], said["role"], said["story"]) == (
        "We waited.",
        "Ines Maro",
        "pilot",
        story.pk,
    )
    assert said["address"].endswith(f"#b-{story.body[0].id}")
    assert (counted["value"], counted["unit"], counted["counts"]) == ("2500", "t", "tonnes")
    assert (dated["what"], dated["starts"]) == ("Talks", day.isoformat())
    assert anybody.get(f"events?since={day + datetime.timedelta(days=1)}").json()["items"] == []
    assert anybody.get("quotes?speaker=Nobody").json()["items"] == []


def test_events_are_read_to_their_end_by_their_cursors(noon: datetime.datetime) -> None:
    days = [noon.date() + datetime.timedelta(days=place // 3) for place in range(25)]
    make_story("A long summer", *(event(f"Day {place}", starts=day) for place, day in enumerate(days)), at=noon)

    found, cursor = [], ""
    while cursor is not None:
        page = anybody.get(f"events?since={noon.date()}&cursor={cursor}").json()
        found += [one["what"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert found == [f"Day {place}" for place in range(25)]


def test_what_has_not_changed_is_not_sent_again(noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", at=noon)
    etag = anybody.get(f"stories/{story.pk}")["ETag"]

    answer = anybody.get(f"stories/{story.pk}", If_None_Match=etag)

    assert answer.status_code == 304
    assert answer.content == b""


def test_a_token_reads_of_what_is_public_just_what_everybody_does(noon: datetime.datetime, eli) -> None:
    story = make_story("Harbour reopens", at=noon)
    program = Program(make_token(eli))

    assert program.get(f"stories/{story.pk}").content == anybody.get(f"stories/{story.pk}").content


def test_there_is_nothing_to_post_to_where_one_reads(noon: datetime.datetime) -> None:
    answer = anybody.post("stories", {})

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert answer["Content-Type"] == "application/problem+json"
