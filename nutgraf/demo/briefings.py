"""Begin the demo's briefings, send their past editions as a curator would have, and leave today's as a draft."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from nutgraf.audience import samples as audience
from nutgraf.briefings import actions, suggestions
from nutgraf.briefings.models import Briefing, Edition, ReportStory, SpecialReport
from nutgraf.demo.content.briefings import BRIEFINGS, READERS, SPONSOR, WEEK
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import BriefingPlan
from nutgraf.newsroom.models import Author
from nutgraf.stories.models import Story
from nutgraf.storylines.models import Storyline

_NAMESPACE = uuid.UUID("8a6c1f0e-4f61-4f0b-8d55-1f6d8cf5f9a2")

# What fits into an edition of a newsroom of nine.
MOST = 5


def build(dates: Dates, *, authors: Mapping[str, Author], by: User) -> None:
    """Begin both briefings with their editions, oldest first, and the special report."""
    begun = dates.at - datetime.timedelta(days=40)
    briefings = [(plan, _begin(plan, authors, at=begun)) for plan in BRIEFINGS]
    lists = [actions.keep_list(briefing) for _plan, briefing in briefings]
    for email in READERS:
        audience.make_subscriber(email, at=begun, lists=lists)
    for plan, briefing in briefings:
        for turn, day in enumerate(_days(briefing, len(plan.openings), dates)):
            _send(plan, briefing, day, turn, by=by)
    _report(authors, at=begun)
    _draft(briefings[0][1], dates)


def _begin(plan: BriefingPlan, authors: Mapping[str, Author], *, at: datetime.datetime) -> Briefing:
    template = Briefing.Template.PICTURED if plan.is_pictured else Briefing.Template.PLAIN
    return actions.open_briefing(
        by=None,
        at=at,
        name=plan.name,
        slug=plan.slug,
        promise=plan.promise,
        description=plan.description,
        curator=authors[plan.curator],
        days=plan.days,
        hour=plan.hour,
        sender_name=plan.name,
        sender_address=f"{plan.slug}@almerybell.example",
        reply_to="desk@almerybell.example",
        template=template,
    )


def _days(briefing: Briefing, count: int, dates: Dates) -> list[datetime.date]:
    """Return so many past days of a briefing's rhythm, the earliest first."""
    day = timezone.localdate(dates.at)
    found: list[datetime.date] = []
    while len(found) < count:
        if briefing.is_due_on(day) and briefing.moment_on(day) < dates.at:
            found.append(day)
        day -= datetime.timedelta(days=1)
    return found[::-1]


def _send(plan: BriefingPlan, briefing: Briefing, day: datetime.date, turn: int, *, by: User) -> None:
    at = briefing.moment_on(day)
    edition = Edition(briefing=briefing, day=day, curator=briefing.curator, created_at=at)
    stories = [one.story for one in suggestions.of(edition, at=at).stories][:MOST]
    if not stories:
        # A morning on which nothing was new: what there was before, told as that.
        earlier = Story.objects.live().filter(first_published_at__lte=at).order_by("-first_published_at")
        stories = list(earlier[:3]) or list(Story.objects.live().order_by("first_published_at")[:3])
    items: list[dict[str, Any]] = [
        suggestions.story_item(story, has_picture=place == 1) for place, story in enumerate(stories)
    ]
    if quote := next((quote for story in stories for quote in story.quotes.all()[:1]), None):
        items.insert(2, suggestions.quote_item(quote))
    if number := next((number for story in stories for number in story.numbers.all()[:1]), None):
        items.append(suggestions.number_item(number))
    if plan is not WEEK and turn % 3 == 0:
        items.append(_sponsor())
    opened = actions.open_edition(
        briefing=briefing,
        by=by,
        at=at,
        day=day,
        subject=stories[0].card_head,
        preheader="; ".join(story.card_head for story in stories[1:3])[:200],
        opening=f"<p>{plan.openings[-1 - turn]}</p>",
        items=_with_ids(items, f"{plan.slug}/{turn}"),
    )
    actions.send(edition=opened, by=by, at=at)


def _sponsor() -> dict[str, Any]:
    label, headline, words = SPONSOR
    value = {
        "label": label[:40],
        "headline": headline,
        "words": f"<p>{words}</p>",
        "url": "https://ferry.example/",
        "picture": None,
    }
    return {"type": "sponsor", "value": value}


def _draft(briefing: Briefing, dates: Dates) -> None:
    """Leave the next edition as a curator finds it: begun with what is suggested."""
    edition = actions.open_edition(briefing=briefing, by=None, at=dates.at)
    edition.items = _with_ids(list(edition.items.get_prep_value()), f"{briefing.slug}/draft")
    edition.save()


def _report(authors: Mapping[str, Author], *, at: datetime.datetime) -> None:
    storyline = Storyline.objects.standing().order_by("pk").first()
    if storyline is None:
        return
    report = SpecialReport(
        name="The hills and the harbour",
        slug="hills-and-harbour",
        introduction="Why what happens in Verrane is felt on Almery’s quays: begin with these, then read on.",
        curator=authors["cleo"],
        picture=storyline.picture,
        storyline=storyline,
        is_public=True,
        created_at=at,
    )
    first = storyline.places.filter(story__live=True).order_by("story__first_published_at")[:3]
    report.chosen.set([ReportStory(story_id=place.story_id, sort_order=turn) for turn, place in enumerate(first)])
    report.save()


def _with_ids(items: list[dict[str, Any]], seed: str) -> list[dict[str, Any]]:
    """Give items ids of their own: built twice, the demo is the same."""
    return [one | {"id": str(uuid.uuid5(_NAMESPACE, f"{seed}/{place}"))} for place, one in enumerate(items)]
