"""Write addresses of ours as others need them: those of a story's other forms, and whole ones, also inside of texts."""

from __future__ import annotations

from nutgraf.newsroom.addresses import whole, whole_in

__all__ = ["alternate", "whole", "whole_in"]


def alternate(address: str, ending: str) -> str:
    """Return the address of a story in another form: txt, md or json."""
    return f"{address.rstrip('/')}.{ending}"
