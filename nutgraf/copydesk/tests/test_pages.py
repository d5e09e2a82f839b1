"""What pages and letters set round a story is left over, and what they set in an unusual place is found."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import credits, datelines, promos
from nutgraf.copydesk.reading import read

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
HEADLINE = "Crews walk out over night shifts"
LEDE = "Crews at the harbour stopped work on Tuesday, and the cranes stood still."
MORE = "They want Sundays off, and they want them in writing."


def stories(source, form="text"):
    return read(source, at=AT, zone=ZoneInfo("UTC"), form=form).stories


def shown(source, form="text"):
    (one,) = stories(source, form)
    return one.headline.text, [name.text for name in one.bylines], one.lede.text


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE}\nThe harbour is quiet. Nobody knows for how long.\n\nBy Ida Brook\n\n",
        f"{HEADLINE}\n\nThe harbour is quiet.\n\nCranes at dusk\nThe cranes on Monday. Photo: Tom Vale/AP\nBy Ida Brook\n\n",
        f"{HEADLINE}\n2 hours ago\n\nShare\n\nSave\n\nAdd as preferred on Search\n\nIda Brook\n\n",
        f"{HEADLINE}\n\nIda Brook in Larkhaven\nThu 5 Mar 2026 10.15 GMT\nShare\n\n",
        f"Home News World Sport Travel Weather\n\n{HEADLINE}\n\nBy Ida Brook\n\nShare full article\n\n54\n\n",
        f"Menu  Search\n\n{HEADLINE}\n\nIda Brook\n2 hours ago - World\n\n",
        f"Keep up with the strike in our app\n\n{HEADLINE}\n\nIda Brook\n2 hours ago - World\n\n",
        f"Get the Harbour Ledger's free evening letter\n\n{HEADLINE}\n\nIda Brook\n2 hours ago - World\n\n",
        f"{HEADLINE}\nIda Brook at Pier Nine\nCranes at dusk. Photo: Tom Vale/AP\n\n",
        f"{HEADLINE}\n\nIda Brook\nBBC Radio Harbour\n5 March 2026\n\n",
        f"{HEADLINE}\n\nWritten by Ida Brook, Senior Correspondent | Mirpalli\n\nPublished on: Oct 07, 2025 09:12 PM IST\n\n",
        f"THE HARBOUR WEEKLY\nThursday 5 March 2026\n\nIN THIS ISSUE\n* Crews\n\n====\n\n{HEADLINE}\n\nBy Ida Brook\n\n",
    ],
)
def test_what_stands_between_headline_and_lede_is_neither(head):
    assert shown(head + LEDE) == (HEADLINE, ["Ida Brook"], LEDE)


def test_bullets_between_headline_and_byline_are_of_the_story():
    (one,) = stories(f"{HEADLINE}\n- Cranes stand still\n- No talks are planned\n\nBy Ida Brook\n\n{LEDE}")

    assert [bullet.text for bullet in one.points[0].bullets] == ["Cranes stand still", "No talks are planned"]
    assert one.lede.text == LEDE


@pytest.mark.parametrize(
    "block",
    [
        "skip past newsletter promotion\nDaybreak\nThe news, before it is any\nafter newsletter promotion",
        "Evening Desk\nAll of the day in a letter, every evening.\nYour email\nSIGN UP",
        "Related article\nA crane at dusk\nWhy cranes lean\n2 min read",
        "How the strike began 04:12",
        "Advertisement 2",
    ],
)
def test_a_block_between_paragraphs_is_left_over(block):
    (one,) = stories(f"{HEADLINE}\n\nBy Ida Brook\n\n{LEDE}\n\n{block}\n\n{MORE}")

    assert [point.text for point in one.points] == [MORE]


def test_other_stories_with_their_times_begin_none():
    list_below = (
        "More on this story\nCranes lean\n14 January\nPort sleeps\n2 days ago\nRelated internet links\nHarbour Board"
    )

    assert len(stories(f"{HEADLINE}\n\nBy Ida Brook\n\n{LEDE}\n\n{MORE}\n\n{list_below}")) == 1


def test_cards_that_are_signed_below_their_text_keep_who_signed_them():
    card = "{}\n{}\n{} · 2 hours ago\nTom Vale/AFP via Reuters\n\n"
    source = card.format(HEADLINE, LEDE, "Ida Brook") + card.format("Why do cranes lean so far?", MORE, "Ana Reyes")

    assert [[name.text for name in one.bylines] for one in stories(source)] == [["Ida Brook"], ["Ana Reyes"]]


@pytest.mark.parametrize(
    ("letter", "form"),
    [
        (f"The Harbour Note\nTuesday 5 March\n\nHARBOUR\n\n{HEADLINE}\n\n{LEDE}\n\nRAIL\n\nTrains stand still, too\n\n{MORE}", "text"),
        (f"# The Note\n\nGood morning.\n\n## {HEADLINE}\n\n*By Ida Brook*\n\n{LEDE}\n\n## Trains stand still, too\n\n*By Ola Berg*\n\n{MORE}", "markdown"),
        (f"# The Note\n\nFog until ten.\n\n### 1. {HEADLINE}\n\n{LEDE}\n\n**Why it matters:** {MORE}\n\n### 2. Trains stand still, too\n\n{LEDE}\n\n**The latest:** {MORE}", "markdown"),
    ],
)  # fmt: skip
def test_the_items_of_a_letter_are_told_by_what_stands_over_each(letter, form):
    assert [one.headline.text for one in stories(letter, form)] == [HEADLINE, "Trains stand still, too"]


def test_a_headline_may_be_two_sentences():
    headline = "She planted 400 oaks in parking lots. Nobody noticed for six years"
    (one,) = stories(f"Log in\nHarbour\n{headline}\nA surveyor found the gaps\n\nBy Ida Brook\n\n{LEDE}")

    assert (one.headline.text, one.eyebrow.text) == (headline, "Harbour")


def test_a_headline_in_capitals_that_is_pasted_twice_is_one_line():
    headline = "ROOF OF THE OLD HARBOUR IS SAVED BY ITS BATS"
    (one,) = stories(f"{headline}\n{headline}\nBy Ida Brook\n\n{LEDE}")

    assert one.headline.text == headline


def test_a_card_that_breaks_off_in_its_first_sentence_keeps_it():
    first = f"{HEADLINE}\n\nIda Brook\n2 hours ago - World\n\n{LEDE}"
    second = "Nurses walk out, too\n\nOla Berg\n3 hours ago - World\n\nThe clinic. Photo: Jo Lind/AP\n\nNurses at three clinics"

    assert [one.lede.text for one in stories(f"{first}\n\n{second}")] == [LEDE, "Nurses at three clinics"]


def test_a_clock_time_with_its_zone_above_a_headline_is_the_posts():
    (one,) = stories(f"10:40 GMT\n{HEADLINE}\nBy Ida Brook\n\n{LEDE}")

    assert [time.at for time in one.times] == ["2026-03-05T10:40:00+00:00"]


def test_whom_to_call_does_not_swallow_a_release_without_blank_lines():
    dateline = "LARKHAVEN, March 5, 2026 /PRNewswire/ -- "
    (one,) = stories(
        f"FOR IMMEDIATE RELEASE\nContact: Jo Lind, 555-0142\nPort to Open a Pier for Crews of All the Ships in the Bay\n{dateline}{LEDE}\n{MORE}"
    )

    assert one.lede.text == LEDE


def test_a_block_quotation_may_have_its_speaker_in_a_paragraph_of_its_own():
    quotation = "<blockquote><p>We will not wait any longer.</p><p>&mdash; Ana Reyes, mayor</p></blockquote>"
    (one,) = stories(f"<h1>{HEADLINE}</h1><p>{LEDE}</p>{quotation}<p>{MORE}</p>", "html")

    assert [(quote.words, quote.speaker) for quote in one.quotes] == [("We will not wait any longer.", "Ana Reyes")]


def test_small_print_at_the_end_of_a_caption_is_its_credit():
    figure = (
        "<figure><img src='a.jpg'><figcaption>A crane on Tuesday <small>Jo Lind / ANSA</small></figcaption></figure>"
    )
    (one,) = stories(f"<h1>{HEADLINE}</h1>{figure}<p>{LEDE}</p>", "html")

    assert [(one.caption, one.credit.agency) for one in one.pictures] == [("A crane on Tuesday", "ANSA")]


def test_a_letter_of_items_has_no_greeting_and_no_sponsor_in_them():
    letter = (
        "Harbour AM\nBy Ida Brook · Mar 5, 2026\n\nGood morning! It is foggy.\n\n1 main thing: Crews walk out\n\n"
        f"{LEDE}\n\nWhy it matters: {MORE}\n\nA MESSAGE FROM OATS\nBreakfast, slower\nBook now: https://oats.example\n\n"
        f"2. Cranes lean\n\n{MORE}\n\nThe bottom line: They lean."
    )

    assert [one.headline.text for one in stories(letter)] == ["1 main thing: Crews walk out", "Cranes lean"]
    assert [len(one.points) for one in stories(letter)] == [1, 1]


@pytest.mark.parametrize(
    "lines",
    ["Getty Images\nThe cranes on Monday", "PA Media A crane leans over a quay\nThe cranes on Monday"],
)
def test_a_caption_stands_below_its_agency(lines):
    (one,) = stories(f"{HEADLINE}\n2 hours ago\n\n{lines}\n{LEDE}")

    assert (one.pictures[0].caption, one.lede.text) == ("The cranes on Monday", LEDE)


@pytest.mark.parametrize(
    ("line", "caption", "chain"),
    [
        ("Cranes stand still.Image: Tom Vale/dpa", "Cranes stand still.", ("Tom Vale", "dpa", "")),
        ("Tom Vale | Bloomberg | Getty Images", "", ("Tom Vale", "Bloomberg", "Getty Images")),
        ("A crane. (Photo by Tom Vale / AFP) (Photo by TOM VALE/AFP via Getty Images)", "A crane.",
         ("TOM VALE", "AFP", "Getty Images")),
        ("[1/2]A crane. REUTERS/Tom Vale Purchase Licensing Rights, opens new tab", "[1/2]A crane.",
         ("Tom Vale", "REUTERS", "")),
        ("Photo by Tom Vale | The Courier", "", ("Tom Vale", "The Courier", "")),
    ],
)  # fmt: skip
def test_credits_are_found_however_services_set_them(line, caption, chain):
    found = credits.find(line)

    assert line[slice(*found.caption)].strip() == caption
    assert (found.credit.maker, found.credit.agency, found.credit.distributor) == chain


@pytest.mark.parametrize(
    "start",
    ["PUNE, Sep 3 (PTI) ", "PORT ANSEL, Calif., Jan. 26, 2027 /PRNewswire/ -- ", "Combes (Switzerland) (AFP) – "],
)
def test_datelines_of_services_end_where_the_lede_begins(start):
    found = datelines.find(start + LEDE, 0, len(start + LEDE), on=AT.date())

    assert found
    assert (start + LEDE)[found[1] :] == LEDE


@pytest.mark.parametrize(
    ("line", "moments"),
    [
        ("March 4, 20265:03 AM", ["2026-03-04T05:03:00+00:00"]),
        ("Published Wed, Mar 4 20269:31 AM UTCUpdated Wed, Mar 4 202612:04 PM UTC",
         ["2026-03-04T09:31:00+00:00", "2026-03-04T12:04:00+00:00"]),
        ("Last updated:\n4 March 2026", ["2026-03-04T00:00:00+00:00"]),
        ("Brussels, 4 March 2026", ["2026-03-04T00:00:00+00:00"]),
    ],
)  # fmt: skip
def test_times_are_read_where_pages_glue_or_part_them(line, moments):
    (one,) = stories(f"{HEADLINE}\n\n{line}\n\n{LEDE}")

    assert [time.at for time in one.times] == moments


def test_a_name_that_is_broken_at_a_lines_end_is_one_name():
    (one,) = stories(
        f"{HEADLINE}\n\n{LEDE[:70]}\n{LEDE[70:]}\n\n“We were out of tune for a year,” said the board's president, Marit\n"
        "Engelbrecht, who had found the fork that all of them were looking for\nfor most of that year."
    )

    assert one.quotes[0].speaker == "Marit Engelbrecht"


def test_a_share_of_a_million_breaks_nothing():
    (one,) = stories(f"{HEADLINE}\n\n{'one in million ' * 3}")

    assert {number.unit for number in one.numbers} <= {"", "in 1 million"}


@pytest.mark.parametrize(
    "line",
    [
        "Share full article",
        "Skip to article",
        "facebook (opens in new window)",
        "Suggested Topics:",
        "-- ends --",
        "Go deeper: https://a.example",
    ],
)
def test_lines_of_pages_belong_to_no_story(line):
    assert promos.reason_for(line)
