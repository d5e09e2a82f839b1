"""The cast, for every test in the repository: Rosa reports, Eli edits, Cleo curates, Priya publishes, Nobody may do nothing."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AbstractUser, AnonymousUser
from pytest_django import DjangoDbBlocker

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Begin the numbers of each table elsewhere where they outlive a test, so that none leans on a number or takes one for another."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2")
            for place, (schema, name) in enumerate(cursor.fetchall(), start=1):
                cursor.execute("SELECT setval(%s, %s)", [f'"{schema}"."{name}"', 100_000 + 1_000 * place])


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
