"""The page that says to people what the OpenAPI document says to programs: what there is to ask, and in which shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nutgraf.api.openapi import document
from nutgraf.published.pages import stored


@dataclass(frozen=True)
class Field:
    """One field or parameter, its kind in words, and what is said of it."""

    name: str
    kind: str
    words: str
    is_needed: bool = False


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    key: str
    method: str
    path: str
    name: str
    words: str
    scheme: str
    parameters: list[Field]
    sent: str
    answered: str


@stored()
def api(request: HttpRequest) -> HttpResponse:
    """What programs can read and write here."""
    told = document()
    by_tag: dict[str, list[Operation]] = {}
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            by_tag.setdefault(one["tags"][0], []).append(_operation(path, method, one))
    shapes = [
        (name, schema.get("description", ""), _fields(schema))
        for name, schema in sorted(told["components"]["schemas"].items())
        if schema.get("properties")
    ]
    return render(request, "pages/api.html", {"by_tag": list(by_tag.items()), "shapes": shapes})


def _operation(path: str, method: str, one: dict[str, Any]) -> Operation:
    answer = next(answer for status, answer in one["responses"].items() if int(status) < 300)
    return Operation(
        key=one["operationId"],
        method=method.upper(),
        path=path,
        name=one["summary"],
        words=one.get("description", ""),
        scheme="Bearer" if one.get("security") else "",
        parameters=[
            Field(item["name"], kind(item["schema"]), item.get("description", ""), is_needed=item["required"])
            for item in one["parameters"]
        ],
        sent=_content(one.get("requestBody", {})),
        answered=_content(answer),
    )


def _content(told: dict[str, Any]) -> str:
    kinds = [
        kind(content["schema"]) if form == "application/json" else form
        for form, content in told.get("content", {}).items()
    ]
    return ", ".join(kinds)


def _fields(schema: dict[str, Any]) -> list[Field]:
    needed = schema.get("required", [])
    return [
        Field(name, kind(one), one.get("description", ""), is_needed=name in needed)
        for name, one in schema["properties"].items()
    ]


def kind(schema: dict[str, Any]) -> str:
    """Return what a value is, in a few words, with the names of the shapes in it."""
    if "$ref" in schema:
        # A page of something is named by the framework as Page_Something_.
        return re.sub(r"^Page_(\w+)_$", r"page of \1", schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return " | ".join(f"“{word}”" for word in schema["enum"])
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(map(kind, several))
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type", "anything"))
