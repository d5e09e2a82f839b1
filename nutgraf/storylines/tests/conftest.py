"""A storyline that has gone on for months, for whoever only wants to fill it."""

import datetime

import pytest

from nutgraf.storylines.samples import make_storyline


@pytest.fixture
def blockade(db, noon):
    """A storyline that began five months ago."""
    return make_storyline(at=noon - datetime.timedelta(days=150))
