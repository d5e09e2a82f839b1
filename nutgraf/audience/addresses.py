"""Tell an address that mail can reach from one that it cannot, and two spellings of one from two."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 254

# What nearly all look like; these need no second look, which takes twenty times as long.
_COMMON = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:com|org|net|edu|gov|info|[A-Za-z]{2})"
)
_COMMON_LENGTH = 120


def parse(typed: str) -> tuple[str, str]:
    """Return an address as it is to be mailed and as it is compared.

    Raises ValidationError for what no mail can reach. Two spellings of capitals, or
    of a name of a domain, are one address; dots and what follows a plus are not
    ours to leave out, because only the owner's provider knows what they mean.
    """
    typed = typed.strip()
    if len(typed) <= _COMMON_LENGTH and _COMMON.fullmatch(typed) and "--" not in typed:
        return typed, typed.lower()
    return _parse_slowly(typed)


def normalise(typed: str) -> str:
    """Return an address as it is compared, whether or not mail can reach it."""
    try:
        return parse(typed)[1]
    except ValidationError:
        return typed.strip().lower()


def _parse_slowly(typed: str) -> tuple[str, str]:
    from email_validator import EmailNotValidError, validate_email

    if not typed:
        raise ValidationError(_("Give an e-mail address."), code="required")
    # The last stands for what could not be read.
    if not typed.isprintable() or "\ufffd" in typed:
        raise ValidationError(_("This address holds a character that no address has."), code="invalid")
    try:
        found = validate_email(typed, check_deliverability=False, allow_quoted_local=True, strict=True)
    except (EmailNotValidError, UnicodeError) as error:
        raise ValidationError(
            _("“%(address)s” is no e-mail address that mail can reach: it should look like ada@example.org."),
            code="invalid",
            params={"address": typed[:80]},
        ) from error
    domain = found.ascii_domain or found.domain
    address = f"{found.local_part}@{domain}"
    if len(address) > LONGEST:
        raise ValidationError(_("This address is too long."), code="invalid")
    return address, address.lower()
