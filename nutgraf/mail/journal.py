"""What was begun and what was answered, written down beside the database so that even a killed process has told it.

One file for each batch. A line costs a microsecond and survives the process that
wrote it, not the machine: after a restart of that, what is not noted may have been.
"""

from __future__ import annotations

import datetime
import os
import re
import socket
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nutgraf.mail.providers.base import Answer, Letter, Verdict

try:
    import fcntl
except ImportError:  # Windows, where only the end of a lease tells that somebody has died.
    fcntl = None  # type: ignore[assignment]  # a module that is not there

BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
_LINE = re.compile(r"(\d+)\.(\d+) ([b+~x])(?: (.*))?")

Key = tuple[int, int]


@dataclass
class Told:
    """What a journal says: answers by message, and those that were begun and have none."""

    answers: dict[Key, Answer] = field(default_factory=dict)
    begun: set[Key] = field(default_factory=set)
    # Those put off, and until when; not written down, as nothing is lost with it.
    later: dict[Key, datetime.datetime] = field(default_factory=dict)
    # Whether it may lack what happened last: the machine that wrote it has been started anew, or is another.
    is_doubtful: bool = False


class Journal:
    """The journal of a batch that we have in hand; nobody else takes it up while we live."""

    def __init__(self, file: Path) -> None:
        self.file, self.told = file, Told()
        self._descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        if fcntl:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._write(f"{this_boot()}\n")

    def begin(self, letter: Letter) -> None:
        delivery, number = letter.key
        self._write(f"{delivery}.{number} b\n")
        self.told.begun.add(letter.key)

    def answer(self, letter: Letter, answer: Answer) -> None:
        delivery, number = letter.key
        text = " ".join(answer.text.split())
        self._write(
            f"{delivery}.{number} {answer.verdict} {text}\n" if text else f"{delivery}.{number} {answer.verdict}\n"
        )
        self.told.begun.discard(letter.key)
        self.told.answers[letter.key] = answer

    def close(self) -> None:
        """Leave it to whoever looks for what is left behind, unless it was removed."""
        os.close(self._descriptor)

    def remove(self) -> None:
        self.file.unlink(missing_ok=True)

    def _write(self, line: str) -> None:
        os.write(self._descriptor, line.encode())


class Journals:
    """The folder of the journals of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.host = self._host()

    def open(self, batch: uuid.UUID) -> Journal:
        return Journal(self.folder / f"{batch.hex}.journal")

    def has(self, batch: uuid.UUID) -> bool:
        return (self.folder / f"{batch.hex}.journal").exists()

    def left_behind(self) -> Iterator[tuple[uuid.UUID, Told, Path]]:
        """Return the journals of those who have died, each locked while it is looked at."""
        for file in sorted(self.folder.glob("*.journal")):
            with suppress(FileNotFoundError), file.open("rb") as opened:
                if fcntl:
                    try:
                        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except OSError:
                        continue
                if file.exists():
                    yield uuid.UUID(file.stem), read(opened.read().decode("utf-8", "replace")), file

    def _host(self) -> str:
        file = self.folder / "host"
        with suppress(FileExistsError):
            unfinished = self.folder / f"host.{uuid.uuid4().hex}"
            unfinished.write_text(uuid.uuid4().hex)
            try:
                # Of two who begin at the same time, one names the folder.
                os.link(unfinished, file)
            finally:
                unfinished.unlink()
        return file.read_text()


def read(text: str) -> Told:
    """Return what a journal tells, as far as it can be read."""
    head, _end, rest = text.partition("\n")
    told = Told(is_doubtful=not head or head != this_boot())
    for line in rest.splitlines():
        if not (found := _LINE.fullmatch(line)):
            told.is_doubtful = True
            continue
        key = int(found[1]), int(found[2])
        if found[3] == "b":
            told.begun.add(key)
            told.answers.pop(key, None)
        else:
            told.begun.discard(key)
            told.answers[key] = Answer(Verdict(found[3]), found[4] or "")
    return told


def this_boot() -> str:
    """Return what this machine is called until it is started anew."""
    try:
        boot = BOOT_FILE.read_text().strip()
    except OSError:
        # Where the system does not tell, a machine that lost its power is taken for one that did not.
        boot = "-"
    return f"{socket.gethostname()} {boot}"
