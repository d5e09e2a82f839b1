"""Read what was fetched, whatever it is: RSS, Atom, JSON Feed or ninjs become items, and what is none is told."""

from nutgraf.imports.wire.reading.recognising import read

__all__ = ["read"]
