"""WordPress: the export of a site (WXR), with its posts as blocks or as classic HTML."""

from nutgraf.imports.wordpress.source import WordPress

__all__ = ["WordPress"]
