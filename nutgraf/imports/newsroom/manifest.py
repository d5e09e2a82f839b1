"""What an export of a newsroom says about itself: by which version it was written, of what, and the digest of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from nutgraf import __version__

FORMAT = "nutgraf newsroom"
VERSION = 1
FILE = "manifest.json"
# As `sha256sum` writes and checks it.
SUMS = "SHA256SUMS"
CHUNK = 1 << 20

Step = Callable[[str, int, int], None]


class Refused(Exception):
    """An export that cannot be restored here, in a sentence."""


@dataclass(frozen=True)
class Manifest:
    """The first file to read of an export, and the last that is written."""

    # Of the file with the digests of all others.
    sums: str
    files: int
    rows: dict[str, int]
    with_subscribers: bool
    # Files that rows speak of and that were gone already.
    missing: list[str] = field(default_factory=list)
    format: str = FORMAT
    version: int = VERSION
    nutgraf: str = __version__
    # By app, its last migration: the columns of every table follow from these.
    tables: dict[str, str] = field(default_factory=lambda: tables_now())
    time_zone: str = field(default_factory=lambda: settings.TIME_ZONE)
    language: str = field(default_factory=lambda: settings.LANGUAGE_CODE)

    def write(self, folder: Path) -> None:
        """Write it down: an export without it is none."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def tables_now() -> dict[str, str]:
    """Return the last migration of each app in this database."""
    found: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found[app] = name
    return found


def read(folder: Path) -> Manifest:
    """Return what a folder says about itself; raises Refused if that is no export, or one that does not fit here."""
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"{folder} is no export of a newsroom: it has no {FILE}, which is written last.") from None
    except (ValueError, RecursionError):
        raise Refused(f"{folder / FILE} is damaged; take another one.") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise Refused(f"{folder} is no export of a newsroom.")
    if raw.get("version") != VERSION:
        raise Refused(f"{folder} was written in form {raw.get('version')}, and this version reads form {VERSION}.")
    _refuse_other_tables(raw)
    try:
        return _checked(Manifest(**raw))
    except (TypeError, ValueError):
        raise Refused(f"{folder / FILE} is damaged; take another one.") from None


def verify(folder: Path, manifest: Manifest, step: Step) -> set[str]:
    """Read every file of an export once, and return the names of those that are rows; raises Refused for one that is not whole."""
    if digest_of(folder, SUMS) != manifest.sums:
        raise Refused(f"{folder / SUMS} is damaged; take another one.")
    rows, number = set(), 0
    for number, (digest, name) in enumerate(listed(folder), 1):
        step(name, number, manifest.files)
        if digest_of(folder, name) != digest:
            raise Refused(f"{folder / name} is damaged: it is not what was written; take another one.")
        if name.startswith("rows/"):
            rows.add(name)
    if number != manifest.files:
        raise Refused(f"{folder / SUMS} is damaged; take another one.")
    return rows


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """Return each file of an export, as its digest and its name below the folder; raises Refused for a name outside of it."""
    with (folder / SUMS).open(encoding="utf-8") as file:
        for line in file:
            digest, _, name = line.rstrip("\n").partition("  ")
            path = PurePosixPath(name)
            if not name or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
                raise Refused(f"{folder / SUMS} names “{name}”, which is not within the export.")
            yield digest, name


def digest_of(folder: Path, name: str) -> str:
    """Return the digest of a file of an export; raises Refused for what is none."""
    found, path = hashlib.sha256(), folder / name
    # A link could lead to any file of this machine, which would then be public.
    if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"{path} is a link, and no file of the export.")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Refused(f"{path} is missing; take another one.") from None
    return found.hexdigest()


def _refuse_other_tables(raw: dict[str, Any]) -> None:
    if raw.get("tables") != tables_now():
        raise Refused(
            f"The export was written by Nutgraf {raw.get('nutgraf')}, whose tables are others than those of {__version__}."
            " Restore it with that version; the next one then brings the newsroom up to date."
        )
    here = (settings.TIME_ZONE, settings.LANGUAGE_CODE)
    if (raw.get("time_zone"), raw.get("language")) != here:
        raise Refused(
            f"The export is of a newsroom with the time zone {raw.get('time_zone')} and the language {raw.get('language')};"
            f" this one has {here[0]} and {here[1]}. Found it with `--time-zone {raw.get('time_zone')} --language"
            f" {raw.get('language')}`."
        )


def _checked(manifest: Manifest) -> Manifest:
    is_whole = (
        isinstance(manifest.files, int)
        and isinstance(manifest.sums, str)
        and isinstance(manifest.with_subscribers, bool)
        and isinstance(manifest.rows, dict)
        and isinstance(manifest.missing, list)
        and all(isinstance(count, int) for count in manifest.rows.values())
    )
    if not is_whole:
        raise ValueError
    return manifest
