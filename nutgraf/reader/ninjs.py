"""A story for other newsrooms' systems: a news object of ninjs 3.1, the IPTC's form for news in JSON."""

from __future__ import annotations

import datetime
import mimetypes
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Newsroom
from nutgraf.reader.addresses import whole
from nutgraf.reader.feed_items import PICTURE
from nutgraf.stories.models import Event, Story

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
# Which kind of statement on its own work an address leads to, in the IPTC's words.
CORRECTIONS_POLICY = "http://cv.iptc.org/newscodes/trustindicator/correctionsPolicy"


def of(story: Story, *, html: str, text: str, newsroom: Newsroom, request: HttpRequest | None) -> dict[str, Any]:
    """Return a public story, whose facts are loaded, with its text in the two forms that are given."""
    address = whole(str(story.address), request)
    said = {quote.speaker: quote for quote in story.quotes.all() if quote.speaker}
    found: dict[str, Any] = {
        "standard": STANDARD,
        "uri": f"urn:uuid:{story.translation_key}",
        "type": "text",
        "representationType": "full",
        "pubStatus": "usable",
        "version": (story.updated_at or story.first_published_at).isoformat(),
        "firstCreated": story.first_published_at.isoformat(),
        "versionCreated": (story.updated_at or story.first_published_at).isoformat(),
        "language": settings.LANGUAGE_CODE,
        "title": story.headline,
        "slugline": story.slug,
        "by": ", ".join(author.name for author in story.authors),
        "located": story.dateline_place,
        "headlines": _texts(main=story.headline, short=story.short_head, eyebrow=story.eyebrow),
        "descriptions": _texts(lede=story.lede_text),
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": html},
            {"role": "plain", "contentType": "text/plain", "value": text, "wordCount": len(text.split())},
        ],
        "subjects": [{"name": story.section.name, "rel": "section"}] if story.section else [],
        "people": [{"name": name, "rel": "quoted"} for name in said],
        "organisations": [
            {"name": name, "rel": "mentioned"}
            for name in dict.fromkeys(quote.affiliation for quote in said.values() if quote.affiliation)
        ],
        "places": [
            {"name": name, "rel": "mentioned"}
            for name in dict.fromkeys(event.place for event in story.events.all() if event.place)
        ],
        "events": [{"id": event.block_id, "name": event.what, "rel": "mentioned"} for event in story.events.all()],
        "infoSources": [
            {"name": newsroom.name, "role": "publisher", "uri": whole("/", request)},
            *(
                {"name": author.name, "role": "author", "uri": whole(author.get_absolute_url(), request)}
                for author in story.authors
            ),
        ],
        "altIds": [{"role": "canonical", "value": address}],
        "renditions": [{"name": "web", "href": address, "contentType": "text/html"}],
        "associations": [
            *([_picture(story, story.hero, request)] if story.hero else []),
            *(_event(event, address) for event in story.events.all()),
        ],
        "trustIndicators": [
            {"role": CORRECTIONS_POLICY, "title": newsroom.name, "href": whole("/corrections/", request)}
        ],
    }
    # What is not known is left out, and not said to be empty.
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _texts(**values: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in values.items() if value]


def _picture(story: Story, picture: Picture, request: HttpRequest | None) -> dict[str, Any]:
    width, height = PICTURE.cut(picture)[1]
    href = whole(renditions.address(picture, PICTURE), request)
    found = {
        "name": "hero",
        "rel": "illustrates",
        "uri": href,
        "type": "picture",
        "by": picture.credit_line,
        "descriptions": _texts(caption=story.picture_caption, alternative=story.picture_alt_text),
        "renditions": [
            {
                "name": "web",
                "href": href,
                "contentType": renditions.FORMATS[PICTURE.format],
                "width": width,
                "height": height,
            }
        ],
    }
    return {name: value for name, value in found.items() if value}


def of_picture(picture: Picture, *, file: str) -> dict[str, Any]:
    """Return a picture, with its file as it was uploaded at this place, for whoever takes the whole archive."""
    shown = {"title": picture.title, "by": picture.credit_line, "copyrightNotice": picture.credit_line}
    return {
        "standard": STANDARD,
        "uri": whole(renditions.address(picture, PICTURE), None),
        "type": "picture",
        "representationType": "full",
        "pubStatus": "usable",
        "versionCreated": picture.created_at.isoformat(),
        "descriptions": _texts(caption=picture.caption, alternative=picture.alt_text),
        "renditions": [
            {
                "name": "original",
                "href": file,
                "contentType": mimetypes.guess_type(file)[0] or "application/octet-stream",
                "width": picture.width,
                "height": picture.height,
            }
        ],
    } | {name: value for name, value in shown.items() if value}


def _event(event: Event, address: str) -> dict[str, Any]:
    return {
        "name": event.what,
        "rel": "mentioned",
        "uri": f"{address}#{event.block_id}",
        "type": "event",
        "title": event.what,
        "eventDetails": {"dates": dict(_dates(event))},
    } | ({"located": event.place} if event.place else {})


def _dates(event: Event) -> Iterator[tuple[str, str]]:
    # Only a moment can start; a day, a month or a year is told as an approximate beginning.
    if event.time and not event.is_expected:
        yield "startDate", _moment(event)
    else:
        length = {Event.Precision.YEAR: len("2026"), Event.Precision.MONTH: len("2026-11")}.get(
            Event.Precision(event.precision)
        )
        yield "expectedStartDate", _moment(event) if event.time else event.starts.isoformat()[:length]
    if event.ends:
        yield "expectedEndDate", event.ends.isoformat()


def _moment(event: Event) -> str:
    time = event.time or datetime.time()
    return timezone.make_aware(datetime.datetime.combine(event.starts, time)).isoformat()
