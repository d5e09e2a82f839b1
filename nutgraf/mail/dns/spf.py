"""SPF: the list of servers that may send mail for a domain."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from nutgraf.mail.dns.asking import Asking
from nutgraf.mail.dns.findings import Finding, Level

# By RFC 7208, 4.6.4: whoever has to ask more often gives up, and takes it for no list at all.
MOST_QUESTIONS = 10
_ASKS = re.compile(
    r"[+?~-]?(?:include:(?P<include>\S+)|(?:a|mx|ptr|exists)(?:[:/]\S*)?|redirect=(?P<redirect>\S+))", re.I
)


def check(domain: str, asking: Asking) -> Finding:
    """Look at a domain's list."""
    records = _records(domain, asking)
    if not records:
        return _finding(
            Level.BAD,
            _("There is no such list for %(domain)s.") % {"domain": domain},
            _("Add this text to the domain, with what your mail provider tells you to include."),
            "v=spf1 include:… ~all",
        )
    if len(records) > 1:
        return _finding(
            Level.BAD,
            _("There are %(count)d such lists, so that none of them counts.") % {"count": len(records)},
            _("Make one text of them."),
        )
    (record,) = records
    terms = record.lower().split()[1:]
    questions = _count(record, asking, {domain})
    if questions > MOST_QUESTIONS:
        return _finding(
            Level.BAD,
            _("It takes %(count)d questions to read the list, and servers give up after %(most)d.")
            % {"count": questions, "most": MOST_QUESTIONS},
            _("Take out what no longer sends for you."),
            record,
        )
    if "+all" in terms or "all" in terms:
        return _finding(
            Level.BAD,
            _("The list ends by allowing everybody (“+all”)."),
            _("Let it end with “~all”."),
            record,
        )
    if not any(term in {"-all", "~all"} or term.startswith("redirect=") for term in terms):
        return _finding(
            Level.WEAK,
            _("The list does not say what to do with mail from servers that are not on it."),
            _("Let it end with “~all”."),
            record,
        )
    return _finding(Level.GOOD, _("There is a list. Make sure that your mail provider is on it."), "", record)


def _records(domain: str, asking: Asking) -> list[str]:
    return [text for text in asking.texts(domain) if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]


def _count(record: str, asking: Asking, seen: set[str]) -> int:
    """Return how many questions it takes to read a list with all that it includes."""
    count = 0
    for term in record.split()[1:]:
        if not (found := _ASKS.fullmatch(term)):
            continue
        count += 1
        name = (found["include"] or found["redirect"] or "").lower().rstrip(".")
        if name and "%" not in name and name not in seen and count <= MOST_QUESTIONS:
            seen.add(name)
            count += sum(_count(included, asking, seen) for included in _records(name, asking)[:1])
    return count


def _finding(level: Level, found: str, remedy: str = "", record: str = "") -> Finding:
    meaning = _(
        "SPF is a text at your domain that lists the servers which may send mail for it. Whoever receives mail from"
        " another takes it for forged."
    )
    return Finding("SPF", level, meaning, found, remedy, record)
