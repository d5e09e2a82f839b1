"""What can be done with briefings: open one, open an edition, schedule it, have it go out, try it out, correct it."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from nutgraf.audience import actions as audience
from nutgraf.audience import addresses
from nutgraf.audience.models import List
from nutgraf.briefings import checks, composition, sending, suggestions
from nutgraf.briefings.models import Briefing, Carried, CorrectionMail, Edition, Link, Told
from nutgraf.briefings.rendering import Mail, Places
from nutgraf.mail import actions as mail
from nutgraf.mail import placeholders
from nutgraf.mail.models import Delivery
from nutgraf.stories.models import PublicVersion

By = User | None
State = Edition.State

# To how many a test may go at once.
MOST_TESTS = 10

logger = logging.getLogger(__name__)


@transaction.atomic
def open_briefing(*, by: By, at: datetime.datetime, **fields: Any) -> Briefing:
    """Begin a briefing, to which one can subscribe from now on."""
    briefing = Briefing(created_at=at, **fields)
    briefing.full_clean(exclude=["slug"] if not fields.get("slug") else None)
    briefing.save()
    keep_list(briefing)
    return briefing


def keep_list(briefing: Briefing) -> List:
    """Have the list of a briefing's subscribers say what the briefing says."""
    return audience.open_list(
        key=briefing.list_key, name=briefing.name, promise=briefing.promise, is_offered=briefing.is_open
    )


@transaction.atomic
def open_edition(
    *,
    briefing: Briefing,
    by: By,
    at: datetime.datetime,
    day: datetime.date | None = None,
    is_special: bool = False,
    **fields: Any,
) -> Edition:
    """Begin an edition, filled with what is suggested; of a day that has one already, that is returned.

    Without a day it is the next of the rhythm that has none. A special edition is
    always a new one, today's.
    """
    today = at.astimezone(briefing.zone).date()
    if is_special:
        day = day or today
    else:
        day = day or next_day(briefing, at=at)
        if found := briefing.editions.filter(day=day, is_special=False).first():
            return found
    latest = briefing.editions.filter(day=day).aggregate(latest=Max("number"))["latest"] or 0
    edition = Edition(
        briefing=briefing,
        day=day,
        number=latest + 1,
        is_special=is_special,
        created_at=at,
        **{"curator": briefing.curator, **fields},
    )
    if "items" not in fields:
        _fill(edition, at=at)
    edition.full_clean()
    edition.save()
    edition.save_revision(user=by, log_action=False)
    return edition


def next_day(briefing: Briefing, *, at: datetime.datetime) -> datetime.date:
    """Return the day of the next edition: today if its hour is still to come, and each day only once."""
    today = at.astimezone(briefing.zone).date()
    day = today if briefing.is_due_on(today) and briefing.moment_on(today) > at else briefing.next_day(today)
    taken = set(
        briefing.editions.filter(day__gte=day, is_special=False)
        .exclude(state=State.DRAFT)
        .values_list("day", flat=True)
    )
    while day in taken:
        day = briefing.next_day(day)
    return day


def _fill(edition: Edition, *, at: datetime.datetime) -> None:
    suggested = suggestions.of(edition, at=at)
    edition.items = suggestions.filled(suggested)
    heads = [one.story.card_head for one in suggested.stories[:3]]
    if heads and not edition.subject:
        edition.subject = heads[0]
    if len(heads) > 1 and not edition.preheader:
        also = _("Also: %(headlines)s") % {"headlines": "; ".join(heads[1:])}
        edition.preheader = also[:200]


def schedule(*, edition: Edition, by: By, at: datetime.datetime, send_at: datetime.datetime | None = None) -> Edition:
    """Have an edition go out by itself: at its briefing's hour on its day, or at a moment of its own.

    Raises checks.NotReady where something stands in the way, and ValidationError
    for a moment that has passed.
    """
    send_at = send_at or edition.briefing.moment_on(edition.day)
    if send_at <= at:
        raise ValidationError(_("That moment has passed: send it now, or give it another day."))
    checks.require(edition, at=at)
    _move(edition, [State.DRAFT, State.SCHEDULED, State.ASKING], State.SCHEDULED, send_at=send_at, by=by, trouble="")
    return edition


def unschedule(*, edition: Edition, by: By, at: datetime.datetime) -> Edition:
    """Take back that an edition goes out by itself, or the question whether it is to go out late."""
    _move(edition, [State.SCHEDULED, State.ASKING], State.DRAFT, send_at=None, trouble="")
    return edition


@transaction.atomic
def send(*, edition: Edition, by: By, at: datetime.datetime, until: datetime.datetime | None = None) -> Delivery:
    """Give an edition to readers: its page and its mail, once, whoever asks for it at the same time.

    What it says is fixed here. Raises checks.NotReady where something stands in
    the way, and ValidationError if it is out already.
    """
    _move(edition, [State.DRAFT, State.SCHEDULED, State.ASKING], State.OUT, out_at=at, by=by, trouble="")
    # As it is kept, not as somebody's form has it.
    edition.refresh_from_db()
    edition.state = State.DRAFT
    checks.require(edition, at=at)
    content = composition.compose(edition, at=at)
    edition.state, edition.content = State.OUT, content.as_json()
    edition.save(update_fields=["content"])
    Carried.objects.bulk_create(Carried(edition=edition, story_id=key) for key in content.stories)
    Told.objects.bulk_create(Told(edition=edition, version_id=one.version) for one in content.corrections)
    return _submit(edition, at=at, until=until, by=by)


