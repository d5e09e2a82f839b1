"""Make a token, change it, withdraw it, and forget answers that nobody asks for again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import APIToken

from nutgraf.api.models import Grant, KeptAnswer, Scope

# Whoever has not heard an answer asks again within minutes.
ANSWERS_KEPT = datetime.timedelta(days=1)


@transaction.atomic
def make_token(
    *,
    owner: AbstractBaseUser,
    name: str,
    scopes: Iterable[str],
    by: AbstractBaseUser | None,
    at: datetime.datetime,
    expires_at: datetime.datetime | None = None,
) -> tuple[Grant, str]:
    """Make a token for somebody and return what it may do and the token itself, which nobody can be told again.

    Raises ValidationError for what is no scope, or for an end that has passed.
    """
    allowed = _checked(scopes)
    if expires_at and expires_at <= at:
        raise ValidationError({"expires_at": _("That has passed: choose a later day.")})
    token, secret = APIToken.create_token(user=owner, name=name)
    grant = Grant.objects.create(token=token, scopes=allowed, expires_at=expires_at)
    log(instance=token, action="wagtail.apitoken.create", user=by, data={"scopes": allowed})
    return grant, secret


@transaction.atomic
def withdraw_token(*, token: APIToken, by: AbstractBaseUser | None) -> None:
    """Have a token work no more; who had it, and when it was used, stays known."""
    if token.revoked_at is None:
        token.revoke()
        log(instance=token, action="wagtail.apitoken.revoke", user=by)


def note_use(*, token: APIToken, at: datetime.datetime) -> None:
    """Note that a token was used, once a day: nobody needs to know the minute, and a request is not to cost a write."""
    if token.last_used_at is None or token.last_used_at.date() < at.date():
        APIToken.objects.filter(pk=token.pk).update(last_used_at=at)


def tidy(*, at: datetime.datetime) -> int:
    """Forget the answers that were kept long enough; return how many."""
    return KeptAnswer.objects.filter(at__lt=at - ANSWERS_KEPT).delete()[0]


def _checked(scopes: Iterable[str]) -> list[str]:
    asked = set(scopes)
    if not asked:
        raise ValidationError({"scopes": _("Choose what it may do.")})
    if unknown := asked - set(Scope.values):
        raise ValidationError({"scopes": _("There is no scope “%(scope)s”.") % {"scope": min(unknown)}})
    return [str(scope.value) for scope in Scope if scope in asked]
