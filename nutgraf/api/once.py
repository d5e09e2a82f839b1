"""What is asked for with a key is done once: the answer is kept in the transaction that does it, and given again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header

from nutgraf.api.auth import grant_of
from nutgraf.api.models import KeptAnswer
from nutgraf.api.problems import Mistake, Problem

# Letters that can be seen, as a header can carry them.
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of your own: a request with the same one within a day is answered, and does nothing again.",
    ),
]
KEPT_HEADERS = ("Location", "ETag", "Content-Type", "Cache-Control")


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do what a view does in one transaction, and if its request has a key only once.

    What is refused is not kept: it has changed nothing, and may be mended and
    sent again with the same key.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if not key:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                # First, so that of two at the same moment the second waits here, and finds what the first has done.
                kept = KeptAnswer.objects.create(
                    token=grant_of(request).token, key=key, asked=_fingerprint(request), at=timezone.now()
                )
                response = view(request, *args, **kwargs)
                _keep(kept, response)
                return response
        except IntegrityError:
            return _given_before(request, key)

    return answer


def _keep(kept: KeptAnswer, response: HttpResponse) -> None:
    kept.status, kept.content = response.status_code, response.content.decode()
    kept.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    kept.save(update_fields=["status", "content", "headers"])


def _given_before(request: HttpRequest, key: str) -> HttpResponse:
    kept = KeptAnswer.objects.filter(token=grant_of(request).token, key=key).first()
    if kept is None:
        # It was not the key that was in the way.
        raise Problem(409, _("Something else changed the same just now; ask again."))
    if kept.asked != _fingerprint(request):
        words = _("This key was sent with another request before: take a new one.")
        raise Problem(422, words, [Mistake(detail=words, parameter="Idempotency-Key")])
    response = HttpResponse(kept.content, status=kept.status, headers=kept.headers)
    response["Idempotent-Replayed"] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    parts = (request.method, request.get_full_path(), request.content_type, request.headers.get("If-Match", ""))
    return hashlib.sha256("\n".join(map(str, parts)).encode() + b"\n" + request.body).hexdigest()
