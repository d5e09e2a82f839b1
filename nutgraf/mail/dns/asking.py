"""Ask the name servers for texts, and tell an answer of none from no answer."""

from __future__ import annotations

import dns.exception
import dns.resolver

SECONDS = 3.0


class NoAnswer(Exception):
    """The name servers could not be reached, or failed."""


class Asking:
    """Asks, and remembers for as long as one check takes."""

    def __init__(self, resolver: dns.resolver.Resolver | None = None) -> None:
        self._resolver = resolver
        self._texts: dict[str, list[str]] = {}

    def texts(self, name: str) -> list[str]:
        """Return the texts of a name; raises NoAnswer."""
        if name not in self._texts:
            self._texts[name] = self._ask(name)
        return self._texts[name]

    def _ask(self, name: str) -> list[str]:
        try:
            resolver = self._resolver or dns.resolver.get_default_resolver()
            answer = resolver.resolve(name, "TXT", lifetime=SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            raise NoAnswer(f"{type(error).__name__}") from error
        # A long text comes in pieces, which belong together.
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
