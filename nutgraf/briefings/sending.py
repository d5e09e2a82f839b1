"""Who gets an edition, a correction of one, or a test: the audience's answers in the words of the mail."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from nutgraf.audience import links, queries
from nutgraf.audience.queries import Reached
from nutgraf.briefings import composition, rendering
from nutgraf.briefings.models import Briefing, CorrectionMail, Edition
from nutgraf.briefings.rendering import Mail, Places
from nutgraf.mail import placeholders
from nutgraf.mail.actions import Sender
from nutgraf.mail.models import Message
from nutgraf.mail.recipients import Recipient
from nutgraf.newsroom.models import Newsroom

# Those who had it, or may have had it.
HAD = (Message.State.ACCEPTED, Message.State.UNCERTAIN)


class OfEditions:
    """The subscribers of the briefing that an edition is one of, and of its further lists."""

    def __call__(self, key: str, after: int, up_to: int, limit: int) -> Sequence[Recipient]:
        """Return the next who are subscribed now."""
        edition = _edition(key)
        found = queries.recipients(
            edition.briefing.list_keys,
            after=after,
            up_to=up_to,
            limit=limit,
            at=timezone.now(),
            is_weekly=is_for_weekly(edition),
        )
        return _recipients(found, edition)

    def last(self, key: str) -> int:
        """Return the number of the newest subscriber."""
        return queries.latest_number()


class OfCorrections:
    """Those who had an edition and are still subscribed."""

    def __call__(self, key: str, after: int, up_to: int, limit: int) -> Sequence[Recipient]:
        """Return the next who are to be told."""
        correction = CorrectionMail.objects.select_related("edition__briefing").get(pk=int(key.partition(":")[2]))
        edition = correction.edition
        while numbers := list(
            Message.objects.filter(
                delivery__audience=edition.audience_key, number__gt=after, number__lte=up_to, state__in=HAD
            )
            .order_by("number")
            .values_list("number", flat=True)[:limit]
        ):
            if found := queries.among(numbers, edition.briefing.list_keys, at=timezone.now()):
                return _recipients(found, edition)
            after = numbers[-1]
        return []

    def last(self, key: str) -> int:
        """Return the number of the newest subscriber."""
        return queries.latest_number()


def is_for_weekly(edition: Edition) -> bool:
    """Whether those who want one mail a week get this one: the last of its week by the rhythm."""
    if edition.is_special:
        return False
    return edition.briefing.next_day(edition.day).isocalendar()[:2] != edition.day.isocalendar()[:2]


def sender(briefing: Briefing) -> Sender:
    """Return from whom a briefing's mail is."""
    return Sender(address=briefing.sender_address, name=briefing.sender_name, reply_to=briefing.reply_to)


def headers(briefing: Briefing, places: Places) -> dict[str, str]:
    """Return the headers by which mail programs know a list, and offer to leave it."""
    domain = briefing.sender_address.rpartition("@")[2]
    return {
        "List-Id": f"<{briefing.slug}.briefings.{domain}>",
        "List-Unsubscribe": f"<{places.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def places(cut: str) -> Places:
    """Return where in a mail to many each recipient's own links stand."""
    return Places(placeholders.place(cut, "unsubscribe"), placeholders.place(cut, "preferences"))


def nobodys_places() -> Places:
    """Return what stands there in a test or a preview, which is nobody's: the page of all briefings."""
    address = rendering.whole("/briefings/")
    return Places(address, address)


def mail_of(edition: Edition, *, at: datetime.datetime, own: Places, counts: bool = False) -> Mail:
    """Return the mail of an edition, as it went out or as it would."""
    return rendering.mail(
        composition.of(edition, at=at),
        rendering.issue_of(edition),
        newsroom=Newsroom.load().name,
        places=own,
        counting=rendering.counting(edition) if counts else None,
    )


def correction_mail(correction: CorrectionMail, *, own: Places) -> Mail:
    """Return the mail that tells those who had an edition what was wrong in it."""
    edition = correction.edition
    told = _("This concerns the edition of %(briefing)s that you had on %(day)s.")
    day = _day(edition)
    return rendering.notice(
        subject=correction.subject,
        paragraphs=[*correction.words.split("\n\n"), told % {"briefing": edition.briefing.name, "day": day}],
        link=(edition.get_absolute_url(), _("The edition, with its correction")),
        newsroom=Newsroom.load().name,
        places=own,
    )


def _day(edition: Edition) -> str:
    return str(formats.date_format(edition.day, "DATE_FORMAT"))


def _edition(key: str) -> Edition:
    return Edition.objects.in_short().select_related("briefing").get(pk=int(key.partition(":")[2]))


def _recipients(found: Sequence[Reached], edition: Edition) -> list[Recipient]:
    at = edition.out_at or timezone.now()
    pks = [one.pk for one in edition.briefing.lists]
    return [Recipient(one.number, one.address, _fields(one, at=at, lists=pks, via=edition.pk)) for one in found]


def _fields(one: Reached, *, at: datetime.datetime, lists: Sequence[int], via: int) -> dict[str, Any]:
    # Out of all of them, or the next edition would come all the same.
    own, *further = lists
    return {
        "unsubscribe": links.unsubscribe(number=one.number, key=one.key, at=at, list_pk=own, via=via, more=further),
        "preferences": links.preferences(number=one.number, key=one.key, at=at),
    }
