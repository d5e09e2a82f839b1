"""HTML pages in a folder, each with a story somewhere in it."""

from nutgraf.imports.pages.source import Pages

__all__ = ["Pages"]
