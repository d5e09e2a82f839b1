"""What is public, for programs: the same for everybody, without a token, and from the page store like readers' pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from nutgraf.api.problems import Mistake, Problem
from nutgraf.api.schemas import lists
from nutgraf.api.schemas.lists import Page
from nutgraf.api.schemas.stories import Named, StoryInShort, StoryWhole
from nutgraf.api.schemas.words import LARGEST_KEY, ON_ONE_LINE, Day
from nutgraf.briefings.content import Content
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.copydesk import writing
from nutgraf.newsroom.addresses import whole
from nutgraf.newsroom.days import ends_at
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.published import recording
from nutgraf.stories import copy, news_objects
from nutgraf.stories.models import Byline, Event, Label, Number, PublicVersion, Quote, Story
from nutgraf.storylines.models import Storyline
from nutgraf.storylines.queries import assembled, storylines_of
from nutgraf.streams import queries as streams
from nutgraf.streams.models import ALL, author_stream, label_stream, section_stream

router = Router(tags=["Reading"])

PAGE_SIZE = 20
# How many authors and labels there are is not known beforehand.
LONG_PAGE = 100
CHANGES = 20

Pk = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Its number, as lists tell it.")]
Slug = Annotated[str, Path(max_length=255, pattern=ON_ONE_LINE, description="Its slug, as lists tell it.")]
Cursor = Annotated[
    str, Query(max_length=60, pattern=ON_ONE_LINE, description="Where to read on: the next_cursor of a page.")
]

WORD = {"max_length": 160, "pattern": ON_ONE_LINE}
InSection = Annotated[str, Query(**WORD, description="The slug of a section.")]
ByAuthor = Annotated[str, Query(**WORD, description="The slug of an author.")]
WithLabel = Annotated[str, Query(**WORD, description="The slug of a label.")]
InStoryline = Annotated[str, Query(**WORD, description="The slug of a storyline.")]
ByName = Annotated[str, Query(**WORD, description="The full name of a speaker.")]
OfBriefing = Annotated[str, Query(**WORD, description="The slug of a briefing.")]
Since = Annotated[Day | None, Query(description="A day, as 2026-11-29; today, if none is given.")]
M = TypeVar("M", bound=Model)


@router.get("newsroom", response=lists.Newsroom, summary="The newsroom and its sections")
def newsroom(request: HttpRequest) -> Any:
    """Who publishes this."""
    found = Newsroom.load()
    return lists.Newsroom(
        name=found.name,
        tagline=found.tagline,
        about=found.about,
        language=settings.LANGUAGE_CODE,
        time_zone=settings.TIME_ZONE,
        sections=[Named.of(section) for section in Section.objects.all()],
    )


@router.get("authors", response=Page[lists.AuthorShown], summary="Those who sign stories")
def authors(request: HttpRequest, cursor: Cursor = "") -> Any:
    """Authors by their slugs."""
    found = _by_slug(Author.objects.order_by("slug"), cursor)
    items = [lists.AuthorShown(**Named.of(one).model_dump(), role=one.role, bio=one.bio) for one in found]
    return _page(items[:LONG_PAGE], found, LONG_PAGE, "slug")


@router.get("labels", response=Page[Named], summary="The labels of points")
def labels(request: HttpRequest, cursor: Cursor = "") -> Any:
    """Labels by their slugs, those that house style does not use left out."""
    found = _by_slug(Label.objects.filter(is_forbidden=False).order_by("slug"), cursor)
    return _page([Named.of(one) for one in found[:LONG_PAGE]], found, LONG_PAGE, "slug")


@router.get("stories", response=Page[StoryInShort], summary="The latest stories, or those of one stream")
def stories(
    request: HttpRequest,
    section: InSection = "",
    author: ByAuthor = "",
    label: WithLabel = "",
    storyline: InStoryline = "",
    cursor: Cursor = "",
) -> Any:
    """Stories as their streams have them, the latest first: of all, or of one section, author, label or storyline."""
    stream = _stream(section=section, author=author, label=label, storyline=storyline)
    before = _cursor(stream, cursor)
    found = streams.page(stream, before=before, size=PAGE_SIZE)
    return Page[StoryInShort](
        items=[StoryInShort.of(story) for story in found.stories],
        next_cursor=str(found.next_cursor) if found.next_cursor else None,
    )


@router.get("stories/{int:pk}", response=StoryWhole, summary="All of a story")
def story(request: HttpRequest, pk: Pk) -> Any:
    """A public story with its blocks. One that was withdrawn answers 410 with the reason."""
    found = _story(pk)
    changes = PublicVersion.objects.noted().in_short().filter(story=pk).order_by("-number")[:CHANGES]
    return StoryWhole.of(found, storylines=storylines_of(found), changes=changes)


@router.get("stories/{int:pk}/copy", response=str, summary="A story as copy", openapi_extra={"markdown": True})
def story_copy(request: HttpRequest, pk: Pk) -> Any:
    """A public story in the copy format, as Markdown."""
    found = _story(pk)
    if found.is_not_to_republish:
        raise Problem(404, news_objects.terms(found))
    text = writing.write(
        copy.as_draft(found),
        at=found.first_published_at,
        zone=timezone.get_default_timezone(),
        form="markdown",
        labels=copy.labels(),
    )
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@router.get("storylines", response=Page[lists.StorylineInShort], summary="Storylines")
def storylines(request: HttpRequest, cursor: Cursor = "") -> Any:
    """Storylines by their slugs."""
    found = _by_slug(Storyline.objects.standing().order_by("slug"), cursor)
    return _page([lists.StorylineInShort.of(one) for one in found[:LONG_PAGE]], found, LONG_PAGE, "slug")


@router.get("storylines/{slug}", response=lists.StorylineWhole, summary="A storyline")
def storyline(request: HttpRequest, slug: Slug) -> Any:
    """What a storyline says, assembled from its stories; of one that was merged, what it went into."""
    found = get_object_or_404(Storyline.objects.select_related("picture", "merged_into__picture"), slug=slug)
    found = found.merged_into or found
    latest = streams.page(found.stream, size=PAGE_SIZE)
    in_short = [StoryInShort.of(story) for story in latest.stories]
    return lists.StorylineWhole.of_all(found, assembled(found, at=timezone.now()), in_short)


@router.get("events", response=Page[lists.EventShown], summary="Events, the earliest first")
def events(request: HttpRequest, since: Since = None, cursor: Cursor = "") -> Any:
    """Events of public stories that begin on a day or later: today, unless another is named."""
    found, following = _events(since, cursor)
    return Page[lists.EventShown](items=[lists.event(one) for one in found], next_cursor=following)


@router.get("events/news-objects", response=Page[dict[str, Any]], summary="Events as news objects (ninjs)")
def event_news_objects(request: HttpRequest, since: Since = None, cursor: Cursor = "") -> Any:
    """The same events, each in ninjs 3.1 with its dates as surely as they are known."""
    found, following = _events(since, cursor)
    items = [
        {
            "standard": news_objects.STANDARD,
            "pubStatus": news_objects.USABLE,
            "versionCreated": one.story.version_at.isoformat(),
            **news_objects.event(one, address=whole(str(one.story.address), request)),
        }
        for one in found
    ]
    return Page[dict[str, Any]](items=items, next_cursor=following)


def _events(since: datetime.date | None, cursor: str) -> tuple[list[Event], str | None]:
    """Return a page of events, and where the next begins."""
    _once_only(since, cursor)
    if since is None:
        # What is today is not so tomorrow.
        since = timezone.localdate()
        recording.valid_until(ends_at(since))
    entries = _facts(Event).filter(starts__gte=since).order_by("starts", "pk")
    if cursor:
        day, _dot, key = cursor.partition(".")
        try:
            entries = entries.filter(Q(starts__gt=_day(day)) | Q(starts=_day(day), pk__gt=_key(key)))
        except ValueError as error:
            raise _not_a_cursor() from error
    found = list(entries[: PAGE_SIZE + 1])
    has_more = len(found) > PAGE_SIZE
    following = f"{found[PAGE_SIZE - 1].starts}.{found[PAGE_SIZE - 1].pk}" if has_more else None
    return found[:PAGE_SIZE], following


@router.get("numbers", response=Page[lists.NumberShown], summary="Numbers, those noted last first")
def numbers(request: HttpRequest, cursor: Cursor = "") -> Any:
    """Numbers of public stories."""
    found = _latest(_facts(Number), cursor)
    return _page([lists.number(one) for one in found[:PAGE_SIZE]], found, PAGE_SIZE, "pk")


@router.get("quotes", response=Page[lists.QuoteShown], summary="Quotes, those noted last first")
def quotes(request: HttpRequest, speaker: ByName = "", cursor: Cursor = "") -> Any:
    """Quotes of public stories, or those of one speaker by the full name."""
    _once_only(speaker)
    entries = _facts(Quote).filter(speaker=speaker) if speaker else _facts(Quote)
    found = _latest(entries, cursor)
    return _page([lists.quote(one) for one in found[:PAGE_SIZE]], found, PAGE_SIZE, "pk")


@router.get("briefings", response=Page[lists.BriefingShown], summary="Briefings")
def briefings(request: HttpRequest, cursor: Cursor = "") -> Any:
    """Briefings by their slugs."""
    found = _by_slug(Briefing.objects.select_related("curator").order_by("slug"), cursor)
    return _page([lists.BriefingShown.of(one) for one in found[:LONG_PAGE]], found, LONG_PAGE, "slug")


@router.get("editions", response=Page[lists.EditionInShort], summary="Editions, the latest first")
def editions(request: HttpRequest, briefing: OfBriefing = "", cursor: Cursor = "") -> Any:
    """Editions that went out, of all briefings or of one."""
    entries = Edition.objects.out().in_short().select_related("briefing")
    if briefing:
        entries = entries.filter(briefing=_named(Briefing, briefing, "briefing"))
    found = _latest(entries, cursor)
    return _page([lists.EditionInShort.of(one) for one in found[:PAGE_SIZE]], found, PAGE_SIZE, "pk")


@router.get("editions/{int:pk}", response=lists.EditionWhole, summary="An edition")
def edition(request: HttpRequest, pk: Pk) -> Any:
    """An edition as its readers got it, without the words of what was withdrawn since."""
    found = get_object_or_404(Edition.objects.out().select_related("briefing"), pk=pk)
    content = Content.from_json(found.content or {})
    public = set(Story.objects.live().filter(pk__in=content.stories).values_list("pk", flat=True))
    return lists.EditionWhole.of_all(found, content, public=public)


def _story(pk: int) -> Story:
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    stories = Story.objects.select_related("section", "hero").prefetch_related(bylines)
    found = get_object_or_404(stories, pk=pk, address_date__isnull=False)
    if not found.live:
        latest = PublicVersion.objects.in_short().latest_of(pk)
        was_withdrawn = latest is not None and latest.kind == PublicVersion.Kind.WITHDRAWAL
        raise Problem(410, latest.sentence) if latest and was_withdrawn else Problem(404, _("There is nothing here."))
    return found


def _stream(**given: str) -> str:
    named = {kind: slug for kind, slug in given.items() if slug}
    if len(named) > 1:
        mistakes = [Mistake(detail=_("Name one of these at a time."), parameter=kind) for kind in named]
        raise Problem(422, _("Stories are of one stream at a time."), mistakes)
    for kind, slug in named.items():
        if kind == "section":
            return section_stream(_named(Section, slug, kind))
        if kind == "author":
            return author_stream(_named(Author, slug, kind))
        if kind == "label":
            return label_stream(_named(Label, slug, kind))
        return _named(Storyline, slug, kind).stream
    return ALL


def _named(model: type[M], slug: str, parameter: str) -> M:
    found = model._default_manager.filter(slug=slug).first()
    if found is None:
        words = _("There is none of this slug.")
        raise Problem(404, words, [Mistake(detail=words, parameter=parameter)])
    return found


def _cursor(stream: str, text: str) -> streams.Cursor | None:
    if not text:
        return None
    try:
        cursor = streams.Cursor.parse(text)
    except streams.NotACursor as error:
        raise _not_a_cursor() from error
    with recording.paused():
        is_linked = streams.is_linked(stream, cursor)
    if not is_linked:
        recording.refuse("it begins where no page's link leads")
    return cursor


def _once_only(*given: object) -> None:
    """Keep no page of what anybody may ask for in as many ways as they like."""
    if any(given):
        recording.refuse("anybody may write anything there")


def _by_slug(found: QuerySet[M], cursor: str) -> list[M]:
    _once_only(cursor)
    return list((found.filter(slug__gt=cursor) if cursor else found)[: LONG_PAGE + 1])


def _latest(found: QuerySet[M], cursor: str) -> list[M]:
    _once_only(cursor)
    if cursor:
        try:
            found = found.filter(pk__lt=_key(cursor))
        except ValueError as error:
            raise _not_a_cursor() from error
    return list(found.order_by("-pk")[: PAGE_SIZE + 1])


def _facts(model: type[M]) -> QuerySet[M]:
    return model._default_manager.select_related("story__section", "point")


def _page(items: list[Any], found: Iterable[Any], size: int, name: str) -> Any:
    rows = list(found)
    following = str(getattr(rows[size - 1], name)) if len(rows) > size else None
    return {"items": items, "next_cursor": following}


def _key(text: str) -> int:
    key = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= key <= LARGEST_KEY:
        raise ValueError(text)
    return key


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _not_a_cursor() -> Problem:
    words = _("This is no cursor: take the one that a page gives.")
    return Problem(422, words, [Mistake(detail=words, parameter="cursor")])
