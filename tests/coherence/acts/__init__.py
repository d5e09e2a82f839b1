"""Everything that can happen in a newsroom, each act a function of a few numbers that choose what it happens to."""

from __future__ import annotations

from importlib import import_module

from tests.coherence.acts.registry import ACTS, try_to

# In this order, so that a seed leads to the same acts each time; a module that is added goes to the end.
for part in ("stories", "fronts", "newsroom", "scripts", "changes", "storylines", "live"):
    import_module(f"{__name__}.{part}")

__all__ = ["ACTS", "try_to"]
