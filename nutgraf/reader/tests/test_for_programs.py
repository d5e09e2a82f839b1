"""The page for programs tells all of the OpenAPI document, to people and without scripts."""

from __future__ import annotations

import pytest

from nutgraf.api.openapi import document

pytestmark = pytest.mark.django_db


def test_every_operation_and_every_shape_is_told(client) -> None:
    told = document()

    page = client.get("/api/").content.decode()

    for path, methods in told["paths"].items():
        for method in methods:
            assert f"<code><b>{method.upper()}</b> {path}</code>" in page
    for name in ("Draft", "Written", "StoryWhole", "QuoteValue", "ProblemDetail"):
        assert f'id="shape-{name}"' in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


def test_kinds_are_told_in_words(client) -> None:
    page = client.get("/api/").content.decode()

    assert "list of PointBlock | ParagraphBlock" in page
    assert "“DAY” | “MONTH” | “YEAR”" in page
    assert "string | null" in page
