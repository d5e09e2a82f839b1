"""DMARC: what a domain asks others to do with mail that neither list nor signature vouches for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nutgraf.mail.dns.asking import Asking
from nutgraf.mail.dns.findings import Finding, Level
from nutgraf.mail.dns.tags import tags

POLICIES = {"none", "quarantine", "reject"}


def check(domain: str, asking: Asking) -> Finding:
    """Look at what the domain asks for, or those that it is part of."""
    wanted = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    for name in _names(domain):
        records = [text for text in asking.texts(f"_dmarc.{name}") if tags(text).get("v") == "DMARC1"]
        if len(records) > 1:
            return _finding(
                Level.BAD,
                _("There are several such texts at _dmarc.%(name)s, so that none of them counts.") % {"name": name},
                _("Leave one."),
            )
        if records:
            return _judge(name, is_own=name == domain, record=records[0])
    return _finding(
        Level.BAD,
        _("There is none for %(domain)s. The largest mail providers refuse newsletters without.") % {"domain": domain},
        _("Add this text at _dmarc.%(domain)s.") % {"domain": domain},
        wanted,
    )


def _names(domain: str) -> list[str]:
    """Return a domain and those that it is part of, but for the last, which is nobody's."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _judge(name: str, *, is_own: bool, record: str) -> Finding:
    found = tags(record)
    policy = (found.get("p", "") if is_own else found.get("sp", found.get("p", ""))).lower()
    if policy not in POLICIES:
        return _finding(
            Level.BAD,
            _("The text at _dmarc.%(name)s does not say what to do (“p=”).") % {"name": name},
            _("Let it say “p=none” at first."),
            record,
        )
    if policy == "none":
        return _finding(
            Level.WEAK,
            _("There is one, which asks for nothing to be done yet. That is enough to begin with."),
            _("When SPF and DKIM have been right for some weeks, say “p=quarantine”."),
            record,
        )
    return _finding(Level.GOOD, _("There is one, and forged mail is kept from readers."), "", record)


def _finding(level: Level, found: str, remedy: str = "", record: str = "") -> Finding:
    meaning = _(
        "DMARC is a text at your domain that says what others are to do with mail in your name that neither SPF nor"
        " DKIM vouches for."
    )
    return Finding("DMARC", level, meaning, found, remedy, record)
