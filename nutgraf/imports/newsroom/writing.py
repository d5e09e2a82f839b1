"""Write a whole newsroom into a folder: made beside it, renamed when it is whole, with every row of one moment."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from nutgraf.imports.newsroom import files, rows, tables
from nutgraf.imports.newsroom.manifest import FILE, SUMS, Manifest, Refused, Step, digest_of

GUIDE = """# A whole newsroom

Written by `nutgraf export DIR`; `nutgraf import nutgraf DIR` restores it in a newsroom that was just founded.

- `manifest.json`: the version that wrote it, how many rows of each table there are, and the digest of `SHA256SUMS`.
- `SHA256SUMS`: the digest of every other file; `sha256sum --check --quiet SHA256SUMS` compares them.
- `rows/`: a file for each table, a row a line, as JSON. Stories are `stories.Story` with `wagtailcore.Page`; their drafts and
  earlier versions are `wagtailcore.Revision`; what readers had is `stories.PublicVersion`.
- `files/`: pictures and documents as they were uploaded, by the table and column that name them.
- `theme/`: the newsroom's own look, if it has one.
- `documents/`: each public story and each picture as a news object of ninjs 3.1, for other systems.

No password and no key is in it.
"""


class Writer:
    """A folder that is being filled, with the digest of each file."""

    def __init__(self, folder: Path, sums: IO[str], step: Step) -> None:
        self.folder, self._sums, self._step = folder, sums, step
        self.files = 0

    def write(self, name: str, content: Iterable[bytes]) -> None:
        """Write a file, and note its digest."""
        self.files += 1
        self._step(name, self.files, 0)
        path, digest = self.folder / name, hashlib.sha256()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for chunk in content:
                digest.update(chunk)
                file.write(chunk)
        self._sums.write(f"{digest.hexdigest()}  {name}\n")


def write(
    into: Path, *, documents: Iterable[tuple[str, bytes]], with_subscribers: bool, step: Step = lambda *_: None
) -> Manifest:
    """Write the newsroom into a folder, all or nothing; an export that is there already is replaced.

    Raises Refused for a folder that holds anything else.
    """
    refuse_other(into)
    into.parent.mkdir(parents=True, exist_ok=True)
    # Only its owner may read it: drafts are in it, and perhaps addresses.
    beside = Path(tempfile.mkdtemp(dir=into.parent, prefix=f".{into.name}-"))
    try:
        with _one_moment():
            manifest = _fill(beside, documents, with_subscribers, step)
        _put(beside, into)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def refuse_other(into: Path) -> None:
    """Raise Refused for a folder that holds something else than an export of a newsroom."""
    if into.exists() and (not into.is_dir() or (any(into.iterdir()) and not (into / FILE).is_file())):
        raise Refused(f"{into} holds something that is no export of a newsroom; choose an empty folder.")


def _fill(folder: Path, documents: Iterable[tuple[str, bytes]], with_subscribers: bool, step: Step) -> Manifest:
    names, counts, missing = rows.Names(), {}, []
    models = tables.travelling(with_subscribers=with_subscribers)
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as sums:
        writer = Writer(folder, sums, step)
        writer.write("README.md", [GUIDE.encode()])
        for model in models:
            counts[model._meta.label] = model._base_manager.count()
            lines = (f"{line}\n".encode() for line in rows.lines(model, names))
            writer.write(f"rows/{model._meta.label}.jsonl", lines)
        for place in files.places(models):
            for name in place.names():
                if place.storage.exists(name):
                    writer.write(f"{place.folder}/{name}", files.chunks(place.storage, name))
                else:
                    missing.append(f"{place.folder}/{name}")
        for name, content in documents:
            writer.write(f"documents/{name}", [content])
    manifest = Manifest(
        sums=digest_of(folder, SUMS),
        files=writer.files,
        rows=counts,
        with_subscribers=with_subscribers,
        missing=missing,
    )
    manifest.write(folder)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """See the database as it is now for as long as this takes, without keeping anybody from writing."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            if not connection.savepoint_ids:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Ours begin by locking out other writers.
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        sqlite.transaction_mode = mode


def _put(beside: Path, into: Path) -> None:
    """Let a folder take the place of another."""
    if not into.exists():
        os.rename(beside, into)
        return
    former = Path(tempfile.mkdtemp(dir=into.parent, prefix=f".{into.name}-"))
    try:
        os.rename(into, former / "former")
        os.rename(beside, into)
    finally:
        if not into.exists() and (former / "former").exists():
            os.rename(former / "former", into)
        shutil.rmtree(former, ignore_errors=True)
