"""Copy that is written reads as the same story again, whatever the story says."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nutgraf.copydesk import drafts, inline, normal, writing
from nutgraf.copydesk.corpus import Piece, pieces
from nutgraf.copydesk.drafts import Draft, bullet, point, sub_bullet
from nutgraf.copydesk.reading import read

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
ZONE = ZoneInfo("Europe/Oslo")
FORMS = ["markdown", "text"]

# What a story may well say and what the grammar of copy takes for something else.
TRAPS = [
    "- a dash", "# 1 in the charts", "1. First", "Why it matters: bread", "Photo: Ana Ruiz/AFP", "By Ana Ruiz",
    "[quote] said", "[noted only]", "a | speaker: b", "||", "|", "**", "*", "_", "<b>", "&amp;", "Read more",
    "Updated 3 hours ago", "OSLO (AP) — ", "Slug: x", "“We will not wait,” Ana Ruiz said.", "2,500 soldiers",
    "talks open on Jan. 10 in Geneva", "•", "---", "> ", "\\", "`", "![x](y)", "[x](y)", "Share", "\u00a0", "العمال",
]  # fmt: skip

words = st.lists(
    st.one_of(
        st.sampled_from(TRAPS), st.sampled_from("the harbour opens again on Thursday".split()), st.text(max_size=8)
    ),
    max_size=8,
).map(" ".join)
links = st.sampled_from(["", "", "https://example.org/a_(b)?c=d|e&f=g#h", "mailto:a@example.org", "page:12"])
texts = st.lists(st.builds(inline.Run, words, st.booleans(), st.booleans(), links), max_size=4).map(inline.as_html)
dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)).map(str)
figures = st.one_of(st.integers(-(10**15), 10**15).map(str), st.decimals(-10000, 10000, places=3).map(str))


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), strategy)


quotes = st.fixed_dictionaries(dict.fromkeys(("words", "speaker", "role", "affiliation", "said_to"), words))
numbers = st.fixed_dictionaries(
    {
        "value": optional(figures), "value_to": st.none(), "wording": words, "unit": words, "counts": words,
        "as_of": optional(dates), "source": words,
    }
)  # fmt: skip
events = st.fixed_dictionaries(
    {
        "what": words, "place": words, "starts": optional(dates), "ends": optional(dates),
        "time": optional(st.times().map(str)), "precision": st.sampled_from(["DAY", "MONTH", "YEAR"]), "is_expected": st.booleans(),
    }
)  # fmt: skip
pictures = st.fixed_dictionaries(
    {"picture": optional(st.integers(1, 10**6)), "caption": words, "alt_text": words}  # type: ignore[arg-type]  # a number, not words
)


def part(kind: str) -> st.SearchStrategy[drafts.Part]:
    values = {"quote": quotes, "number": numbers, "event": events, "picture": pictures}[kind]
    return values.map(lambda value: {"type": kind, "value": value})


facts = st.one_of(part("quote"), part("number"), part("event"))
bullets = st.lists(st.builds(bullet, texts, st.lists(texts.map(sub_bullet), max_size=2)), max_size=3)
points = st.builds(point, words, texts, bullets, st.lists(facts, max_size=2))
stories = st.builds(
    Draft,
    headline=words,
    short_head=words,
    slug=words,
    eyebrow=words,
    section=words,
    bylines=st.lists(words, max_size=3),
    dateline_place=words,
    dateline_date=optional(dates),
    published_at=st.sampled_from([None, "2026-11-20T08:00:00+01:00"]),
    lede=texts,
    hero=st.one_of(st.none(), pictures),
    body=st.lists(st.one_of(points, points, facts, part("picture")), max_size=4),
    key=st.one_of(st.just(""), st.uuids().map(lambda one: one.hex)),
)


def written(draft: Draft, form: writing.Form) -> str:
    return writing.write(draft, at=NOON, zone=ZONE, form=form)


def understood(copy: str) -> list[Draft]:
    return drafts.drafts(read(copy, at=NOON, zone=ZONE))


@pytest.mark.parametrize("form", FORMS)
@given(story=stories)
@settings(max_examples=100, deadline=None)
@example(story=Draft(headline="a", bylines=["By"], body=[point("", "")]))
@example(story=Draft())
def test_a_story_that_is_written_and_read_again_is_the_same(form: writing.Form, story: Draft) -> None:
    again = understood(written(story, form))

    assert [normal.draft(one, is_plain=form == "text") for one in again] == [
        normal.draft(story, is_plain=form == "text")
    ]


@pytest.mark.parametrize("piece", [*pieces("dev"), *pieces("test")], ids=lambda piece: piece.name)
@pytest.mark.parametrize("form", FORMS)
def test_copy_that_was_read_is_stable_from_the_first_writing_on(form: writing.Form, piece: Piece) -> None:
    first = drafts.drafts(read(piece.source, at=piece.at, zone=piece.zone))

    copy = writing.write_all(first, at=piece.at, zone=piece.zone, form=form)
    again = drafts.drafts(read(copy, at=piece.at, zone=piece.zone))

    assert [normal.draft(one, is_plain=form == "text") for one in again] == [
        normal.draft(one, is_plain=form == "text") for one in first
    ]
    assert writing.write_all(again, at=piece.at, zone=piece.zone, form=form) == copy


def test_an_ordinary_story_is_written_as_one_would_write_it() -> None:
    story = Draft(
        headline="Harbour reopens after nine days",
        eyebrow="Exclusive",
        bylines=["Rosa Lind", "Eli Marsh"],
        section="Region",
        dateline_place="PORT SELVA",
        published_at="2026-11-20T08:00:00+01:00",
        lede='Ships may enter the <a href="https://example.org/a">harbour</a> again from <b>noon</b>.',
        body=[
            point(
                "Why it matters", "Bread comes by ship.", [bullet("Flour was <i>short</i>.", [sub_bullet("Rye, too.")])]
            ),
            point("", "Shops were shut."),
        ],
        key="0123456789abcdef0123456789abcdef",
    )

    assert written(story, "markdown") == (
        """[story] 0123456789abcdef0123456789abcdef | form: markdown | published: 2026-11-20T08:00:00+01:00
