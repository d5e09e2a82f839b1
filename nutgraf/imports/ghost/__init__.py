"""Ghost: the export of a site (JSON), with posts as Lexical, Mobiledoc or HTML, and its members."""

from nutgraf.imports.ghost.source import Ghost

__all__ = ["Ghost"]
