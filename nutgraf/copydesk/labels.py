"""Decide when two labels are the same words, however they were typed."""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'")
_EDGES = re.compile(r"^\W+|\W+$")


def label_key(label: str) -> str:
    """Return what two spellings of one label have in common.

    Case, curly or straight apostrophes, white space, closing colons and a
    leading "The" make no difference: ``"The Bottom Line:"`` and
    ``"bottom line"`` have one key.
    """
    words = unicodedata.normalize("NFKC", label).translate(_APOSTROPHES).casefold()
    words = " ".join(_EDGES.sub("", words).split())
    return words.removeprefix("the ") or words


def tidy_label(label: str) -> str:
    """Return the label as it is stored: one line, no colon at its end (the page sets that)."""
    return " ".join(label.split()).rstrip(":").rstrip()
