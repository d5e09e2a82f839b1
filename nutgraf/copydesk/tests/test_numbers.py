"""Numbers are read with their value, unit and noun, and figures that count nothing are left alone."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import numbers as finder
from nutgraf.copydesk import reading

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)


def numbers(sentence):
    copy = reading.read(f"A headline\n\nNothing is counted here.\n\n{sentence}\n", at=AT, zone=ZoneInfo("UTC"))
    return copy.stories[0].numbers


@pytest.mark.parametrize(
    ("sentence", "value", "value_to", "unit", "counts"),
    [
        ("The ferry carried 162 passengers.", "162", None, "", "passengers"),
        ("Some 2,500 new homes stand empty.", "2500", None, "", "new homes"),
        ("The mill has three wheels.", "3", None, "", "wheels"),
        ("Twenty-two farms burned.", "22", None, "", "farms"),
        ("A dozen goats ate the flags.", "12", None, "", "goats"),
        ("Dozens of people saw it.", "12", None, "", "people"),
        ("Tens of thousands of bees left.", "10000", None, "", "bees"),
        ("About 1.4 million people live there.", "1400000", None, "", "people"),
        ("The app has 2.3m users.", "2300000", None, "", "users"),
        ("The robots moved 1.2M crates.", "1200000", None, "", "crates"),
        ("The bridge cost $3 million.", "3000000", None, "$", "bridge"),
        ("One load in ten was lost.", "1", None, "in 10", "load"),
        ("It was half a percentage point.", "0.5", None, "percentage point", ""),
        ("A turn takes a bus 48 seconds.", "48", None, "", "seconds"),
        ("The garage seats 900 people.", "900", None, "", "people"),
        ("The mine turns 1.2 megawatts of power into heat.", "1.2", None, "megawatts", "power"),
        ("1 bell rang.", "1", None, "", "bell"),
        ("They have paid a fine of £300.", "300", None, "£", "fine"),
        ("The city wants $2 million for a new roof.", "2000000", None, "$", "new roof"),
        ("It lost $2 million last year.", "2000000", None, "$", ""),
        ("The pipeline cost R3.4 billion.", "3400000000", None, "R", "pipeline"),
        ("Walkers get 12p for each kilo.", "12", None, "p", ""),
        ("Sales fell 12 per cent.", "12", None, "%", ""),
        ("The bank cut its rate by 25 basis points.", "25", None, "basis points", ""),
        ("It fell to -4C.", "-4", None, "C", ""),
        ("The hall is 40 metres long.", "40", None, "metres", ""),
        ("They run a 23-mile trail.", "23", None, "mile", "trail"),
        ("Between 40 and 60 people came.", "40", "60", "", "people"),
        ("Winds of 70 to 80 mph were felt.", "70", "80", "mph", ""),
        ("Winds of 60mph to 70mph were felt.", "60", "70", "mph", ""),
        ("They want €440 million to €460 million.", "440000000", "460000000", "€", ""),
        ("Two to three million trees died.", "2000000", "3000000", "", "trees"),
        ("The council voted 7-2.", "7", None, "to 2", ""),
        ("Judges ruled 3 to 1 against it.", "3", None, "to 1", ""),
        ("One in four nests is empty.", "1", None, "in 4", "nests"),
        ("Nine out of 10 dogs agree.", "9", None, "out of 10", "dogs"),
        ("Deaths fell to 4.1 per 1,000 children.", "4.1", None, "per 1,000", "children"),
        ("Half of the town stayed in bed.", "0.5", None, "", "town"),
        ("Two-thirds of the members voted.", "0.6667", None, "", "members"),
        ("The jets fly a third slower.", "0.3333", None, "", "slower"),
        ("Barges killed nine of the city's 160 swans.", "9", None, "", "swans"),
        ("The hall seats four.", "4", None, "", ""),
        ("The bill hurts every town with one gas station.", "1", None, "", "gas station"),
        ("Half went to the landfill.", "0.5", None, "", ""),
        ("A quarter went into the river.", "0.25", None, "", ""),
        ("It came before a crowd of 3,150.", "3150", None, "", "crowd"),
        ("A quake of magnitude 6.3 struck.", "6.3", None, "magnitude", ""),
        ("Inspectors gave the Mill Hospital 96 marks out of 100.", "96", None, "out of 100", "marks"),
        ("It has sent the village of Ombley 600 wheels of cheese.", "600", None, "", "wheels"),
        ("The flyover cost ₹4 crore.", "40000000", None, "₹", "flyover"),
        ("The box holds 2.5 lakh rupees.", "250000", None, "rupees", ""),
        ("They chose her by 1,204 votes to 388.", "1204", None, "to 388", "votes"),
        ("Some 1\u2009140 people depend on it.", "1140", None, "", "people"),
        ("Last year 14 kites were caught.", "14", None, "", "kites"),
        ("They counted them in one night.", "1", None, "", "night"),
        ("It weighs 2 1/2 tons.", "2.5", None, "tons", ""),
        ("It weighs 2½ tons.", "2.5", None, "tons", ""),
        ("The hall will seat 12.", "12", None, "", ""),
    ],
)
def test_a_number_is_read_with_its_value_unit_and_noun(sentence, value, value_to, unit, counts):
    number = numbers(sentence)[0]

    assert (number.value, number.value_to, number.unit, number.counts) == (value, value_to, unit, counts)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Brook, 44, left.",
        "He is 44 years old.",
        "A boy of nine was found.",
        "A 9-year-old girl slept.",
        "Kamala Joseph is 108 and lives alone.",
        "His father died at 91.",
        "They are believed to be 25 to 30 years old.",
        "It happened in 1987 and again in the 1990s.",
        "She came second and then 3rd.",
        "A Boeing 737 landed.",
        "The 737 was late.",
        "Malachy Roche (58) taught the bird.",
        "A child of nine tasted it.",
        "They left at a quarter past five.",
        "At 4 every morning the horn sounds.",
        "It was her fourth hundred of the summer.",
        "They live at 12 Mill Street.",
        "Call 0800 555 0199.",
        "Call 1-800-555-0199.",
        "The crash was on the 2500 block of Edsel.",
        "Room 101 was locked, and so was Gate 5.",
        "It was on page 3 of Article 16.",
        "H.R. 4410 goes back to the House.",
        "The shop opens at 9 by the bell.",
        "The signal came at 0930 GMT.",
        "No one knew, and one of them lied.",
        "One pulls the hands.",
        "It was halved at half-time.",
        "It rose in the second half.",
        "A fourth, Liftly, closed.",
        "The score was kept | 12 | in a table.",
        "12 14 9 3 8 11 were the marks.",
    ],
)
def test_figures_that_count_nothing_are_no_numbers(sentence):
    assert [number.text for number in numbers(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Sales rose 6.4% to $1.83 billion.", ["6.4", "1830000000"]),
        ("Pay increased 31 cents to $36.84.", ["31", "36.84"]),
        ("The margin widened 90 basis points to 12.2%.", ["90", "12.2"]),
        ("Shares slid $1.63 to $13.03.", ["1.63", "13.03"]),
        ("Pay would have gone from $19 to $23.", ["19", "23"]),
        ("It won 45 of the 101 seats.", ["45", "101"]),
        ("It expects $2.70 to $2.85, up from $2.50 to $2.65.", ["2.7", "2.5"]),
        ("The bridge has two halves.", ["2"]),
        ("Prices rose for seven quarters.", ["7"]),
        ("It rained on 3 days, and the 3 days were long.", ["3"]),
    ],
)
def test_a_change_and_where_it_led_are_two_numbers_and_the_same_thing_counts_once(sentence, values):
    assert [number.value for number in numbers(sentence)] == values


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Some 873 people left, according to the statistics office.", "the statistics office"),
        ("At least 12 houses burned, fire chief Ines Mora said.", "fire chief Ines Mora"),
        ("The union says 300 members stayed away.", "union"),
        ("Four in ten have no bank, said a report by the Fund.", "a report by the Fund"),
        ("It has 12 doors.", ""),
    ],
)
def test_a_number_has_the_source_that_its_sentence_names(sentence, source):
    assert numbers(sentence)[0].source == source


def test_a_number_keeps_its_qualifier_and_its_place_in_the_copy():
    text = "A headline\n\nMore than 40 people came.\n"

    (number,) = reading.read(text, at=AT, zone=ZoneInfo("UTC")).stories[0].numbers

    assert number.qualifier == "More than"
    assert text[slice(*number.span)] == "More than 40 people"


@pytest.mark.parametrize(
    ("sentence", "unit", "counts"),
    [
        ("Winds of up to 130 km/h cut power.", "km/h", ""),
        ("Only 1,800 live in the wild.", "", ""),
    ],
)
def test_a_verb_is_not_what_is_counted(sentence, unit, counts):
    number = numbers(sentence)[0]

    assert (number.unit, number.counts) == (unit, counts)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The repair costs €3.2 million, up from €2.4 million, according to\nthe works department.",
            "the works department",
        ),
        ("At least 12 houses burned, said\nthe fire chief.", "the fire chief"),
    ],
)
def test_a_source_may_stand_in_the_next_line(text, source):
    found = finder.find(text, [(0, len(text))], [[]])

    assert {number.source for number in found} == {source}


def test_a_scale_said_without_end_is_a_number_still():
    number = numbers("It cost 2 " + "million " * 1000 + "pounds.")[0]

    assert number.value == "2" + "000000" * 1000
