"""Whoever watches hears what answers and what does not, and only those see the metrics who may."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError

from nutgraf.published import meters
from nutgraf.published.serving import monitoring
from nutgraf.published.store import the_store


def header_of(headers=None):
    return (headers or {}).get


def test_all_is_well_where_both_answer(store):
    answer = monitoring.health()

    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "database": "ok", "store": "ok"}


def test_a_store_that_does_not_answer_is_named(store, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.DATA_DIR = tmp_path / "file"
    the_store.cache_clear()

    answer = monitoring.health()

    assert answer.status == 503
    assert json.loads(answer.body) == {"status": "trouble", "database": "ok", "store": "does not answer"}


def test_a_database_that_does_not_answer_is_named(store, monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(monitoring, "_ask_database", fail)

    answer = monitoring.health()

    assert answer.status == 503
    assert json.loads(answer.body)["database"] == "does not answer"


def test_a_newsroom_without_a_store_is_well_without_it(store, settings):
    settings.PAGE_STORE = False

    assert json.loads(monitoring.health().body) == {"status": "ok", "database": "ok"}


@pytest.mark.parametrize(
    ("client", "may"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("", False),
        ("unix", False),
    ],
)
def test_metrics_are_for_this_machine(client, may):
    assert monitoring.may_see_metrics(client, header_of()) is may


def test_metrics_are_for_the_networks_that_are_set(settings):
    settings.METRICS_FROM = ["10.1.0.0/16", "2001:db8::/32"]

    assert monitoring.may_see_metrics("10.1.2.3", header_of())
    assert monitoring.may_see_metrics("2001:db8::7", header_of())
    assert not monitoring.may_see_metrics("127.0.0.1", header_of())


@pytest.mark.parametrize("name", monitoring.PASSED_ON)
def test_whoever_was_passed_on_is_not_where_they_seem_to_be(name):
    assert not monitoring.may_see_metrics("127.0.0.1", header_of({name: "127.0.0.1"}))


def test_what_changes_a_thing_is_refused():
    for path in monitoring.ADDRESSES:
        assert monitoring.answer(path, "POST", "127.0.0.1", header_of()).status == 405


def test_metrics_tell_of_the_store(store):
    text = meters.as_text().decode()

    assert "nutgraf_pages_stored 0.0" in text
    assert "nutgraf_changes_not_followed 0.0" in text
    assert "nutgraf_store_generation" in text
