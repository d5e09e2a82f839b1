"""Who takes our mail: each provider is a folder that is named in one line here."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from nutgraf.mail.providers.base import Provider

PROVIDERS = {
    "files": "nutgraf.mail.providers.files.transport.Files",
    "smtp": "nutgraf.mail.providers.smtp.transport.Smtp",
    "anymail": "nutgraf.mail.providers.anymail.transport.Anymail",
}


def make(kind: str, **options: Any) -> Provider:
    """Return a provider of a kind."""
    provider: Provider = import_string(PROVIDERS[kind])(**options)
    return provider


@cache
def the_provider() -> Provider:
    """Return the one that the settings name."""
    return make(**settings.MAIL)
