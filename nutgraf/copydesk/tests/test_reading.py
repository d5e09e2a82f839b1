"""Whatever the copy: nothing of it is lost, nothing is invented, and reading ends in stories or in a refusal."""

import datetime
import gc
import itertools
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.copydesk.corpus import pieces as corpus_pieces
from nutgraf.copydesk.placing import facts, pieces
from nutgraf.copydesk.reading import CopyRefused, read
from nutgraf.copydesk.tests.fragments import FORMS, copy_in
from nutgraf.lib import garbage

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
ZONE = ZoneInfo("UTC")
# What joins the parts of a line or names its field, and so may be in none of them.
JOINING = frozenset(
    "by and with words text author authors byline filed under section category posted in published updated as of at on date title slug headline".split()
)
# What a reading makes of words: dates, values and kinds, and HTML, whose words are those of its text.
MADE = frozenset(
    ["span", "sure", "origin", "kind", "at", "precision", "html", "value", "value_to", "starts", "ends", "time", "date"]
    + ["as_of", "is_expected", "mentions", "reason"]
)
quick = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
arbitrary = st.one_of(
    st.text(max_size=400),
    st.text(alphabet='aA 1.\n\t•-*#>:[]()"“”<b/&|', max_size=200),
    st.lists(
        st.sampled_from(
            "Photo: By – at\n\n 9 hours ago Jan. | AP / via “ ” said • - > ** # Why it matters: a B".split(" ")
        )
    ).map(" ".join),
)
in_some_form = st.sampled_from(FORMS).flatmap(lambda form: st.tuples(copy_in(form), st.just(form)))


def reading(source, form="auto"):
    return read(source, at=AT, zone=ZONE, form=form)


def words(text):
    return re.findall(r"[^\W\d_]+|\d+", text)


def check_that_nothing_is_lost(copy):
    """Each word of the copy is in exactly one piece, or joins the pieces of its line."""
    found = pieces(copy)
    for piece, following in itertools.pairwise(found):
        assert piece.span[1] <= following.span[0], (piece, following, copy.text)
    held = bytearray(len(copy.text))
    for piece in found:
        start, end = piece.span
        held[start:end] = b"\1" * (end - start)
    for line in re.finditer(r"[^\n]*\S[^\n]*", copy.text):
        assert any(held[line.start() : line.end()]), line
        for word in re.finditer(r"\w+", line[0]):
            start, end = line.start() + word.start(), line.start() + word.end()
            assert all(held[start:end]) or word[0].lower().strip("_") in JOINING, (word[0], line[0])


def check_that_nothing_is_invented(copy):
    """Each span lies in the text, and holds each word that was read there."""
    # "One in ten" has the unit "in 10", and "0-0" the unit "to 0".
    # And some pages set no space between two lines: "in the foyer.Image: A", "9:31 AM EDTUpdated Tuesday".
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", copy.text)
    known = {*words(copy.text), *words(apart), "in", "to", "out", "of", *map(str, range(1000))}
    for thing in found_things(copy.as_json()):
        if "span" in thing:
            start, end = thing["span"]
            assert 0 <= start <= end <= len(copy.text)
        for key, value in thing.items():
            if isinstance(value, str) and key not in MADE and set(thing) != TOP:
                assert set(words(value)) <= known, (key, value)
    for thing in structure(copy):
        held = words(copy.text[slice(*thing["span"])])
        assert is_subsequence(words(thing["text"]), held), thing


TOP = {"form", "encoding", "text", "stories", "unplaced"}


def found_things(thing):
    """Yield every record of a reading, from the top down."""
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from found_things(value)
    elif isinstance(thing, list):
        for one in thing:
            yield from found_things(one)


def structure(copy):
    """Yield every record that has a text and a span: parts, numbers, events, and what is left over."""
    return (one for one in found_things(copy.as_json()) if "span" in one and "text" in one and set(one) != TOP)


def is_subsequence(some, all_of_them):
    remaining = iter(all_of_them)
    return all(word in remaining for word in some)


def check(copy):
    check_that_nothing_is_lost(copy)
    check_that_nothing_is_invented(copy)


@quick
@given(arbitrary, st.sampled_from([*FORMS, "auto"]))
def test_nothing_of_any_text_is_lost_and_nothing_invented(source, form):
    check(reading(source, form))


@quick
@given(in_some_form)
def test_nothing_of_copy_in_any_form_is_lost_and_nothing_invented(given_copy):
    check(reading(*given_copy))


@pytest.mark.parametrize("piece", list(corpus_pieces("dev")), ids=lambda piece: piece.name)
def test_nothing_of_the_corpus_is_lost_and_nothing_invented(piece):
    check(read(piece.source, at=piece.at, zone=piece.zone))


@quick
@given(
    st.one_of(
        st.binary(max_size=300), in_some_form.map(lambda one: one[0].encode("utf-16", "surrogatepass")[: len(one[0])])
    )
)
def test_any_bytes_are_read_or_refused_with_a_sentence(source):
    try:
        copy = reading(source)
    except CopyRefused as refusal:
        sentence = str(refusal)
    else:
        check(copy)
        sentence = "."

    assert sentence.endswith(".")


@quick
@given(in_some_form)
def test_facts_in_words_lie_within_a_part_of_their_story(given_copy):
    copy = reading(*given_copy)

    for number, story in enumerate(copy.stories):
        own = [piece.span for piece in pieces(copy) if piece.story == number]
        for _, fact in facts(story):
            assert any(start <= fact.span[0] and fact.span[1] <= end for start, end in own)


@quick
@given(copy_in("text", whole=True))
def test_a_story_read_again_by_itself_has_the_same_headline_and_labels(source):
    copy = reading(source, "text")
    for story in copy.stories:
        (again,) = reading(copy.text[slice(*story.span)], "text").stories

        assert again.headline.text == story.headline.text
        assert [point.label for point in again.points] == [point.label for point in story.points]


@pytest.mark.parametrize("part", ["dev", "test"])
def test_a_reading_leaves_no_garbage_that_would_have_to_be_searched_for(part):
    found = list(corpus_pieces(part))
    for piece in found[:1]:
        read(piece.source, at=piece.at, zone=piece.zone).as_json()
    gc.collect()

    with garbage.left_alone():
        for piece in found:
            read(piece.source, at=piece.at, zone=piece.zone).as_json()
        left = gc.collect()

    assert left == 0
