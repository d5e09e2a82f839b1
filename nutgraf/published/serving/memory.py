"""Keep the pages that are being read in a worker's memory, up to a number of bytes, each as true as when last looked at."""

from __future__ import annotations

import threading

from nutgraf.published.serving.answers import Variant, variant_of
from nutgraf.published.stored import StoredPage

MOST_BYTES = 32 * 1024 * 1024
# What Python needs for a page beside its bytes: its headers, twice for each encoding.
OVERHEAD_BYTES = 8 * 1024

# What a page is held under: a path as it was decoded, which may have a question mark in it, and a query as it was sent.
Asked = tuple[str, str]

PREPARED = ("br", "gzip")


class Held:
    """A page in memory: ready answers, the tide at which it was true, and how often it was read since we last told."""

    __slots__ = ("address", "changed_at", "hits", "is_held", "page", "size", "tide", "until", "variants", "was_used")

    def __init__(self, page: StoredPage, tide: int) -> None:
        # Uncompressed it is three times as large as in both other encodings, and next to nobody asks for that.
        self.variants: dict[str, Variant] = {encoding: variant_of(page, encoding) for encoding in PREPARED}
        self.page = page
        self.page.forget_identity()
        self.size = OVERHEAD_BYTES + sum(len(variant.full.body) for variant in self.variants.values())
        self.address = page.address
        self.changed_at, self.until, self.tide = page.changed_at, page.until, tide
        self.hits, self.was_used, self.is_held = 0, True, True


class Memory:
    """Pages by what readers ask for; those that nobody asks for make room for others."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages: dict[Asked, Held] = {}
        self._dropped_hits: dict[str, int] = {}
        # Several threads press, and each puts here what it has; whoever only looks needs no leave.
        self._changing = threading.Lock()

    def put(self, asked: Asked, page: StoredPage, tide: int) -> Held:
        """Hold a page that was true at this tide."""
        held = Held(page, tide)
        with self._changing:
            if old := self.pages.pop(asked, None):
                held.hits = old.hits
                self._let_go(old)
            self.pages[asked] = held
            self.bytes += held.size
            while self.bytes > self.most_bytes and len(self.pages) > 1:
                self._drop_one()
        return held

    def variant(self, held: Held, encoding: str) -> Variant:
        """Return a page in an encoding, prepared now if nobody has asked for that before."""
        if (variant := held.variants.get(encoding)) is not None:
            return variant
        made = variant_of(held.page, encoding)
        with self._changing:
            variant = held.variants.setdefault(encoding, made)
            if held.is_held and variant is made:
                held.size += len(made.full.body)
                # Room is made by whoever puts the next one here: a reader is waiting.
                self.bytes += len(made.full.body)
        return variant

    def _drop_one(self) -> None:
        """Drop the page that came first and was not read since we last passed by."""
        asked = next(iter(self.pages))
        held = self.pages.pop(asked)
        if held.was_used:
            held.was_used = False
            self.pages[asked] = held
            return
        self._let_go(held)
        if held.hits:
            self._dropped_hits[held.address] = self._dropped_hits.get(held.address, 0) + held.hits

    def _let_go(self, held: Held) -> None:
        held.is_held = False
        self.bytes -= held.size

    def take_hits(self) -> dict[str, int]:
        """Return how often each address was read since this was last asked."""
        with self._changing:
            hits, self._dropped_hits = self._dropped_hits, {}
            for held in self.pages.values():
                if held.hits:
                    hits[held.address] = hits.get(held.address, 0) + held.hits
                    held.hits = 0
        return hits
