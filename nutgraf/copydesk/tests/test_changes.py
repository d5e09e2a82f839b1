"""Two versions are compared exactly, and a change that might be one of meaning never passes as a slip of spelling."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nutgraf.copydesk import comparing, meaning, public_text
from nutgraf.copydesk.comparing import Change
from nutgraf.copydesk.public_text import Piece

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
pieces = st.builds(
    Piece,
    id=st.sampled_from("abcdefgh"),
    kind=st.sampled_from(["point", "bullet", "number"]),
    words=st.dictionaries(st.sampled_from(["text", "label", "value", "links"]), texts, max_size=3),
    under=st.sampled_from(["", "a"]),
    is_noted=st.booleans(),
)
versions = st.lists(pieces, unique_by=lambda piece: piece.id, max_size=8)
words = st.lists(
    st.sampled_from("the port opens on Thursday after nine days of strike in Selva said Ana".split()), min_size=1
)


@given(version=versions)
def test_comparing_a_version_with_itself_finds_nothing(version):
    assert comparing.compare(version, version) == []


@given(before=versions, after=versions)
def test_applying_the_changes_to_the_earlier_version_gives_the_later(before, after):
    assert comparing.apply(before, comparing.compare(before, after)) == after


@given(before=versions, after=versions)
def test_changes_survive_being_kept(before, after):
    changes = comparing.compare(before, after)

    assert [Change.from_json(change.as_json()) for change in changes] == changes


@given(before=texts, after=texts)
def test_the_words_kept_and_taken_are_the_earlier_text_and_those_kept_and_put_the_later(before, after):
    stretches = comparing.words_between(before, after)

    assert " ".join(some for kind, some in stretches if kind != "put") == " ".join(before.split())
    assert " ".join(some for kind, some in stretches if kind != "taken") == " ".join(after.split())


def change_of(before, after, *, kind="paragraph", name="text"):
    return comparing.compare([Piece("a", kind, {name: before})], [Piece("a", kind, {name: after})])


@given(
    words=words,
    place=st.integers(0),
    one=st.integers(0, 10**9),
    other=st.integers(0, 10**9),
    unit=st.sampled_from(["", "%", "th", "m"]),
)
def test_another_number_is_never_a_slip(words, place, one, other, unit):
    assume(one != other)
    spot = place % (len(words) + 1)
    before, after = (" ".join([*words[:spot], f"{number}{unit}", *words[spot:]]) for number in (one, other))

    assert meaning.suggest(change_of(before, after)) == "CORRECTION"
    assert not meaning.is_small(change_of(before, after))


@given(words=words, place=st.integers(0), negation=st.sampled_from(["not", "no", "never", "without"]))
def test_a_denial_that_comes_or_goes_is_never_a_slip(words, place, negation):
    spot = place % (len(words) + 1)
    plain, denied = " ".join(words), " ".join([*words[:spot], negation, *words[spot:]])

    for before, after in ((plain, denied), (denied, plain)):
        assert meaning.suggest(change_of(before, after)) == "CORRECTION"
        assert not meaning.is_small(change_of(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The harbor reopnes on Thursday.", "The harbor reopens on Thursday."),
        ("Bread of of Selva.", "Bread of Selva."),
        ("teh ships came", "the ships came"),
        ("He had a apple", "He had an apple"),
        ("The dockers leader spoke.", "The dockers' leader spoke."),
        ("Ships enter, slowly", "Ships enter slowly."),
    ],
)
def test_a_slip_of_spelling_is_no_change_of_meaning(before, after):
    assert meaning.suggest(change_of(before, after)) == "MINOR"


@pytest.mark.parametrize(
    ("before", "after", "stake"),
    [
        ("2,500 soldiers come.", "2,000 soldiers come.", "number"),
        ("It cost $5.", "It cost €5.", "number"),
        ("Prices fell 5%.", "Prices fell -5%.", "number"),
        ("It cost two million.", "It cost two billion.", "number"),
        ("Talks open on Thursday.", "Talks open on Friday.", "date"),
        ("Talks open on Jan. 12.", "Talks open on Feb. 12.", "date"),
        ("Ana Sorel spoke.", "Ana Sorell spoke.", "name"),
        ("Ships may now enter.", "Ships may not enter.", "negation"),
        ("It can be done.", "It can't be done.", "negation"),
    ],
)
def test_a_fact_in_the_place_of_another_is_asked_about(before, after, stake):
    changes = change_of(before, after)

    assert stake in [difference.stake for difference in meaning.differences(changes)]
    assert not meaning.is_small(changes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ships may enter.", "Ships can enter."),
        ("It told us.", "It told US."),
        ("It was hot.", "It was cold."),
        ("He is in.", "He is out."),
    ],
)
def test_another_word_is_no_slip(before, after):
    assert not meaning.is_small(change_of(before, after))


def test_what_only_comes_is_an_update():
    changes = comparing.compare([], [Piece("a", "number", {"value": "9", "counts": "days"})])

    assert meaning.suggest(changes) == "UPDATE"
    assert not meaning.is_small(changes)


def test_another_picture_is_an_update():
    assert meaning.suggest(change_of("12", "13", kind="picture", name="picture")) == "UPDATE"


def test_many_slips_are_no_small_change():
    before = "harbuor reopnes dockres retunr slolwy togehter"
    after = "harbour reopens dockers return slowly together"

    assert meaning.is_small(change_of(before.rsplit(" ", 1)[0], after.rsplit(" ", 1)[0]))
    assert not meaning.is_small(change_of(before, after))


def test_a_story_is_read_piece_by_piece():
    body = [
        {"type": "point", "id": "p", "value": {"label": "Why", "text": '<p>See <a href="/x">this</a>.</p>', "bullets": [
            {"type": "item", "id": "b", "value": {"text": "<p>One.</p>", "bullets": [{"type": "item", "id": "c", "value": "<p>Two.</p>"}]}}
        ], "facts": [{"type": "number", "id": "n", "value": {"value": "9.00", "counts": "days", "unit": ""}}]}},
    ]  # fmt: skip

    found = public_text.pieces({"headline": "Harbour"}, lede="<p>Ships.</p>", hero=None, body=body)

    assert [(piece.id, piece.under, dict(piece.words)) for piece in found] == [
        ("headline", "", {"text": "Harbour"}),
        ("lede", "", {"text": "Ships."}),
        ("p", "", {"label": "Why", "text": "See this.", "links": "/x"}),
        ("b", "p", {"text": "One."}),
        ("c", "b", {"text": "Two."}),
        ("n", "p", {"value": "9", "counts": "days"}),
    ]
    assert found[-1].is_noted
