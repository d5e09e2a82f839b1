"""A page that shows the clock is another as soon as the clock shows something else, whoever wrote its template."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.template import engines

from nutgraf.published import recording, rendering
from nutgraf.published.samples import commit, is_true, stored

LATE = datetime.datetime(2026, 12, 31, 22, 30, tzinfo=datetime.UTC)
NEW_YEAR = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)


def hear(words: str) -> recording.Recording:
    with time_machine.travel(LATE, tick=False), recording.running() as heard:
        engines["django"].from_string(words).render({"moment": LATE, "many": [1, 2, 3]})
    return heard


@pytest.mark.parametrize(
    "words", ['{% now "Y" %}', '{% now "DATE_FORMAT" as day %}{{ day }}', "{{ moment|naturalday }}"]
)
def test_what_says_the_day_is_another_from_midnight_on(words):
    heard = hear(f"{{% load humanize %}}{words}")

    assert (heard.until, heard.refusal) == (NEW_YEAR, "")


@pytest.mark.parametrize(
    "words",
    ['{% now "H:i" %}', '{% now "DATETIME_FORMAT" %}', "{{ moment|timesince }}", "{{ moment|timeuntil }}"]
    + ["{{ moment|naturaltime }}", "{{ many|random }}"],
)
def test_what_says_the_hour_or_leaves_it_to_chance_is_not_stored(words):
    assert hear(f"{{% load humanize %}}{words}").refusal


def test_filters_do_what_they_did():
    ago = engines["django"].from_string("{{ moment|timesince:later }}")

    assert ago.render({"moment": LATE, "later": NEW_YEAR}) == "1\N{NO-BREAK SPACE}hour, 30\N{NO-BREAK SPACE}minutes"


@pytest.mark.django_db
def test_the_year_in_a_themes_footer_is_the_next_in_the_next(store, settings, tmp_path):
    (tmp_path / "templates/components").mkdir(parents=True)
    (tmp_path / "templates/components/footer.html").write_text('<footer>© {% now "Y" %}</footer>')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    rendering.handler.cache_clear()

    with time_machine.travel(LATE, tick=False) as clock:
        commit()
        assert b"2026" in stored("/labels/").identity
        assert is_true("/labels/")
        clock.move_to(NEW_YEAR)
        assert not is_true("/labels/")
        assert b"2027" in stored("/labels/").identity
    rendering.handler.cache_clear()
