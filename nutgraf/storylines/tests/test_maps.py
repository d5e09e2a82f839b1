"""A locator map shows each place that is known where it is, whatever its name, and draws nothing that it cannot know."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.stories.samples import event
from nutgraf.storylines import atlas, maps, queries
from nutgraf.storylines.atlas import Spot
from nutgraf.storylines.models import MapPlace
from nutgraf.storylines.samples import make_story_in


def drawn(*names):
    return maps.draw([(name, spot) for name in names if (spot := atlas.find(name))])


SPOTS = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("place", "spot"),
    [
        ("Paris", Spot(48.85, 2.35)),
        ("paris, FRANCE", Spot(48.85, 2.35)),
        ("MÜNCHEN", Spot(48.14, 11.58)),
        ("Munchen", Spot(48.14, 11.58)),
        ("Springfield, Illinois", Spot(39.80, -89.64)),
        ("Moscow (Russia)", Spot(55.75, 37.62)),
    ],
)
def test_a_town_is_found_however_it_is_written(place, spot):
    assert atlas.find(place) == spot


@pytest.mark.parametrize(
    "place", ["Springfield", "Paris, Kestria", "Almery", "", " ,;", "\n\t", "🙂", "'; DROP", "\ud800"]
)
def test_what_is_unknown_or_could_be_several_is_not_found(place):
    assert atlas.find(place) is None


def test_a_place_is_looked_up_whole_and_then_by_its_parts():
    assert atlas.keys_of("Rope Quay, Almery") == ["rope quay almery", "rope quay", "almery"]
    assert atlas.keys_of("Almery") == ["almery"]


@given(st.text(max_size=30))
def test_any_name_may_be_asked_for(name):
    atlas.find(name)


@settings(deadline=None, max_examples=60)
@given(st.lists(SPOTS, min_size=1, max_size=6))
def test_every_place_stands_in_the_picture_and_the_land_is_cut_to_it(spots):
    drawn = maps.draw([(f"Place {number}", spot) for number, spot in enumerate(spots)])

    for dot, spot in zip(drawn.dots, spots, strict=True):
        if maps.SHOWN_SOUTH <= spot.latitude <= maps.SHOWN_NORTH:
            assert -1 <= dot.x <= maps.WIDTH + 1
            assert -1 <= dot.y <= maps.HEIGHT + 1
    for x, y in _points(drawn.land):
        assert -10 <= x / maps.FINE <= maps.WIDTH + 10
        assert -10 <= y / maps.FINE <= maps.HEIGHT + 10


def test_north_is_up_and_east_is_right():
    oslo, rome = drawn("Oslo", "Rome").dots
    lisbon, warsaw = drawn("Lisbon", "Warsaw").dots

    assert oslo.y < rome.y
    assert lisbon.x < warsaw.x


def test_two_names_are_never_drawn_over_each_other():
    crowd = maps.draw([(f"A town with a name {number}", Spot(50 + number / 50, 10)) for number in range(12)])

    assert any(dot.is_named for dot in crowd.dots)
    assert not all(dot.is_named for dot in crowd.dots)


def test_without_places_there_is_no_map():
    assert maps.draw([]) is None


def test_land_across_the_day_line_is_no_bar_over_the_sea():
    fiji = drawn("Suva")
    widest = max(len(part) for part in fiji.land.split("M"))

    assert "Suva" in {dot.name for dot in fiji.dots}
    assert not re.search(rf"l-?{maps.WIDTH * maps.FINE}", fiji.land)
    assert widest < 5_000


def _points(path):
    for line in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        x, y = numbers[0], numbers[1]
        yield x, y
        for right, down in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + right, y + down
            yield x, y


def test_places_are_named_once_and_drawn_where_an_editor_or_the_atlas_knows_them(blockade, noon):
    MapPlace.objects.create(name="Almery", latitude=44.5, longitude=-30)
    make_story_in(
        blockade,
        "First",
        event("Pilots vote", starts=datetime.date(2026, 12, 1), place="Rope Quay, Almery"),
        event("Ministers meet", starts=datetime.date(2026, 12, 2), place="Lisbon"),
        event("Ministers dine", starts=datetime.date(2026, 12, 3), place=" lisbon"),
        event("A march", starts=datetime.date(2026, 12, 4), place="Nowhere <on> earth"),
        at=noon,
    )

    found = queries.assembled(blockade, at=noon).places

    assert {one.name for one in found.named} == {"Rope Quay, Almery", "lisbon", "Nowhere <on> earth"}
    assert {dot.name for dot in found.map.dots} == {"Rope Quay, Almery", "lisbon"}
    assert found.is_from_atlas


def test_a_town_with_and_without_its_country_is_one_place_and_one_of_that_name_elsewhere_another(blockade, noon):
    MapPlace.objects.create(name="Lisbon, Kestria", latitude=44.5, longitude=-30)
    towns = ["Lisbon", "Lisbon, Portugal", "Lisbon, Kestria"]
    days = [datetime.date(2026, 12, day) for day in (1, 2, 3)]
    make_story_in(
        blockade,
        "First",
        *[event(f"Talks in {town}", starts=day, place=town) for town, day in zip(towns, days, strict=True)],
        at=noon,
    )

    found = queries.assembled(blockade, at=noon).places

    assert sorted(one.name for one in found.named) == ["Lisbon, Kestria", "Lisbon, Portugal"]


def test_a_map_of_an_editors_own_places_owes_nothing_to_the_atlas(blockade, noon):
    MapPlace.objects.create(name="Almery", latitude=44.5, longitude=-30)
    make_story_in(blockade, "First", event("Vote", starts=datetime.date(2026, 12, 1), place="Almery"), at=noon)

    assert not queries.assembled(blockade, at=noon).places.is_from_atlas


def test_without_known_places_there_is_a_list_and_no_map(blockade, noon):
    make_story_in(blockade, "First", event("Vote", starts=datetime.date(2026, 12, 1), place="Almery"), at=noon)

    found = queries.assembled(blockade, at=noon).places

    assert found.map is None
    assert [one.name for one in found.named] == ["Almery"]


@pytest.mark.parametrize(
    ("name", "latitude", "field"), [("Almery", 1, "name"), ("?!", 1, "name"), ("Hale", 91, "latitude")]
)
def test_a_place_that_cannot_be_is_refused_at_its_field(db, name, latitude, field):
    MapPlace.objects.create(name="ALMERY", latitude=44.5, longitude=-30)

    with pytest.raises(ValidationError) as refused:
        MapPlace(name=name, latitude=latitude, longitude=3).full_clean()

    assert list(refused.value.message_dict) == [field]
