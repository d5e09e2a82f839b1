"""What went wrong, told to programs as RFC 9457 has it: a status, a sentence, and for each field what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.errors import ValidationError as MalformedError

CONTENT_TYPE = "application/problem+json"

# Our names of what a story's form calls otherwise.
FIELDS = {"title": "headline", "bylines": "authors", "change_kind": "change", "change_sentence": "sentence"}


class Mistake(Schema):
    """One thing that is wrong, and where."""

    detail: str
    # A JSON pointer into what was sent, such as `#/body/2/value/text`; or the name of a parameter.
    pointer: str | None = None
    parameter: str | None = None


class ProblemDetail(Schema):
    """What went wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Mistake] = []


class Problem(Exception):
    """Something that ends a request with a status and a sentence."""

    def __init__(
        self, status: int, detail: str, errors: Iterable[Mistake] = (), headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, list(errors), headers or {}


def response(status: int, detail: str, errors: Iterable[Mistake] = (), **headers: str) -> HttpResponse:
    """Return a problem as an answer."""
    problem = ProblemDetail(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    told = {"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store", **headers}
    return HttpResponse(problem.model_dump_json(exclude_none=True), status=status, headers=told)


def register(api: NinjaAPI) -> None:
    """Have the API tell each kind of trouble in this way."""

    @api.exception_handler(Problem)
    def told(request: HttpRequest, error: Any) -> HttpResponse:
        return response(error.status, error.detail, error.errors, **error.headers)

    @api.exception_handler(ValidationError)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        found = list(mistakes(error))
        return response(422, " ".join(one.detail for one in found), found)

    @api.exception_handler(MalformedError)
    def malformed(request: HttpRequest, error: Any) -> HttpResponse:
        return response(422, _("What was sent is not what is asked for."), map(_malformed, error.errors))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
        return response(403, _("The owner of this token may not do that."))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Exception) -> HttpResponse:
        return response(404, _("There is nothing here."))

    @api.exception_handler(RequestDataTooBig)
    def too_much(request: HttpRequest, error: Exception) -> HttpResponse:
        return response(413, _("This is more than can be taken at once."))

    @api.exception_handler(HttpError)
    def failed(request: HttpRequest, error: Any) -> HttpResponse:
        if error.status_code == HTTPStatus.UNAUTHORIZED:
            words = _("Send a token that is valid, as “Authorization: Bearer …”.")
            return response(401, words, (), **{"WWW-Authenticate": "Bearer"})
        if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            return response(429, _("This token asks too often; wait a while."))
        return response(error.status_code, str(error))


def mistakes(error: ValidationError) -> Iterator[Mistake]:
    """Yield what a validation error says, each at its place."""
    if hasattr(error, "error_dict"):
        for field, errors in error.error_dict.items():
            where = "#" if field == NON_FIELD_ERRORS else f"#/{FIELDS.get(field, field)}"
            for one in errors:
                yield from _nested(one, where)
    else:
        yield from _nested(error, "#")


def of_body(error: ValidationError) -> Iterator[Mistake]:
    """Yield what is wrong with the blocks of a story's body, each at its place."""
    return _nested(error, "#/body")


def _nested(error: ValidationError, where: str) -> Iterator[Mistake]:
    children = getattr(error, "block_errors", {})
    for key, child in children.items() if isinstance(children, dict) else enumerate(children):
        if child is not None:
            is_part = isinstance(key, int) and where == "#/body"
            yield from _nested(child, f"{where}/{key}/value" if is_part else f"{where}/{key}")
    # One that holds others has no words of its own.
    own = error.non_block_errors if hasattr(error, "non_block_errors") else [] if children else [error]
    for one in own:
        for message in one.messages if isinstance(one, ValidationError) else [str(one)]:
            yield Mistake(detail=message, pointer=where)


def _malformed(error: dict[str, Any]) -> Mistake:
    source, *path = error["loc"]
    detail = _sentence(error)
    if source in ("body", "form"):
        # The first word is the name of our own parameter, which nobody has sent.
        return Mistake(detail=detail, pointer="#" + "".join(f"/{step}" for step in path[1:]))
    return Mistake(detail=detail, parameter=str(path[-1]) if path else source)


def _sentence(error: dict[str, Any]) -> str:
    told = error.get("ctx", {})
    known = {
        "missing": _("This is missing."),
        "extra_forbidden": _("There is no such field."),
        "string_too_long": _("At most %(most)s letters fit here.") % {"most": told.get("max_length")},
        "string_too_short": _("This may not be empty."),
        "too_long": _("At most %(most)s of them are taken.") % {"most": told.get("max_length")},
        "string_pattern_mismatch": _("This is not written as it has to be."),
        "union_tag_invalid": _("There is no such kind; there is %(tags)s.") % {"tags": told.get("expected_tags")},
        "union_tag_not_found": _("Say of which kind it is."),
    }
    words: str = known.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    return words if words.endswith(".") else f"{words}."
