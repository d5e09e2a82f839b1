"""The files that rows speak of: pictures as uploaded, documents, portraits of staff, and the newsroom's own look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import FileField

from nutgraf.imports.newsroom.manifest import CHUNK, Refused
from nutgraf.imports.newsroom.tables import Model, columns

# What a newsroom changes of its look, in its data folder.
THEME = "theme"


@dataclass(frozen=True)
class Place:
    """Where files of one kind are kept here, and in which folder of an export."""

    folder: str
    storage: Storage
    model: Model | None = None
    column: str = ""

    def names(self) -> Iterator[str]:
        """Return what is kept here of this kind."""
        if self.model is None:
            yield from sorted(_below(self.storage, ""))
        else:
            rows = self.model._base_manager.order_by("pk").exclude(**{self.column: ""})
            for name in rows.values_list(self.column, flat=True).iterator(chunk_size=1000):
                if name:
                    yield name


def places(models: Iterable[Model]) -> list[Place]:
    """Return every place that has files of a newsroom."""
    theme = Place(THEME, FileSystemStorage(location=str(Path(settings.DATA_DIR) / THEME)))
    found = [
        Place(f"files/{model._meta.label}.{field.name}", field.storage, model, field.name)
        for model in models
        for field in columns(model)
        if isinstance(field, FileField)
    ]
    return [theme, *found]


class Laid:
    """Files put where they belong, which can be taken away again."""

    def __init__(self, folder: Path, places: list[Place]) -> None:
        self.folder, self.places = folder, {place.folder: place for place in places}
        self._laid: list[tuple[Storage, str]] = []

    def lay(self, name: str, digest: str) -> None:
        """Put a file of the export where it belongs; raises Refused where another is already."""
        place = next((one for folder, one in self.places.items() if name.startswith(f"{folder}/")), None)
        if place is None:
            raise Refused(f"{self.folder / name} belongs nowhere in this version.")
        inside = name.removeprefix(f"{place.folder}/")
        if place.storage.exists(inside):
            # A restoring that was killed has left it.
            if _digest_of(place.storage, inside) == digest:
                return
            raise Refused(f"Another file is where {name} belongs; restore into a newsroom of its own.")
        self._laid.append((place.storage, inside))
        with (self.folder / name).open("rb") as file:
            kept = place.storage.save(inside, File(file))
        if kept != inside:
            self._laid[-1] = (place.storage, kept)
            raise Refused(f"{name} can't be kept under its name here.")

    def take_away(self) -> None:
        """Remove all that was laid."""
        for storage, name in self._laid:
            storage.delete(name)


def _below(storage: Storage, folder: str) -> Iterator[str]:
    if not folder and not storage.exists(""):
        return
    folders, names = storage.listdir(folder)
    yield from (f"{folder}{name}" for name in names)
    for one in folders:
        yield from _below(storage, f"{folder}{one}/")


def chunks(storage: Storage, name: str) -> Iterator[bytes]:
    """Read a file that is kept here."""
    with storage.open(name) as file:
        opened: Any = file
        yield from opened.chunks(CHUNK)


def _digest_of(storage: Storage, name: str) -> str:
    found = hashlib.sha256()
    for chunk in chunks(storage, name):
        found.update(chunk)
    return found.hexdigest()
