"""Keep this machine's store in step with the database: at once for what this process changes, soon for all else."""

from __future__ import annotations

from nutgraf.published.store import the_store


def follow() -> int:
    """Apply to the store what has been changed in the database since it last looked; return its generation."""
    return the_store().follow()
