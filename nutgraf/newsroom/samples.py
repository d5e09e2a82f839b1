"""Small builders of sections, authors and staff, used by tests and the demo newsroom alike."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from nutgraf.newsroom import actions
from nutgraf.newsroom.models import Author, Section


def make_section(name: str = "World", **fields: Any) -> Section:
    """Return the section of that name, opened if there is none."""
    return Section.objects.filter(name=name).first() or actions.open_section(name=name, **fields)


def make_author(name: str = "Rosa Vale", **fields: Any) -> Author:
    """Return the author of that name, introduced if there is none."""
    return Author.objects.filter(name=name).first() or actions.introduce(name=name, **fields)


def make_staff(name: str, role: str, password: str | None = None) -> AbstractUser:
    """Take on somebody whose username is the first name in small letters."""
    username = name.split()[0].lower()
    return actions.take_on(username=username, name=name, email=f"{username}@example.org", password=password, role=role)
