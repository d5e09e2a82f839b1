"""Two people do something at the same moment: run as `python -m tests.journeys.at_once DIR row`, or `day`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

# Long enough for the second to come as far as it can while the first has not ended.
SECONDS = 1.0


def both(first: Callable[[], object], second: Callable[[], object], *, between: Callable[[], object]) -> None:
    """Have the first do something and wait, the second do something, the first end, and, before the second ends, something else."""
    from django.db import connections, transaction

    has_done, may_end, has_followed, may_follow = (threading.Event() for _ in range(4))
    failed: list[BaseException] = []

    def lead() -> None:
        with transaction.atomic():
            first()
            has_done.set()
            may_end.wait()

    def follow() -> None:
        has_done.wait()
        with transaction.atomic():
            second()
            has_followed.set()
            may_follow.wait()

    def kept(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # Raised by whoever waits for us.
            failed.append(error)
            has_done.set()
            has_followed.set()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=kept, args=[work]) for work in (lead, follow)]
    for thread in threads:
        thread.start()
    try:
        has_followed.wait(SECONDS)
        may_end.set()
        threads[0].join()
        has_followed.wait()
        between()
    finally:
        may_follow.set()
        threads[1].join()
    if failed:
        raise failed[0]


def save_one_row() -> None:
    """Have one rename an author, and another, who has the old name before them, save theirs."""
    from nutgraf.newsroom.samples import make_author
    from nutgraf.published import verifying
    from nutgraf.published.samples import stored

    author = make_author("Rosa Vale")
    address = author.get_absolute_url()

    def rename() -> None:
        author.name = "Rosa Dale"
        author.save()

    old = type(author).objects.get(pk=author.pk)
    both(rename, old.save, between=lambda: stored(address))

    if verifying.compare(address) is False:
        sys.exit(f"{address} is stale: it has not the name that was saved last.")


def publish_on_one_day() -> None:
    """Have two stories join one that is public, and see that the day knows all three."""
    from django.utils import timezone

    from nutgraf.stories import actions
    from nutgraf.stories.models import Story
    from nutgraf.stories.samples import make_story
    from nutgraf.streams.models import Day

    now = timezone.now()
    make_story("First story", at=now)
    one, other = (make_story(f"{name} story", at=now, is_draft=True) for name in ("Second", "Third"))
    both(
        lambda: actions.publish(story=one, by=None, at=now),
        lambda: actions.publish(story=other, by=None, at=now),
        between=lambda: None,
    )

    counted, public = sum(Day.objects.values_list("stories", flat=True)), Story.objects.live().count()
    if counted != public:
        sys.exit(f"{public} stories are public, and {counted} are counted.")


if __name__ == "__main__":
    from nutgraf.config import data_folder

    data_folder.use(Path(sys.argv[1]))
    {"row": save_one_row, "day": publish_on_one_day}[sys.argv[2]]()
