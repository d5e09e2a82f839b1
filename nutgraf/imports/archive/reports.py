"""What became of an archive: counted as it comes, each item told to whoever listens, the first of each reason kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

# So many items that were left out are named on the screen; all are in the report.
NAMED = 20

MADE, MATCHED, REVISED, UNCHANGED, SKIPPED = OUTCOMES = ("made", "matched", "revised", "unchanged", "skipped")


@dataclass(frozen=True)
class Told:
    """What became of one item."""

    # "story", "author", "section", "picture", "redirect", or what a source calls what it leaves out.
    kind: str
    key: str
    name: str
    outcome: str
    # Why it was left out.
    reason: str = ""
    # Pairs: what could not be taken as it was, and why.
    remarks: tuple[tuple[str, str], ...] = ()
    # The story's number in the desk.
    story: int | None = None


@dataclass
class Report:
    """What became of all items so far."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    skipped: list[Told] = field(default_factory=list)
    file: IO[str] | None = None
    _is_first: bool = True

    def add(self, told: Told) -> None:
        """Count an item, and write it down if it is worth a line."""
        self.counts.setdefault(told.kind, Counter())[told.outcome] += 1
        if told.outcome == SKIPPED:
            self.reasons[f"{told.kind}: {told.reason}"] += 1
            if len(self.skipped) < NAMED:
                self.skipped.append(told)
        self.remarks.update(reason for _words, reason in told.remarks)
        if self.file:
            self.file.write(f"{'' if self._is_first else ','}\n    {json.dumps(asdict(told), ensure_ascii=False)}")
            self._is_first = False

    def total(self, outcome: str) -> int:
        """Return of how many items this became."""
        return sum(counted[outcome] for counted in self.counts.values())

    @contextmanager
    def written(self, path: Path | None) -> Iterator[None]:
        """Write each item into a file of JSON as it comes, and the figures at its end."""
        if path is None:
            yield
            return
        with path.open("w", encoding="utf-8") as self.file:
            self.file.write('{\n  "items": [')
            try:
                yield
            finally:
                figures = {"counts": self.counts, "skipped": self.reasons, "remarks": self.remarks}
                rest = json.dumps(figures, ensure_ascii=False, indent=2)
                self.file.write(f"\n  ],\n{rest.removeprefix('{').lstrip(chr(10))}\n")
                self.file = None
