"""Every story is found by the day of its publication, with the way to what lies beside."""

import datetime

import pytest

from nutgraf.newsroom.samples import make_section
from nutgraf.reader import archive
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_story_is_found_by_year_month_and_day(client, noon):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"))

    assert f'href="/archive/{noon:%Y/%m}/"' in page(client, "/archive/")
    month = page(client, f"/archive/{noon:%Y/%m}/")
    assert f'href="/archive/{noon:%Y/%m/%d}/"' in month
    for path in (f"/archive/{noon:%Y/%m}/", f"/archive/{noon:%Y/%m/%d}/"):
        assert f'href="{story.address}">Harbour reopens</a>' in page(client, path)


def test_a_crowded_day_shows_its_latest_in_the_month_and_all_by_itself(client, noon, monkeypatch):
    monkeypatch.setattr(archive, "SHOWN", 1)
    for n in range(3):
        make_story(f"Story {n}", at=noon + n * datetime.timedelta(minutes=1))

    month, day = page(client, f"/archive/{noon:%Y/%m}/"), page(client, f"/archive/{noon:%Y/%m/%d}/")

    assert "Story 2" in month
    assert "Story 1" not in month.split("<footer")[0]
    assert "All 3 stories of the day" in month
    assert [n for n in range(3) if f"Story {n}</a>" in day] == [0, 1, 2]


def test_what_lies_beside_is_the_next_day_or_month_with_a_story(client, noon):
    for at in (noon, noon - 9 * DAY, noon - 70 * DAY):
        make_story(at=at)

    day = page(client, f"/archive/{noon - 9 * DAY:%Y/%m/%d}/")
    assert f'rel="prev" href="/archive/{noon - 70 * DAY:%Y/%m/%d}/"' in day
    assert f'rel="next" href="/archive/{noon:%Y/%m/%d}/"' in day
    month = page(client, f"/archive/{noon:%Y/%m}/")
    assert f'rel="prev" href="/archive/{noon - 70 * DAY:%Y/%m}/"' in month
    assert 'rel="next" href' not in month


@pytest.mark.parametrize("when", ["2026/13", "2026/02/30", "0000/01", "9999/12", "9999/12/31", "2031/01", "2031/01/01"])
def test_days_and_months_without_stories_are_not_there(client, noon, when):
    make_story(at=noon)

    assert client.get(f"/archive/{when}/").status_code == 404


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize("when", ["0001/01/01", "0001/01", "9999/12/31", "9999/12"])
def test_the_ends_of_the_calendar_have_no_stories_in_any_zone(client, noon, settings, zone, when):
    settings.TIME_ZONE = zone
    make_story(at=noon)

    assert client.get(f"/archive/{when}/").status_code == 404
    assert client.get(f"/sitemap/{when.replace('/', '-')}.xml").status_code == 404


def test_statements_do_not_grow_with_the_month(client, noon, django_assert_num_queries, django_assert_max_num_queries):
    for n in range(8):
        make_story(f"Story {n}", at=noon.replace(day=1 + 2 * n))

    with django_assert_max_num_queries(8):
        client.get(f"/archive/{noon:%Y/%m}/")
