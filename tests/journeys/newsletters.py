"""What the newsroom of the journeys mails: a briefing with more editions than a page shows, a special report, a subscriber."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.stories.models import Story

# So many that the page of the briefing has a second part.
EDITIONS = 22
LONGEST_WORD = "Hafenschlepperkapitänswitwenversicherungsgesellschaft"

# Pages that are the same for all.
KINDS = (
    "briefings",
    "briefing",
    "older editions",
    "edition",
    "special reports",
    "special report",
    "privacy",
)
# Pages that are somebody's own, or a form with the moment in it: nobody keeps them.
OWN_KINDS = (
    "subscriptions",
    "link to subscriptions",
    "subscriptions of somebody",
    "question to confirm",
    "question of who leaves one list",
    "question of who leaves some lists",
    "question to a new address",
    "link that leads nowhere",
)


def build(stories: list[Story], now: datetime.datetime) -> dict[str, str]:
    """Open a briefing, have its editions go out, and return where what is."""
    from nutgraf.briefings import actions
    from nutgraf.briefings.models import SpecialReport
    from nutgraf.briefings.samples import make_briefing, make_edition, text_item
    from nutgraf.mail.models import Delivery
    from nutgraf.newsroom.samples import make_author
    from nutgraf.storylines.models import Storyline

    curator = make_author("Rosa Vale")
    tide = make_briefing(
        "The Tide Table", days="0123456", curator=curator, sender_address="tide@tidewater.example", at=now
    )
    storyline = Storyline.objects.get(slug="harbour")
    report = SpecialReport.objects.create(
        name="The harbour in winter", slug="winter", introduction="What the ice did.", curator=curator,
        storyline=storyline, is_public=True, created_at=now,
    )  # fmt: skip
    report.chosen.create(story=stories[0], sort_order=0)
    for days in range(EDITIONS, 0, -1):
        at = now - datetime.timedelta(days=days)
        items = _items(stories, storyline, now) if days == 1 else [text_item("Nothing moved.")]
        subject = f"{LONGEST_WORD}, day {days}" if days == 2 else f"Low water on day {days}"
        edition = make_edition(tide, *items, day=at.date(), subject=subject, report=report if days < 3 else None, at=at)
        actions.send(edition=edition, by=None, at=at)
    # They went out long ago: nothing waits to be sent when a journey starts.
    Delivery.objects.update(state=Delivery.State.DONE, ended_at=now)
    before = tide.editions.order_by("-day")[19]
    return {
        "briefings": "/briefings/",
        "briefing": tide.get_absolute_url(),
        "older editions": f"{tide.get_absolute_url()}?before={before.date_word}",
        "edition": edition.get_absolute_url(),
        "special reports": "/special-reports/",
        "special report": report.get_absolute_url(),
        "privacy": "/privacy/",
        "subscriptions": "/subscriptions/",
        "link to subscriptions": "/subscriptions/link/",
        "link that leads nowhere": "/subscriptions/preferences/1-0-5-aaaaaaaaaaaaaaaaaaaaaa/",
    } | _own(tide, storyline, now)


def _items(stories: list[Story], storyline: Any, now: datetime.datetime) -> list[Any]:
    """Return an item of every kind."""
    from nutgraf.briefings.samples import coming, item, story_item, text_item
    from nutgraf.media.samples import make_picture

    soon = (now + datetime.timedelta(days=2)).date().isoformat()
    sponsor = {"label": "Sponsored by the ferry", "words": "<p>From six.</p>", "url": "https://ferry.example/"}
    return [
        story_item(stories[0], has_picture=True),
        item("storyline", storyline=storyline.pk, headline="", words="<p>In short:</p>"),
        text_item(f'One was {LONGEST_WORD}, <a href="https://example.org/">they say</a>.', "Words"),
        item("number", figure="2,500", counts="loaves a day", source="the guild", words="", story=stories[1].pk),
        item("quote", words="We have flour again.", speaker="Ada Mill", role="baker", story=stories[1].pk),
        item("next", headline="", events=[coming(soon, "Talks go on", place="Port Ellery", story=stories[1].pk)]),
        item("sponsor", headline="Cross at dawn", picture=make_picture("ferry.png").pk, **sponsor),
    ]


def _own(briefing: Any, storyline: Any, now: datetime.datetime) -> dict[str, str]:
    """Return what a subscriber's links lead to."""
    from nutgraf.audience import links
    from nutgraf.audience.models import List
    from nutgraf.audience.samples import make_list, make_subscriber

    tide = List.objects.get(key=briefing.list_key)
    harbour = make_list(storyline.name, key=f"storyline:{storyline.pk}", is_offered=False, promise="")
    new = "nova@example.org"
    sunny = make_subscriber("sunny.side@example.org", at=now, lists=[tide, harbour], new_email=new)
    own: dict[str, Any] = {"number": sunny.pk, "key": sunny.key, "at": now}
    found = {
        "subscriptions of somebody": links.preferences(**own),
        "question to confirm": links.confirm(**own, lists=[tide.pk, harbour.pk]),
        "question of who leaves one list": links.unsubscribe(**own, list_pk=tide.pk),
        "question of who leaves some lists": links.unsubscribe(**own, list_pk=harbour.pk, more=[tide.pk]),
        "question to a new address": links.move(**own, new_email=new),
    }
    return {kind: address.removeprefix(links.root()) for kind, address in found.items()}
