"""Keep the pages that are being read in a worker's memory, up to a number of bytes, each as true as when last looked at."""

from __future__ import annotations

from nutgraf.published.serving.answers import Variant, variants
from nutgraf.published.stored import StoredPage

MOST_BYTES = 64 * 1024 * 1024


class Held:
    """A page in memory: ready answers, the tide at which it was true, and how often it was read since we last told."""

    __slots__ = ("address", "changed_at", "hits", "size", "tide", "until", "variants", "was_used")

    def __init__(self, page: StoredPage, tide: int) -> None:
        self.variants: dict[str, Variant] = variants(page)
        self.size = sum(len(variant.full.body) for variant in self.variants.values())
        self.address = page.address
        self.changed_at, self.until, self.tide = page.changed_at, page.until, tide
        self.hits, self.was_used = 0, True


class Memory:
    """Pages by what readers ask for; those that nobody asks for make room for others."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages: dict[str, Held] = {}
        self._dropped_hits: dict[str, int] = {}

    def put(self, asked: str, page: StoredPage, tide: int) -> Held:
        """Hold a page that was true at this tide."""
        held = Held(page, tide)
        if old := self.pages.pop(asked, None):
            held.hits = old.hits
            self.bytes -= old.size
        self.pages[asked] = held
        self.bytes += held.size
        while self.bytes > self.most_bytes and len(self.pages) > 1:
            self._drop_one()
        return held

    def _drop_one(self) -> None:
        """Drop the page that came first and was not read since we last passed by."""
        asked = next(iter(self.pages))
        held = self.pages.pop(asked)
        if held.was_used:
            held.was_used = False
            self.pages[asked] = held
            return
        self.bytes -= held.size
        if held.hits:
            self._dropped_hits[held.address] = self._dropped_hits.get(held.address, 0) + held.hits

    def take_hits(self) -> dict[str, int]:
        """Return how often each address was read since this was last asked."""
        hits, self._dropped_hits = self._dropped_hits, {}
        for held in list(self.pages.values()):
            if held.hits:
                hits[held.address] = hits.get(held.address, 0) + held.hits
                held.hits = 0
        return hits
