"""A worker's memory holds what is read, up to its size, and forgets no reader whom it counted."""

from __future__ import annotations

import threading
import time

import pytest

from nutgraf.published.serving.memory import Memory
from nutgraf.published.stored import StoredPage


def page(address, size=1_000, fill=b"Q"):
    return StoredPage.press(address=address, generation=1, headers=[], content=fill * size)


def put(memory, address, **options):
    return memory.put((address, ""), page(address, **options), 1)


@pytest.fixture
def one_page():
    """How much one page takes."""
    memory = Memory()
    put(memory, "/a/")
    return memory.bytes


def test_what_is_put_there_is_there():
    memory = Memory()

    held = put(memory, "/a/")

    assert memory.pages["/a/", ""] is held
    assert memory.variant(held, "identity").full.body == b"Q" * 1_000


def test_what_nobody_asks_for_takes_no_room(one_page):
    memory = Memory()
    held = put(memory, "/a/")
    assert memory.bytes == held.size == one_page

    memory.variant(held, "identity")

    assert memory.bytes == held.size == one_page + 1_000


def test_a_page_that_was_let_go_counts_no_more():
    memory = Memory()
    old, new = put(memory, "/a/"), put(memory, "/a/")

    memory.variant(old, "identity")

    assert memory.bytes == new.size


def test_it_grows_to_its_size_and_no_further(one_page):
    memory = Memory(most_bytes=3 * one_page)

    for number in range(50):
        put(memory, f"/{number}/")

    assert len(memory.pages) == 3
    assert memory.bytes == sum(held.size for held in memory.pages.values()) <= memory.most_bytes


def test_what_nobody_has_read_since_goes_first(one_page):
    memory = Memory(most_bytes=3 * one_page)
    read, unread, _ = put(memory, "/read/"), put(memory, "/unread/"), put(memory, "/new/")
    unread.was_used = False

    put(memory, "/newest/")

    assert {path for path, _query in memory.pages} == {"/read/", "/new/", "/newest/"}
    assert not read.was_used


def test_a_page_that_is_larger_than_the_memory_is_held_alone(one_page):
    memory = Memory(most_bytes=one_page)
    put(memory, "/a/")

    put(memory, "/large/", size=50_000)

    assert list(memory.pages) == [("/large/", "")]


def test_a_page_in_a_new_version_takes_the_place_of_the_old_and_keeps_its_readers(one_page):
    memory = Memory()
    put(memory, "/a/").hits = 3

    held = memory.put(("/a/", ""), page("/a/", fill=b"R"), 2)

    assert (held.hits, held.tide) == (3, 2)
    assert memory.bytes == held.size


def test_readers_are_told_once_and_also_of_pages_that_had_to_go(one_page):
    memory = Memory(most_bytes=one_page)
    gone = put(memory, "/a/")
    gone.hits, gone.was_used = 2, False
    put(memory, "/b/").hits = 5

    assert memory.take_hits() == {"/a/": 2, "/b/": 5}
    assert memory.take_hits() == {}


class Slow(dict):
    """Lets another thread have its turn between asking for the first page and having it."""

    def __iter__(self):
        keys = super().__iter__()
        time.sleep(0.0001)
        yield from keys


def test_threads_that_put_pages_there_do_not_disturb_one_another(one_page):
    memory, failed = Memory(most_bytes=3 * one_page), []
    memory.pages = Slow()
    ready = [page(f"/{number}/") for number in range(20)]

    def put_many(first):
        try:
            for number in range(first, first + 200):
                held = memory.put((ready[number % 20].address, ""), ready[number % 20], 1)
                memory.variant(held, "identity")
        except RuntimeError as error:  # Told by the assertion.
            failed.append(error)

    threads = [threading.Thread(target=put_many, args=[first]) for first in (0, 7, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert memory.bytes == sum(held.size for held in memory.pages.values())
