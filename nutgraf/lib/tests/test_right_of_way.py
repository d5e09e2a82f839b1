"""Work that nobody waits for stands back while somebody is answered, and is done in the end."""

import threading
import time

import pytest

from nutgraf.lib import right_of_way


def test_nobody_waits_where_nobody_is_answered():
    began = time.monotonic()

    assert right_of_way.give(most_seconds=10)

    assert time.monotonic() - began < 5


def test_it_waits_until_all_are_answered():
    done = []

    def work():
        done.append(right_of_way.give(most_seconds=10))

    with right_of_way.taken():
        with right_of_way.taken():
            waiting = threading.Thread(target=work)
            waiting.start()
        time.sleep(0.05)
        assert done == []
    waiting.join()
    assert done == [True]


def test_it_does_not_wait_for_ever():
    with right_of_way.taken():
        assert not right_of_way.give(most_seconds=0.01)


@pytest.mark.parametrize("fails", [False, True])
def test_an_application_has_it_until_its_answer_is_there(fails):
    seen = []

    def application(environ, start_response):
        seen.append(right_of_way.give(most_seconds=0))
        if fails:
            raise ZeroDivisionError
        return [b"answer"]

    try:
        assert right_of_way.taken_by(application)({}, lambda *answer: print) == [b"answer"]
    except ZeroDivisionError:
        assert fails

    assert seen == [False]
    assert right_of_way.give(most_seconds=0)
