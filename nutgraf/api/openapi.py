"""The API as one thing: its routers, and its OpenAPI document, exact also where the framework does not ask."""

from __future__ import annotations

import copy
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from nutgraf import __version__
from nutgraf.api import drafts, problems, reading
from nutgraf.api.problems import CONTENT_TYPE, ProblemDetail
from nutgraf.api.writing import FORMS

ABOUT = "Read what is public without a token; write drafts, submit and publish them with one that the newsroom has made for you."
MALFORMED, MISSING = 422, 404
OF_TOKENS = (401, 403, 429)
OF_WRITES = (400, 409, 413)
CACHED = (304,)
# What an operation on one draft may answer besides.
OF_MATCH = (412, 428)
TEXT = {"type": "string"}


class Api(NinjaAPI):
    """The API, whose document names every answer that there can be."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _complete(method, operation)
        found = ProblemDetail.model_json_schema(ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"] |= found.pop("$defs") | {"ProblemDetail": found}
        return schema


api = Api(
    title="Nutgraf",
    version=__version__,
    description=ABOUT,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"}}},
)
problems.register(api)
api.add_router("", reading.router)
api.add_router("", drafts.router)


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


def _complete(method: str, operation: dict[str, Any]) -> None:
    if operation.pop("markdown", None):
        operation["responses"][200]["content"] = {"text/markdown": {"schema": TEXT}}
    is_copy = operation.pop("copy", None)
    if is_copy:
        operation["requestBody"] = {"required": True, "content": {form: {"schema": TEXT} for form in FORMS}}
    for status, answer in operation["responses"].items():
        _tell_headers(status, answer, operation)
    for status in _problems(method, operation, is_copy=bool(is_copy)):
        operation["responses"][status] = _problem(status)


def _tell_headers(status: int, answer: dict[str, Any], operation: dict[str, Any]) -> None:
    names = {"ETag": "Stands for just this."}
    if status == HTTPStatus.CREATED:
        names = {"Location": "Where what was made is.", **names} if "Make" in operation["summary"] else {}
    if names:
        answer["headers"] = {name: {"description": words, "schema": TEXT} for name, words in names.items()}


def _problems(method: str, operation: dict[str, Any], *, is_copy: bool) -> list[int]:
    parameters = {(one["in"], one["name"]) for one in operation["parameters"]}
    places = {place for place, _ in parameters}
    found = list(OF_TOKENS if operation.get("security") else CACHED)
    if parameters or "requestBody" in operation:
        found.append(MALFORMED)
    if places & {"path", "query"}:
        found.append(MISSING)
    if method != "get":
        found += OF_WRITES
    if ("header", "If-Match") in parameters:
        found += OF_MATCH
    if is_copy:
        found.append(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if "public story" in operation.get("description", "") and "path" in places:
        found.append(HTTPStatus.GONE)
    return sorted(found)


def _problem(status: int) -> dict[str, Any]:
    words = HTTPStatus(status).phrase
    if status == HTTPStatus.NOT_MODIFIED:
        return {"description": words}
    schema = {"$ref": "#/components/schemas/ProblemDetail"}
    return {"description": words, "content": {CONTENT_TYPE: {"schema": copy.copy(schema)}}}
