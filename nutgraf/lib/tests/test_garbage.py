"""The search for garbage rests only as long as it is told to."""

import gc
import threading

import pytest

from nutgraf.lib import garbage


@pytest.fixture(autouse=True)
def _search_as_before():
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_the_search_rests_and_is_on_again_afterwards():
    with garbage.left_alone():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_the_search_is_on_again_when_the_work_breaks_down():
    with pytest.raises(ValueError, match="broken"), garbage.left_alone():
        raise ValueError("broken")

    assert gc.isenabled()


def test_a_search_that_was_off_stays_off():
    gc.disable()

    with garbage.left_alone():
        pass

    assert not gc.isenabled()


def test_the_search_is_on_again_after_two_threads_whichever_ends_first():
    begun, end = threading.Event(), threading.Event()

    def work():
        with garbage.left_alone():
            begun.set()
            end.wait()

    first = threading.Thread(target=work)
    first.start()
    begun.wait()
    with garbage.left_alone():
        end.set()
        first.join()

    assert gc.isenabled()
