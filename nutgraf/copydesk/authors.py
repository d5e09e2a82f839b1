"""Tell a paragraph that says who the authors are, or from where they report, from one of the story's."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 400
_ROLE = r"(?:reporter|correspondent|editor|writer|columnist|producer|journalist|critic|contributor|photographer|fellow|author|professor|director)"
_NOTE = re.compile(
    r"(?:,? [^.]{0,80}?)??\s+(?:(?:covers|writes|reports|edits|leads|joined|contributes)\b|can be reached\b|(?:reported|contributed|reports) (?:from|to this|reporting)\b"
    rf"|(?:is|was) (?:an?|the|our|[^.]{{0,40}}’s|[^.]{{0,40}}'s)\b[^.]{{0,80}}\b{_ROLE}\b)"
)


def is_note(words: str, names: Iterable[str]) -> bool:
    """Tell whether a paragraph begins with one of some names, whole or last, and says what its bearer does."""
    if len(words) > LONGEST:
        return False
    small = words.casefold()
    for name in names:
        for form in (name, name.split()[-1]):
            if small.startswith(form.casefold()) and _NOTE.match(words, len(form)):
                return True
    return False
