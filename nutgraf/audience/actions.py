"""What subscribers can do, and what is done for them: subscribe, confirm, choose, pause, move, leave and be forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from nutgraf.audience import addresses, consents, letters, limits, links, queries, signals, suppressing
from nutgraf.audience.models import Consent, List, Subscriber, Subscription, Suppression, Wording, new_key

Act, State, Frequency = Consent.Act, Subscription.State, Subscription.Frequency

# Whoever does not answer our question for so long did not ask; nothing of them is kept.
UNANSWERED = datetime.timedelta(days=30)
LONGEST_PAUSE = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Decided:
    """Who decided something about which lists, and whether anything became different by it."""

    subscriber: Subscriber
    lists: list[List]
    is_new: bool = True
    # Whether these are all that they had, and not some that were named.
    is_all: bool = False


# Lists


@transaction.atomic
def open_list(*, key: str, name: str, promise: str = "", is_offered: bool = False, position: int = 0) -> List:
    """Make a list that can be subscribed to, or have it say what it says now."""
    values = {
        "kind": key.partition(":")[0],
        "name": name[:160],
        "promise": promise[:200],
        "is_offered": is_offered,
        "position": position,
        "went_into": None,
    }
    return List.objects.update_or_create(key=key, defaults=values)[0]


def rename_list(*, key: str, name: str) -> None:
    """Have a list, if there is one, be called as what it is of."""
    List.objects.filter(key=key).exclude(name=name[:160]).update(name=name[:160])


@transaction.atomic
def pass_on(*, key: str, to: str, name: str) -> None:
    """Have whoever is on a list be on another in its place, which it went into; who has chosen about that one keeps the choice.

    Links that name the earlier list mean the other from now on.
    """
    old = List.objects.select_for_update().filter(key=key, went_into=None).first()
    if old is None:
        return
    new = List.objects.filter(key=to).first() or open_list(key=to, name=name, promise=old.promise)
    has = Subscription.objects.filter(list=new).values("subscriber")
    old.subscriptions.exclude(subscriber__in=has).update(list=new)
    old.subscriptions.all().delete()
    Consent.objects.filter(list=old).update(list=new)
    List.objects.filter(Q(pk=old.pk) | Q(went_into=old)).update(went_into=new, is_offered=False)


# To begin


@transaction.atomic
def subscribe(
    *,
    email: str,
    lists: Iterable[str],
    source: str,
    words: str,
    at: datetime.datetime,
    frequency: str = Frequency.EVERY,
) -> None:
    """Record the wish to subscribe, and ask the owner of the address whether it is theirs.

    Nothing but that one question is mailed until it is answered. Asking twice is no
    error. It tells nobody whether the address is known: whoever has the lists
    already is told so by mail, and who must not be mailed hears nothing at all.
    Raises ValidationError for an address or a list that there cannot be.
    """
    address, normalised = addresses.parse(email)
    chosen = _lists(lists)
    if suppressing.find([normalised]).get(normalised) in suppressing.FINAL:
        return
    subscriber, _is_new = Subscriber.objects.get_or_create(
        normalised=normalised, defaults={"email": address, "created_at": at}
    )
    on = set(subscriber.subscriptions.filter(list__in=chosen, state=State.ON).values_list("list", flat=True))
    wanted = [one for one in chosen if one.pk not in on]
    for one in wanted:
        values = {"state": State.PENDING, "frequency": frequency, "changed_at": at}
        Subscription.objects.update_or_create(subscriber=subscriber, list=one, defaults=values)
    consents.record(subscriber, wanted, act=Act.ASKED, at=at, source=source, words=words)
    if limits.allows(limits.LETTERS_TO_AN_ADDRESS, normalised, at=at):
        if wanted:
            letters.ask(subscriber, wanted, at=at)
        else:
            letters.tell_of_subscription(subscriber, chosen, at=at)


@transaction.atomic
def confirm(*, token: str, at: datetime.datetime) -> Decided:
    """Turn on what its subscriber was asked about; twice is no error, and turns nothing on that was left since.

    Raises links.BrokenLink or links.ExpiredLink.
    """
    subscriber, asked = queries.holder(links.CONFIRM, token, at=at)
    lists = queries.named(asked.about)
    reason = suppressing.find([subscriber.normalised]).get(subscriber.normalised)
    if reason in suppressing.FINAL or not lists:
        raise links.BrokenLink
    if reason:
        suppressing.lift(email=subscriber.normalised)
    pending = subscriber.subscriptions.filter(list__in=lists, state=State.PENDING)
    turned = [one for one in lists if one.pk in set(pending.values_list("list", flat=True))]
    pending.update(state=State.ON, changed_at=at)
    consents.record(subscriber, turned, act=Act.CONFIRMED, at=at, source="mail", words=letters.question(lists))
    return Decided(subscriber, turned or lists, is_new=bool(turned))


# To go on otherwise


@transaction.atomic
def choose(
    *, subscriber: Subscriber, choices: Mapping[str, str | None], at: datetime.datetime, source: str, words: str
) -> Decided:
    """Have these lists be on, as often as said, or off where None is said; others stay as they are."""
    has = {one.list.key: one for one in subscriber.subscriptions.select_related("list")}
    begun, left = [], []
    for one in _lists(choices):
        frequency, known = choices[one.key], has.get(one.key)
        if frequency is None:
            if known and known.state != State.OFF:
                left.append(one)
        elif known is None or known.state != State.ON or known.frequency != frequency:
            values = {"state": State.ON, "frequency": Frequency(frequency), "changed_at": at}
            Subscription.objects.update_or_create(subscriber=subscriber, list=one, defaults=values)
            begun.append(one)
    consents.record(subscriber, begun, act=Act.CHOSEN, at=at, source=source, words=words)
    _leave(subscriber, left, at=at, source=source, words=words)
    return Decided(subscriber, [*begun, *left], is_new=bool(begun or left))


@transaction.atomic
def pause(*, subscriber: Subscriber, until: datetime.datetime | None, at: datetime.datetime) -> Subscriber:
    """Mail nothing until a moment, a year ahead at most; None or a moment that has passed ends the pause."""
    if until and until > at + LONGEST_PAUSE:
        raise ValidationError(_("Pause for a year at most; to be mailed no more, unsubscribe."))
    subscriber.paused_until = until if until and until > at else None
    subscriber.save(update_fields=["paused_until"])
    return subscriber


@transaction.atomic
def change_address(*, subscriber: Subscriber, email: str, at: datetime.datetime) -> None:
    """Ask at a new address whether it is this subscriber's; all stays as it is until that is confirmed from there.

    Nobody is told whether the new address is known, or suppressed.
    """
    address, normalised = addresses.parse(email)
    if normalised == subscriber.normalised:
        raise ValidationError(_("This is the address that we have."), code="same")
    if not limits.allows(limits.LETTERS_FROM_A_SUBSCRIBER, str(subscriber.pk), at=at):
        raise ValidationError(_("You have asked for this several times today. Try again tomorrow."), code="often")
    subscriber.new_email = address
    subscriber.save(update_fields=["new_email"])
    is_barred = suppressing.find([normalised]).get(normalised) in suppressing.FINAL
    if not is_barred and limits.allows(limits.LETTERS_TO_AN_ADDRESS, normalised, at=at):
        letters.ask_at_new_address(subscriber, at=at)


@transaction.atomic
def move(*, token: str, at: datetime.datetime) -> Subscriber:
    """Mail a subscriber at the address that they have just confirmed; links in earlier mails work no more.

    Who was subscribed from there as well is one subscriber from now on, with the
    lists of both. The earlier address is told, once.
    """
    subscriber, _asked = queries.holder(links.MOVE, token, at=at)
    if not subscriber.new_email:
        raise links.BrokenLink
    address, normalised = addresses.parse(subscriber.new_email)
    if suppressing.find([normalised]).get(normalised) in suppressing.FINAL:
        raise links.BrokenLink
    for other in Subscriber.objects.filter(normalised=normalised).exclude(pk=subscriber.pk):
        _take_over(subscriber, other)
    if not subscriber.is_suppressed:
        letters.tell_of_move(subscriber, at=at)
    suppressing.lift(email=normalised)
    subscriber.email, subscriber.normalised, subscriber.new_email = address, normalised, ""
    subscriber.key, subscriber.is_suppressed = new_key(), False
    subscriber.save()
    return subscriber


def send_link(*, email: str, at: datetime.datetime) -> None:
    """Mail a subscriber the way to their own page; nobody else, and nobody often."""
    normalised = addresses.normalise(email)
    subscriber = Subscriber.objects.filter(normalised=normalised, is_suppressed=False).first()
    if subscriber and limits.allows(limits.LETTERS_TO_AN_ADDRESS, normalised, at=at):
        letters.send_link(subscriber, at=at)


# To end


@transaction.atomic
def unsubscribe(*, token: str, at: datetime.datetime) -> Decided:
    """Take a subscriber off the lists that a link is about, or off all; twice is no error.

    Raises links.BrokenLink. Such a link never expires.
    """
    subscriber, asked = queries.holder(links.UNSUBSCRIBE, token, at=at)
    named, via = queries.named(asked.left), asked.via
    on = subscriber.subscriptions.exclude(state=State.OFF).select_related("list")
    left = [one.list for one in (on.filter(list__in=named) if asked.left else on)]
    source = f"edition {via}" if via else "mail"
    _leave(subscriber, left, at=at, source=source, words=str(letters.UNSUBSCRIBE_WORDS), via=via)
    return Decided(subscriber, left or named, is_new=bool(left), is_all=not asked.left)


@transaction.atomic
def leave(*, subscriber: Subscriber, at: datetime.datetime, source: str, words: str) -> Decided:
    """Take a subscriber off all lists; they stay known, so that they can come back."""
    lists = [one.list for one in subscriber.subscriptions.exclude(state=State.OFF).select_related("list")]
    _leave(subscriber, lists, at=at, source=source, words=words)
    return Decided(subscriber, lists, is_new=bool(lists))


@transaction.atomic
def forget(*, subscriber: Subscriber, at: datetime.datetime) -> None:
    """Delete everything about a subscriber but a hash, by which no import brings them back."""
    for one in subscriber.subscriptions.filter(state=State.ON).select_related("list"):
        signals.unsubscribed.send(sender=Subscriber, number=subscriber.pk, list_key=one.list.key, via=0, at=at)
    suppressing.suppress(email=subscriber.normalised, reason=Suppression.Reason.FORGOTTEN, at=at)
    for address in filter(None, [subscriber.email, subscriber.new_email]):
        letters.forget(address)
    subscriber.delete()


def told(*, numbers: Iterable[int], list_keys: Iterable[str], at: datetime.datetime) -> None:
    """Note up to when subscribers have been told what changed."""
    on = Subscription.objects.filter(subscriber__in=list(numbers), list__key__in=list(list_keys))
    on.update(told_at=at)


@transaction.atomic
def tidy(*, at: datetime.datetime) -> int:
    """Delete those who never answered whether it was they who asked, and what counts no more; return how many."""
    limits.tidy(at=at)
    of_them = Subscription.objects.filter(subscriber=OuterRef("pk"))
    heard = of_them.filter(~Q(state=State.PENDING) | Q(changed_at__gt=at - UNANSWERED))
    silent = Subscriber.objects.filter(~Exists(heard), created_at__lte=at - UNANSWERED)
    numbers = list(silent.values_list("pk", flat=True)[:1000])
    Subscriber.objects.filter(pk__in=numbers).delete()
    Wording.objects.filter(~Exists(Consent.objects.filter(wording=OuterRef("pk")))).delete()
    return len(numbers)


def _lists(keys: Iterable[str]) -> list[List]:
    wanted = dict.fromkeys(keys)
    found = {one.key: one for one in List.objects.filter(key__in=wanted)}
    if not found or len(found) < len(wanted):
        raise ValidationError(_("There is no such list."), code="list")
    return [found[key] for key in wanted]


def _leave(
    subscriber: Subscriber, lists: list[List], *, at: datetime.datetime, source: str, words: str, via: int = 0
) -> None:
    if not lists:
        return
    subscriber.subscriptions.filter(list__in=lists).update(state=State.OFF, changed_at=at)
    consents.record(subscriber, lists, act=Act.WITHDRAWN, at=at, source=source, words=words)
    for one in lists:
        signals.unsubscribed.send(sender=Subscriber, number=subscriber.pk, list_key=one.key, via=via, at=at)
        # However many lists one click leaves, it is one.
        via = 0


def _take_over(subscriber: Subscriber, other: Subscriber) -> None:
    """Give a subscriber what another row has of the same person, and delete that row."""
    has = {one.list_id: one for one in subscriber.subscriptions.all()}
    for one in other.subscriptions.all():
        mine = has.get(one.list_id)
        if mine is None or (one.state == State.ON and mine.state != State.ON):
            if mine:
                mine.delete()
            Subscription.objects.filter(pk=one.pk).update(subscriber=subscriber)
    other.consents.update(subscriber=subscriber)
    other.delete()
