"""Move an archive in: a WordPress export of many posts with pictures, in posts a second and peak memory."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.ground import Ground

POSTS, SMALL = 10_000, 1_000
# One post in so many has a picture of its own, as a main picture and in its text.
PICTURED = 4
MEMORY_MB = 300
ENOUGH_A_SECOND = 100
_LABELS = ["Why it matters", "The latest", "What they're saying", "By the numbers", "The bottom line"]
_WORDS = (
    "harbour council ferry bread storm bridge school budget water winter market island mayor tunnel report village"
    " station hospital railway festival forest energy export wages housing election border treaty museum"
).split()


def measure(ground: Ground) -> Iterator[Figure]:
    """Import an export of 1,000 posts and one of 10,000, each into a newsroom of its own, and each once more."""
    _ = ground.archives
    for count in (SMALL, POSTS):
        seconds, processor, again, memory = imported(count)
        rate = count / seconds
        yield Figure(
            f"posts of {count:,} that are moved in, a second",
            f"{rate:.0f}",
            f"{ENOUGH_A_SECOND} or more",
            rate >= ENOUGH_A_SECOND,
        )
        yield Figure(
            f"peak memory of it with {count:,}", f"{memory:.0f} MB", f"under {MEMORY_MB} MB", memory < MEMORY_MB
        )
        yield Figure(f"processor time of one of {count:,}", f"{processor / count * 1000:.0f} ms")
        yield Figure(f"the same {count:,} a second time", f"{again:.1f} s")


def imported(count: int) -> tuple[float, float, float, float]:
    """Return the seconds that an import took and those of the processor, those of a second run, and the most memory in MB."""
    with tempfile.TemporaryDirectory(prefix="nutgraf-bench-") as folder:
        place = Path(folder)
        write_export(place, count)
        _run(
            "init", str(place / "data"), "--name=Old News", "--time-zone=UTC", "--language=en", "--section=News",
            "--editor=Eli Marsh", "--email=eli@example.org", "--password=a long bench password",
        )  # fmt: skip
        command = ("import", "wordpress", str(place / "export.xml"), f"--data={place / 'data'}", f"--pictures={place}")
        first, processor, memory = _timed(*command)
        again, _, memory_again = _timed(*command)
        return first, processor, again, max(memory, memory_again)


def _run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "nutgraf", *command], check=True, capture_output=True)


def _timed(*command: str) -> tuple[float, float, float]:
    """Return the seconds, those of the processor, and the most megabytes that a command took."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "nutgraf", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told = (process.stderr.read() if process.stderr else b"").decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not re.search(r"story .*\d (made|unchanged)", told):
        raise RuntimeError(told)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_export(folder: Path, count: int) -> None:
    """Write an export and its pictures: posts of some two hundred words, signed, filed, with labels, lists and quotes."""
    from nutgraf.imports.wordpress.samples import FOOT, HEAD, make_attachment, make_item
    from nutgraf.media.samples import make_bytes

    chance = random.Random(7)
    uploads = folder / "2019" / "03"
    uploads.mkdir(parents=True)
    with (folder / "export.xml").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, count + 1):
            name, picture = f"p{number}.jpg", count + number
            is_pictured = number % PICTURED == 0
            if is_pictured:
                # Each another, or they would be one picture.
                (uploads / name).write_bytes(make_bytes("jpg", (600 + number % 200, 400 + number // 200)))
                file.write(make_attachment(picture, name))
            day = (
                f"20{10 + number % 12:02}-{1 + number % 9:02}-{1 + number % 28:02} {number % 24:02}:{number % 60:02}:00"
            )
            file.write(
                make_item(
                    number,
                    title=_sentence(chance, 7).rstrip("."),
                    content=_content(chance, name if is_pictured else ""),
                    post_date=day,
                    post_date_gmt=day,
                    creator=chance.choice(["rosa", "eli"]),
                    terms=[chance.choice([("category", "sea", "At sea"), ("category", "town", "Town")])],
                    meta={"_thumbnail_id": str(picture)} if is_pictured else {},
                )
            )
        file.write(FOOT)


def _content(chance: random.Random, picture: str) -> str:
    parts = [_sentence(chance, 22)]
    for label in chance.sample(_LABELS, 3):
        parts.append(f"<strong>{label}:</strong> {_sentence(chance, 20)} {_sentence(chance, 14)}")
    parts.append(f"<ul><li>{_sentence(chance, 9)}</li><li>{_sentence(chance, 11)}</li></ul>")
    parts.append(f"“{_sentence(chance, 12)[:-1]},” said Ana Reyes, the mayor of Almery.")
    parts += [f"{_sentence(chance, 18)} {_sentence(chance, 21)}" for _ in range(2)]
    if picture:
        parts.insert(
            2, f'<img class="alignnone" src="https://old.example.org/wp-content/uploads/2019/03/{picture}" alt="Ice">'
        )
    return "\n\n".join(parts)


def _sentence(chance: random.Random, length: int) -> str:
    words = [chance.choice(_WORDS) for _ in range(length)]
    if length > 12:
        words[5] = f"{chance.randint(2, 900)} people in"
    return " ".join(words).capitalize() + "."
