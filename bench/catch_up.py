"""The reader's minute: words and facts told to whoever was away, of a demo's storyline and of one of 500 stories; and what it weighs.

What is told is compared with what the tables say, read without the code that tells it.
"""

from __future__ import annotations

import datetime
import gzip
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import weight
from bench.figures import Figure
from bench.ground import Ground

if TYPE_CHECKING:
    from nutgraf.storylines.catching_up import CaughtUp
    from nutgraf.storylines.models import Storyline

DEMO, GENERATED = "verrane", "generated"
AWAY = {"one day": 1, "three days": 3, "two weeks": 14}
MINUTE_AIM, BYTES_AIM = 250, 2048
STORIES, STORIES_A_DAY, SEED = 500, 12, 5
SORTS = ("numbers", "events", "corrections", "new voices")


def measure(ground: Ground) -> Iterator[Figure]:
    """Ask a process for each newsroom, as Django knows only one at a time."""
    page = weight.lead_story(ground.demo)
    demo = ground.folder / "caught-up-demo"
    shutil.copytree(ground.folder / "demo", demo, ignore=shutil.ignore_patterns("published", "media"))
    generated = ground.folder / "caught-up-generated"
    for folder, slug, name in ((demo, DEMO, "demo"), (generated, GENERATED, f"{STORIES} stories")):
        for told in _ask(str(folder), slug):
            yield from _figures(name, told)
    (sizes,) = _ask(str(demo), "sizes", weight._plain(page))
    for encoding, parts in sizes.items():
        whole = sum(parts.values())
        said = ", ".join(f"{part} {size}" for part, size in parts.items())
        yield Figure(
            f"bytes that catching up adds to a story page, {encoding}",
            f"{whole} ({said})",
            f"under {BYTES_AIM}",
            whole < BYTES_AIM,
        )


def _figures(name: str, told: dict[str, Any]) -> Iterator[Figure]:
    what = f"{name}, away for {told['away']}"
    share = f"{told['words'] / told['published']:.1%} of" if told["published"] else "of"
    yield Figure(
        f"{what}: words shown",
        f"{told['words']}, {share} {told['published']} published",
        f"{MINUTE_AIM} or fewer",
        told["words"] <= MINUTE_AIM,
    )
    facts = told["facts"]
    new, there = sum(facts[sort]["new"] for sort in SORTS), sum(facts[sort]["there"] for sort in SORTS)
    said = ", ".join(f"{sort} {facts[sort]['there']} of {facts[sort]['new']}" for sort in SORTS)
    is_met = there == new and not told["twice"]
    yield Figure(
        f"{what}: facts there or one key away",
        f"{there / new if new else 1:.1%} ({said}), {told['on top']} on top, {told['twice']} twice,"
        f" {told['milliseconds']:.0f} ms",
        "all, none twice",
        is_met,
    )


