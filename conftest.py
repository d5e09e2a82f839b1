"""The cast, for every test in the repository: Rosa reports, Eli edits, Cleo curates, Priya publishes, Nobody may do nothing."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AbstractUser, AnonymousUser

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def noon() -> datetime.datetime:
    """A moment that tests can count from."""
    return NOON


@pytest.fixture
def rosa(db: None) -> AbstractUser:
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff

    return make_staff("Rosa Vale", roles.REPORTER)


@pytest.fixture
def eli(db: None) -> AbstractUser:
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff

    return make_staff("Eli Marsh", roles.EDITOR)


@pytest.fixture
def cleo(db: None) -> AbstractUser:
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff

    return make_staff("Cleo Aster", roles.CURATOR)


@pytest.fixture
def priya(db: None) -> AbstractUser:
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff

    return make_staff("Priya Lund", roles.PUBLISHER)


@pytest.fixture
def nobody() -> AnonymousUser:
    return AnonymousUser()
