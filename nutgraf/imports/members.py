"""Take of other systems' tables of members only those who agree to be mailed: the rest are no subscribers of ours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import IO, TextIO

# What says of a row that nobody may be mailed, and what that says: Ghost's columns, and Substack's.
_YES = frozenset(["true", "1", "yes", "y", "t"])
_NEEDED = ("subscribed_to_emails", "subscribed")
_FORBIDDING = ("email_disabled", "unsubscribed")
_GONE = ("deleted_at", "unsubscribed_at")


@dataclass
class Members:
    """How many rows there were, and how many of them did not agree."""

    agreed: int = 0
    refused: int = 0
    without_address: int = 0


class NoTable(Exception):
    """A file that is no table of members; the words say why, in a sentence."""


def write_agreed(table: TextIO, into: IO[bytes]) -> Members:
    """Write the addresses of those who agree as a table of one column, and count the others."""
    members = Members()
    try:
        rows = csv.DictReader(table)
        names = {name.strip().lower(): name for name in rows.fieldnames or [] if name}
        if "email" not in names:
            raise NoTable("Its first line names no column “email”.")
        into.write(b"email\r\n")
        for row in rows:
            address = (row.get(names["email"]) or "").strip()
            said = {plain: (row.get(name) or "").strip().lower() for plain, name in names.items()}
            if not address:
                members.without_address += 1
            elif not _agrees(said):
                members.refused += 1
            else:
                members.agreed += 1
                into.write(f'"{address.replace(chr(34), chr(34) * 2)}"\r\n'.encode())
    except (csv.Error, UnicodeDecodeError) as error:
        raise NoTable(f"It cannot be read as a table ({error}).") from None
    return members


def _agrees(said: dict[str, str]) -> bool:
    """Tell whether a row's own columns say that its owner may be mailed; one that says nothing is left to whoever imports."""
    if any(said[name] not in _YES for name in _NEEDED if name in said):
        return False
    return not any(said.get(name) in _YES for name in _FORBIDDING) and not any(said.get(name) for name in _GONE)