def _ask(folder: str, *what: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.catch_up", folder, what[0]],
        input=what[1] if len(what) > 1 else "",
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


# From here on in a process with Django


def main(folder: Path, slug: str) -> None:
    """Print what was measured in one newsroom, a line of JSON for each time away."""
    from nutgraf.config import data_folder

    if slug == GENERATED:
        answers = ["--name", "Bench", "--time-zone", "UTC", "--language", "en"]
        answers += ["--editor", "Ada Quill", "--email", "ada@example.org", "--password", "of-a-bench-7"]
        init = [sys.executable, "-m", "nutgraf", "init", str(folder), *answers]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
    data_folder.use(folder)
    if slug == "sizes":
        print(json.dumps(_sizes(sys.stdin.read())))
        return

    from django.utils import timezone

    from nutgraf.storylines.models import Storyline

    now = timezone.now()
    storyline = _generate(now) if slug == GENERATED else Storyline.objects.get(slug=slug)
    for away, days in AWAY.items():
        told = _told(storyline, since=now - datetime.timedelta(days=days), at=now)
        print(json.dumps({"away": away, **told}))


def _told(storyline: Storyline, *, since: datetime.datetime, at: datetime.datetime) -> dict[str, Any]:
    from django.template.loader import render_to_string

    from bench.figures import Stopwatch
    from nutgraf.storylines import catching_up

    watch = Stopwatch()
    for _ in range(3):
        with watch.running():
            caught_up = catching_up.of(storyline, since=since, at=at)
            html = render_to_string("components/changed.html", {"caught_up": caught_up, "since": since})
    shown = html.partition("<details")[0]
    there = _facts_told(caught_up)
    return {
        "words": _words(shown),
        "published": _published(storyline, since=since),
        "facts": {
            sort: {"new": len(new), "there": len(new & set(there[sort]))}
            for sort, new in _facts_there_are(storyline, since=since, at=at).items()
        },
        "on top": len(caught_up.shown),
        "twice": sum(len(told) - len(set(told)) for told in there.values()),
        "milliseconds": watch.median,
    }


def _facts_told(caught_up: CaughtUp) -> dict[str, list[Any]]:
    """Return what the view has, each time that it has it: numbers by thing and value, else by entry or version."""
    from nutgraf.stories.models import Event, Number, Quote
    from nutgraf.storylines.catching_up import Sort
    from nutgraf.storylines.models import Mention

    told: dict[str, list[Any]] = {sort: [] for sort in SORTS}
    changes = list(caught_up.changes)
    changes += [fact for change in changes for fact in change.facts]
    for change in changes:
        if change.sort is Sort.CORRECTION:
            told["corrections"].append((change.story.pk, change.at.isoformat()))
        for fact in (change.fact, *change.between):
            if not isinstance(fact, Number | Event | Quote):
                continue
            column = type(fact).__name__.lower()
            entry = Mention.objects.get(**{column: fact, "entry__storyline": caught_up.storyline}).entry_id
            if isinstance(fact, Number):
                told["numbers"].append((entry, str(fact.value)))
            else:
                told["events" if column == "event" else "new voices"].append(entry)
    return told


def _facts_there_are(storyline: Storyline, *, since: datetime.datetime, at: datetime.datetime) -> dict[str, set[Any]]:
    """Return what is new by the tables alone."""
    from nutgraf.stories.models import PublicVersion
    from nutgraf.storylines.models import Mention

    mentions = Mention.objects.filter(entry__storyline=storyline, entry__is_hidden=False, is_hidden=False)
    rows = list(mentions.select_related("entry", "number", "event", "quote"))
    first: dict[int, datetime.datetime] = {}
    for row in rows:
        if row.quote:
            first[row.entry_id] = min(row.quote.public_at, first.get(row.entry_id, row.quote.public_at))
    versions = PublicVersion.objects.filter(story__stream_entries__stream=storyline.stream, at__gt=since)
    return {
        "numbers": {(r.entry_id, str(r.number.value)) for r in rows if r.number and r.number.changed_at > since},
        "events": {
            row.entry_id
            for row in rows
            if row.event
            and (row.event.changed_at > since or (row.entry.passes_at and since < row.entry.passes_at <= at))
        },
        "corrections": {
            (version.story_id, version.at.isoformat())
            for version in versions
            if version.kind in ("CORRECTION", "CLARIFICATION", "NOTE")
        },
        "new voices": {entry for entry, moment in first.items() if moment > since},
    }


def _published(storyline: Storyline, *, since: datetime.datetime) -> int:
    from nutgraf.reader import feed_items
    from nutgraf.stories.models import Story

    stories = Story.objects.live().filter(stream_entries__stream=storyline.stream, first_published_at__gt=since)
    items = feed_items.of(stories.for_cards(), None)
    return sum(_words(f"{item.title} {item.html}") for item in items)


def _words(html: str) -> int:
    return len(re.sub(r"<[^>]+>", " ", html).split())


def _generate(now: datetime.datetime) -> Storyline:
    """Make a storyline of 500 stories over six weeks, with ten quotes and numbers each and an event in four of five."""
    from nutgraf.storylines.samples import make_storyline

    chance = random.Random(SEED)
    storyline = make_storyline("Generated", at=now - datetime.timedelta(days=60))
    for place in range(STORIES):
        at = now - datetime.timedelta(days=(STORIES - place) / STORIES_A_DAY)
        _file(storyline, place, chance, at)
    return storyline


def _file(storyline: Storyline, place: int, chance: random.Random, at: datetime.datetime) -> None:
    from nutgraf.stories import actions, samples
    from nutgraf.stories.models import ChangeKind
    from nutgraf.stories.samples import event, number, point, quote
    from nutgraf.storylines.samples import make_story_in

    parts = [point("Why it matters", _sentence(chance, 22)), point("The latest", _sentence(chance, 30))]
    # The same forty things are counted again and again; every fifth speaker is a new one.
    parts += [number(chance.randrange(9_000), f"{THINGS[chance.randrange(40)]} counted") for _ in range(5)]
    parts += [
        quote(_sentence(chance, 14), f"Speaker {_letters(place if not n else chance.randrange(place + 1))}", "witness")
        for n in range(5)
    ]
    if place % 5:
        day = at.date() + datetime.timedelta(days=chance.randrange(-2, 12))
        parts.append(event(f"Meeting {_letters(place)}", starts=day, place="Port Ellery"))
    headline = f"Day {place // STORIES_A_DAY}: {_letters(place)} says no"
    story = make_story_in(storyline, headline, *parts, at=at)
    if place % 25 == 7:
        parts[2] = number(chance.randrange(9_000), parts[2]["value"]["counts"])
        story.body = samples.body(*parts, seed=headline)
        actions.revise(story=story, by=None)
        actions.publish(
            story=story,
            by=None,
            at=at + datetime.timedelta(hours=1),
            change=ChangeKind.CORRECTION,
            sentence=f"An earlier version had the number of {parts[2]['value']['counts']} wrong.",
        )


THINGS = [
    f"{adjective} {noun}"
    for adjective in ("empty", "full", "burnt", "new", "lost")
    for noun in ("boats", "houses", "loaves", "lorries", "permits", "schools", "tents", "wells")
]
WORDS = "the harbour was shut again and nobody knew when bread would come by ship or by rail or at all".split()


def _sentence(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words)).capitalize()}."


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}").capitalize()


