"""What django-anymail has to be told of a provider: under which names it wants the key and the secret of its webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What each calls the one secret that is needed to send; those not named call it API_KEY.
KEYS = {
    "mailersend": "API_TOKEN",
    "mailgun": "API_KEY",
    "mailjet": "SECRET_KEY",
    "mailtrap": "API_TOKEN",
    "postmark": "SERVER_TOKEN",
    "scaleway": "SECRET_KEY",
}
PROVIDERS = frozenset("brevo mandrill postal resend sendgrid sparkpost unisender_go".split()) | KEYS.keys()
# With what those sign who sign their webhooks; the others give a name and a password. So does Resend, whose signatures
# take a package of its own to be read.
SIGNATURES = {
    "mailersend": "SIGNING_SECRET",
    "mailgun": "WEBHOOK_SIGNING_KEY",
    "mandrill": "WEBHOOK_KEY",
    "postal": "WEBHOOK_KEY",
}


def for_anymail(mail: Mapping[str, Any], hook_secret: str) -> dict[str, str]:
    """Return the settings of django-anymail for whoever takes our mail; none for all others."""
    if mail["kind"] != "anymail":
        return {}
    name = mail["esp"].upper()
    given = {f"{name}_{option.upper()}": value for option, value in mail["options"].items()}
    given[f"{name}_{KEYS.get(mail['esp'], 'API_KEY')}"] = mail["secret"]
    if hook_secret:
        signed = SIGNATURES.get(mail["esp"])
        given[f"{name}_{signed}" if signed else "WEBHOOK_SECRET"] = hook_secret
    return given
