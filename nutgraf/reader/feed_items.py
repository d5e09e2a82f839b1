"""Stories as the items of a feed: the whole structured text, written from their facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string

from nutgraf.feeds.feed import Author, Item, Picture
from nutgraf.media import renditions
from nutgraf.reader.addresses import whole, whole_in
from nutgraf.stories.models import Bullet, Story

FACTS = ("points", "bullets", "quotes", "numbers", "events")
# What feed readers show beside a title or over a text: a screen's width is enough.
PICTURE = renditions.Spec(1200, None, "jpg")


def of(stories: Iterable[Story], request: HttpRequest | None) -> tuple[Item, ...]:
    """Return stories as items, in five queries more than they took."""
    found = list(stories)
    prefetch_related_objects(found, *FACTS)
    return tuple(_item(story, request) for story in found)


def _item(story: Story, request: HttpRequest | None) -> Item:
    html = render_to_string("feeds/story.html", {"story": story, "parts": parts(story)})
    return Item(
        # A story's address may move; this name of it does not.
        id=f"urn:uuid:{story.translation_key}",
        url=whole(str(story.address), request),
        title=story.headline,
        summary=story.lede_text,
        html=whole_in(html, request).strip(),
        published_at=story.first_published_at,
        updated_at=story.updated_at,
        authors=tuple(Author(author.name, whole(author.get_absolute_url(), request)) for author in story.authors),
        tags=(story.section.name,) if story.section else (),
        picture=_picture(story, request),
    )


def parts(story: Story) -> list[tuple[str, Any]]:
    """Return what a story says after its lede, by kind and in its order, from its loaded facts.

    A fact inside a text is told by that text.
    """
    of_points: dict[int, list[Bullet]] = {}
    of_bullets: dict[int, list[Bullet]] = {}
    for bullet in story.bullets.all():
        below = of_points if bullet.parent_id is None else of_bullets
        below.setdefault(bullet.parent_id or bullet.point_id, []).append(bullet)
    told: list[tuple[int, str, Any]] = []
    for point in story.points.all():
        bullets = [(bullet, of_bullets.get(bullet.pk, [])) for bullet in of_points.get(point.pk, [])]
        told.append((point.position, "point", {"point": point, "bullets": bullets}))
    for kind, facts in (("quote", story.quotes), ("number", story.numbers), ("event", story.events)):
        told += [(fact.position, kind, vars(fact)) for fact in facts.all() if fact.point_id is None]
    told.sort(key=lambda part: part[0])
    return [(kind, part) for _, kind, part in told]


def _picture(story: Story, request: HttpRequest | None) -> Picture | None:
    if story.hero is None:
        return None
    width, height = PICTURE.cut(story.hero)[1]
    return Picture(
        url=quote(whole(renditions.address(story.hero, PICTURE), request), safe=":/%?=&"),
        mime_type=renditions.FORMATS[PICTURE.format],
        width=width,
        height=height,
        alt_text=story.picture_alt_text,
        caption=story.picture_caption,
        credit_line=story.hero.credit_line,
    )
