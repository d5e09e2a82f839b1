"""What became of an edition: delivered, bounced, unsubscribed, and how often its links were followed, never by whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from nutgraf.briefings import composition
from nutgraf.briefings.models import Edition, Link
from nutgraf.mail import queries
from nutgraf.mail.models import Delivery, Message
from nutgraf.stories.models import PublicVersion

State = Message.State


@dataclass(frozen=True)
class Figures:
    """The figures of one edition."""

    delivery: Delivery | None
    delivered: int = 0
    bounced: int = 0
    complained: int = 0
    failed: int = 0
    uncertain: int = 0
    waiting: int = 0
    unsubscribed: int = 0
    clicks: int = 0
    links: list[Link] = field(default_factory=list)


def of(edition: Edition) -> Figures:
    """Return the figures of an edition: five queries."""
    delivery = Delivery.objects.filter(audience=edition.audience_key).defer("html", "text").order_by("pk").first()
    # Those that were simply delivered are not asked for one by one, and are forgotten after some months.
    progress = queries.progress([delivery])[0] if delivery else None
    counted = progress.counts if progress else {}
    links = list(edition.links.order_by("-clicks", "number"))
    return Figures(
        delivery=delivery,
        # Whoever reported it had it.
        delivered=(progress.delivered if progress else 0) + counted.get(State.COMPLAINED, 0),
        bounced=counted.get(State.BOUNCED, 0),
        complained=counted.get(State.COMPLAINED, 0),
        failed=counted.get(State.FAILED, 0),
        uncertain=counted.get(State.UNCERTAIN, 0),
        waiting=counted.get(State.WAITING, 0) + counted.get(State.CLAIMED, 0),
        unsubscribed=edition.unsubscribed,
        clicks=sum(link.clicks for link in links),
        links=links,
    )


def errors_in(edition: Edition) -> QuerySet[PublicVersion]:
    """Return what was wrong in the stories that an edition carried, as readers have been told since."""
    versions = PublicVersion.objects.in_short().filter(
        kind__in=composition.WRONG, story__carried_by__edition=edition, at__gt=edition.out_at
    )
    return versions.select_related("story__section").order_by("-at")
