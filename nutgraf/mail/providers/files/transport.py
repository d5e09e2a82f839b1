"""Write each mail to a file of its own, named after the message, so that one that is sent twice is there once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nutgraf.mail.providers.base import Answer, Letter, Log, Trouble, Verdict
from nutgraf.mail.wording import BadAddress


class Files:
    """Writes to the folder `mail/sent` of the newsroom's data."""

    tells_duplicates = True
    connections = 1

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.DATA_DIR) / "mail" / "sent"

    def connect(self) -> Files:
        return self

    def send(self, letters: Iterator[Letter | None], log: Log) -> None:
        for letter in filter(None, letters):
            try:
                content = letter.content
            except (BadAddress, KeyError) as error:
                log.answer(letter, Answer(Verdict.REFUSED, str(error)))
                continue
            log.begin(letter)
            delivery, number = letter.key
            self._write(self.folder / str(delivery) / f"{number}.eml", content)
            log.answer(letter, Answer(Verdict.ACCEPTED))

    def close(self) -> None:
        """Nothing is open."""

    def _write(self, file: Path, content: bytes) -> None:
        unfinished = file.with_suffix(".part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            os.replace(unfinished, file)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise Trouble(_("The folder for mail can't be written to (%s).") % error.strerror) from error
