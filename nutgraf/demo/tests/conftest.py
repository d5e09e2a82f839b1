"""The demo newsroom's plans, counted from several moments."""

import datetime

import pytest

from nutgraf.demo import content, pictures
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import PicturePlan, StoryPlan

MOMENTS = {
    "noon": datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC),
    "dawn": datetime.datetime(2027, 3, 1, 3, 10, tzinfo=datetime.UTC),
    "new year": datetime.datetime(2028, 12, 31, 23, 59, tzinfo=datetime.UTC),
}


@pytest.fixture(params=list(MOMENTS.values()), ids=list(MOMENTS))
def dates(request: pytest.FixtureRequest) -> Dates:
    return Dates(request.param)


@pytest.fixture
def stories(dates: Dates) -> list[StoryPlan]:
    return content.stories(dates)


@pytest.fixture
def library(dates: Dates) -> list[PicturePlan]:
    return pictures.pictures(dates)
