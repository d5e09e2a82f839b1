"""Found a newsroom, and take people and sections into it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.utils.text import slugify

from nutgraf.newsroom import roles
from nutgraf.newsroom.models import Author, Newsroom, Section


def christen(*, name: str, tagline: str = "", about: str = "") -> Newsroom:
    """Give the newsroom its name, or another one."""
    newsroom = Newsroom.load()
    newsroom.name, newsroom.tagline, newsroom.about = name, tagline, about
    newsroom.full_clean()
    newsroom.save()
    return newsroom


def open_section(*, name: str, description: str = "", slug: str = "") -> Section:
    """Open a section, last in the navigation."""
    section = Section(
        name=name, slug=slug or slugify(name), description=description, position=Section.objects.count() + 1
    )
    section.full_clean()
    section.save()
    return section


@transaction.atomic
def take_on(*, username: str, name: str, email: str, password: str | None, role: str) -> AbstractUser:
    """Give somebody a login to the desk, in one of the roles; without a password none works yet."""
    if role not in roles.ROLES:
        raise ValueError(f"{role!r} is not a role; the roles are {', '.join(roles.ROLES)}.")
    first_name, _, last_name = name.partition(" ")
    user = get_user_model().objects.create_user(
        username=username, email=email, password=password, first_name=first_name, last_name=last_name
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def introduce(*, name: str, slug: str = "", **fields: Any) -> Author:
    """Add an author; `fields` are the author's own (role, bio, portrait, email, user)."""
    author = Author(name=name, slug=slug or slugify(name), **fields)
    author.full_clean()
    author.save()
    return author
