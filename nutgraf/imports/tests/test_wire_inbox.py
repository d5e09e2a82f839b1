"""What a wire brings is written down as it is, once, within limits, and forgotten when nobody wants it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import actions, keeping, queries, reading, receiving
from nutgraf.imports.wire.items import Item, NotAFeed, Picture, Status, Wrong
from nutgraf.imports.wire.samples import make_wire
from nutgraf.stories import actions as desk
from nutgraf.stories.models import Story

pytestmark = pytest.mark.django_db
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(noon: datetime.datetime):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def wire(noon) -> Wire:
    desk.found(at=noon)
    return make_wire()


@pytest.fixture
def item() -> Item:
    return Item(id="press-1", headline="Harbour reopens", body_html="<p>Ships may enter again.</p>")


@pytest.fixture
def taken(wire, item, rosa, noon) -> Story:
    return actions.take(row=bring(wire, item, at=noon), by=rosa, at=noon)


def bring(wire: Wire, *items: Item | Wrong, at: datetime.datetime) -> WireItem:
    """Have a wire bring some items, and return the row of the first."""
    receiving.receive(wire=wire, items=items, at=at)
    Wire.objects.filter(pk=wire.pk).update(read_at=at)
    return row(items[0].id)


def row(key: str = "press-1") -> WireItem:
    return WireItem.objects.select_related("wire", "story").get(key=key)


def test_what_is_as_before_is_left_alone(wire, item, noon):
    bring(wire, item, at=noon)
    received = receiving.receive(wire=wire, items=[item], at=noon + HOUR)

    assert (received.new, received.changed, received.same) == (0, 0, 1)
    assert (row().changed_at, row().seen_at) == (noon, noon + HOUR)


def test_of_two_that_are_called_the_same_the_later_counts_whichever_comes_first(wire, item, noon):
    later = replace(item, headline="Later", changed=noon)
    for order in ([item, later], [later, item]):
        received = receiving.receive(wire=wire, items=order, at=noon)
        assert (row().headline, received.wrong) == ("Later", 1)


def test_what_is_wrong_is_counted_and_the_rest_comes(wire, item, noon):
    found = [Wrong("#1", "it has no words"), item, replace(item, id="x" * 9_000, headline="N\x00ul \ud800")]

    received = receiving.receive(wire=wire, items=found, at=noon)

    assert (received.new, received.wrong, received.first_wrong) == (2, 1, "#1: it has no words")
    assert WireItem.objects.get(key__startswith="sha256:").headline == "Nul ?"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "/relative", "file:///etc/passwd", "ftp://a/b"]
)
def test_an_address_that_leads_to_no_page_is_no_link(wire, item, noon, address):
    bring(
        wire, replace(item, link=address, pictures=(Picture(address), Picture("HTTPS://a.example.org/b.jpg"))), at=noon
    )

    kept = keeping.from_text(row().content)
    assert (row().link, kept.link, [one.address for one in kept.pictures]) == ("", "", ["HTTPS://a.example.org/b.jpg"])


def test_more_than_is_taken_at_once_is_cut_and_said(wire, item, noon, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_ITEMS", 2)
    received = receiving.receive(wire=wire, items=[replace(item, id=str(n)) for n in range(5)], at=noon)

    assert (received.new, received.is_cut) == (2, True)


def test_an_item_is_dismissed_and_put_back(wire, item, noon):
    bring(wire, item, at=noon)
    actions.dismiss(row=row())
    bring(wire, replace(item, headline="Two"), at=noon)
    assert (row().state, row().headline) == ("DISMISSED", "Two")

    actions.put_back(row=row())
    assert row().state == "NEW"


def test_what_nobody_took_is_forgotten_once_its_wire_shows_it_no_more(wire, item, rosa, noon, settings):
    settings.WIRE_DAYS = 3
    shown, gone, mine = (replace(item, id=key) for key in ("shown", "gone", "mine"))
    bring(wire, shown, gone, mine, at=noon)
    actions.take(row=row("mine"), by=rosa, at=noon)
    bring(wire, shown, at=noon + DAY)

    assert actions.tidy(at=noon + 2 * DAY) == 0
    assert actions.tidy(at=noon + 4 * DAY) == 1
    assert set(WireItem.objects.values_list("key", flat=True)) == {"shown", "mine"}


def test_what_was_taken_outlives_its_wire(taken, wire, item, noon):
    bring(wire, replace(item, id="other"), at=noon)
    wire.delete()
    actions.tidy(at=noon)

    assert row().story == taken
    assert row().source == "Selva Press Office"
    assert WireItem.objects.count() == 1


def test_a_reading_costs_the_same_whether_it_brings_one_item_or_many(wire, item, noon, django_assert_max_num_queries):
    many = [replace(item, id=str(number)) for number in range(90)]

    with django_assert_max_num_queries(5):
        receiving.receive(wire=wire, items=many, at=noon)
    with django_assert_max_num_queries(3):
        receiving.receive(wire=wire, items=many, at=noon)


def test_what_is_too_long_is_left_out_and_said(wire, item, noon):
    long = replace(item, id="long", headline="Long", body_html="x" * (receiving.LONGEST + 1))

    received = receiving.receive(wire=wire, items=[long, item], at=noon)

    assert (received.new, received.first_wrong) == (1, "Long: it is too long")


def test_of_what_a_wire_shows_no_more_only_the_newest_are_kept(wire, item, noon, monkeypatch):
    monkeypatch.setattr(actions, "MOST_KEPT", 2)
    bring(wire, *(replace(item, id=str(number)) for number in range(5)), at=noon)
    bring(wire, item, at=noon + HOUR)

    assert actions.tidy(at=noon + HOUR) == 3
    assert set(WireItem.objects.values_list("key", flat=True)) == {"0", "1", "press-1"}


def test_what_was_taken_and_deleted_is_told_nobody_any_more(taken, wire, item, rosa, noon):
    bring(wire, replace(item, headline="Two"), at=noon)
    taken.delete()
    assert not WireItem.objects.wanting().exists()

    bring(wire, replace(item, status=Status.CANCELED), at=noon)
    assert row().attention == ""
    assert not WireItem.objects.wanting().exists()


# Whatever comes

_words = st.text(alphabet=st.characters(), max_size=40)
_moments = st.none() | st.datetimes(timezones=st.just(datetime.UTC))
_items = st.builds(
    Item,
    id=_words,
    headline=_words,
    body_html=_words,
    authors=st.lists(_words, max_size=2).map(tuple),
    published=_moments,
    embargoed=_moments,
    status=st.sampled_from(Status),
    pictures=st.lists(st.builds(Picture, address=_words, alt=_words), max_size=2).map(tuple),
    remarks=st.lists(st.tuples(_words, _words), max_size=2).map(tuple),
)


@given(_items)
def test_an_item_is_kept_as_it_came_but_for_what_no_database_takes(found):
    item = keeping.cleaned(found)

    assert keeping.from_text(keeping.as_text(item)) == item
    assert keeping.cleaned(item) == item
    assert "\x00" not in keeping.as_text(item)


# Public files


def test_whatever_public_feeds_hold_is_shown_and_taken(public_data: Path, wire, rosa, noon):
    files = sorted(file for name in ("feeds", "ninjs") for file in (public_data / name).rglob("*") if file.is_file())
    read = 0
    for file in files:
        try:
            found = reading.read(
                file.read_bytes(), content_type="", address=f"https://a.example.org/{file.name}", at=noon
            )
        except NotAFeed:
            continue
        items = [replace(one, id=f"{file.name} {one.id}") for one in found.items if isinstance(one, Item)]
        receiving.receive(wire=wire, items=items, at=noon)
        read += len(items)

    rows = list(WireItem.objects.select_related("wire"))
    assert len(rows) > read / 2 > 50
    for one in rows:
        shown = queries.shown(one)
        assert keeping.from_text(one.content) == keeping.cleaned(shown.item)
        if not one.is_killed:
            story = actions.take(row=one, by=rosa, at=noon)
            assert story.get_latest_revision_as_object().title
            assert not actions.take_over(row=one, by=rosa, at=noon).kept
