"""Kill (-9) whoever changes and presses pages, again and again, and look each time at what lies on the shelf.

Run as `python -m tests.journeys.killed DIR ROUNDS SEED` on a newsroom with a
shelf that nobody serves. It says how many files it has looked at, and ends at
the first that is not what would be rendered now.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 0.4


def main(folder: Path, rounds: int, seed: int) -> None:
    """Do all rounds."""
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.db import connections

    from nutgraf.published import following, opening, pressing

    opening.open_store()
    paths = list(json.loads((folder / "known.json").read_text())["paths"].values())
    chance, looked_at = random.Random(seed), 0
    # What is loaded here need not be loaded by each child, who has not long to live.
    for path in paths:
        pressing.fetch(path)
    for number in range(rounds):
        connections.close_all()
        child = os.fork()
        if child == 0:
            work(random.Random(f"{seed} {number}"), paths)
        time.sleep(chance.uniform(0.01, LONGEST_SECONDS))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        following.follow()
        looked_at += look()
        # Something that every page shows, so that whatever a death has left there for good is found.
        rename_newsroom(chance)
        following.follow()
        look()
    sys.stdout.write(f"{looked_at}\n")


def work(chance: random.Random, paths: list[str]) -> None:
    """Change something and press something, for as long as one lives."""
    from django.db import connection

    from nutgraf.published import pressing, shelf
    from nutgraf.stories.samples import make_story

    # So that both ways of taking pages away are gone.
    shelf.MOST_ONE_BY_ONE = chance.choice([2, 500])
    step = chance.choice(["replace", "unlink", "rename"])
    die_at(step, call=chance.randrange(1, 16), is_before=chance.random() < 0.5)
    while True:
        match chance.randrange(40):
            case 0 | 1 | 2:
                rename_newsroom(chance)
            case 3:
                make_story(f"Found at {chance.random()}")
            case 4:
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE newsroom_author SET bio = %s", [f"Born {chance.random()}."])
            case _:
                pressing.fetch(chance.choice(paths))


def rename_newsroom(chance: random.Random) -> None:
    """Change what every page shows."""
    from nutgraf.newsroom.models import Newsroom

    newsroom = Newsroom.objects.get()
    newsroom.name = f"The {chance.random()} Ledger"
    newsroom.save()


def die_at(name: str, *, call: int, is_before: bool) -> None:
    """Die at one of our own steps: between two of them a signal from outside hardly ever comes."""
    original, calls = getattr(Path, name), iter(range(1, call))

    def act(*arguments: Any, **options: Any) -> Any:
        is_last = next(calls, None) is None
        if is_last and is_before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*arguments, **options)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(Path, name, act)


def look() -> int:
    """Compare each file on the shelf with what would be rendered now, and return how many there are."""
    from nutgraf.published import rendering
    from nutgraf.published.store import the_store

    pages = Path(the_store().meta("shelf")) / "pages"
    files = [file for file in pages.rglob("*") if file.is_file() and file.suffix not in (".gz", ".br")]
    for file in files:
        address = f"/{file.relative_to(pages)}".removesuffix("index.html")
        fresh = rendering.render(address).content
        for found in (file.read_bytes(), gzip.decompress(Path(f"{file}.gz").read_bytes())):
            if found != fresh:
                raise AssertionError(f"{address} on the shelf is not what it is now.")
    return len(files)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
