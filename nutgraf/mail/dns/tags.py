"""Texts of the form `v=DKIM1; k=rsa; p=…`."""

from __future__ import annotations


def tags(text: str) -> dict[str, str]:
    """Return what a text says under each name; what has no name is left out."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}
