"""What every test of the desk needs: a founded newsroom, and somebody at its desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nutgraf.desk.samples import filled_form
from nutgraf.newsroom.models import Author, Section
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.models import Archive


@pytest.fixture
def founded(db: None) -> None:
    actions.found(at=timezone.now())


@pytest.fixture
def world(founded: None) -> Section:
    return make_section("World")


@pytest.fixture
def rosa_signs(founded: None, rosa: AbstractUser) -> Author:
    return make_author("Rosa Vale", user=rosa)


@pytest.fixture
def at_desk(founded: None) -> Callable[[AbstractUser], Client]:
    """Sit somebody down at the desk."""

    def sit_down(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sit_down


@pytest.fixture
def add_url(founded: None) -> str:
    """The address of the form for a new story."""
    month = Archive.month(timezone.localdate())
    return reverse("wagtailadmin_pages:add", args=["stories", "story", month.pk])


@pytest.fixture
def form(world: Section, rosa_signs: Author) -> Callable[..., dict[str, Any]]:
    """Fill in the story form, signed and with a section unless told otherwise."""

    def fill(*parts: Any, **fields: Any) -> dict[str, Any]:
        return filled_form(*parts, **{"section": str(world.pk), "bylines": [str(rosa_signs.pk)]} | fields)

    return fill
