"""Small builders of webhooks, for tests."""

from __future__ import annotations

from typing import Any

from nutgraf.webhooks.models import Webhook


def make_webhook(name: str = "Print desk", url: str = "https://print.example.org/hook", **fields: Any) -> Webhook:
    """Return a webhook that is told of everything, or of what is named."""
    return Webhook.objects.create(name=name, url=url, **fields)
