"""Where towns and countries lie, and the shapes of the land, from two files that come with us; README.md says whose they are."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
# The files count in hundredths of a degree.
STEPS = 100
# Of towns with one name, one is meant without a word only if it has so many times the people of the next.
_FAR_LARGER = 5
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s*[,;(/|–—]\s*|\s-\s")


@dataclass(frozen=True, slots=True)
class Spot:
    """A latitude and a longitude, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Line:
    """A closed or open line of the map in steps, and the box that it lies in."""

    xs: array[int]
    ys: array[int]
    left: int
    right: int
    bottom: int
    top: int


@dataclass(frozen=True, slots=True)
class World:
    """The land and the borders on it."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]


def name_key(name: str) -> str:
    """Return a name without case, accents and signs, by which it is looked up."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


def keys_of(place: str) -> list[str]:
    """Return what a place as a story names it is looked up by, the whole first: "Rope Quay, Almery", "Rope Quay", "Almery"."""
    parts = [place, *_PARTS.split(place)]
    return list(dict.fromkeys(key for part in parts if (key := name_key(part))))


def find(place: str) -> Spot | None:
    """Return where a town or country lies, or nothing where it is not known or could be one of several.

    The country or state that follows a name decides: "Springfield, Illinois". One that
    follows and is unknown here means a place of another world than ours.
    """
    first, *further = [key for part in _PARTS.split(place) if (key := name_key(part))] or [""]
    rows = _rows(first)
    if further:
        within = set(further)
        rows = [row for row in rows if within & {row[1], row[2]}]
        return _spot(rows[0]) if rows else None
    if not rows or (len(rows) > 1 and int(rows[0][5]) < _FAR_LARGER * int(rows[1][5])):
        return None
    return _spot(rows[0])


def _rows(key: str) -> list[list[str]]:
    """Return the rows of one name, that of most people first."""
    if not key:
        return []
    text = _places()
    start = text.find(f"\n{key}\t".encode())
    rows = []
    while start >= 0 and text.startswith(f"{key}\t".encode(), start + 1):
        end = text.index(b"\n", start + 1)
        rows.append(text[start + 1 : end].decode().split("\t"))
        start = end
    return rows


def _spot(row: list[str]) -> Spot:
    return Spot(float(row[3]), float(row[4]))


# Searched as it is: as a dictionary it would take ten times the memory, for a question or two an hour.
@lru_cache(maxsize=1)
def _places() -> bytes:
    return gzip.decompress((FOLDER / "places.tsv.gz").read_bytes())


@lru_cache(maxsize=1)
def world() -> World:
    """Return the shapes of the world, read once."""
    shapes = json.loads(gzip.decompress((FOLDER / "world.json.gz").read_bytes()))
    return World(tuple(map(_line, shapes["land"])), tuple(map(_line, shapes["borders"])))


def _line(row: list[int]) -> Line:
    xs, ys = array("h"), array("h")
    x = y = 0
    for place in range(0, len(row), 2):
        x, y = x + row[place], y + row[place + 1]
        xs.append(x)
        ys.append(y)
    return Line(xs, ys, min(xs), max(xs), min(ys), max(ys))
