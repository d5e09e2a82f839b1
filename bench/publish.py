"""Queries and milliseconds to file a story and to publish it, with few and with many stories."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, Stopwatch
from bench.ground import Ground

ROUNDS = 15


def measure(ground: Ground) -> Iterator[Figure]:
    """File and publish a story of five points in both archives by turns."""
    archives = ground.archives

    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from nutgraf.stories import actions
    from nutgraf.stories.models import Story
    from nutgraf.stories.richtext import as_source
    from nutgraf.stories.samples import body, point

    watches = {verb: [Stopwatch(), Stopwatch()] for verb in ("file", "publish")}
    counts = {verb: [0, 0] for verb in watches}
    for turn in range(ROUNDS):
        for place, archive in enumerate(archives):
            with archive.opened():
                headline = f"Ferry timetable, edition {turn}"
                pattern = Story.objects.live()[0]
                parts = {
                    "headline": headline,
                    "lede": as_source("Ferries sail every hour from Monday."),
                    "section": pattern.section,
                    "authors": pattern.authors,
                    "body": body(*(point(f"Point {n}", "It says this.", "And that.") for n in range(5)), seed=headline),
                }
                with CaptureQueriesContext(connection) as filing, watches["file"][place].running():
                    story = actions.file(by=None, at=timezone.now(), **parts)
                with CaptureQueriesContext(connection) as publishing, watches["publish"][place].running():
                    actions.publish(story=story, by=None, at=timezone.now())
                counts["file"][place], counts["publish"][place] = len(filing), len(publishing)
                story.delete()
    for verb, pair in watches.items():
        few, many = (watch.median for watch in pair)
        yield Figure(
            f"{verb} a story of five points",
            f"{few:.0f} and {many:.0f} ms, ratio {many / few:.2f}; {{}} and {{}} queries".format(*counts[verb]),
        )
