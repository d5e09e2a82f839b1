"""What ninjs, the IPTC's news in JSON, says of a story's standing, its events and what is planned, from facts and drafts alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from nutgraf.copydesk import writing
from nutgraf.stories import copy
from nutgraf.stories.models import Event, Hold, PublicVersion, Story

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
# In the standard's words: to be used (from the end of an embargo on, if there is one), not to be used yet, and no longer.
USABLE, WITHHELD, CANCELED = "usable", "withheld", "canceled"


def name(story: Story) -> str:
    """Return by what a story is known to other systems: it stays when the address moves."""
    return f"urn:uuid:{story.translation_key}"


def known(found: dict[str, Any]) -> dict[str, Any]:
    """Return what is known; the rest is left out, and not said to be empty."""
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def texts(**values: str) -> list[dict[str, str]]:
    """Return texts by their roles."""
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in values.items() if value]


def terms(story: Story) -> str:
    """Return what may not be done with a story by whoever takes it, if there is anything."""
    return _("Not to be republished: the rights to its text are somebody else's.") if story.is_not_to_republish else ""


def canceled(story: Story, note: PublicVersion, *, address: str) -> dict[str, Any]:
    """Return a story that was withdrawn, without a word of it: whoever has it is told to use it no longer, and why."""
    return {
        "standard": STANDARD,
        "uri": name(story),
        "type": "text",
        "representationType": "partial",
        "pubStatus": CANCELED,
        "version": note.at.isoformat(),
        "versionCreated": note.at.isoformat(),
        "language": settings.LANGUAGE_CODE,
        "edNote": note.sentence,
        "altIds": [{"role": "canonical", "value": address}],
    }


def of_draft(story: Story, *, at: datetime.datetime, due: datetime.datetime | None, publisher: str) -> dict[str, Any]:
    """Return the newest draft of a story, for whoever may see it; `due` is when it will be published, if that is settled."""
    note = PublicVersion.objects.latest_of(story.pk)
    if note and note.kind == PublicVersion.Kind.WITHDRAWAL and not story.live:
        return canceled(story, note, address=story.address or "")
    draft = copy.as_draft(story)
    zone: Any = timezone.get_default_timezone()
    written: dict[Any, str] = {
        form: writing.write(draft, at=story.first_published_at or at, zone=zone, form=form, labels=copy.labels())
        for form in ("text", "markdown")
    }
    revision = story.latest_revision
    return known(
        {
            "standard": STANDARD,
            "uri": name(story),
            "type": "text",
            "representationType": "full",
            **_standing(story, at=at, due=due),
            "version": str(revision.pk) if revision else "",
            "versionCreated": revision.created_at.isoformat() if revision else "",
            "firstCreated": story.first_published_at.isoformat() if story.first_published_at else "",
            "language": settings.LANGUAGE_CODE,
            "usageTerms": terms(story),
            "title": story.headline,
            "slugline": story.slug,
            "by": ", ".join(author.name for author in story.authors),
            "located": story.dateline_place,
            "headlines": texts(main=story.headline, short=story.short_head, eyebrow=story.eyebrow),
            "descriptions": texts(lede=story.lede_text),
            "bodies": [
                {"role": "plain", "contentType": "text/plain", "value": written["text"]},
                {"role": "markdown", "contentType": "text/markdown", "value": written["markdown"]},
            ],
            "subjects": [{"name": story.section.name, "rel": "section"}] if story.section else [],
            "infoSources": [{"name": publisher, "role": "publisher"}],
        }
    )


def _standing(story: Story, *, at: datetime.datetime, due: datetime.datetime | None) -> dict[str, str]:
    """Say what may be done with a draft: what will be public at a moment may be used from then on, and nothing else yet."""
    hold = Hold.objects.filter(story=story.pk).first()
    is_held = hold is not None and not hold.is_over(at)
    until = max(filter(None, [due, hold.until if is_held and hold else None]), default=None)
    is_public = story.live and not story.has_unpublished_changes
    is_settled = due is not None and not (is_held and hold and hold.until is None)
    return known(
        {
            "pubStatus": USABLE if is_public or is_settled else WITHHELD,
            "embargoedUntil": until.isoformat() if until and until > at else "",
            "edNote": hold.reason if is_held and hold else "",
        }
    )


def planning(
    stories: Iterable[tuple[Story, datetime.datetime]], *, at: datetime.datetime, address: str, publisher: str
) -> dict[str, Any]:
    """Return what will be published, each with its moment, as one planning item."""
    coverage = [
        {
            "uri": name(story),
            "title": story.headline,
            "type": "text",
            "pubStatus": USABLE,
            "dates": {"startDate": due.isoformat()},
            "language": settings.LANGUAGE_CODE,
        }
        for story, due in stories
    ]
    return known(
        {
            "standard": STANDARD,
            "uri": address,
            "type": "planning",
            "pubStatus": USABLE,
            "versionCreated": at.isoformat(),
            "title": publisher,
            "infoSources": [{"name": publisher, "role": "publisher"}],
            "plannedCoverage": coverage,
        }
    )


def event(fact: Event, *, address: str) -> dict[str, Any]:
    """Return something with a date, as surely as it is known; `address` is that of its story."""
    return known(
        {
            "uri": f"{address}#{fact.block_id}",
            "type": "event",
            "title": fact.what,
            "eventDetails": {"dates": dict(_dates(fact))},
            "located": fact.place,
        }
    )


def _dates(fact: Event) -> Iterator[tuple[str, str]]:
    # Only a moment can start; a day, a month or a year is told as an approximate beginning.
    if fact.time and not fact.is_expected:
        yield "startDate", _moment(fact)
    else:
        length = {Event.Precision.YEAR: len("2026"), Event.Precision.MONTH: len("2026-11")}.get(
            Event.Precision(fact.precision)
        )
        yield "expectedStartDate", _moment(fact) if fact.time else fact.starts.isoformat()[:length]
    if fact.ends:
        yield "expectedEndDate", fact.ends.isoformat()


def _moment(fact: Event) -> str:
    time = fact.time or datetime.time()
    return timezone.make_aware(datetime.datetime.combine(fact.starts, time)).isoformat()
