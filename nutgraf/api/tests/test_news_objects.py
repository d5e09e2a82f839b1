"""A draft's news object says in the standard's own words what may be done with it, and only to whoever may see the draft."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.utils import timezone

from nutgraf.api.samples import Program, make_token
from nutgraf.imports.wire.items import Item, Status
from nutgraf.imports.wire.reading import read
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import event, make_story, point

pytestmark = pytest.mark.django_db

LATER = datetime.timedelta(days=2)


@pytest.fixture
def eli_asks(eli) -> Program:
    return Program(make_token(eli, "drafts:read"))


@pytest.fixture
def draft(noon: datetime.datetime) -> Story:
    return make_story("Harbour reopens", point("Why it matters", "Bread comes by ship."), is_draft=True)


def checked(answer: Any, public_data: Path) -> dict[str, Any]:
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    valid(answer.json(), public_data)
    return answer.json()


def valid(found: dict[str, Any], public_data: Path) -> None:
    schema = json.loads((public_data / "ninjs" / "ninjs-schema_3.1.json").read_text())
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(found)


def taken(found: dict[str, Any]) -> Item:
    (item,) = read(json.dumps(found).encode(), content_type="", address="", at=timezone.now()).items
    assert isinstance(item, Item)
    return item


def test_a_draft_is_withheld_and_its_words_are_there(eli_asks: Program, draft: Story, public_data: Path) -> None:
    found = checked(eli_asks.get(f"drafts/{draft.pk}/news-object"), public_data)

    assert (found["pubStatus"], found["uri"]) == ("withheld", f"urn:uuid:{draft.translation_key}")
    assert "Bread comes by ship." in found["bodies"][0]["value"]
    assert taken(found).status is Status.WITHHELD


def test_what_is_scheduled_is_usable_from_its_hour_on(eli_asks: Program, draft: Story, eli, public_data: Path) -> None:
    due = timezone.now() + LATER
    actions.schedule(story=draft, by=eli, at=due)

    found = checked(eli_asks.get(f"drafts/{draft.pk}/news-object"), public_data)

    assert (found["pubStatus"], found["embargoedUntil"]) == ("usable", due.isoformat())
    assert taken(found).embargoed == due


@pytest.mark.parametrize("has_end", [True, False])
def test_what_is_held_is_withheld_with_the_reason(
    eli_asks: Program, draft: Story, public_data: Path, has_end: bool
) -> None:
    until = timezone.now() + LATER if has_end else None
    actions.hold(story=draft, reason="It is under an embargo.", until=until, at=timezone.now())

    found = checked(eli_asks.get(f"drafts/{draft.pk}/news-object"), public_data)

    assert (found["pubStatus"], found["edNote"]) == ("withheld", "It is under an embargo.")
    assert found.get("embargoedUntil") == (until.isoformat() if until else None)


def test_a_public_story_is_usable_until_somebody_revises_it_and_canceled_once_it_is_withdrawn(
    eli_asks: Program, eli, noon: datetime.datetime, public_data: Path
) -> None:
    story = make_story("Harbour reopens", at=noon)

    def status() -> str:
        return str(checked(eli_asks.get(f"drafts/{story.pk}/news-object"), public_data)["pubStatus"])

    assert status() == "usable"
    story.short_head = "Open"
    story = actions.revise(story=story, by=eli)
    assert status() == "withheld"
    actions.withdraw(story=story, reason="We were wrong.", by=eli, at=noon)
    assert status() == "canceled"
    assert "Harbour" not in eli_asks.get(f"drafts/{story.pk}/news-object").content.decode()


def test_nobody_sees_a_draft_or_what_is_planned_without_a_token(draft: Story, rosa) -> None:
    for path in (f"drafts/{draft.pk}/news-object", "planning"):
        assert Program().get(path).status_code == 401
        assert Program(make_token(rosa, "publish")).get(path).status_code == 403
    assert Program(make_token(rosa, "drafts:read")).get(f"drafts/{draft.pk}/news-object").status_code == 404


def test_what_is_planned_comes_by_its_hours(eli_asks: Program, draft: Story, eli, public_data: Path) -> None:
    later = make_story("Bakery opens", is_draft=True)
    make_story("No hour yet", is_draft=True)
    for place, story in enumerate((later, draft)):
        actions.schedule(story=story, by=eli, at=timezone.now() + LATER * (2 - place))

    found = checked(eli_asks.get("planning"), public_data)

    assert found["type"] == "planning"
    assert [one["title"] for one in found["plannedCoverage"]] == ["Harbour reopens", "Bakery opens"]


def test_a_story_that_is_published_again_as_it_was_leaves_the_versions_of_its_events(noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", event("Talks", starts=noon.date()), at=noon)

    actions.publish(story=Story.objects.get(pk=story.pk), by=None, at=noon + LATER)

    # When that was is a column of which no page hears.
    (found,) = Program().get(f"events/news-objects?since={noon:%Y-%m-%d}").json()["items"]
    assert datetime.datetime.fromisoformat(found["versionCreated"]) == noon


def test_events_are_news_objects_of_their_own(noon: datetime.datetime, public_data: Path) -> None:
    story = make_story("Harbour reopens", event("Talks", starts=noon.date(), place="Port Ellery"), at=noon)

    (found,) = Program().get(f"events/news-objects?since={noon:%Y-%m-%d}").json()["items"]

    valid(found, public_data)
    assert (found["type"], found["title"], found["located"]) == ("event", "Talks", "Port Ellery")
    assert found["eventDetails"] == {"dates": {"expectedStartDate": f"{noon:%Y-%m-%d}"}}
    assert found["uri"].startswith(f"http://testserver{story.address}#")
