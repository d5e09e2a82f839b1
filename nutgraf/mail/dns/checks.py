"""Check a sender's domain before anything is sent in its name."""

from __future__ import annotations

from collections.abc import Callable

import dns.resolver
from django.utils.translation import gettext as _

from nutgraf.mail import signing
from nutgraf.mail.dns import dkim, dmarc, spf
from nutgraf.mail.dns.asking import Asking, NoAnswer
from nutgraf.mail.dns.findings import Finding, Level
from nutgraf.mail.wording import BadAddress, domain_of, plain_address


def check_sender(address: str, *, resolver: dns.resolver.Resolver | None = None) -> list[Finding]:
    """Return what SPF, DKIM and DMARC say of the domain of an address; never fails, whatever the name servers do.

    Asks the name servers, for seconds if they are slow: not for a page that many wait for.
    """
    try:
        domain = domain_of(plain_address(address))
    except BadAddress as error:
        return [Finding(_("Address"), Level.BAD, "", str(error), _("Put the sender's address right first."))]
    asking = Asking(resolver)
    signer = signing.the_signer()
    selector, expected = (signer.selector, signer.public) if signer else ("", "")
    return [
        _asked("SPF", lambda: spf.check(domain, asking)),
        _asked("DKIM", lambda: dkim.check(domain, selector, asking, expected=expected)),
        _asked("DMARC", lambda: dmarc.check(domain, asking)),
    ]


def _asked(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except NoAnswer as error:
        found = _("The name servers gave no answer (%s).") % error
        return Finding(name, Level.UNKNOWN, "", found, _("Try again in some minutes."))