def _sizes(page: str) -> dict[str, dict[str, int]]:
    """Return what the page, the styles and the scripts would be smaller without it, by encoding."""
    from nutgraf.reader import bundle

    without = re.sub(
        r"<nutgraf-catch-up.*?</nutgraf-catch-up>", "", re.sub(r' data-at="\d+"', "", page), flags=re.DOTALL
    )
    own = ("catch_up",)
    styles, scripts = bundle.stylesheets(), bundle.SCRIPTS
    # As the store presses pages, and as files that stay are packed.
    sizes = {}
    for encoding, of_page, of_file in (("br", _brotli(5), _brotli(11)), ("gzip", _gzip(6), _gzip(9))):
        sizes[encoding] = {
            "page": of_page(page) - of_page(without),
            "styles": of_file(bundle.joined("css", styles)) - of_file(bundle.joined("css", _but(styles, own))),
            "scripts": of_file(bundle.joined("js", scripts)) - of_file(bundle.joined("js", _but(scripts, own))),
        }
    return sizes


def _brotli(quality: int) -> Callable[[str], int]:
    import brotli

    return lambda text: len(brotli.compress(text.encode(), quality=quality))


def _gzip(level: int) -> Callable[[str], int]:
    return lambda text: len(gzip.compress(text.encode(), level))


def _but(names: list[str], own: tuple[str, ...]) -> list[str]:
    return [name for name in names if not any(one in name for one in own)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
