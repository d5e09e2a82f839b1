"""A story is warned of what differs from its storyline, and of nothing that may well be so."""

import datetime
from decimal import Decimal

import pytest

from nutgraf.copydesk.drafts import Draft, point
from nutgraf.copydesk.rules.texts import Piece
from nutgraf.storylines.differing import Facts, KnownEvent, KnownName, KnownNumber, KnownSpeaker, Source
from nutgraf.storylines.sameness import counted

MONDAY, TUESDAY, FRIDAY = (datetime.date(2026, 11, day) for day in (2, 3, 6))
SOURCE = Source(7, "The bridge falls", TUESDAY)


def known_number(value, counts="people dead", unit="", as_of=TUESDAY, value_to=None):
    return KnownNumber(SOURCE, Decimal(value), value_to, str(value), unit, counts, counted(counts, unit), as_of)


def facts(**known):
    return Facts(FRIDAY, **{f"known_{kind}": tuple(some) for kind, some in known.items()})


def piece(*noted, text="It rains."):
    parts = [{"type": kind, "id": f"{kind}-{place}", "value": value} for place, (kind, value) in enumerate(noted)]
    return Piece(Draft(headline="Rain", lede=f"<p>{text}</p>", body=[point("", "<p>More.</p>"), *parts]))


def number(value, counts="deaths", **fields):
    return ("number", {"value": str(value), "counts": counts, **fields})


def numbers(story, *known):
    return list(facts(numbers=known).numbers(story))


def test_a_number_of_the_same_day_that_differs_shows_both_and_where():
    [found] = numbers(piece(number(14, as_of="2026-11-03")), known_number(12))

    assert "12 people dead" in found.why
    assert found.words == "14 deaths"
    assert (found.path, found.other.value, found.other.story) == ("body/number-0/value", "12", 7)


def test_a_number_without_a_day_is_asked_about():
    assert numbers(piece(number(14)), known_number(12))


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 12},
        {"value": 12, "as_of": "2026-11-03"},
        {"value": 14, "as_of": "2026-11-06"},
        {"value": 9, "as_of": "2026-11-02"},
        {"value": 10, "value_to": "15"},
        {"value": 14, "counts": "people injured"},
        {"value": 14, "counts": "children dead"},
    ],
    ids=str,
)
def test_what_may_well_be_so_is_let_pass(fields):
    assert numbers(piece(number(**fields)), known_number(12)) == []


def test_the_dead_do_not_become_fewer():
    assert numbers(piece(number(9, as_of="2026-11-06")), known_number(12))
    assert not numbers(
        piece(number(9, "homes without power", as_of="2026-11-06")), known_number(12, "homes without power")
    )


def test_a_number_that_changes_its_unit_is_compared_in_one():
    same = number(247, "forest burned", unit="acres")
    other = number(400, "forest burned", unit="acres")

    assert numbers(piece(same), known_number(100, "forest burned", "hectares")) == []
    [found] = numbers(piece(other), known_number(100, "forest burned", "hectares"))
    # An editor converts: what is put into the field would be in the wrong unit.
    assert found.other.value == ""


def test_a_number_in_the_text_is_compared_as_well():
    [found] = numbers(
        piece(text="Police said 14 people were killed by the flood, and 14 people died."), known_number(12)
    )[:1]

    assert (found.path, found.words) == ("lede", found.words)
    assert "14" in found.words


@pytest.mark.parametrize("value", ["", None, "many", "NaN", "Infinity", "1e999999"])
def test_a_number_that_is_none_is_passed_over(value):
    numbers(piece(("number", {"value": value, "counts": "deaths"})), known_number(12))


def quote(speaker, role="", affiliation=""):
    return ("quote", {"words": "No.", "speaker": speaker, "role": role, "affiliation": affiliation})


def test_a_name_that_is_spelt_otherwise_is_shown_with_the_known_spelling():
    known = facts(names=[KnownName(SOURCE, "Lena Marsh"), KnownName(SOURCE, "Otto Brandel")])

    [found] = known.names(piece(quote("Lena Marsch")))

    assert (found.path, found.other.value, found.other.words) == ("body/quote-0/speaker", "Lena Marsh", "Lena Marsh")
    assert list(known.names(piece(quote("Lena Marsh"), quote("Lena Horn"), quote("Marsh"), quote("")))) == []


def test_a_name_in_the_text_is_found_where_it_stands():
    known = facts(names=[KnownName(SOURCE, "Lena Marsh")])

    [found] = known.names(piece(text="The union’s leader, Lena Marsch, said no."))

    assert (found.path, found.words) == ("lede", "Lena Marsch")


def test_another_role_is_shown_and_one_in_other_words_is_not():
    known = facts(speakers=[KnownSpeaker(SOURCE, "Lena Marsh", "chair of the union", "Drivers' Union")])

    [found] = known.roles(piece(quote("Lena Marsh", "treasurer")))

    assert (found.path, found.other.value) == ("body/quote-0/role", "chair of the union")
    assert list(known.roles(piece(quote("Lena Marsh", "Chair"), quote("Lena Marsh"), quote("Otto", "clerk")))) == []


def test_two_speakers_of_one_name_are_two():
    known = facts(speakers=[KnownSpeaker(SOURCE, "Lena Marsh", "chair", "Drivers' Union")])

    assert list(known.roles(piece(quote("Lena Marsh", "goalkeeper", "Corvane United")))) == []


def event(what, starts, **fields):
    return ("event", {"what": what, "starts": starts, "precision": "DAY", "place": "", **fields})


def test_an_event_on_another_day_is_shown():
    known = facts(events=[KnownEvent(SOURCE, "Hearing in the High Court", "Corvane", FRIDAY)])

    [found] = known.dates(piece(event("High Court hearing in the", "2026-11-09")))

    assert (found.path, found.other.value) == ("body/event-0/starts", "2026-11-06")
    passes = [
        event("Hearing in the High Court", "2026-11-06"),
        event("Hearing in the High Court", "2027-11-06"),
        event("Hearing in the High Court", "2026-11-09", place="Ostrey"),
        event("Hearing in the High Court", "2026-11-01", precision="MONTH"),
        event("Hearing in the High Court", "2026-02-30"),
        event("Hearing in the High Court", None),
        event("A march", "2026-11-09"),
    ]
    assert list(known.dates(piece(*passes))) == []


def test_nothing_known_is_nothing_to_say():
    story = piece(number(3), quote("Lena Marsh", "chair"), event("A march", "2026-11-09"))

    assert [*facts().numbers(story), *facts().names(story), *facts().roles(story), *facts().dates(story)] == []
