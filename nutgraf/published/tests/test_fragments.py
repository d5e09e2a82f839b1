"""A part that pages share is made once, and a page is stale with it as if it had made it itself."""

from __future__ import annotations

import datetime
import threading
import time

import pytest
from django.utils import timezone
from taggit.models import Tag

from nutgraf.published import fragments, recording, rendering, verifying
from nutgraf.published.fragments import fragment
from nutgraf.published.recording import Recording
from nutgraf.published.samples import commit, is_true
from nutgraf.published.samples import stored as page_at
from nutgraf.published.store import the_store
from nutgraf.published.tests.tags import change, rendered

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def take(name, make=lambda: "made"):
    """Take a fragment as a page does that is being pressed; return it and what the page has read with it."""
    with recording.running(the_store().follow()) as page:
        return fragment(name, make), page


def test_it_is_made_once_for_all_pages(pages):
    assert page_at("/beside/here/").identity == b"here: Red"
    assert page_at("/beside/there/").identity == b"there: Red"

    assert rendered == ["red"]


def test_every_page_that_shows_it_is_stale_with_it(pages):
    page_at("/beside/here/")
    page_at("/beside/there/")

    Tag.objects.filter(slug="red").update(name="Rot")

    assert not is_true("/beside/here/")
    assert not is_true("/beside/there/")
    assert page_at("/beside/there/").identity == b"there: Rot"
    assert page_at("/beside/here/").identity == b"here: Rot"
    assert rendered == ["red", "red"]


def test_another_change_leaves_it_as_it_is(pages):
    page_at("/beside/here/")

    Tag.objects.create(name="Blue", slug="blue")
    commit()
    page_at("/beside/there/")

    assert rendered == ["red"]


def test_a_change_while_a_page_is_made_of_it_is_not_overlooked(pages, monkeypatch):
    page_at("/beside/there/")
    render = rendering.render
    waiting = ["Rot"]

    def render_slowly(address):
        response = render(address)
        if waiting:
            with recording.paused():
                Tag.objects.filter(slug="red").update(name=waiting.pop())
                commit()
        return response

    monkeypatch.setattr(rendering, "render", render_slowly)

    assert page_at("/beside/here/").identity == b"here: Rot"


def test_the_page_takes_over_all_that_it_read(store):
    def make():
        recording.window("letters", low="c", high="f")
        recording.valid_until(NOON.replace(year=2999))
        recording.shared_for(60)
        return Tag.objects.filter(name="Red").count()

    _, first = take("counted", make)
    _, second = take("counted", make)

    assert all((first.keys, first.windows))
    assert first.until == NOON.replace(year=2999)
    assert (second.keys, second.windows, second.until, second.shared_seconds) == (
        *(first.keys, first.windows, first.until),
        60,
    )


def test_a_page_ends_with_the_first_of_its_parts_to_end():
    page = Recording(until=NOON)
    page |= Recording(until=NOON - datetime.timedelta(hours=1))
    page |= Recording(until=NOON + datetime.timedelta(hours=1))
    page |= Recording()

    assert page.until == NOON - datetime.timedelta(hours=1)


def test_after_its_moment_it_is_made_anew(store, time_machine):
    made = []

    def make():
        recording.valid_until(timezone.now() + datetime.timedelta(minutes=5))
        made.append(1)
        return len(made)

    time_machine.move_to(NOON)
    assert take("timed", make)[0] == take("timed", make)[0] == 1
    time_machine.move_to(NOON + datetime.timedelta(minutes=5))
    assert take("timed", make)[0] == 2


def test_a_refusal_is_the_pages_and_each_pages(store):
    def make():
        recording.refuse("it is not to be kept")
        return "never kept"

    assert [take("refused", make)[1].refusal for _ in range(2)] == ["it is not to be kept"] * 2
    assert not store.fragments


def test_what_a_page_fetches_through_it_later_is_heard_of_that_page(pages):
    def name_only():
        return Tag.objects.only("name").get(slug="red")

    for _ in range(2):
        with recording.running(the_store().follow()) as page:
            red = fragment("red by name", name_only)
            before = set(page.keys)
            assert red.slug == "red"
        assert page.keys - before


def test_nothing_is_kept_where_no_page_is_pressed(store):
    with recording.running() as heard:
        made = fragment("compared", lambda: Tag.objects.count())

    assert made == fragment("previewed", lambda: Tag.objects.count()) == 0
    assert heard.keys
    assert not store.fragments


@pytest.mark.parametrize("forget", [lambda: verifying.forget(["/beside/here/"]), verifying.forget_all])
def test_when_a_page_is_found_wrong_its_parts_are_made_anew(pages, forget):
    page_at("/beside/here/")
    # As if nobody had heard of a change.
    for kept in pages.fragments.values():
        kept.pickled = kept.pickled.replace(b"Red", b"Rid")
    page_at("/beside/there/")
    assert verifying.compare("/beside/there/") is False

    forget()
    commit()

    assert page_at("/beside/here/").identity == b"here: Red"


@pytest.mark.parametrize("moment", ["_stir", "drop"])
def test_what_is_pressed_while_parts_are_forgotten_is_not_made_of_them(pages, monkeypatch, moment):
    page_at("/beside/here/")
    for kept in pages.fragments.values():
        kept.pickled = kept.pickled.replace(b"Red", b"Rid")
    assert page_at("/beside/there/").identity == b"there: Rid"
    where = verifying if moment == "_stir" else type(pages)
    done = getattr(where, moment)

    def done_while_somebody_reads(*args):
        if moment == "drop":
            done(*args)
        page_at("/beside/there/")
        if moment == "_stir":
            done(*args)

    monkeypatch.setattr(where, moment, done_while_somebody_reads)
    verifying.forget(["/beside/there/"])
    commit()

    assert page_at("/beside/there/").identity == b"there: Red"


def test_two_that_ask_for_it_at_once_have_it_made_once(store):
    made, meeting, values = [], threading.Barrier(2), []
    generation = store.follow()

    def make():
        made.append(1)
        time.sleep(0.1)
        return len(made)

    def press():
        with recording.running(generation):
            meeting.wait()
            values.append(fragment("shared", make))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values == [1, 1]


def test_of_many_the_oldest_are_forgotten(store, monkeypatch):
    monkeypatch.setattr(fragments, "MOST", 10)

    for number in range(25):
        take(f"number {number}")

    assert len(store.fragments) <= 10
    assert "number 24" in store.fragments
    assert "number 0" not in store.fragments


def test_a_store_that_was_begun_anew_trusts_none(store):
    made = []
    take("counted", lambda: made.append(1))

    store.clear()
    take("counted", lambda: made.append(1))
    change("row:x:1")
    take("counted", lambda: made.append(1))

    assert len(made) == 2
