"""What the demo newsroom has written is complete, of the right length, true to its own facts and the same each time."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nutgraf.copydesk.house_labels import LABELS_BY_JOB
from nutgraf.copydesk.labels import label_key
from nutgraf.demo import content
from nutgraf.demo.content import newsroom
from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Part, PicturePlan, Status, StoryPlan
from nutgraf.stories import richtext

JOBS = {label_key(name): job for job, name in LABELS_BY_JOB}
COINED = {label_key(label) for label in ("Why the loaf matters", "What the tide did", "What we know")}
IN_WORDS = {
    **dict(
        zip(
            range(1, 21),
            [
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty",
            ],
            strict=True,
        )
    ),
    44: "forty-four",
}


def published(stories: list[StoryPlan]) -> list[StoryPlan]:
    return [story for story in stories if story.status is Status.PUBLISHED]


def texts(part: Part) -> Iterator[str]:
    """Every sentence that the part shows, as plain words."""
    value = part["value"]
    if "text" in value:
        yield richtext.plain(value["text"])
        for item in value["bullets"]:
            yield richtext.plain(item["value"]["text"])
            yield from (richtext.plain(sub["value"]) for sub in item["value"]["bullets"])
    elif part["type"] == "quote":
        yield value["words"]


def facts(story: StoryPlan, kind: str) -> Iterator[dict[str, Any]]:
    for part in story.parts:
        for fact in [part, *part["value"].get("facts", [])]:
            if fact["type"] == kind:
                yield fact["value"]


def points(story: StoryPlan) -> list[Part]:
    return [part for part in story.parts if part["type"] == "point"]


def test_enough_is_published_and_the_desk_is_alive(stories: list[StoryPlan]) -> None:
    status = Counter(story.status for story in stories)
    assert status[Status.PUBLISHED] >= 34
    assert (status[Status.DRAFT], status[Status.SUBMITTED], status[Status.SCHEDULED]) == (3, 1, 1)

    sections = Counter(story.section for story in published(stories))
    assert set(sections) == {section.slug for section in newsroom.SECTIONS}
    assert min(sections.values()) >= 5

    signed = {author for story in published(stories) for author in story.authors}
    assert signed == {author.key for author in newsroom.AUTHORS}


def test_every_story_has_the_length_of_a_short_one(stories: list[StoryPlan]) -> None:
    for story in stories:
        assert 8 <= len(story.headline.split()) <= 12, story.headline
        assert len(story.short_head.split()) <= 6, story.short_head
        assert not story.headline.endswith(".")
        assert 14 <= len(story.lede.split()) <= 60, story.slug
        assert len(re.findall(r"[.?!](?:\s|$)", story.lede)) <= 2, story.slug

    for story in published(stories):
        words = sum(len(text.split()) for part in story.parts for text in texts(part))
        assert 90 <= words <= 420, (story.slug, words)
        assert 3 <= len(points(story)) <= 7, story.slug


def test_every_published_story_says_why_it_matters_and_labels_are_known_or_coined(stories: list[StoryPlan]) -> None:
    for story in published(stories):
        keys = [label_key(part["value"]["label"]) for part in points(story)]
        assert {key for key in keys if key not in JOBS} <= COINED, story.slug
        assert any(JOBS.get(key) in ("WHY", "WIDE") or key.startswith("why") for key in keys), story.slug
        assert len(keys) == len(set(keys)), story.slug


def test_quotation_marks_apostrophes_and_dashes_are_typographic(stories: list[StoryPlan]) -> None:
    for story in stories:
        lines = [story.headline, story.short_head, richtext.plain(story.lede), story.eyebrow]
        lines += [text for part in story.parts for text in texts(part)]
        for line in lines:
            assert not re.search(r"[\"'`]|--|\.\.\.|  ", line), line
            assert line.count("\u201c") == line.count("\u201d"), line


def test_what_is_noted_as_a_fact_is_what_the_text_says(stories: list[StoryPlan]) -> None:
    for story in stories:
        for part in story.parts:
            said = " ".join([story.lede, *texts(part)])
            for fact in part["value"].get("facts", []):
                value = fact["value"]
                if fact["type"] == "quote":
                    for sentence in re.findall(r"[^.?!]+", value["words"]):
                        assert sentence.strip().casefold() in said.casefold(), (story.slug, sentence)
                    assert value["speaker"].split()[-1] in said, (story.slug, value["speaker"])
                elif fact["type"] == "number":
                    assert any(form in said.casefold() for form in spellings(value)), (story.slug, value)


def spellings(number: dict[str, Any]) -> list[str]:
    """The ways in which a text may say the number."""
    value = Decimal(number["value"])
    is_whole = value == int(value)
    plain = f"{int(value):,}" if is_whole else number["value"]
    in_words = IN_WORDS.get(int(value), "") if is_whole else ""
    return [form.casefold() for form in (number["wording"], plain, in_words) if form]


def test_dates_are_in_order(stories: list[StoryPlan], dates: Dates) -> None:
    for story in stories:
        if story.status is Status.SCHEDULED:
            assert story.at > dates.at
            continue
        assert story.at < dates.at, story.slug
        if story.updated_at:
            assert story.at < story.updated_at < dates.at, story.slug
            assert story.earlier, story.slug
        for number in facts(story, "number"):
            if number["as_of"]:
                assert datetime.date.fromisoformat(number["as_of"]) <= story.at.date(), (story.slug, number)
        for event in facts(story, "event"):
            starts = datetime.date.fromisoformat(event["starts"])
            if event["is_expected"]:
                assert starts > story.at.date(), (story.slug, event)


def test_news_of_today_follows_news_of_yesterday(dates: Dates) -> None:
    assert dates.ago(hours=8, minutes=20) > dates.clock(-1, 23, 59)


def test_days_in_the_text_are_the_days_in_the_data(stories: list[StoryPlan], dates: Dates) -> None:
    session = dates.on(2)

    said = [
        story.slug for story in stories if session in " ".join(text for part in story.parts for text in texts(part))
    ]
    noted = [
        story.slug
        for story in stories
        for event in facts(story, "event")
        if event["what"].startswith("Extraordinary session") and event["starts"] == dates.day(2).isoformat()
    ]

    assert {"sollen-soldiers", "three-tables"} <= set(said) & set(noted)


def test_the_crisis_is_told_from_three_sides_in_numbers_that_change(stories: list[StoryPlan]) -> None:
    told = [story for story in published(stories) if "Verrane" in str(story)]
    assert len({story.section for story in told}) >= 3
    assert len(told) >= 9

    for counts, least in ((counted.DEATHS, 4), (counted.LOAF, 2), (counted.BARGES, 3), (counted.BORDER, 2)):
        series = {
            (number["as_of"], int(number["value"]))
            for story in published(stories)
            for number in facts(story, "number")
            if number["counts"] == counts
        }
        days = [day for day, _ in series]
        assert len(series) >= least, counts
        assert len(days) == len(set(days)), (counts, sorted(series))

    toll = sorted(
        (number["as_of"], int(number["value"]))
        for story in published(stories)
        for number in facts(story, "number")
        if number["counts"] == counted.DEATHS
    )
    assert [count for _, count in toll] == sorted(count for _, count in toll)


def test_talks_are_scheduled_for_the_coming_days(stories: list[StoryPlan], dates: Dates) -> None:
    coming = {
        (event["starts"], event["place"])
        for story in published(stories)
        for event in facts(story, "event")
        if dates.at.date() < datetime.date.fromisoformat(event["starts"]) <= dates.day(8)
    }
    assert len(coming) >= 3


def test_every_picture_has_its_three_texts_and_is_used(stories: list[StoryPlan], library: list[PicturePlan]) -> None:
    keys = [picture.key for picture in library]
    assert len(keys) == len(set(keys)) >= 16
    for picture in library:
        assert picture.caption.endswith("."), picture.key
        assert picture.alt_text.endswith("."), picture.key
        assert len(picture.alt_text) <= 255, picture.key
        assert picture.credit_line.endswith("/The Almery Bell"), picture.key

    used = {story.picture for story in stories} - {""}
    used |= {part["value"]["picture"] for story in stories for part in story.parts if part["type"] == "picture"}
    assert used == set(keys)


def test_fronts_name_stories_of_their_own(stories: list[StoryPlan]) -> None:
    sections = {story.slug: story.section for story in published(stories)}
    assert len(sections) == len(published(stories))
    for section in newsroom.SECTIONS:
        assert sections[section.lead] == section.slug
    assert {newsroom.FRONT_LEAD, *newsroom.FRONT_PINS} <= set(sections)


def test_the_same_moment_gives_the_same_newsroom(dates: Dates) -> None:
    assert content.stories(dates) == content.stories(Dates(dates.at))
