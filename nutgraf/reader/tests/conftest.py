"""A newsroom with something to subscribe to, and somebody who has."""

import pytest
import time_machine

from nutgraf.audience.samples import make_list, make_subscriber
from nutgraf.reader.tests.signing_up import SUNNY
from nutgraf.stories import actions as stories


@pytest.fixture
def at(noon):
    """Noon, until the test moves on."""
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


@pytest.fixture
def briefing(db, noon):
    """A list that readers are offered."""
    stories.found(at=noon)
    return make_list()


@pytest.fixture
def sunny(briefing, noon):
    """A subscriber of it."""
    return make_subscriber(SUNNY, at=noon, lists=[briefing])
