"""A page that was just published is there before anybody asks for it."""

from __future__ import annotations

import logging

import pytest
from taggit.models import Tag

from nutgraf.lib import right_of_way
from nutgraf.lib.spell import Spell
from nutgraf.published import ahead, pressing
from nutgraf.published.tests import tags


@pytest.fixture
def presser(pages, monkeypatch):
    """Have this process be one in which a presser lives; what it would do is done by hand."""
    monkeypatch.setattr(ahead, "_failing", Spell())
    ahead._is_listened_to.set()
    yield ahead.Presser()
    ahead._is_listened_to.clear()
    assert ahead._asked.empty()


def test_a_page_is_pressed_before_anybody_asks_for_it(pages, presser):
    ahead.press("/tags/red/")
    presser.press_next()

    assert pages.find("/tags/red/").identity == b"<h1>Red</h1>"
    assert len(tags.rendered) == 1


def test_one_that_is_there_and_true_is_left_alone(pages, presser):
    pressing.fetch("/tags/red/")
    ahead.press("/tags/red/")
    presser.press_next()

    assert len(tags.rendered) == 1


def test_what_nobody_waits_for_gives_way_meanwhile(pages, presser, monkeypatch):
    seen = []
    monkeypatch.setattr(
        ahead.pressing, "press_unless_pressed", lambda _: seen.append(right_of_way.give(most_seconds=0))
    )

    ahead.press("/tags/red/")
    presser.press_next()

    assert seen == [False]
    assert right_of_way.give(most_seconds=0)


def test_one_that_cannot_be_pressed_is_told_once_and_the_next_is_pressed(pages, presser, monkeypatch, caplog):
    caplog.set_level(logging.ERROR, "nutgraf")
    press = pressing.press_unless_pressed

    def fail(address):
        raise OSError("The disk is full.")

    monkeypatch.setattr(pressing, "press_unless_pressed", fail)
    for address in ("/tags/red/", "/tags/"):
        ahead.press(address)
        presser.press_next()
    monkeypatch.setattr(pressing, "press_unless_pressed", press)
    ahead.press("/tags/")
    presser.press_next()

    assert caplog.text.count("could not be pressed ahead") == 1
    assert [pages.has(address) for address in ("/tags/red/", "/tags/")] == [False, True]


@pytest.fixture
def pressed(monkeypatch):
    """Return what is pressed, in its order; it is quiet at once."""
    press, pressed = pressing.press_unless_pressed, []

    def press_and_note(address):
        pressed.append(address)
        return press(address)

    monkeypatch.setattr(pressing, "press_unless_pressed", press_and_note)
    monkeypatch.setattr(ahead, "QUIET_SECONDS", 0.01)
    return pressed


def test_those_that_a_newer_one_made_others_are_pressed_again_when_it_is_quiet(pages, presser, pressed):
    for address in ("/tags/", "/tags/red/"):
        ahead.press(address)
        presser.press_next()
    Tag.objects.filter(slug="red").update(name="Rot")
    tags.commit()
    presser.press_next()

    assert pressed == ["/tags/", "/tags/red/", "/tags/red/", "/tags/"]
    assert pages.has("/tags/")
    assert pages.has("/tags/red/")
    assert presser.has_looked_again


def test_something_newer_is_not_kept_waiting_by_what_was_asked_for_before(pages, presser, pressed, monkeypatch):
    for address in ("/tags/", "/tags/red/"):
        ahead.press(address)
        presser.press_next()
    monkeypatch.setattr(right_of_way, "give", lambda: ahead.press("/tags/blue/"))
    presser.press_next()

    assert pressed == ["/tags/", "/tags/red/"]
    assert not presser.has_looked_again
    monkeypatch.setattr(pressing, "press_unless_pressed", pressed.append)
    presser.press_next()
    assert pressed[2:] == ["/tags/blue/"]


def test_only_the_latest_are_looked_at_again(presser, pressed, monkeypatch):
    monkeypatch.setattr(ahead, "LATEST", 2)
    monkeypatch.setattr(pressing, "press_unless_pressed", pressed.append)
    for address in ("/tags/", "/tags/red/", "/tags/", "/tags/blue/"):
        ahead.press(address)
        presser.press_next()
    presser.press_next()

    assert pressed[4:] == ["/tags/blue/", "/tags/"]


def test_where_no_presser_lives_nothing_waits_for_one():
    ahead.press("/tags/red/")

    assert ahead._asked.empty()
