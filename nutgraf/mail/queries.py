"""What is under way, how far it is, and what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from nutgraf.mail.models import Delivery, Message

State = Message.State
# Of each delivery, the most common reasons why somebody did not get it.
MOST_REASONS = 5


@dataclass(frozen=True)
class Progress:
    """How far a delivery is; all that are not counted as something else were delivered."""

    delivery: Delivery
    counts: dict[str, int] = field(default_factory=dict)
    reasons: list[tuple[str, int]] = field(default_factory=list)

    @property
    def delivered(self) -> int:
        return self.delivery.taken - sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """Those in hand or to be tried again; whose turn has not come yet are not counted."""
        return self.counts.get(State.WAITING, 0) + self.counts.get(State.CLAIMED, 0)

    @property
    def failed(self) -> int:
        return self.counts.get(State.FAILED, 0)

    @property
    def bounced(self) -> int:
        return self.counts.get(State.BOUNCED, 0)

    @property
    def complained(self) -> int:
        return self.counts.get(State.COMPLAINED, 0)

    @property
    def uncertain(self) -> int:
        return self.counts.get(State.UNCERTAIN, 0)

    @property
    def left_out(self) -> int:
        return self.counts.get(State.LEFT_OUT, 0)

    @property
    def percent(self) -> int:
        """How much of the audience has been gone through, by its numbers."""
        if self.delivery.state == Delivery.State.DONE:
            return 100
        return int(100 * self.delivery.after / self.delivery.last) if self.delivery.last else 0


def to_many() -> QuerySet[Delivery]:
    """Return what goes to many, the newest first, without the words."""
    return Delivery.objects.exclude(audience="").defer("html", "text", "headers")


def progress(deliveries: list[Delivery]) -> list[Progress]:
    """Return how far each of these is; asks only about those that are not simply delivered."""
    others = Message.objects.filter(delivery__in=[delivery.pk for delivery in deliveries]).exclude(state=State.ACCEPTED)
    counts: dict[int, dict[str, int]] = {}
    for pk, state, count in others.values_list("delivery", "state").annotate(Count("number")).order_by():
        counts.setdefault(pk, {})[state] = count
    reasons: dict[int, list[tuple[str, int]]] = {}
    refused = others.filter(state__in=[State.FAILED, State.BOUNCED, State.WAITING]).exclude(reply="")
    told = refused.values_list("delivery", "reply").annotate(count=Count("number")).order_by("-count", "reply")
    for pk, reply, count in told[: MOST_REASONS * 10]:
        reasons.setdefault(pk, []).append((reply, count))
    return [
        Progress(delivery, counts.get(delivery.pk, {}), reasons.get(delivery.pk, [])[:MOST_REASONS])
        for delivery in deliveries
    ]
