"""A story for other newsrooms' systems: a news object of ninjs 3.1, the IPTC's form for news in JSON."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Newsroom
from nutgraf.reader.addresses import whole
from nutgraf.reader.feed_items import PICTURE
from nutgraf.stories import news_objects
from nutgraf.stories.models import Story
from nutgraf.stories.news_objects import texts

# Which kind of statement on its own work an address leads to, in the IPTC's words.
CORRECTIONS_POLICY = "http://cv.iptc.org/newscodes/trustindicator/correctionsPolicy"


def of(story: Story, *, html: str, text: str, newsroom: Newsroom, request: HttpRequest | None) -> dict[str, Any]:
    """Return a public story, whose facts are loaded, with its text in the two forms that are given."""
    address = whole(str(story.address), request)
    said = {quote.speaker: quote for quote in story.quotes.all() if quote.speaker}
    found: dict[str, Any] = {
        "standard": news_objects.STANDARD,
        "uri": news_objects.name(story),
        "type": "text",
        "representationType": "partial" if story.is_not_to_republish else "full",
        "pubStatus": news_objects.USABLE,
        "usageTerms": news_objects.terms(story),
        "version": story.version_at.isoformat(),
        "firstCreated": story.first_published_at.isoformat(),
        "versionCreated": story.version_at.isoformat(),
        "language": settings.LANGUAGE_CODE,
        "title": story.headline,
        "slugline": story.slug,
        "by": ", ".join(author.name for author in story.authors),
        "located": story.dateline_place,
        "headlines": texts(main=story.headline, short=story.short_head, eyebrow=story.eyebrow),
        "descriptions": texts(lede=story.lede_text),
        # What is not ours to give away is told of, and its text is not in it.
        "bodies": []
        if story.is_not_to_republish
        else [
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
            *(
                {"name": event.what, "rel": "mentioned", **news_objects.event(event, address=address)}
                for event in story.events.all()
            ),
        ],
        "trustIndicators": [
            {"role": CORRECTIONS_POLICY, "title": newsroom.name, "href": whole("/corrections/", request)}
        ],
    }
    return news_objects.known(found)


def _picture(story: Story, picture: Picture, request: HttpRequest | None) -> dict[str, Any]:
    width, height = PICTURE.cut(picture)[1]
    href = whole(renditions.address(picture, PICTURE), request)
    found = {
        "name": "hero",
        "rel": "illustrates",
        "uri": href,
        "type": "picture",
        "by": picture.credit_line,
        "descriptions": texts(caption=story.picture_caption, alternative=story.picture_alt_text),
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
        "standard": news_objects.STANDARD,
        "uri": whole(renditions.address(picture, PICTURE), None),
        "type": "picture",
        "representationType": "full",
        "pubStatus": news_objects.USABLE,
        "versionCreated": picture.created_at.isoformat(),
        "descriptions": texts(caption=picture.caption, alternative=picture.alt_text),
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
