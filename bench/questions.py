"""A thousand questions to an archive of drawn words: one word and two, phrases, and with filters, of rare words and of common ones."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from bench.million import VOCABULARY, YEARS, Words

NUMBER = 1_000
Asked = dict[str, str]


def drawn() -> Iterator[tuple[str, Asked]]:
    """Return the kind of each question, and what stands in its address."""
    from django.utils import timezone

    from nutgraf.newsroom.models import Author, Section
    from nutgraf.stories.models import Label, Story
    from nutgraf.storylines.models import Storyline

    draw, words = random.Random(7), Words(7).all
    slugs = {
        "section": list(Section.objects.values_list("slug", flat=True)),
        "author": list(Author.objects.values_list("slug", flat=True)),
        "label": list(Label.objects.values_list("slug", flat=True)),
        "storyline": list(Storyline.objects.values_list("slug", flat=True)),
    }
    texts = list(
        Story.objects.live()
        .filter(slug__startswith="story-")
        .order_by("slug")
        .values_list("title", flat=True)[: NUMBER // 4]
    )
    today = timezone.localdate()

    def word() -> str:
        # As many of the ten commonest as of those from there to the hundredth, and so on.
        return words[min(VOCABULARY, int(VOCABULARY ** draw.random())) - 1]

    for number in range(NUMBER):
        match number % 4:
            case 0:
                yield "one word", {"q": word()}
            case 1:
                yield "two words", {"q": f"{word()} {word()}"}
            case 2:
                some = texts[number // 4 % len(texts)].split()
                at = draw.randrange(len(some) - 1)
                yield "phrase", {"q": f'"{" ".join(some[at : at + 2])}"'}
            case _:
                name = draw.choice([*slugs, "since", "until"])
                day = today - datetime.timedelta(days=draw.randrange(365 * YEARS))
                yield "filtered", {"q": word(), name: draw.choice(slugs[name]) if name in slugs else f"{day}"}
