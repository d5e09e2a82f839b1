"""The memory of what came in: copy, the items of archives, and wires with what they bring."""

from nutgraf.imports.models.archive import ArchiveItem, Import
from nutgraf.imports.models.wire import Wire, WireItem

__all__ = ["ArchiveItem", "Import", "Wire", "WireItem"]
