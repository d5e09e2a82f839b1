"""Names of people, organisations and places are found, and their short forms joined to the first full one."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import reading

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)


def names(text):
    copy = reading.read(f"A headline\n\n{text}\n", at=AT, zone=ZoneInfo("UTC"))
    return {one.name: (one.kind, len(one.mentions)) for one in copy.stories[0].names}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Then came Ida Brook, who owns it.", "Ida Brook", "PERSON"),
        ("Then came Ms. Ida Brook.", "Ida Brook", "PERSON"),
        ("Then came Wendell d'Entremont, a keeper.", "Wendell d'Entremont", "PERSON"),
        ("Then came Ludwig van der Meer, 44.", "Ludwig van der Meer", "PERSON"),
        ("Then came Secretary of State Ida Brook.", "Ida Brook", "PERSON"),
        ("Then came Co-CEO Ida Brook.", "Ida Brook", "PERSON"),
        ("His wife, Jolie, laughed.", "Jolie", "PERSON"),
        ("It lies in Port Sorrel by the sea.", "Port Sorrel", "PLACE"),
        ("It lies near Paris and is old.", "Paris", "PLACE"),
        ("It was done by the Mill Institute alone.", "Mill Institute", "ORGANISATION"),
        ("It was done by the Ministry of Foreign Affairs alone.", "Ministry of Foreign Affairs", "ORGANISATION"),
        ("It was done by the State Department alone.", "State Department", "ORGANISATION"),
        ("It is paid by the City of Almery alone.", "City of Almery", None),
    ],
)
def test_a_name_is_found_whole_and_with_its_kind(text, name, kind):
    found = names(text)

    assert name in found
    assert kind in (None, found[name][0])


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("Then came Ida Brook. Brook stayed, and Ida slept.", "Ida Brook", 3),
        ("Then came the Mill Action Group (MAG). It was MAG that won.", "Mill Action Group", 3),
        ("Then came Gov. Ida Brook. Ms. Brook stayed.", "Ida Brook", 2),
    ],
)
def test_short_forms_are_joined_to_the_first_full_one(text, name, mentions):
    found = names(text)

    assert found[name][1] == mentions
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "However, nobody came. Yesterday it rained.",
        "They came on Monday in January.",
        "The Germans and the French came.",
        "The CEO and the CFO came in Q2.",
        "“Give us back our street,” they sang.",
    ],
)
def test_words_that_only_have_a_capital_are_no_names(text):
    assert names(text) == {}


def test_every_mention_stands_in_the_copy_where_it_says():
    text = "A headline\n\nThen came Ida Brook. Brook stayed.\n"

    (name,) = reading.read(text, at=AT, zone=ZoneInfo("UTC")).stories[0].names

    assert [text[start:end] for start, end in name.mentions] == ["Ida Brook", "Brook"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The vote is close. Rethel could lose it, and Rethel’s focus is the mill.", "Rethel", "PERSON"),
        ("All of it went to Rethel. Rethel’s lawyers kept it.", "Rethel", "PERSON"),
        ("They talk of the Fair Mills Act again.", "Fair Mills Act", "ORGANISATION"),
    ],
)
def test_who_acts_is_a_person_and_a_law_is_none(text, name, kind):
    assert names(text)[name][0] == kind


def test_words_for_peoples_are_no_names_together_either():
    assert names("It is a Central Asian dish and a Northern Irish one.") == {}


def test_the_house_of_a_saint_is_one_name():
    assert names("Then they went to St Alder’s Hospital again.") == {"St Alder’s Hospital": ("ORGANISATION", 1)}