def _submit(edition: Edition, *, at: datetime.datetime, until: datetime.datetime | None, by: By) -> Delivery:
    keep_list(edition.briefing)
    made, delivery = _mail(
        edition.briefing,
        lambda own: sending.mail_of(edition, at=at, own=own, counts=True),
        audience=edition.audience_key,
        what=f"{edition.briefing.name}, {edition.day}",
        at=at,
        due_at=at,
        until=until,
        by=by,
    )
    Link.objects.bulk_create(
        Link(edition=edition, number=number, url=url, words=words) for number, (url, words) in enumerate(made.links, 1)
    )
    return delivery


def _mail(briefing: Briefing, write: Callable[[Places], Mail], **options: Any) -> tuple[Mail, Delivery]:
    """Submit a mail of a briefing, written with the places for what each recipient has of their own."""
    cut = placeholders.new_cut()
    own = sending.places(cut)
    made = write(own)
    delivery = mail.submit(
        sender=sending.sender(briefing),
        subject=made.subject,
        html=made.html,
        text=made.text,
        headers=sending.headers(briefing, own),
        cut=cut,
        **options,
    )
    return made, delivery


def send_due(*, at: datetime.datetime) -> list[Edition]:
    """Have everything go out that is due; what is later than its curator allows asks instead. For the clock."""
    due = Edition.objects.filter(state=State.SCHEDULED, send_at__lte=at).select_related("briefing", "curator")
    done = []
    for edition in due.order_by("send_at", "pk"):
        until = edition.send_at + edition.briefing.lateness if edition.send_at else at
        if at > until:
            _ask(edition, _("The machine was off at its hour."))
            continue
        try:
            send(edition=edition, by=edition.by, at=at, until=until)
        except ValidationError as error:
            # Somebody has to look; one edition in trouble does not keep the others.
            _ask(edition, " ".join(error.messages))
        else:
            done.append(edition)
    return done


def _ask(edition: Edition, trouble: str) -> None:
    asking = Edition.objects.filter(pk=edition.pk, state=State.SCHEDULED)
    if asking.update(state=State.ASKING, trouble=trouble[:300]):
        logger.warning("“%s” did not go out by itself: %s", edition, trouble)


def test(*, edition: Edition, to: Iterable[str], by: By, at: datetime.datetime) -> list[Delivery]:
    """Send an edition as it stands to some addresses, and to nobody else; the subject says that it is a test."""
    typed = [one for one in to if one.strip()]
    if not typed:
        raise ValidationError(_("Write the addresses that are to get the test."))
    if len(typed) > MOST_TESTS:
        raise ValidationError(_("A test goes to %(most)d addresses at most.") % {"most": MOST_TESTS})
    parsed = dict.fromkeys(addresses.parse(one)[0] for one in typed)
    if not edition.subject.strip():
        raise ValidationError(_("Write a subject: a mail can't go without one."))
    made = sending.mail_of(edition, at=at, own=sending.nobodys_places())
    return [
        mail.post(
            to=address,
            what=_("Test of %(edition)s") % {"edition": edition},
            sender=sending.sender(edition.briefing),
            subject=_("[Test] %(subject)s") % {"subject": made.subject},
            html=made.html,
            text=made.text,
            at=at,
            by=by,
        )
        for address in parsed
    ]


@transaction.atomic
def correct(
    *,
    edition: Edition,
    subject: str,
    words: str,
    by: By,
    at: datetime.datetime,
    version: PublicVersion | None = None,
) -> CorrectionMail:
    """Tell those who had an edition, in a mail of its own, what was wrong in it: an editor's decision."""
    if not edition.is_out:
        raise ValidationError(_("Nobody has had this edition yet: change it instead."))
    correction = CorrectionMail(edition=edition, version=version, subject=subject, words=words.strip(), at=at, by=by)
    correction.full_clean()
    if version and edition.correction_mails.filter(version=version).exists():
        raise ValidationError(_("Those who had this edition have been told of this by mail already."))
    correction.save()
    _mail(
        edition.briefing,
        lambda own: sending.correction_mail(correction, own=own),
        audience=correction.audience_key,
        what=_("Correction of %(edition)s") % {"edition": edition},
        at=at,
        by=by,
    )
    return correction


def count_click(*, edition: int, number: int, is_followed: bool = True) -> str | None:
    """Count that a link was followed, and return where it leads; nothing if the edition has no such link."""
    followed = Link.objects.filter(edition=edition, number=number)
    url = followed.values_list("url", flat=True).first()
    if url is not None and is_followed:
        followed.update(clicks=F("clicks") + 1)
    return url


def on_unsubscribed(*, via: int, **kwargs: Any) -> None:
    """Hear that somebody left, and count it for the edition by whose link they did; of who it was nothing is kept."""
    if via:
        Edition.objects.filter(pk=via).update(unsubscribed=F("unsubscribed") + 1)


def _move(edition: Edition, before: list[State], after: State, **fields: Any) -> None:
    """Change the state, if it is one of those still; raises ValidationError if somebody else was first."""
    if not Edition.objects.filter(pk=edition.pk, state__in=before).update(state=after, **fields):
        raise ValidationError(_("This edition is out already, or is not waiting any more: look at it again."))
    edition.refresh_from_db(fields=["state", *fields])
