"""An archive as large as one likes, written by SQL into the real tables: stories of drawn words, as frequent as Zipf's law has them."""

from __future__ import annotations

import datetime
import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from bench.sinks import PostgreSQL, Row, SQLite
from nutgraf.newsroom import actions as newsroom
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.models import Archive as Root
from nutgraf.stories.models import Label, Story
from nutgraf.stories.samples import make_story, point
from nutgraf.storylines.models import Storyline

YEARS = 12
SECTIONS, AUTHORS, STORYLINES = 12, 300, 2_000
HEADLINE, LEDE, POINT = 8, 20, 40
VOCABULARY = 200_000
BATCH = 5_000
FIRST_KEY = 1_000_000
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def word(rank: int) -> str:
    """Return the word of a rank; the commonest is 1, and no two are the same."""
    syllables, rest = [], rank + len(SYLLABLES)
    while rest:
        rest, place = divmod(rest, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    # A last letter that no stemmer takes away.
    return "".join(syllables) + "k"


class Words:
    """Draws words: the commonest stands in nearly every story, half of all in a few hundred of a million."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.all = [word(rank) for rank in range(1, VOCABULARY + 1)]
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def some(self, number: int) -> list[str]:
        return self.draw.choices(self.all, cum_weights=self.weights, k=number)


@dataclass(frozen=True)
class Cast:
    """What the stories refer to."""

    sections: list[int]
    authors: list[tuple[int, str]]
    labels: list[tuple[int, str]]
    storylines: list[int]


def make(size: int) -> None:
    """Fill the database in use, which is empty: SQLite's or PostgreSQL's; a million take some ten minutes and 6 GB."""
    newsroom.christen(name="The Bench", tagline="Measured twice")
    cast, pattern = _cast(), _pattern()
    sink = SQLite() if connection.vendor == "sqlite" else PostgreSQL()
    with sink.filling():
        _write(cast, pattern, size, sink)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM streams_day")
        cursor.execute(
            "INSERT INTO streams_day (day, stories, changed_at) SELECT address_date, COUNT(*), MAX(first_published_at)"
            " FROM stories_story JOIN wagtailcore_page ON id = page_ptr_id WHERE live GROUP BY address_date"
        )


def _cast() -> Cast:
    words = Words(1)
    sections = [make_section(words.all[5_000 + n].title()).pk for n in range(SECTIONS)]
    authors = [make_author(" ".join(words.all[n : n + 2]).title()) for n in range(20_000, 20_000 + 2 * AUTHORS, 2)]
    for place, name in enumerate(words.all[40_000:40_020]):
        Label.objects.create(name=name.title(), key=name, slug=name, job=Label.Job.values[0], position=place)
    labels = list(Label.objects.values_list("pk", "name"))
    Storyline.objects.bulk_create(
        Storyline(name=words.all[n].title(), slug=words.all[n], created_at=timezone.now())
        for n in range(30_000, 30_000 + STORYLINES)
    )
    storylines = list(Storyline.objects.values_list("pk", flat=True))
    return Cast(sections, [(author.pk, author.name) for author in authors], labels, storylines)


def _pattern() -> tuple[Row, Row]:
    """Return the rows of a story that was really published."""
    story = make_story("A pattern", point("Why it matters", "Text."), at=timezone.now() - datetime.timedelta(days=1))
    with connection.cursor() as cursor:
        rows = []
        for table, key in (("wagtailcore_page", "id"), ("stories_story", "page_ptr_id")):
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [story.pk])
            rows.append(dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True)))
    return rows[0], rows[1]


def _write(cast: Cast, pattern: tuple[Row, Row], size: int, sink: SQLite | PostgreSQL) -> None:
    words, places = Words(2), _places()
    until = timezone.now() - datetime.timedelta(hours=1)
    step = datetime.timedelta(days=365 * YEARS) / size
    kind = ContentType.objects.get_for_model(Story).pk
    for first in range(0, size, BATCH):
        rows: dict[str, list[Row]] = {}
        for number in range(first, min(first + BATCH, size)):
            at = until - step * (size - number)
            for table, row in _story(FIRST_KEY + number, at, words, cast, places, pattern, kind):
                rows.setdefault(table, []).append(row)
        for table, some in rows.items():
            sink.write(table, some)


def _story(
    key: int,
    at: datetime.datetime,
    words: Words,
    cast: Cast,
    places: Iterator[str],
    pattern: tuple[Row, Row],
    kind: int,
) -> Iterator[tuple[str, Row]]:
    draw, day = words.draw, timezone.localdate(at)
    headline, lede = " ".join(words.some(HEADLINE)).capitalize(), " ".join(words.some(LEDE)).capitalize() + "."
    texts = [f"{' '.join(words.some(POINT // 2))}. {' '.join(words.some(POINT // 2))}." for _ in range(2)]
    section, (author, name) = draw.choice(cast.sections), draw.choice(cast.authors)
    labels = draw.sample(cast.labels, 2)
    streams = ["all", f"section:{section}", f"author:{author}", *(f"label:{pk}" for pk, _ in labels)]
    if draw.random() < 0.3:
        streams.append(f"storyline:{draw.choice(cast.storylines)}")
    moment = at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    dates = dict.fromkeys(("first_published_at", "last_published_at", "latest_revision_created_at"), moment)
    yield (
        "wagtailcore_page",
        pattern[0]
        | dates
        | {
            "id": key,
            "path": next(places),
            "title": headline,
            "draft_title": headline,
            "slug": f"story-{key}",
            "url_path": f"/archive/story-{key}/",
            "translation_key": uuid.UUID(int=draw.getrandbits(128)).hex,
            "live_revision_id": None,
            "latest_revision_id": None,
        },
    )
    yield (
        "stories_story",
        pattern[1]
        | {
            "page_ptr_id": key,
            "lede": f"<p>{lede}</p>",
            "body": "[]",
            "address_date": day.isoformat(),
            "section_id": section,
            "hero_id": None,
        },
    )
    yield "stories_byline", {"sort_order": 0, "author_id": author, "story_id": key}
    for place, ((label, label_text), text) in enumerate(zip(labels, texts, strict=True)):
        yield (
            "stories_point",
            {
                "block_id": f"{key}-{place}",
                "position": place,
                "label_text": label_text,
                "text": text,
                "html": "",
                "label_id": label,
                "story_id": key,
                "public_at": moment,
                "changed_at": moment,
            },
        )
    for stream in streams:
        yield "streams_streamentry", {"stream": stream, "published_at": moment, "story_id": key}
    facets = " ".join(f"ng{name.replace(':', '')}" for name in streams)
    yield (
        "wagtailsearch_indexentry",
        {
            "content_type_id": kind,
            "object_id": str(key),
            "title_norm": 1.0,
            "title": headline,
            "autocomplete": headline,
            "body": f"{lede} {name} {labels[0][1]} {texts[0]} {labels[1][1]} {texts[1]}"
            f" {facets} ngy{day:%Y} ngm{day:%Y%m} ngd{day:%Y%m%d}",
        },
    )


def _places() -> Iterator[str]:
    """Give each page a path in the tree, one folder for all: no figure here depends on the tree."""
    folder = Page.objects.get(pk=Root.month(timezone.localdate()).pk)
    for number in itertools.count(1_000):
        yield str(Page._get_path(folder.path, folder.depth + 1, number))
