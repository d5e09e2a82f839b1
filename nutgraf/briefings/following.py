"""Follow a storyline by mail: one message a day at most, only if something changed, with what is new to that subscriber."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nutgraf.audience import links, queries
from nutgraf.audience.models import List, Subscription
from nutgraf.audience.queries import Follower
from nutgraf.briefings import changed_words, plain, rendering, sending
from nutgraf.briefings.content import Line
from nutgraf.briefings.models import FollowMail
from nutgraf.briefings.models.following import FOLLOWERS
from nutgraf.mail import actions as mail
from nutgraf.mail import placeholders
from nutgraf.mail.actions import Sender
from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.recipients import Recipient
from nutgraf.newsroom.models import Newsroom
from nutgraf.storylines import catching_up
from nutgraf.storylines.models import Storyline

# When it goes out, by the newsroom's clock, and how much later it may still begin by itself.
HOUR = datetime.time(7)
LATENESS = datetime.timedelta(hours=12)
# Whoever was never told is told of so much.
FIRST_SINCE = datetime.timedelta(days=1)
# Whoever was away for longer reads the storyline's own page.
LONGEST = datetime.timedelta(days=60)
# What the keys of their lists begin with.
STORYLINES = "storyline:"
WEEK = datetime.timedelta(days=7)
WORDS = 200
SIZE = 500


@dataclass(frozen=True)
class Block:
    """What changed in one storyline since a moment, in both forms."""

    html: SafeString
    text: str


Maker = Callable[[int, datetime.datetime, datetime.datetime], Block | None]


class OfFollowers:
    """Those who follow a storyline in which something changed since they were last told."""

    def __call__(self, key: str, after: int, up_to: int, limit: int) -> Sequence[Recipient]:
        """Return the next to whom something is new."""
        follow = _follow_mail(key)
        keys = [f"{STORYLINES}{number}" for number in follow.storylines]
        lists = dict(List.objects.filter(key__in=keys).values_list("key", "pk"))
        # Most were told at the same time, so this is made a few times for some hundred.
        made = cache(block_of)
        while found := queries.followers(keys, after=after, up_to=up_to, limit=limit, at=follow.at):
            if told := [one for follower in found if (one := _recipient(follower, lists, made, at=follow.at))]:
                return told
            after = found[-1].number
        return []

    def last(self, key: str) -> int:
        """Return the number of the newest subscriber."""
        return queries.latest_number()


def send(*, at: datetime.datetime) -> FollowMail | None:
    """Have the day's mail to followers go out, if it is time and something changed; twice is no error. For the clock."""
    local = timezone.localtime(at)
    due_at = timezone.make_aware(datetime.datetime.combine(local.date(), HOUR))
    if at < due_at or FollowMail.objects.filter(day=local.date()).exists():
        return None
    settle(at=at)
    changed = _changed(at=at)
    try:
        with transaction.atomic():
            follow = FollowMail.objects.create(day=local.date(), at=at, storylines=changed, is_settled=not changed)
            if changed:
                _submit(follow, due_at=due_at, at=at)
    except IntegrityError:
        # Another machine's clock was first.
        return None
    return follow


def _changed(*, at: datetime.datetime) -> list[int]:
    """Return the storylines that somebody follows and in which something changed since anybody was told."""
    on = Subscription.objects.filter(state=Subscription.State.ON, list__key__startswith=STORYLINES)
    followed = [int(key.removeprefix(STORYLINES)) for key in set(on.values_list("list__key", flat=True))]
    before = FollowMail.objects.exclude(storylines=[]).first()
    since = max(before.at - WEEK if before else at - FIRST_SINCE, at - LONGEST)
    standing = Storyline.objects.standing().filter(pk__in=followed)
    return [one.pk for one in standing if catching_up.of(one, since=since, at=at).changes]


