"""Each part of a story is found in the forms in which copy has it."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import credits, datelines, promos
from nutgraf.copydesk.reading import read

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
LEDE = "Crews at the harbour stopped work on Tuesday, and 2,500 people went home early because of it."
MORE = "They want a pay rise of 4% and a place to sleep, which the port has refused since last year."


def reading(source, form="text", zone="UTC"):
    return read(source, at=AT, zone=ZoneInfo(zone), form=form)


def story(source, form="text", zone="UTC"):
    (one,) = reading(source, form, zone).stories
    return one


def words(one):
    return one.text if one else None


@pytest.mark.parametrize(
    ("head", "headline", "eyebrow"),
    [
        ("Crews walk out over night shifts", "Crews walk out over night shifts", None),
        ("crews walk out over night shifts", "crews walk out over night shifts", None),
        ("Dam Failure Floods Valley", "Dam Failure Floods Valley", None),
        ("Exclusive\nCrews walk out over night shifts", "Crews walk out over night shifts", "Exclusive"),
        ("HARBOUR STRIKE\n\nCrews walk out over night shifts", "Crews walk out over night shifts", "HARBOUR STRIKE"),
        ("Local news | Port Vale\nCrews walk out over shifts", "Crews walk out over shifts", "Local news | Port Vale"),
        ("The Courier\n\nCrews walk out over night shifts", "Crews walk out over night shifts", None),
        ("Crews walk out - The Courier\n\nCrews walk out", "Crews walk out", None),
        ("Crews walk out over\nnight shifts", "Crews walk out over night shifts", None),
        ("CREWS AT THE PORT WALK OUT\nOVER NIGHT SHIFTS", "CREWS AT THE PORT WALK OUT OVER NIGHT SHIFTS", None),
        (
            "Crews walk out over night shifts\n\nThe mayor is sorry.\n\nBy Ida Brook",
            "Crews walk out over night shifts",
            None,
        ),
        ("The harbour is shut. So is the mayor.\n\nBy Ida Brook", "The harbour is shut. So is the mayor.", None),
        ("Harbour crews stopped work.", "Harbour crews stopped work.", None),
        ("By the numbers: a strike without end\n\nBy Ida Brook", "By the numbers: a strike without end", None),
        ("Hed: Crews walk out\nBy: Ida Brook", "Crews walk out", None),
        ("Headline\nCrews walk out of work\n\nBody", "Crews walk out of work", None),
        ("^Crews walk out<\n^By IDA BROOK=", "Crews walk out", None),
    ],
)
def test_the_headline_is_told_from_what_stands_round_it(head, headline, eyebrow):
    one = story(f"{head}\n\n{LEDE}\n\n{MORE}")

    assert (words(one.headline), words(one.eyebrow)) == (headline, eyebrow)
    assert one.lede.text == LEDE


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Brook and Tom Vale", ["Ida Brook", "Tom Vale"]),
        ("Ida Brook", ["Ida Brook"]),
        ("By IDA BROOK, T.J. VALE JR. and LEE OKAFOR", ["IDA BROOK", "T.J. VALE JR.", "LEE OKAFOR"]),
        ("By Court Reporter Ida Brook", ["Ida Brook"]),
        ("Dr. Ida Brook, health correspondent", ["Ida Brook"]),
        ("Ida Brook Political correspondent", ["Ida Brook"]),
        ("Ida Brook, The Daily Courier", ["Ida Brook"]),
        ("Ida Brook, Larkhaven\n5 March 2026", ["Ida Brook"]),
        ("2026-03-05 | Catrin Boudreau", ["Catrin Boudreau"]),
        ("Posted on March 3, 2026 by Ida Brook", ["Ida Brook"]),
        ("By Our Harbour Correspondent", []),
        ("9 hours ago - Middle East", []),
    ],
)
def test_bylines_are_names_without_what_stands_beside_them(line, names):
    one = story(f"Crews walk out over night shifts\n\n{line}\n\n{LEDE}")

    assert [name.text for name in one.bylines] == names


@pytest.mark.parametrize(
    ("line", "times", "section"),
    [
        ("9 hours ago - World", [("published", "2026-03-05T03:00:00+00:00", "HOUR")], "World"),
        (
            "Updated 11 mins ago - Politics & Policy",
            [("updated", "2026-03-05T11:49:00+00:00", "MINUTE")],
            "Politics & Policy",
        ),
        ("January 5, 2026 — 5.00am", [("published", "2026-01-05T05:00:00+00:00", "MINUTE")], None),
        ("Posted: Mar 3, 2026 / 05:12 PM", [("published", "2026-03-03T17:12:00+00:00", "MINUTE")], None),
        ("Thursday", [("published", "2026-03-05T00:00:00+00:00", "DAY")], None),
        ("Home > Business", [], "Business"),
        ("Posted in Outdoors Tagged beavers, golf", [], "Outdoors"),
    ],
)
def test_times_and_sections_are_read_from_the_line_beside_the_headline(line, times, section):
    one = story(f"Crews walk out over night shifts\n\n{line}\n\n{LEDE}")

    assert [(time.kind, time.at, time.precision) for time in one.times] == times
    assert words(one.section) == section


@pytest.mark.parametrize(
    ("start", "place", "date"),
    [
        ("LARKHAVEN, March 4 (AP) — ", "LARKHAVEN", "2026-03-04"),
        ("ŁÓDŹ, Poland (AP) -- ", "ŁÓDŹ, Poland", None),
        ("Larkhaven, Jan 5 (Xinhua) -- ", "Larkhaven", "2026-01-05"),
        (
            "LARKHAVEN, Va. and PORT VALE, Idaho, Nov 12, 2025, Nov. 12, 2025 (NEWS SERVICE) — ",
            "LARKHAVEN, Va. and PORT VALE, Idaho",
            "2025-11-12",
        ),
        ("Well, March was cold — ", None, None),
        ("привет — ", None, None),
    ],
)
def test_a_dateline_is_no_part_of_the_lede(start, place, date):
    text = start + LEDE
    found = datelines.find(text, 0, len(text), on=AT.date())

    assert (found[0].place, found[0].date) == (place, date) if found else place is None
    assert text[found[1] :] == LEDE if found else True


@pytest.mark.parametrize(
    ("line", "caption", "chain"),
    [
        (
            "A crane. Photo: Jo Lind/Port/Handout/AFP via Getty Images",
            "A crane.",
            "Jo Lind|Handout|Port/AFP|Getty Images",
        ),
        ("A crane. (Credit: Jo Lind, Vale Gazette)", "A crane.", "Jo Lind||Vale Gazette|"),
        ("1 of 2 | A crane. (AP Photo/Jo Lind, File)", "A crane.", "Jo Lind||AP|"),
        ("A crane. PHOTO / JO LIND", "A crane.", "JO LIND|||"),
        ("A crane by night. | Jo Lind/AP", "A crane by night.", "Jo Lind||AP|"),
        ("A crane. Credit Jo Lind for The Courier", "A crane.", "Jo Lind||The Courier|"),
        ("Photo by Jo Lind: A crane at dusk.", "A crane at dusk.", "Jo Lind|||"),
        ("Image: A crane at dusk (Jo Lind/AFP)", "A crane at dusk", "Jo Lind||AFP|"),
        ("Photo by Jo Lind on Unsplash", "", "Jo Lind|||Unsplash"),
        ("At the baths. Picture: Supplied", "At the baths.", "|||"),
        ("The mayor in 2019. (File photo)", "The mayor in 2019.", "|||"),
        ("Photo: Getty Images/iStockphoto", "", "||Getty Images/iStockphoto|"),
        ("The car at dusk on Sunday. PTI Photo", "The car at dusk on Sunday.", "||PTI|"),
        ("A crane by night. ©INPHO/Jo Lind", "A crane by night.", "Jo Lind||INPHO|"),
    ],
)
def test_a_credit_is_taken_apart_and_the_caption_is_the_rest(line, caption, chain):
    one = story(f"Crews walk out over night shifts\n\n{line}\n\n{LEDE}")
    (picture,) = one.pictures
    credit = picture.credit

    assert picture.caption == caption
    assert "|".join([credit.maker, credit.handout, credit.agency, credit.distributor]) == chain
    assert one.lede.text == LEDE


@pytest.mark.parametrize(
    "lines",
    [
        "A crane at dusk\nJo Lind/AFP",
        "Photo caption: A crane at dusk\nPhoto credit: Jo Lind/AFP",
        "Image source, Jo Lind/AFP\n\nA crane at dusk",
        "Photo: Jo Lind/AFP\nA crane at dusk",
    ],
)
def test_a_caption_may_stand_above_its_credit_or_below(lines):
    one = story(f"Crews walk out over night shifts\n\nBy Ida Brook\n\n{lines}\n\n{LEDE}")

    assert [(picture.caption, picture.credit.maker) for picture in one.pictures] == [("A crane at dusk", "Jo Lind")]


@pytest.mark.parametrize(
    "line",
    [
        "She has a photo: it shows a crane.",
        "He said and/or she did.",
        "The photo shows a crane, he told Reuters.",
        "A: B",
    ],
)
def test_a_sentence_is_no_credit(line):
    assert credits.find(line) is None


@pytest.mark.parametrize(
    ("source", "form", "labels"),
    [
        ("Why it matters: Bread.", "text", ["Why it matters"]),
        ("What the crews want: Bread.", "text", ["What the crews want"]),
        ("What they said: “Bread.”", "text", ["What they said"]),
        ("WHY IT MATTERS — Bread comes.", "text", ["WHY IT MATTERS"]),
        ("*Why it matters:* Bread.", "text", ["Why it matters"]),
        ("Why it matters\nBread comes by ship.", "text", ["Why it matters"]),
        ("**The catch.** Bread.", "markdown", ["The catch"]),
        ("## Is it dangerous?\n\nBread.", "markdown", ["Is it dangerous?"]),
        ("<h3>What’s next</h3><p>Bread.</p>", "html", ["What’s next"]),
        ("<p><b>What they are saying</b><br>Bread.</p>", "html", ["What they are saying"]),
        ("The mayor said: “Bread.”", "text", [""]),
        ("Ida Brook: “Bread.”", "text", [""]),
        ("Crews want bread.\n\nNumber: 2,500 soldiers", "text", ["", "Number"]),
    ],
)
def test_labels_are_told_from_words_of_saying(source, form, labels):
    head = {"html": f"<h1>Crews walk out</h1><p>{LEDE}</p>", "markdown": f"# Crews walk out\n\n{LEDE}\n\n"}
    one = story(head.get(form, f"Crews walk out over shifts\n\n{LEDE}\n\n") + source, form)

    assert [point.label for point in one.points] == labels


@pytest.mark.parametrize(
    ("bullets", "read"),
    [
        ("• One\n• Two", [("One", []), ("Two", [])]),
        ("• One\n  ◦ Two\n  ◦ Three\n• Four", [("One", ["Two", "Three"]), ("Four", [])]),
        ("• One\n    o Two", [("One", ["Two"])]),
        ("-One\n-Two", [("One", []), ("Two", [])]),
        ("-- One\n-- Two", [("One", []), ("Two", [])]),
        ("1. One\n2) Two", [("One", []), ("Two", [])]),
        ("•\nOne\n•\nTwo", [("One", []), ("Two", [])]),
        ("• One\n- Two\n* Three", [("One", []), ("Two", []), ("Three", [])]),
        ("•\tOne\no\tTwo\n§\tThree\n•\tFour", [("One", ["Two", "Three"]), ("Four", [])]),
    ],
)
def test_bullets_of_the_usual_marks_are_nested_as_they_are_set(bullets, read):
    one = story(f"Crews walk out over shifts\n\n{LEDE}\n\nThe details: Bread.\n\n{bullets}\n")

    assert [(bullet.text, [inner.text for inner in bullet.bullets]) for bullet in one.points[0].bullets] == read


SECOND = "Trams are late again, and nobody knows why"
FIRST = f"Crews walk out over night shifts\n\nBy Ida Brook\n\n{LEDE}\n\nWhy it matters: {MORE}"


@pytest.mark.parametrize(
    "source",
    [
        f"{FIRST}\n\nTom Vale\n9 hours ago - World\n\n{SECOND}\n\n{MORE}",
        f"{FIRST}\n{SECOND}\nBy Tom Vale\n{MORE}",
        f"{FIRST}\n\n-----\n\nTRANSIT\n\n{SECOND}\n\n{MORE}",
        f"{FIRST}\n\n-----\n\n{SECOND}.\n\nBy Tom Vale\n\n{MORE}",
        f"{FIRST}\n\n\n{SECOND}\n\n{MORE}\n\nWhy it matters: {LEDE}",
        f"{FIRST}\n\nTom Vale\n9 hours ago - World\n\nTrams are late again, and nobody knows why.\n\nPhoto: AP\n\n{MORE}",
        f"1. {FIRST}\n\n2. {SECOND}\n\n{MORE}\n\nWhy it matters: {LEDE}",
        f"THE MORNING TIDE\n\nIt rained.\n\n{FIRST}\n\nTom Vale\nJan 5, 2026 - World\n\n{SECOND}\n\n{MORE}",
    ],
)
def test_two_stories_are_told_apart(source):
    heads = [one.headline.text.rstrip(".") for one in reading(source).stories]

    assert heads == ["Crews walk out over night shifts", SECOND]


@pytest.mark.parametrize("title", ["Crews walk out over night shifts", "A strike at the harbour"])
def test_front_matter_and_the_heading_below_it_are_one_story(title):
    front = f"---\ntitle: {title}\nauthor: Ida Brook\ndate: 2026-03-03\n---\n"
    one = story(f"{front}\n# Crews walk out over night shifts\n\n*By Ida Brook*\n\n{LEDE}", "markdown")

    assert (one.headline.text, one.lede.text, [name.text for name in one.bylines]) == (title, LEDE, ["Ida Brook"])


@pytest.mark.parametrize("beside", ["Politics & Policy\n5 hours ago", "Politics & Policy · 5 hours ago"])
def test_the_section_and_time_above_the_first_headline_are_its_own(beside):
    one = story(f"Get our newsletter every morning. Sign up now\n{beside}\n{FIRST.replace('By ', '')}")

    assert (words(one.headline), words(one.section), len(one.times)) == (
        "Crews walk out over night shifts",
        "Politics & Policy",
        1,
    )


@pytest.mark.parametrize("end", ["Cheers\nJonas", "Cheers,\nJonas", "Thanks,\n\nDavid", "Best\nIda Brook"])
def test_who_signs_a_covering_note_is_no_part_of_the_story(end):
    one = story(f"Hi Eli,\n\nhere is the piece, 300 words.\n\n{end}\n\n{FIRST}")

    assert (words(one.headline), one.eyebrow) == ("Crews walk out over night shifts", None)
    assert [name.text for name in one.bylines] == ["Ida Brook"]


@pytest.mark.parametrize(
    ("source", "headline", "names", "lede"),
    [
        (
            "הגשר נסגר לשישה שבועות\n\nמאת: דנה כהן\n\nהעירייה סוגרת את הגשר ביום שני.",
            "הגשר נסגר לשישה שבועות",
            ["דנה כהן"],
            "העירייה סוגרת את הגשר ביום שני.",
        ),
        (
            "إغلاق الجسر لستة أسابيع\n\nبقلم سارة علي\n\nأغلقت المدينة الجسر أمس.",
            "إغلاق الجسر لستة أسابيع",
            ["سارة علي"],
            "أغلقت المدينة الجسر أمس.",
        ),
    ],
)
def test_bylines_are_told_from_headlines_in_scripts_without_capitals(source, headline, names, lede):
    copy = reading(source)
    (one,) = copy.stories

    assert (words(one.headline), [name.text for name in one.bylines], words(one.lede)) == (headline, names, lede)
    assert not copy.unplaced


@pytest.mark.parametrize("cell", ["th", "td"])
def test_the_cells_of_a_table_are_no_paragraphs(cell):
    rows = "<tr><td>Vale</td><td>2,500</td></tr><tr><td>Aldham</td><td>300 (12%)</td></tr>"
    table = f"<table><tr><{cell}>Port</{cell}><{cell}>Crews</{cell}></tr>{rows}</table>"
    layout = f"<table><tr><td><p>{MORE}</p></td></tr></table>"
    copy = reading(f"<h1>Crews walk out</h1><p>{LEDE}</p>{table}{layout}", "html")

    assert [point.text for point in copy.stories[0].points] == [MORE]
    assert {one.reason for one in copy.unplaced} == {"a table"}


def test_a_subhead_begins_no_story():
    source = f"# Crews walk out\n\n{LEDE}\n\n## What the crews want\n\n{MORE}\n\n---\n\n## What comes next\n\n{LEDE}"

    assert len(reading(source, "markdown").stories) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Catch up on the harbour, curated by Ida Brook every day", "promotion"),
        ("Get the day in three minutes with Evening Desk, written by Ida Brook", "promotion"),
        ("Get weather alerts on your phone. Download our app.", "promotion"),
        ("Share Tweet Email", "share link"),
        ("See 114 comments", "share link"),
        ("Home | News | Weather | Sport | More", "navigation"),
        ("Go deeper (3 min read)", "link to more"),
        ("612 words · 2½ minutes", "reading time"),
        ("Most read", "other stories"),
        ("Suggested: Man returns a library book", "other stories"),
        ("Vale-Strike, 1st Ld", "wire slug"),
        ("EMBARGOED UNTIL 00:01 MONDAY", "press release"),
        ("-30-", "end sign"),
        ("You get this email because you signed up.", "small print"),
        ("Reporting by Ida Brook; editing by Tom Vale", "who worked on it"),
        ("1/9", "picture control"),
        ("Embargo on grain exports lifted after talks", ""),
        ("Press freedom is dying in Larkhaven", ""),
        ("Share prices fell by a third on Monday.", ""),
        ("More than 400 people went home.", ""),
    ],
)
def test_lines_that_belong_to_no_story_are_known_with_the_reason(line, reason):
    assert promos.reason_for(line) == reason


def test_the_page_that_the_product_is_made_for_comes_out_whole(reference_page):
    copy = reading(reference_page.read_text("utf-8"))

    assert [len(one.points) for one in copy.stories] == [6, 1, 1, 1]
    assert all(one.headline and one.lede and one.bylines and one.pictures[0].credit for one in copy.stories)
    assert [[len(point.bullets) for point in one.points if point.bullets] for one in copy.stories] == [
        [2, 3, 1],
        [],
        [],
        [],
    ]
    assert [(one.section is not None, len(one.times)) for one in copy.stories] == [
        (False, 0),
        (True, 1),
        (True, 1),
        (True, 1),
    ]
    assert [one.reason for one in copy.unplaced] == ["promotion"]
