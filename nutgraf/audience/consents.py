"""Write down what subscribers decided, with the words that they had before them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

from nutgraf.audience.models import Consent, List, Subscriber, Wording

LONGEST_SOURCE = 200


def record(
    subscriber: Subscriber, lists: Iterable[List], *, act: str, at: datetime.datetime, source: str, words: str
) -> None:
    """Record one decision about each of some lists."""
    text = wording(words)
    Consent.objects.bulk_create(
        Consent(subscriber=subscriber, list=one, act=act, at=at, source=source[:LONGEST_SOURCE], wording=text)
        for one in lists
    )


def wording(words: str) -> Wording:
    """Return these words as they are kept, once for all who had the same before them."""
    words = "\n".join(" ".join(line.split()) for line in words.strip().splitlines())
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Wording.objects.get_or_create(digest=digest, defaults={"text": words})[0]
