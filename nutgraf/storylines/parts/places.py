"""Where a storyline happens: the places of its events, each once, with where they lie as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nutgraf.storylines import atlas, maps
from nutgraf.storylines.atlas import Spot, name_key
from nutgraf.storylines.maps import LocatorMap
from nutgraf.storylines.models import Entry, MapPlace, Mention, Storyline
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.parts import mentions
from nutgraf.storylines.parts.mentions import Place

# So many of the latest events are asked for their places, and so many places shown.
EVENTS, SHOWN = 60, 12


@dataclass(frozen=True)
class Locality:
    """A place as the storyline names it, and what happens there by the latest story."""

    name: str
    what: str
    place: Place
    at: int


@dataclass(frozen=True)
class Places:
    """All places in words, and a map of those whose place is known."""

    named: list[Locality]
    map: LocatorMap | None
    # Whether the map has a town that came with us, whose source is then named.
    is_from_atlas: bool = False

    @property
    def drawn(self) -> str:
        """The names that the map shows, for those who do not see it."""
        return ", ".join(dot.name for dot in self.map.dots) if self.map else ""


def shown(storyline: Storyline) -> Places:
    """Return the places of a storyline's latest events, in three statements."""
    entries = list(
        Entry.objects.filter(storyline=storyline, kind=Kind.EVENT, is_hidden=False).order_by(
            "-is_pinned", "-latest_at", "-pk"
        )[:EVENTS]
    )
    found: dict[str, Locality] = {}
    for entry, mention in _latest(entries):
        event = mention.event
        name = " ".join(event.place.split()) if event else ""
        if event and (key := name_key(name)) and key not in found and len(found) < SHOWN:
            what = entry.words or mention.words or event.what
            found[key] = Locality(name, what, mentions.place(mention), mentions.changed_at([mention]))
    own = _own([one.name for one in found.values()])
    spots = {one.name: own.get(one.name) or atlas.find(one.name) for one in found.values()}
    found = _once(found, spots)
    drawn = maps.draw(_apart((name, spot) for name, spot in spots.items() if spot))
    return Places(list(found.values()), drawn, is_from_atlas=any(spots[name] for name in spots.keys() - own.keys()))


def _once(found: dict[str, Locality], spots: dict[str, Spot | None]) -> dict[str, Locality]:
    """Tell a town and the same town with its country as one, in the longer words; one of that name elsewhere is another."""
    once: dict[str, Locality] = {}
    for key, one in found.items():
        for other, before in once.items():
            short, long = sorted((one.name, before.name), key=len)
            if long.startswith(f"{short},") and spots[short] == spots[long]:
                once[other] = replace(before, name=long)
                break
        else:
            once[key] = one
    return once


def _own(places: list[str]) -> dict[str, Spot]:
    """Return where an editor has said that places lie: a place as a whole, or else the quay or the town in its name."""
    if not places:
        return {}
    asked = {place: atlas.keys_of(place) for place in places}
    keys = sorted({key for some in asked.values() for key in some})
    own = {place.key: place.spot for place in MapPlace.objects.filter(key__in=keys)}
    found = {place: next((own[key] for key in some if key in own), None) for place, some in asked.items()}
    return {place: spot for place, spot in found.items() if spot}


def _latest(entries: list[Entry]) -> Iterable[tuple[Entry, Mention]]:
    some = mentions.latest(entries, each=1)
    return [(entry, some[entry.pk][0]) for entry in entries if entry.pk in some]


def _apart(places: Iterable[tuple[str, Spot]]) -> list[tuple[str, Spot]]:
    """Leave out what lies where another lies already: a quay is no second dot on its town."""
    kept: dict[tuple[float, float], tuple[str, Spot]] = {}
    for name, spot in places:
        kept.setdefault((round(spot.latitude, 1), round(spot.longitude, 1)), (name, spot))
    return list(kept.values())
