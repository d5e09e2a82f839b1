"""A story for machines: JSON-LD of schema.org, with what was corrected in it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from nutgraf.newsroom.models import Newsroom
from nutgraf.reader.addresses import whole
from nutgraf.stories.models import PublicVersion, Story

# Inside of a script nothing may look like its end.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


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
        "dateModified": (story.updated_at or story.first_published_at).isoformat(),
        "author": [
            {"@type": "Person", "name": author.name, "url": whole(author.get_absolute_url(), request)}
            for author in story.authors
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": newsroom.name, "url": whole("/", request)},
        "articleSection": story.section.name if story.section else "",
    }
    if notes:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": note.sentence, "datePublished": note.at.isoformat()}
            for note in notes
        ]
    return article


def script(data: dict[str, Any]) -> SafeString:
    """Write it as a page carries it: data in a script element, which no browser runs."""
    words = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - just escaped