def _submit(follow: FollowMail, *, due_at: datetime.datetime, at: datetime.datetime) -> None:
    cut = placeholders.new_cut()
    own = sending.places(cut)
    newsroom = Newsroom.load().name
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = Sender(address=address, name=name or newsroom)
    subject = _("What changed in what you follow")
    html = rendering.built(
        "briefings/mail/following.mjml",
        {
            "subject": subject,
            "changes": placeholders.place(cut, "changeshtml"),
            "newsroom": newsroom,
            "places": own,
            "width": rendering.WIDTH,
        },
    )
    text = "\n\n".join([subject, placeholders.place(cut, "changes"), plain.foot(newsroom, own)]) + "\n"
    mail.submit(
        audience=follow.audience_key,
        what=_("What changed in followed storylines, %(day)s") % {"day": follow.day},
        sender=sender,
        subject=subject,
        html=html,
        text=text,
        headers={
            "List-Id": f"<storylines.{sender.address.rpartition('@')[2]}>",
            "List-Unsubscribe": f"<{own.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        cut=cut,
        at=at,
        until=due_at + LATENESS,
    )


def settle(*, at: datetime.datetime) -> int:
    """Note of everybody who had a mail up to when they were told; return of how many mails."""
    done = 0
    for follow in FollowMail.objects.filter(is_settled=False):
        delivery = Delivery.objects.filter(audience=follow.audience_key).only("state").first()
        if delivery and delivery.is_open:
            continue
        if delivery:
            for numbers in _had(delivery):
                _note(follow, numbers)
        FollowMail.objects.filter(pk=follow.pk).update(is_settled=True)
        done += 1
    return done


def _had(delivery: Delivery) -> Iterable[list[int]]:
    after = 0
    had = Message.objects.filter(delivery=delivery, state__in=sending.HAD).order_by("number")
    while numbers := list(had.filter(number__gt=after).values_list("number", flat=True)[:SIZE]):
        yield numbers
        after = numbers[-1]


def _note(follow: FollowMail, numbers: list[int]) -> None:
    keys = [f"{STORYLINES}{number}" for number in follow.storylines]
    told = Subscription.objects.filter(subscriber__in=numbers, list__key__in=keys, state=Subscription.State.ON)
    # Who wants one a week and had one within it was not told of that list.
    weekly = told.filter(frequency=Subscription.Frequency.WEEKLY, told_at__gt=follow.at - WEEK)
    told.exclude(pk__in=weekly.values("pk")).update(told_at=follow.at)


def _recipient(follower: Follower, lists: dict[str, int], made: Maker, *, at: datetime.datetime) -> Recipient | None:
    blocks = {}
    for key, told_at in follower.told.items():
        since = max(told_at or at - FIRST_SINCE, at - LONGEST)
        if block := made(int(key.removeprefix(STORYLINES)), since, at):
            blocks[key] = block
    if not blocks:
        return None
    own: dict[str, Any] = {"number": follower.number, "key": follower.key, "at": at}
    # Out of the storylines that this mail tells of, and of no briefing.
    list_pk, *more = (lists[key] for key in blocks)
    fields: dict[str, Any] = {
        "changes": "\n\n".join(block.text for block in blocks.values()),
        "changeshtml": mark_safe("".join(block.html for block in blocks.values())),  # noqa: S308 - from our templates
        "unsubscribe": links.unsubscribe(**own, list_pk=list_pk, more=more),
        "preferences": links.preferences(**own),
    }
    return Recipient(follower.number, follower.address, fields)


def block_of(storyline: int, since: datetime.datetime, at: datetime.datetime) -> Block | None:
    """Return what changed in a storyline between two moments, if anything did."""
    found = Storyline.objects.filter(pk=storyline).select_related("merged_into").first()
    if found is None:
        return None
    found = found.merged_into or found
    caught_up = catching_up.of(found, since=since, at=at, words=WORDS)
    if not caught_up.changes:
        return None
    lines = [_whole(changed_words.line(change)) for change in caught_up.shown]
    address = rendering.whole(found.get_absolute_url())
    html = render_to_string(
        "briefings/mail/followed.html",
        {"name": found.name, "address": address, "lines": lines, "more": len(caught_up.more)},
    )
    told = [plain.line(one.lead, one.words, one.url) for one in lines]
    return Block(SafeString(html.strip()), "\n\n".join([found.name.upper(), *told, address]))


def _whole(line: Line) -> Line:
    return Line(line.words, line.lead, rendering.whole(line.url))


def _follow_mail(key: str) -> FollowMail:
    return FollowMail.objects.get(pk=int(key.removeprefix(FOLLOWERS)))
