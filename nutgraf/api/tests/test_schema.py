"""A program that knows the OpenAPI document and nothing else sends what it may and what it may not, and nothing breaks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from nutgraf.api.openapi import document
from nutgraf.api.samples import make_token
from nutgraf.stories.samples import event, make_story, number, point, quote

EXAMPLES = 12
# What is well formed may still name a picture or a cursor that there is not, which no schema can say.
UNSAID = [positive_data_acceptance]
# And whatever is text may be copy.
UNSAID_OF_COPY = [*UNSAID, negative_data_rejection]

schema = schemathesis.openapi.from_dict(document())
schema.app = get_wsgi_application()


@pytest.fixture
def token(eli, noon: datetime.datetime) -> str:
    for place in range(3):
        make_story(
            f"Harbour reopens, part {place}",
            point("Why it matters", "Bread comes by <b>ship</b>."),
            quote("We waited nine days.", "Ines Maro"),
            number(9, "days"),
            event("Talks", starts=noon.date()),
            at=noon,
        )
    return make_token(eli)


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """Have the end of a request leave the connection of the test open, as Django's own client does."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


def test_the_document_says_of_each_parameter_what_it_is() -> None:
    operations = [one for path in document()["paths"].values() for one in path.values()]
    parameters = [one for operation in operations for one in operation.get("parameters", [])]
    assert len(parameters) > 20
    assert [one["name"] for one in parameters if not one.get("description")] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_connection")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_that_the_document_allows_or_forbids_breaks_the_api(case, token: str) -> None:
    load_all_checks()

    unsaid = UNSAID_OF_COPY if case.operation.path.endswith("/copy") else UNSAID
    # What asks in this process does not unpack what was compressed.
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, checks=CHECKS.get_all(), excluded_checks=unsaid)
