"""Readers get the page as they accept it, or hear that they have it; whatever they say, nothing breaks."""

from __future__ import annotations

import time

import pytest

from nutgraf.published.serving import answers
from nutgraf.published.stored import StoredPage


@pytest.fixture
def page():
    return StoredPage.press(
        address="/quiet/", generation=1, headers=[("content-type", "text/html")], content=b"Q" * 900
    )


def ask(page, encoding="br", **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return answers.choose(answers.variant_of(page, encoding), page.changed_at, given.get)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.0 , gzip ; q=0.1", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("gzip;q=0, *", "br"),
        ("identity", "identity"),
        ("", "identity"),
        ("gzip;q=zwei", "identity"),
        ("br;q=nan, gzip", "gzip"),
        (",,;;,q=1", "identity"),
        ("brr, xgzip", "identity"),
    ],
)
def test_the_best_that_is_accepted(accepted, encoding):
    assert answers.best_encoding(accepted) == encoding
    assert answers.Encodings().best(accepted) == encoding


def test_nobody_is_remembered_who_accepts_at_great_length():
    encodings = answers.Encodings()

    for number in range(2_000):
        encodings.best(f"gzip, x{number}")
    encodings.best("gzip," * 1_000)

    assert len(encodings._known) <= answers.MOST_REMEMBERED
    assert max(len(said or "") for said in encodings._known) <= answers.LONGEST_REMEMBERED


@pytest.mark.parametrize("shape", ["{}", "W/{}", '"x", {}', '"x",W/{} , "y"', "*", " * "])
def test_who_has_these_bytes_hears_that_they_are_the_same(page, shape):
    answer = ask(page, if_none_match=shape.format(page.etag_in("br")))

    assert (answer.status, answer.body) == (304, b"")
    assert ("etag", page.etag_in("br")) in answer.headers
    assert not [name for name, _ in answer.headers if name in ("content-length", "content-encoding")]


@pytest.mark.parametrize("known", ['"x"', "", ",,,", '"', "W/", "é"])
def test_who_has_others_gets_the_page(page, known):
    assert ask(page, if_none_match=known).status == 200


def test_each_encoding_has_a_validator_of_its_own(page):
    etags = {page.etag_in(encoding) for encoding in ("br", "gzip", "identity")}

    assert len(etags) == 3
    assert ask(page, "gzip", if_none_match=page.etag_in("br")).status == 200


def test_the_moment_that_was_told_is_known_again(page):
    assert ask(page, if_modified_since=page.last_modified).status == 304


@pytest.mark.parametrize(
    "since",
    [
        "Mon, 01 Jan 1990 00:00:00 GMT",
        "Mon, 01 Jan 2090 00:00:00 GMT",
        "yesterday",
        "((((",
        "9" * 5_000,
        "Mon, 01 Jan 0000 00:00:00 +9999",
        "Mon, 01 Jan 9999 23:59:59 -2359",
        "",
    ],
)
def test_any_other_moment_brings_the_page(page, since):
    assert ask(page, if_modified_since=since).status == 200


def test_a_validator_counts_more_than_a_moment(page):
    assert ask(page, if_modified_since=page.last_modified, if_none_match='"x"').status == 200


def test_two_changes_within_a_second_have_two_moments(page):
    later = StoredPage.press(address="/quiet/", generation=2, headers=[], content=b"Other.")
    page.changed_at = later.changed_at = float(int(time.time())) + 0.2

    later.keep_age_of(etag=page.etag, changed_at=page.changed_at)

    assert later.last_modified != page.last_modified
    assert ask(later, if_modified_since=page.last_modified).status == 200
