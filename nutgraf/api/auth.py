"""Who asks: a token in the Authorization header, what it may do, and how often it may ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle
from wagtail.models import APIToken

from nutgraf.api import actions
from nutgraf.api.models import Grant, Scope
from nutgraf.api.problems import Problem


class Bearer(HttpBearer):
    """Take a token that is known, valid and its owner's who is still on the staff, and that has a scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Grant | None:
        grant = _find(token)
        if grant is None:
            return None
        if self.scope not in grant.scopes:
            raise Problem(403, _("This token has not the scope “%(scope)s”.") % {"scope": self.scope.value})
        # A session's cookie says nothing here: whoever asks is the owner of the token.
        request.user = cast(User, grant.token.user)
        actions.note_use(token=grant.token, at=timezone.now())
        return grant


def _find(secret: str) -> Grant | None:
    # What can be no token is not looked for, so that guessing costs us nothing.
    if not secret.isascii() or not APIToken.validate_token_format(secret):
        return None
    hashes = APIToken.candidate_key_hashes(secret)
    grant = Grant.objects.select_related("token__user").filter(token__key_hash__in=hashes).first()
    if grant is None or not grant.is_valid(timezone.now()) or not grant.token.user.is_active:
        return None
    return grant


class Pace(SimpleRateThrottle):
    """So many requests a minute for each token."""

    def __init__(self) -> None:
        super().__init__(f"{settings.API_RATE}/min")

    def get_cache_key(self, request: HttpRequest) -> str | None:
        grant: Grant | None = getattr(request, "auth", None)
        return f"api-pace-{grant.token_id}" if grant and settings.API_RATE else None


def by(request: HttpRequest) -> User:
    """Return whose token asks."""
    return cast(User, request.user)


def grant_of(request: HttpRequest) -> Grant:
    """Return what the token that asks may do."""
    return cast(Grant, request.auth)  # type: ignore[attr-defined]  # set by django-ninja


Check = Callable[[HttpRequest], object]

READS, WRITES, PUBLISHES = Bearer(Scope.DRAFTS_READ), Bearer(Scope.DRAFTS_WRITE), Bearer(Scope.PUBLISH)
