"""How fast mail may go: so many a second in all, so many to one receiving domain, slower where that asks for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from nutgraf.mail.wording import domain_of

# How long a domain is left alone that says "later": twice as long each time, until it takes something again.
FIRST_HOLD = 60.0
LONGEST_HOLD = 3600.0
_MAILBOX = re.compile(r"\b4\.[12]\.\d{1,3}\b")


@dataclass
class _Domain:
    next_at: float = 0.0
    held_until: float = 0.0
    hold: float = 0.0


@dataclass
class Pace:
    """The limits of one process, shared by its connections; times are seconds of any clock that only goes forward."""

    # Messages a second, 0 for as many as possible.
    rate: float = 0.0
    by_domain: Mapping[str, float] = field(default_factory=dict)
    _next_at: float = 0.0
    _domains: dict[str, _Domain] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def turn(self, now: float) -> float:
        """Take the next place in the row of all messages, and return how many seconds away it is."""
        if not self.rate:
            return 0.0
        with self._lock:
            at = max(self._next_at, now)
            self._next_at = at + 1 / self.rate
        return at - now

    @property
    def concern_domains(self) -> bool:
        """Whether any domain has to be waited for."""
        return bool(self.by_domain or self._domains)

    def wait_for(self, domain: str, now: float, *, has_place: bool = False) -> float:
        """Take the next place in a domain's row, unless one was taken before, and return how many seconds away it is."""
        rate = 0.0 if has_place else self.by_domain.get(domain, 0.0)
        with self._lock:
            known = self._domains.get(domain)
            if known is None:
                if not rate:
                    return 0.0
                known = self._domains[domain] = _Domain()
            at = max(now, known.held_until if has_place else max(known.next_at, known.held_until))
            if rate:
                known.next_at = at + 1 / rate
        return at - now

    def hold(self, domain: str, now: float) -> float:
        """Leave a domain alone that said "later"; return for how many seconds."""
        with self._lock:
            known = self._domains.setdefault(domain, _Domain())
            if known.held_until <= now:
                known.hold = min(LONGEST_HOLD, known.hold * 2 or FIRST_HOLD)
                known.held_until = known.next_at = now + known.hold
            return known.held_until - now

    def ease(self, address: str, now: float) -> None:
        """Note that an address's domain takes mail again."""
        if not self._domains:
            return
        domain = domain_of(address)
        if (known := self._domains.get(domain)) and known.hold and known.held_until <= now:
            with self._lock:
                known.hold = 0.0
                if domain not in self.by_domain:
                    self._domains.pop(domain, None)


def is_about_domain(reply: str) -> bool:
    """Say whether "later" was said to all mail, and not because of one mailbox, such as one that is full."""
    return not _MAILBOX.search(reply)


def in_batch(rate: float, connections: int, most: int) -> int:
    """Return how many messages to take in hand at once, so that nobody holds more than some seconds' worth."""
    return most if not rate else max(1, min(most, int(rate * 5 / connections)))
