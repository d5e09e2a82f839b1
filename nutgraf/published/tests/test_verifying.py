"""A stored page that is not what would be rendered now is found, told of and dropped; one that is stays."""

from __future__ import annotations

import datetime
import logging

import pytest
from django.http import HttpResponse

from nutgraf.published import contents, outbox, rendering, verifying
from nutgraf.published.meters import meters
from nutgraf.published.samples import commit, stored

NIGHT = datetime.datetime(2026, 11, 22, 3, 30, tzinfo=datetime.UTC)


@pytest.fixture
def said(monkeypatch):
    """What Django says at any address; a test may change it behind the store's back."""
    answer = {"text": "All quiet.", "status": 200}
    monkeypatch.setattr(
        rendering, "render", lambda address: HttpResponse(answer["text"].encode(), status=answer["status"])
    )
    return answer


def test_a_page_that_is_what_it_should_be_is_the_same(store, said):
    stored("/quiet/")

    assert verifying.compare("/quiet/") is True


@pytest.mark.parametrize("change", [{"text": "All quieter."}, {"text": "All quiet. "}, {"status": 404}])
def test_a_page_that_would_be_another_now_is_different(store, said, change):
    stored("/quiet/")

    said.update(change)

    assert verifying.compare("/quiet/") is False


def test_a_page_that_is_not_there_is_not_judged(store, said):
    assert verifying.compare("/nowhere/") is None


def test_a_page_that_was_pressed_again_meanwhile_is_not_judged(store, said, monkeypatch):
    page = stored("/quiet/")

    def press_again_and_render(address):
        with store.writing() as connection:
            connection.execute("UPDATE page SET generation = ?", [page.generation + 1])
        return HttpResponse(b"Another.")

    monkeypatch.setattr(rendering, "render", press_again_and_render)

    assert verifying.compare("/quiet/") is None


def test_comparing_keeps_nothing(store, said):
    page = stored("/quiet/")
    said["text"] = "Another."

    verifying.verify(["/quiet/"])

    assert store.find("/quiet/").etag == page.etag


def test_what_was_compared_is_counted(store, said):
    same = meters().verified.labels("same")
    before = same._value.get()
    stored("/quiet/")

    findings = verifying.verify(["/quiet/", "/nowhere/"])

    assert (findings.same, findings.different, findings.undecided) == (["/quiet/"], [], ["/nowhere/"])
    assert same._value.get() == before + 1


def test_at_night_what_differs_is_told_and_dropped(store, said, caplog):
    stored("/quiet/")
    said["text"] = "Another."

    with caplog.at_level(logging.ERROR):
        findings = verifying.verify_at_night(at=NIGHT)

    assert findings.different == ["/quiet/"]
    assert "/quiet/" in caplog.text
    assert store.find("/quiet/") is None


def test_at_night_what_is_the_same_stays(store, said, caplog):
    stored("/quiet/")

    findings = verifying.verify_at_night(at=NIGHT)

    assert findings.same == ["/quiet/"]
    assert store.find("/quiet/") is not None
    assert not caplog.records


def test_a_night_has_an_end_and_the_next_one_begins_anew(store, said):
    stored("/quiet/")

    rounds = [bool(verifying.verify_at_night(at=NIGHT).same) for _ in range(30)]

    assert sum(rounds) == verifying.PAGES_A_NIGHT / verifying.PAGES_AT_ONCE
    assert verifying.verify_at_night(at=NIGHT + datetime.timedelta(days=1)).same


def test_before_the_hour_and_without_a_store_nothing_is_compared(store, said, settings):
    stored("/quiet/")

    assert not verifying.verify_at_night(at=NIGHT.replace(hour=2)).same
    settings.PAGE_STORE = False
    assert not verifying.verify_at_night(at=NIGHT).same


def test_what_is_forgotten_is_a_change_that_workers_hear_of(store, said):
    stored("/quiet/")
    commit()
    before = outbox.latest()

    verifying.forget(["/quiet/"])

    commit()
    assert outbox.latest() != before
    assert store.find("/quiet/") is None


def test_the_keeper_sees_what_is_stored(store, said):
    stored("/quiet/")
    stored("/quiet/?before=1")
    store.count({"/quiet/": 3})

    quiet, further = contents.pages(store)

    assert (quiet.address, quiet.read, quiet.pressed, quiet.changed, quiet.why) == ("/quiet/", 3, 1, 1, ["new"])
    assert quiet.size > 0
    assert quiet.age_seconds < 60
    assert [page.address for page in contents.pages(store, match="BEFORE")] == [further.address]
    assert sorted(contents.sample(store, 5)) == ["/quiet/", "/quiet/?before=1"]


def test_reasons_are_told_apart_whatever_their_values_are(store, said):
    stored("/quiet/")
    with store.writing() as connection:
        connection.execute("UPDATE page SET why = 'row:a:1 at:b:c:two words any:d list:section:3'")

    assert contents.pages(store)[0].why == ["row:a:1", "at:b:c:two words", "any:d", "list:section:3"]
