"""Events are put on their day, month or year, seen from the story's own day, and dates that date no happening are left alone."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import reading

# A Thursday.
AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)


def events(text, at=AT):
    copy = reading.read(f"A headline\n\nNothing happens here.\n\n{text}\n", at=at, zone=ZoneInfo("UTC"))
    return copy.stories[0].events


@pytest.mark.parametrize(
    ("text", "starts", "ends", "precision"),
    [
        ("The mill opens on May 4.", "2026-05-04", None, "DAY"),
        ("The mill opens on 4 May.", "2026-05-04", None, "DAY"),
        ("The mill opens on 4th of May 2027.", "2027-05-04", None, "DAY"),
        ("The mill opens on 2026-05-04.", "2026-05-04", None, "DAY"),
        ("The mill opened on Dec. 30.", "2025-12-30", None, "DAY"),
        ("The mill will open on Jan. 10.", "2027-01-10", None, "DAY"),
        ("The fair runs from April 10-12.", "2026-04-10", "2026-04-12", "DAY"),
        ("The fair runs from April 30 to May 2.", "2026-04-30", "2026-05-02", "DAY"),
        ("The council will meet between 1 and 4 April.", "2026-04-01", "2026-04-04", "DAY"),
        ("The mill opens on Monday.", "2026-03-09", None, "DAY"),
        ("The mill burned on Monday.", "2026-03-02", None, "DAY"),
        ("The mill burned late Monday night.", "2026-03-02", None, "DAY"),
        ("Members voted to leave the mill where it is on Tuesday.", "2026-03-03", None, "DAY"),
        ("They will be mended and sold on March 3.", "2027-03-03", None, "DAY"),
        ("Rain follows on Monday.", "2026-03-09", None, "DAY"),
        ("The fair had been planned for February.", "2026-02-01", None, "MONTH"),
        ("A thief made off with the town's recycling plan on Tuesday.", "2026-03-03", None, "DAY"),
        ("She urged people to stay home on Friday.", "2026-03-06", None, "DAY"),
        ("The road is closed until Friday.", "2026-03-06", None, "DAY"),
        ("The town has been told to save water since March 1.", "2026-03-01", None, "DAY"),
        ("The mill burned yesterday.", "2026-03-04", None, "DAY"),
        ("The mill opens tomorrow.", "2026-03-06", None, "DAY"),
        ("The mill burned three days ago.", "2026-03-02", None, "DAY"),
        ("The trial will begin in two weeks.", "2026-03-19", None, "DAY"),
        ("Talks resume next week.", "2026-03-09", None, "DAY"),
        ("The mill burned last week.", "2026-02-23", None, "DAY"),
        ("The mill opens in June.", "2026-06-01", None, "MONTH"),
        ("The mill opens in mid-June.", "2026-06-01", None, "MONTH"),
        ("The mill could open as early as September.", "2026-09-01", None, "MONTH"),
        ("The mill opens next month.", "2026-04-01", None, "MONTH"),
        ("The mill must be shut by the end of April.", "2026-04-01", None, "MONTH"),
        ("Rain is due from June to August.", "2026-06-01", "2026-08-01", "MONTH"),
        ("The mill opens in 2028.", "2028-01-01", None, "YEAR"),
        ("The mill opens in early 2027.", "2027-01-01", None, "YEAR"),
        ("The mill opens by the end of the year.", "2026-01-01", None, "YEAR"),
        ("The fair was moved from April 14 to April 21.", "2026-04-21", None, "DAY"),
        ("The launch slipped from April 14 to April 21.", "2026-04-21", None, "DAY"),
        ("The launch slipped, at the last moment, to April 21.", "2026-04-21", None, "DAY"),
        ("Work on the School of Getting Lost will begin on Saturday 17 October.", "2026-10-17", None, "DAY"),
    ],
)
def test_an_event_is_put_on_its_day_month_or_year(text, starts, ends, precision):
    (event,) = events(text)

    assert (event.starts, event.ends, event.precision) == (starts, ends, precision)


@pytest.mark.parametrize(
    "text",
    [
        "The mill burned today.",
        "The mill burned on Thursday.",
        "The mill is open this week.",
        "The mill opens on Sundays and every Monday.",
        "The mill opens in spring.",
        "The mill burned in 1987.",
        "The mill ran in the 1990s and from 2011 to 2014.",
        "The Jan. 6 panel has a mill.",
        "As of March 3, the mill is shut.",
        "The mill is shut, the council said on Monday.",
        "Ida Brook told the council on Monday night that it was shut.",
        "Last week, the palace said that the mill was shut.",
        "A survey suggested in December that it was shut.",
        "His wife noticed on the Tuesday.",
        "Prices rose 2.4% in January.",
        "The mean wait was 97 minutes in January.",
        "Last week's forecast of snow was wrong.",
        "Rents rose 0.1% from December.",
        "Traders see a 78% chance, up from 55% a week ago.",
        "It was built in three weeks.",
        "The company had 14 million users in January.",
        "In a statement released Monday, police gave no names.",
        "You may march in May’s hat.",
    ],
)
def test_a_date_that_dates_no_happening_is_no_event(text):
    assert [event.text for event in events(text)] == []


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("Talks resume in Geneva on May 4.", "Talks resume", "Geneva"),
        ("On May 4, talks resume in Geneva.", "talks resume", "Geneva"),
        ("The pilots will vote by mid-December 2031.", "The pilots will vote", ""),
        ("The trial opens on May 4 in Port Ellis.", "The trial opens", "Port Ellis"),
        ("Prices matter ahead of Monday's budget talks.", "budget talks", ""),
        ("They meet in Finland's capital on May 4.", "They meet in Finland's capital", "Finland"),
    ],
)
def test_an_event_says_what_happens_and_where(text, what, place):
    (event,) = events(text)

    assert (event.what, event.place) == (what, place)


def test_what_was_decided_on_a_day_of_its_own_happens_on_another():
    found = events("The council voted 6-2 on Monday to end service on March 1.")

    assert [event.starts for event in found] == ["2026-03-02", "2027-03-01"]


def test_two_dates_in_a_sentence_are_two_events():
    found = events("The trial opens on May 4 in Port Ellis and is expected to last until early June.")

    assert [(event.starts, event.what) for event in found] == [
        ("2026-05-04", "The trial opens"),
        ("2026-06-01", "The trial is expected to last"),
    ]


@pytest.mark.parametrize(
    ("text", "is_expected"),
    [
        ("The mill opens on May 4.", False),
        ("The mill may open on May 4.", True),
        ("The mill is expected to open on April 4.", True),
        ("The mill was opened on 3 May 1961 in Lodden.", False),
    ],
)
def test_what_is_planned_is_expected_and_may_the_month_expects_nothing(text, is_expected):
    assert events(text)[0].is_expected is is_expected


def test_an_event_has_its_clock_time_if_the_copy_has():
    assert events("The mill opens at 9:15 p.m. on May 4.")[0].time == "21:15"


def test_dates_are_seen_from_the_day_that_the_story_was_published():
    text = "A headline\n\nJan 5, 2022\n\nTalks resume on Monday.\n"

    (event,) = reading.read(text, at=AT, zone=ZoneInfo("UTC")).stories[0].events

    assert event.starts == "2022-01-10"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("The town will shut the mill from Monday.", "2026-03-09"),
        ("The town may cut the power on Monday.", "2026-03-09"),
        ("Nobody in the mill was told before Monday.", "2026-03-02"),
        ("The mill must be empty before Monday.", "2026-03-09"),
    ],
)
def test_a_weekday_is_on_the_side_that_the_verb_points_to(text, starts):
    assert [event.starts for event in events(text)] == [starts]


def test_the_parts_of_a_list_are_events_of_their_own():
    found = events(
        "Next are a meeting of the Lodden Council on April 12 and the League for Work and Cooperation in Europe on April 13."
    )

    assert [(event.starts, event.what, event.place) for event in found] == [
        ("2026-04-12", "Next are a meeting of the Lodden Council", ""),
        ("2026-04-13", "the League for Work and Cooperation in Europe", ""),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Brook said “nobody” was told before Monday.", "Brook said “nobody” was told"),
        ("A foal is due in July 2026.", "A foal is due"),
    ],
)
def test_the_words_of_an_event_are_whole(text, what):
    assert [event.what for event in events(text)] == [what]


def test_a_part_of_this_year_with_an_expectation_is_an_event_of_the_year():
    (event,) = events("The mill is expected to open in late 2026.")

    assert (event.starts, event.precision) == ("2026-01-01", "YEAR")


def test_what_is_expected_of_a_part_of_the_year_stands_after_it():
    (event,) = events("It alters the plan for late 2026, when the mill was expected to open.")

    assert (event.starts, event.what, event.is_expected) == ("2026-01-01", "the mill was expected to open", True)


@pytest.mark.parametrize(
    ("text", "what", "starts"),
    [
        ("The repair will be done by mid-December.", "The repair will be done", "2026-12-01"),
        ("A pike stolen in January was found on its steps on Monday.", "A pike was found on its steps", "2026-03-02"),
        ("The next hearing, on July 2, is about the wharf.", "The next hearing is about the wharf", "2026-07-02"),
        ("They have asked for a return match in April.", "They have asked for a return match", "2026-04-01"),
        ("The cabins went up in November.", "The cabins went up", "2025-11-01"),
        ("Sunday is the last day to register.", "the last day to register", "2026-03-08"),
    ],
)
def test_what_happens_is_said_whole_and_on_the_day_that_its_sentence_tells(text, what, starts):
    assert (what, starts) in [(event.what, event.starts) for event in events(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sunday is the only day many families can come.",
        "Pepper needs water in March.",
        "Prices went up in November.",
        "The figures for January and February were lowered.",
        "Growers pick between 2 and 6 a.m.",
    ],
)
def test_what_is_so_every_time_and_what_a_month_only_dates_is_no_event(text):
    assert events(text) == []