Exclusive
# Harbour reopens after nine days
Section: Region
By Rosa Lind and Eli Marsh

PORT SELVA — Ships may enter the [harbour](https://example.org/a) again from **noon**.

**Why it matters:** Bread comes by ship.

- Flour was *short*.
    - Rye, too.

Shops were shut.
"""
    )


def test_facts_that_the_words_say_are_not_written_twice() -> None:
    copy = "Harbour opens\n\nShips may enter.\n\nBy the numbers: 300 ships wait, the port authority said.\n"
    [story] = understood(copy)

    assert story.body[0]["value"]["facts"]
    assert "[noted" not in written(story, "markdown")


def test_facts_that_an_editor_took_out_stay_out() -> None:
    [story] = understood(
        "Harbour opens\n\nShips may enter.\n\nBy the numbers: 300 ships wait, the port authority said.\n"
    )
    story.body[0]["value"]["facts"] = []

    copy = written(story, "markdown")

    assert "[noted only]" in copy
    assert understood(copy)[0].body[0]["value"]["facts"] == []


def test_thursday_stays_the_thursday_of_the_day_of_writing() -> None:
    story = Draft(
        headline="Talks", lede="They talk.", body=[point("What's next", "Talks open in Geneva next Thursday.")]
    )
    [first] = understood("Talks\n\nThey talk.\n\nWhat's next: Talks open in Geneva next Thursday.")
    story.body = first.body

    copy = written(story, "text")
    later = drafts.drafts(read(copy, at=NOON + datetime.timedelta(days=30), zone=ZONE))

    assert later[0].body[0]["value"]["facts"] == first.body[0]["value"]["facts"] != []
