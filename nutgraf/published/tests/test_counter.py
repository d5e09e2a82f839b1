"""Only readers are served from the store, of the hosts that we are, and each page under one spelling."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from nutgraf.published import pressing
from nutgraf.published.serving import counter as serving
from nutgraf.published.serving.answers import Answer
from nutgraf.published.serving.counter import Counter, Wanted
from nutgraf.published.serving.memory import Held
from nutgraf.published.stored import StoredPage


class Still:
    """A tide that a test moves."""

    number = 1

    def read(self):
        return self.number


@pytest.fixture
def tide():
    return Still()


@pytest.fixture
def counter(tide, settings):
    settings.ALLOWED_HOSTS, settings.PAGE_STORE = ["news.example", ".wide.example"], True
    return Counter(tide)


def header_of(**headers):
    given = {"host": "news.example"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return given.get


def hold(counter, asked="/quiet/", **options):
    page = StoredPage.press(address=asked, generation=1, headers=[], content=b"All quiet.", **options)
    return counter.memory.put((asked, ""), page, counter.tide.read())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reader_is_one_who_reads(counter, method):
    assert counter.is_readers(method, header_of())


@pytest.mark.parametrize("method", ["POST", "get", "OPTIONS", "PUT", "BREW", ""])
def test_whoever_does_anything_else_is_none(counter, method):
    assert not counter.is_readers(method, header_of())


@pytest.mark.parametrize("host", ["news.example", "NEWS.EXAMPLE", "news.example:8000", "a.wide.example"])
def test_we_are_the_hosts_that_are_set(counter, host):
    assert counter.is_readers("GET", header_of(host=host))


@pytest.mark.parametrize(
    "host", ["evil", "", None, "news.example@evil", "news.example/x", "news.example:x", "xnews.example", "[::1"]
)
def test_we_are_no_other_host(counter, host):
    assert not counter.is_readers("GET", header_of(host=host))


def test_hosts_that_we_are_not_are_not_remembered_and_others_only_so_many(counter):
    for number in range(1_000):
        counter.is_readers("GET", header_of(host=f"evil{number}"))
        counter.is_readers("GET", header_of(host=f"a{number}.wide.example"))

    assert len(counter._hosts) == serving.MOST_HOSTS
    assert not [host for host in counter._hosts if "evil" in host]


def test_whoever_is_signed_in_is_no_reader(counter, settings):
    assert not counter.is_readers("GET", header_of(cookie=f"a=b; {settings.SESSION_COOKIE_NAME}=x"))
    assert counter.is_readers("GET", header_of(cookie="a=b"))


def test_behind_a_proxy_whoever_came_without_https_is_sent_there_by_django(tide, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["news.example"], True
    counter = Counter(tide)

    assert not counter.is_readers("GET", header_of())
    assert not counter.is_readers("GET", header_of(x_forwarded_proto="http"))
    assert counter.is_readers("GET", header_of(x_forwarded_proto="https"))


def test_what_is_held_is_ready_until_the_tide_moves(counter, tide):
    hold(counter)
    assert counter.ready(("/quiet/", ""), header_of()).body == b"All quiet."

    tide.number = 2

    assert counter.ready(("/quiet/", ""), header_of()) is None


def test_what_is_held_is_not_ready_after_its_time(counter):
    hold(counter, until=1.0)

    assert counter.ready(("/quiet/", ""), header_of()) is None


def test_readers_are_counted_and_those_who_had_it_already(counter):
    held = hold(counter)
    etag = counter.memory.variant(held, "identity").etag

    counter.ready(("/quiet/", ""), header_of())
    counter.ready(("/quiet/", ""), header_of(if_none_match=etag))

    assert (held.hits, counter.unchanged) == (2, 1)


def test_a_page_is_wanted_under_its_one_address(counter, db):
    assert counter.wanted("/latest/", "before=1-1") == Wanted("/latest/?before=1-1", ("/latest/", "before=1-1"), 1)


@pytest.mark.parametrize("query", ["x=1", "before=", "&", "before=1-1&before=2-2", "%62efore=1-1", "before=1-1&"])
def test_other_spellings_lead_to_it(counter, query):
    answer = counter.wanted("/latest/", query)

    assert isinstance(answer, Answer)
    assert answer.status == 302
    assert dict(answer.headers)["location"] in ("/latest/", "/latest/?before=1-1")
    assert counter.redirected == 1


@pytest.mark.parametrize(
    "path", ["/search/", "/desk/", "/no/where/", "/latest", "//", "", "*", "/\0/", "/" + "a" * 2_000]
)
def test_where_no_page_can_be_nothing_is_wanted(counter, path):
    assert counter.wanted(path, "") is None


def test_without_a_store_nothing_is_wanted(counter, settings):
    settings.PAGE_STORE = False

    assert counter.wanted("/latest/", "") is None


def test_what_was_fetched_is_held_and_what_is_none_to_keep_is_not(counter, monkeypatch):
    page = StoredPage.press(address="/latest/", generation=1, headers=[], content=b"All quiet.")
    page.is_fresh = True
    answers = iter([page, HttpResponse(status=404)])
    monkeypatch.setattr(pressing, "fetch", lambda address: next(answers))
    wanted = counter.wanted("/latest/", "")

    assert isinstance(counter.fetch(wanted), Held)
    assert counter.fetch(wanted).status_code == 404
    assert list(counter.memory.pages) == [("/latest/", "")]
    assert (counter.pressed, counter.unkept) == (1, 1)


def test_a_question_mark_in_a_path_is_no_query(counter, monkeypatch):
    page = StoredPage.press(address="/latest/?before=1-1", generation=1, headers=[], content=b"All quiet.")
    monkeypatch.setattr(pressing, "fetch", lambda address: page)
    counter.fetch(counter.wanted("/latest/", "before=1-1"))

    assert counter.ready(("/latest/", "before=1-1"), header_of())
    assert counter.ready(("/latest/?before=1-1", ""), header_of()) is None
    assert counter.wanted("/latest/?before=1-1", "") is None
