"""Tell a paragraph that says who the authors are, or from where they report, from one of the story's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 400
_ROLE = r"(?:reporter|correspondent|editor|writer|columnist|producer|journalist|critic|contributor|photographer|fellow|author|professor|director)"
_NOTE = re.compile(
    r"(?:,? [^.]{0,80}?)??\s+(?:(?:covers|writes|reports|edits|leads|joined|contributes)\b|can be reached\b|(?:reported|contributed|reports) (?:from|to this|reporting)\b"
    rf"|(?:is|was) (?:an?|the|our|[^.]{{0,40}}’s|[^.]{{0,40}}'s)\b[^.]{{0,80}}\b{_ROLE}\b)"
)


class Names:
    """The authors' names, whole and last, to be looked up by what a paragraph begins with: a page can hold thousands."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        # By how they are compared: the lengths that they have as written.
        self.forms: dict[str, set[int]] = {}
        self.lengths: set[int] = set()
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            for form in (name, name.split()[-1]):
                small = form.casefold()
                self.forms.setdefault(small, set()).add(len(form))
                self.lengths.add(len(small))

    def opening(self, words: str) -> Iterator[int]:
        """Yield where the names end that some words begin with."""
        small = words.casefold()
        for length in self.lengths:
            yield from self.forms.get(small[:length], ())


def is_note(words: str, names: Names) -> bool:
    """Tell whether a paragraph begins with one of some names, whole or last, and says what its bearer does."""
    return len(words) <= LONGEST and any(_NOTE.match(words, end) for end in names.opening(words))
