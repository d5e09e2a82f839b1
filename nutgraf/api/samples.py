"""Small builders of tokens and of what programs ask with them, for tests."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.utils import timezone

from nutgraf.api import actions
from nutgraf.api.models import Scope


def make_token(
    owner: AbstractUser, *scopes: str, name: str = "Wire desk", expires_at: datetime.datetime | None = None
) -> str:
    """Return a token of somebody's that may do all that there is, or what is named."""
    chosen = scopes or Scope.values
    now = timezone.now()
    return actions.make_token(owner=owner, name=name, scopes=chosen, by=owner, at=now, expires_at=expires_at)[1]


class Program:
    """A program that asks with a token."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/{path}", headers=_named(headers))

    def post(self, path: str, sent: Any = None, **headers: str) -> Any:
        return self._send("post", path, sent, headers)

    def patch(self, path: str, sent: Any, **headers: str) -> Any:
        return self._send("patch", path, sent, headers)

    def put(self, path: str, sent: Any, **headers: str) -> Any:
        return self._send("put", path, sent, headers)

    def _send(self, method: str, path: str, sent: Any, headers: dict[str, str]) -> Any:
        content_type = "text/markdown" if isinstance(sent, str) else "application/json"
        return getattr(self.client, method)(f"/api/{path}", sent, content_type=content_type, headers=_named(headers))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
