"""Pages for machines: JSON-LD of schema.org for a story with its corrections and pictures, an author, and a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec
from nutgraf.newsroom.models import Author, Newsroom
from nutgraf.reader.addresses import whole
from nutgraf.stories.models import PublicVersion, Story

# Inside of a script nothing may look like its end.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

_ELSEWHERE = re.compile(r'<a[^>]* href="(https?://[^"]+)"')

# Search engines choose between these; larger than a screen's width serves none of them.
PICTURES = tuple(Spec(1200, ratio, "jpg") for ratio in ((16, 9), (4, 3), (1, 1)))
# What is to be read aloud of a story.
SPOKEN = [".story__headline", ".story__lede"]


def news_article(
    story: Story, notes: list[PublicVersion], *, newsroom: Newsroom, request: HttpRequest | None
) -> dict[str, Any]:
    """Return a public story as schema.org's NewsArticle."""
    address = whole(story.address or "", request)
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": story.headline,
        "description": story.lede_text,
        "datePublished": story.first_published_at.isoformat(),
        "dateModified": story.version_at.isoformat(),
        "author": [
            {"@type": "Person", "name": author.name, "url": whole(author.get_absolute_url(), request)}
            for author in story.authors
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": newsroom.name, "url": whole("/", request)},
        "articleSection": story.section.name if story.section else "",
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "speakable": {"@type": "SpeakableSpecification", "cssSelector": SPOKEN},
    }
    if story.short_head:
        article["alternativeHeadline"] = story.short_head
    if story.dateline_place:
        article["dateline"] = story.dateline_place
    if story.hero:
        article["image"] = [_picture(story, story.hero, spec, request) for spec in PICTURES]
    if cited := _cited(story):
        article["citation"] = cited
    if notes:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": note.sentence, "datePublished": note.at.isoformat()}
            for note in notes
        ]
    return article


def breadcrumbs(*steps: tuple[str, str], request: HttpRequest | None) -> dict[str, Any]:
    """Return the way to a page as schema.org's BreadcrumbList, from names and paths; the last is the page itself."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": whole(path, request)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def profile(author: Author, *, newsroom: Newsroom, request: HttpRequest | None) -> dict[str, Any]:
    """Return an author's page as schema.org's ProfilePage, with the Person whom it is about."""
    address = whole(author.get_absolute_url(), request)
    person: dict[str, Any] = {
        "@type": "Person",
        "@id": address,
        "name": author.name,
        "url": address,
        "jobTitle": author.role,
        "description": author.bio,
        "email": author.email,
        "sameAs": [link.url for link in author.links.all()],
        "worksFor": {"@type": "NewsMediaOrganization", "name": newsroom.name, "url": whole("/", request)},
    }
    if author.portrait:
        person["image"] = whole(renditions.address(author.portrait, PICTURES[-1]), request)
    known = {name: value for name, value in person.items() if value}
    return {"@context": "https://schema.org", "@type": "ProfilePage", "url": address, "mainEntity": known}


def collection(name: str, path: str, *, newsroom: Newsroom, request: HttpRequest | None) -> dict[str, Any]:
    """Return a page that lists stories as schema.org's CollectionPage."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "url": whole(path, request),
        "isPartOf": {"@type": "WebSite", "name": newsroom.name, "url": whole("/", request)},
    }


def _cited(story: Story) -> list[str]:
    """Return the addresses elsewhere that the text leads to, each once, in its order."""
    texts = (story.lede, *_texts(list(story.body.raw_data)))
    found = dict.fromkeys(unescape(one) for text in texts for one in _ELSEWHERE.findall(text))
    return [one for one in found if not settings.PUBLIC_URL or not one.startswith(f"{settings.PUBLIC_URL}/")]


def _texts(value: Any) -> Iterator[str]:
    """Give every text in a body as it is kept."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _picture(story: Story, picture: Picture, spec: Spec, request: HttpRequest | None) -> dict[str, Any]:
    width, height = spec.cut(picture)[1]
    found = {
        "@type": "ImageObject",
        "url": whole(renditions.address(picture, spec), request),
        "width": width,
        "height": height,
        "caption": story.picture_caption,
        "creditText": picture.credit_line,
    }
    return {name: value for name, value in found.items() if value}


def script(data: dict[str, Any]) -> SafeString:
    """Write it as a page carries it: data in a script element, which no browser runs."""
    words = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - just escaped
