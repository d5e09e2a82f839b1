"""Every picture can be drawn, at one size, the same each time and quickly."""

import datetime
import time

from nutgraf.demo.content import newsroom
from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import maps, portraits
from nutgraf.demo.drawings.scenes import unrest
from nutgraf.demo.pictures import pictures

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def test_every_picture_is_drawn_in_the_same_size_and_no_two_are_alike() -> None:
    started = time.process_time()

    drawn = [picture.draw() for picture in pictures(Dates(NOON))]

    assert {image.size for image in drawn} == {(1600, 1000)}
    assert len({image.reduce(20).tobytes() for image in drawn}) == len(drawn)
    # Eight seconds on an idle machine; the rest is for one that is not.
    assert time.process_time() - started < 30


def test_a_picture_drawn_twice_is_the_same_picture() -> None:
    assert unrest.barges().tobytes() == unrest.barges().tobytes()
    assert maps.river().tobytes() == maps.river().tobytes()


def test_every_author_has_a_face() -> None:
    assert set(portraits.FACES) == {author.key for author in newsroom.AUTHORS}
    assert portraits.portrait("rosa").size == (portraits.SIDE, portraits.SIDE)
