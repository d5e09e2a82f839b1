"""DKIM: a signature under each mail, and the key at the domain by which it is checked."""

from __future__ import annotations

import base64
import binascii

from django.utils.translation import gettext as _

from nutgraf.mail.dns.asking import Asking
from nutgraf.mail.dns.findings import Finding, Level
from nutgraf.mail.dns.tags import tags

# An RSA key of 1024 bits takes 162 bytes in this form; one that is shorter has been broken in public.
SHORTEST = 160
STRONG = 290


def check(domain: str, selector: str, asking: Asking, *, expected: str = "") -> Finding:
    """Look at the key; `selector` is its name, and `expected` is our own public key if it is we who sign."""
    if not selector:
        return _finding(
            Level.UNKNOWN,
            _("Your mail provider signs, under a name that only it knows."),
            _("See there whether %(domain)s is verified, and add the key that it shows you.") % {"domain": domain},
        )
    name = f"{selector}._domainkey.{domain}"
    wanted = f"v=DKIM1; k=rsa; p={expected}" if expected else ""
    keys = [tags(text) for text in asking.texts(name) if "p" in tags(text)]
    if not keys:
        return _finding(
            Level.BAD,
            _("There is no key at %(name)s, so no signature can be checked.") % {"name": name},
            _("Add this text at %(name)s.") % {"name": name},
            wanted,
        )
    if len(keys) > 1:
        return _finding(Level.BAD, _("There are several keys at %(name)s.") % {"name": name}, _("Leave one."))
    key = "".join(keys[0]["p"].split())
    if not key:
        return _finding(
            Level.BAD, _("The key at %(name)s has been called back.") % {"name": name}, _("Add a new one."), wanted
        )
    if expected and key != expected:
        return _finding(
            Level.BAD,
            _("The key at %(name)s is not the one that we sign with.") % {"name": name},
            _("Replace it by this text."),
            wanted,
        )
    return _judge(name, key, is_rsa=keys[0].get("k", "rsa") == "rsa")


def _judge(name: str, key: str, *, is_rsa: bool) -> Finding:
    try:
        size = len(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError):
        return _finding(Level.BAD, _("The key at %(name)s is damaged.") % {"name": name}, _("Copy it there again."))
    if is_rsa and size < SHORTEST:
        return _finding(
            Level.BAD, _("The key at %(name)s is too short to count.") % {"name": name}, _("Make one of 2048 bits.")
        )
    if is_rsa and size < STRONG:
        return _finding(Level.WEAK, _("The key at %(name)s is short.") % {"name": name}, _("Make one of 2048 bits."))
    return _finding(Level.GOOD, _("There is a key at %(name)s.") % {"name": name})


def _finding(level: Level, found: str, remedy: str = "", record: str = "") -> Finding:
    meaning = _(
        "DKIM is a signature under each mail. With the key at your domain, whoever receives it sees that it comes from"
        " you and that nobody changed it on the way."
    )
    return Finding("DKIM", level, meaning, found, remedy, record)
