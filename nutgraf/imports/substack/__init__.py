"""Substack: the export of a publication, as a zip file or the folder that it unpacks to."""

from nutgraf.imports.substack.source import Substack

__all__ = ["Substack"]
