"""Each page has one address, however it is asked for; what is no page of ours has none."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nutgraf.published.pages import LONGEST_PATH, Place, asked_as_elsewhere, only_read, place, stored


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/", "", Place("/", True)),
        ("/", "utm_source=x", Place("/", False)),
        ("/latest/", "before=1-1", Place("/latest/?before=1-1", True)),
        ("/latest/", "before=1-1&utm_source=x", Place("/latest/?before=1-1", False)),
        ("/latest/", "before=1-1&before=2-2", Place("/latest/?before=1-1", False)),
        ("/latest/", "before=", Place("/latest/", False)),
        ("/latest/", "&", Place("/latest/", False)),
        ("/latest/", "%62efore=1-1", Place("/latest/?before=1-1", False)),
        ("/latest/", "before=%ff", Place("/latest/?before=%EF%BF%BD", False)),
        ("/latest/", "before=a b", Place("/latest/?before=a+b", False)),
        ("/world/2026/11/22/äther/", "", Place("/world/2026/11/22/%C3%A4ther/", True)),
    ],
)
def test_where_a_request_belongs(path, query, expected):
    assert place(path, query) == expected


def test_what_an_address_leads_to_is_asked_so():
    for query in ("before=%ff", "before=a b", "before=é&x=1", "before=%2B%26%3D"):
        path, _, canonical = place("/latest/", query).address.partition("?")

        assert place(path, canonical).is_asked_so


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/", "p=7", "/"),
        ("/", "utm_source=x&p=7", "/"),
        ("/blog/", "page_id=7", "/blog/"),
        ("/latest/", "before=1-1&p=7", "/latest/?before=1-1"),
        ("/", "utm_source=x", None),
        ("/api/stories", "author=rosa-vale", None),
        ("/search/", "p=7", None),
        ("/", "", None),
    ],
)
def test_what_names_a_page_of_another_system_is_for_django_to_look_up(path, query, expected):
    assert asked_as_elsewhere(path, query) == expected
    assert expected is None or place(path, query) is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "//",
        "/search/",
        "/desk/",
        "/latest",
        "/world/\0/",
        "/world/\r\n/",
        "/WORLD//",
        "/world/٢٠٢٦/١١/٢٢/x/",
        "/" + "a" * LONGEST_PATH + "/",
    ],
)
def test_what_is_no_page_has_no_place(path):
    assert place(path) is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("mark", [stored(), only_read])
def test_a_page_can_only_be_read(mark, method):
    view = mark(lambda request: HttpResponse("Quiet."))

    assert view(getattr(RequestFactory(), method)("/")).status_code == 405
    assert view(RequestFactory().get("/")).status_code == 200
    assert view.csrf_exempt
