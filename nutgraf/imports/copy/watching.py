"""Watch a folder: each new file of copy becomes drafts, and moves to done/ or, with the reason beside it, to failed/."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from nutgraf.copydesk.intake.encodings import LIMIT, too_long
from nutgraf.copydesk.reading import CopyRefused
from nutgraf.imports.copy.bringing import Report, bring
from nutgraf.newsroom.models import Section

DONE, FAILED = "done", "failed"
SECONDS_BETWEEN_LOOKS = 1.0
# Names under which programs keep what they have not finished, and what nobody means as copy.
_UNFINISHED = (".part", ".tmp", ".crdownload", ".swp", "~")


@dataclass
class Result:
    """One file that was taken, where it is now, and what became of it."""

    file: Path
    moved_to: Path
    report: Report | None = None
    # One sentence.
    failure: str = ""


@dataclass
class Watch:
    """A folder that is looked at again and again; a file is taken when two looks found it unchanged."""

    folder: Path
    by: AbstractBaseUser | None
    zone: ZoneInfo
    section: Section | None = None
    now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC)
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def look(self) -> Iterator[Result]:
        """Take every file that has not changed since the last look, the oldest first."""
        seen = self._seen
        self._seen = {file: (status.st_size, status.st_mtime_ns) for file in self.files() if (status := _status(file))}
        for file, state in sorted(self._seen.items(), key=lambda one: (one[1][1], one[0])):
            if seen.get(file) == state:
                yield self.take(file)

    def take(self, file: Path) -> Result:
        """Bring one file in, and move it; what cannot be brought changes nothing but its place."""
        try:
            report = self._bring(file)
        except (CopyRefused, ValidationError, OSError) as error:
            failure = _sentence(error)
            moved = _moved(file, self.folder / FAILED)
            moved.with_name(moved.name + ".why.txt").write_text(failure + "\n", encoding="utf-8")
            return Result(file, moved, failure=failure)
        moved = _moved(file, self.folder / DONE)
        return Result(file, moved, report)

    def _bring(self, file: Path) -> Report:
        if (size := file.stat().st_size) > LIMIT:
            raise CopyRefused(too_long(size))
        report = bring(
            source=file.read_bytes(), name=file.name, by=self.by, at=self.now(), zone=self.zone, section=self.section
        )
        if not report.stories:
            raise CopyRefused("There is no story in this file: neither a headline nor a sentence.")
        return report

    def files(self) -> list[Path]:
        """Return the files that are meant as copy."""
        return [
            file
            for file in self.folder.iterdir()
            if file.is_file()
            and not file.is_symlink()
            and not file.name.startswith(".")
            and not file.name.endswith(_UNFINISHED)
        ]

    def run(self, tell: Callable[[Result], None]) -> None:
        """Look until somebody interrupts."""
        while True:
            for result in self.look():
                tell(result)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except FileNotFoundError:
        return None


def _moved(file: Path, folder: Path) -> Path:
    """Move a file into a folder, beside whatever has its name there."""
    folder.mkdir(exist_ok=True)
    target = folder / file.name
    number = 2
    while target.exists():
        target = folder / f"{file.stem}-{number}{file.suffix}"
        number += 1
    return file.rename(target)


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OSError):
        return f"The file cannot be read ({error.strerror})."
    return str(error)
