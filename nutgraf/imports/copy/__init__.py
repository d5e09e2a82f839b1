"""Copy from outside: read it, file what is new, and revise what it was taken from."""

from nutgraf.imports.copy.bringing import Brought, Report, bring

__all__ = ["Brought", "Report", "bring"]
