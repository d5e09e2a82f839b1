"""Bring an archive's pictures along: from a folder that was given, or from hosts that may be asked, and from nowhere else."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import filetype
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from nutgraf.imports.archive import values
from nutgraf.imports.archive.ledger import Kind, Ledger, Outcome
from nutgraf.imports.archive.reports import MADE, MATCHED, SKIPPED, UNCHANGED, Told
from nutgraf.lib import fetching
from nutgraf.media import actions, intake
from nutgraf.media.models import Picture

NO_FILE = "its file is neither in the folder of pictures nor at a host that may be asked"
# "harbour-300x200.jpg" is a size of "harbour.jpg", as are "harbour-scaled.jpg" and "harbour@2x.jpg".
_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|@2x)(?=\.\w{3,5}\Z)")
_NAMES = {extension for extensions in intake.EXTENSIONS.values() for extension in extensions}


@dataclass
class Pictures:
    """The pictures of one archive."""

    ledger: Ledger
    tell: Callable[[Told], None]
    by: AbstractBaseUser | None
    folder: Path | None = None
    hosts: frozenset[str] = frozenset()
    is_dry: bool = False
    # Asked for the address that is connected to; only tests allow others than public ones.
    is_allowed: Callable[[str], bool] = fetching.is_public
    # For each.
    seconds: float = fetching.Limits().seconds

    def take(self, value: values.Picture) -> Told:
        """Keep a picture in the library, once; one that is there already by its bytes is that one."""
        name = value.title or _file_name(value.url)
        item = self.ledger.find(Kind.PICTURE, value.key)
        if item and item.picture_id and item.digest == values.digest(value):
            return Told("picture", value.key, name, UNCHANGED)
        if item and item.picture_id:
            # Its words may have been mended at the desk, and those are better.
            self.ledger.write(Kind.PICTURE, value, name=name, address=plain(value.url), outcome=Outcome.MATCHED)
            return Told("picture", value.key, name, MATCHED)
        try:
            content = self._content(value.url)
        except _NotHad as error:
            return Told("picture", value.key, name, SKIPPED, str(error))
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        picture = Picture.objects.filter(file_hash=digest).first()
        outcome = MATCHED if picture else MADE
        if picture is None:
            try:
                picture = self._kept(value, name, content)
            except ValidationError as error:
                return Told("picture", value.key, name, SKIPPED, " ".join(error.messages).rstrip("."))
        self.ledger.write(
            Kind.PICTURE,
            value,
            picture=picture,
            name=name,
            address=plain(value.url),
            outcome=Outcome.MADE if outcome == MADE else Outcome.MATCHED,
        )
        return Told("picture", value.key, name, outcome)

    def find(self, key: str, url: str) -> Picture | None:
        """Return the picture that a body shows, by its number or its address in any of its sizes."""
        item = self.ledger.find(Kind.PICTURE, key) if key else None
        if item is None or item.picture is None:
            item = self.ledger.picture_at(plain(url)) if url else None
        return item.picture if item else None

    def bring(self, key: str, url: str, alt: str, caption: str) -> Picture | None:
        """Return the picture that a body shows, brought along now if the archive does not list it."""
        if found := self.find(key, url):
            return found
        if not url or (self.folder is None and not self.hosts):
            return None
        value = values.Picture(plain(url), url, alt=alt[:255], caption=caption)
        if (item := self.ledger.find(Kind.PICTURE, value.key)) and item.picture is None:
            return None
        told = self.take(value)
        if told.outcome == SKIPPED:
            return None
        self.tell(told)
        return self.find(value.key, url)

    def _kept(self, value: values.Picture, name: str, content: bytes) -> Picture:
        texts: dict[str, Any] = {
            "title": name[:255],
            "alt_text": _fitting(value.alt, 255),
            "caption": value.caption,
            "credit_line": _fitting(value.credit, 255),
            "source": value.url[:255],
        }
        file = ContentFile(content, name=_with_ending(_file_name(value.url) or "picture", content))
        if not self.is_dry:
            return actions.add(file=file, by=self.by, **texts)
        # A row that will be taken back, and no file that would stay.
        examined = intake.examine(file)
        words = {"title": texts["title"], "description": texts["alt_text"], "caption": value.caption}
        return Picture.objects.bulk_create(
            [Picture(file=f"dry/{file.name}", width=examined.width, height=examined.height, **words)]
        )[0]

    def _content(self, url: str) -> bytes:
        extension = os.path.splitext(_file_name(url))[1].lower().removeprefix(".")
        if extension and extension not in _NAMES:
            raise _NotHad(f"a file that ends in “.{extension}” is no picture that we keep")
        if file := self._in_folder(url):
            limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
            if file.stat().st_size > limit:
                raise _NotHad(f"its file is larger than {limit // 1024 // 1024} MB")
            return file.read_bytes()
        if urlsplit(url).hostname in self.hosts:
            return self._fetched(url)
        raise _NotHad(NO_FILE)

    def _fetched(self, url: str) -> bytes:
        limits = fetching.Limits(most_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, seconds=self.seconds)
        try:
            answer = fetching.fetch(
                url, limits=limits, may_ask=lambda host: host in self.hosts, is_allowed=self.is_allowed
            )
        except fetching.Refused as error:
            raise _NotHad(f"{url}: {str(error).rstrip('.')}") from None
        if answer.status != 200:
            raise _NotHad(f"{url} answers {answer.status}")
        return answer.body

    def _in_folder(self, url: str) -> Path | None:
        """Return the file of an address: under the whole of its path, or ever less of it, down to its name."""
        if self.folder is None:
            return None
        parts = [part for part in unquote(urlsplit(url).path).split("/") if part not in ("", ".", "..")]
        for first in range(len(parts)):
            file = self.folder.joinpath(*parts[first:])
            if file.is_file() and file.resolve().is_relative_to(self.folder.resolve()):
                return file
        return None


class _NotHad(Exception):
    """A picture whose file there is no way to."""


def plain(url: str) -> str:
    """Return the address of a picture without its size, by which all of its sizes are one."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{_SIZE.sub('', unquote(parts.path))}"


def _file_name(url: str) -> str:
    return os.path.basename(unquote(urlsplit(url).path))


def _with_ending(name: str, content: bytes) -> str:
    """Return a name that says what the file is, where the address it is at says nothing of that."""
    return name if os.path.splitext(name)[1] else f"{name}.{filetype.guess_extension(content) or 'jpg'}"


def _fitting(words: str, longest: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"
