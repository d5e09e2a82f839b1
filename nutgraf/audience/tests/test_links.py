"""A link says who may do what, and nothing that was altered is believed."""

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.audience import links
from nutgraf.audience.models import new_key

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
KEY = "k" * 22
PURPOSES = [links.CONFIRM, links.MOVE, links.PREFERENCES, links.UNSUBSCRIBE]
numbers = st.integers(1, 10**12)


@given(numbers, st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.sampled_from(PURPOSES))
def test_what_was_signed_is_read_back(number, about, purpose):
    text = links.token(purpose, number=number, key=KEY, at=NOW, about=about)

    token = links.Token.read(text)
    token.check(purpose, key=KEY, at=NOW)

    assert (token.number, list(token.about)) == (number, about)


@given(numbers, st.sampled_from(PURPOSES), st.data())
def test_no_letter_of_a_link_can_be_another(number, purpose, data):
    text = links.token(purpose, number=number, key=KEY, at=NOW, about=(3, 7))
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789abcXYZ-_.é\n").filter(lambda letter: letter != text[place]))
    altered = text[:place] + other + text[place + 1 :]

    with pytest.raises(links.BrokenLink):
        links.Token.read(altered).check(purpose, key=KEY, at=NOW)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("other", PURPOSES)
def test_a_link_is_good_for_one_purpose(purpose, other):
    token = links.Token.read(links.token(purpose, number=1, key=KEY, at=NOW))

    if purpose == other:
        token.check(other, key=KEY, at=NOW)
    else:
        with pytest.raises(links.BrokenLink):
            token.check(other, key=KEY, at=NOW)


def test_another_key_calls_all_links_back():
    token = links.Token.read(links.token(links.PREFERENCES, number=1, key=KEY, at=NOW))

    with pytest.raises(links.BrokenLink):
        token.check(links.PREFERENCES, key=new_key(), at=NOW)


def test_a_link_to_unsubscribe_never_expires():
    token = links.Token.read(links.token(links.UNSUBSCRIBE, number=1, key=KEY, at=NOW))

    token.check(links.UNSUBSCRIBE, key=KEY, at=NOW + datetime.timedelta(days=36_500))


@pytest.mark.parametrize("text", ["", "-", "1", "1-0-5-", "x" * 500, "1-.-5-" + "a" * 22, "١-0-5-" + "a" * 22])
def test_what_is_no_link_at_all_is_broken(text):
    with pytest.raises(links.BrokenLink):
        links.Token.read(text)


def test_the_links_of_a_hundred_thousand_mails_take_seconds(settings):
    settings.PUBLIC_URL = "https://news.example.org"
    started = time.process_time()

    for number in range(10_000):
        links.preferences(number=number, key=KEY, at=NOW)
        links.unsubscribe(number=number, key=KEY, at=NOW, list_pk=3, via=7)

    assert time.process_time() - started < 0.5
