"""Ask Django for a page as a reader without cookies does, and tell what every answer of ours carries."""

from __future__ import annotations

import io
import sys
from functools import cache
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from nutgraf.published.stored import Headers

# Our own; an answer's others are kept with the page.
NOT_KEPT = {"cache-control", "content-length", "etag", "last-modified", "vary"}


@cache
def handler() -> WSGIHandler:
    """Return Django, with its middleware, as this process presses with it."""
    return WSGIHandler()


def render(address: str) -> HttpResponseBase:
    """Return what Django says to a reader without cookies."""
    response = handler().get_response(request_for(address))
    if not connection.in_atomic_block:
        # Django then closes connections that it takes for old, even one in the middle of a transaction.
        response.close()
    return response


def request_for(address: str) -> WSGIRequest:
    """Return the request of a reader who has no cookies and accepts what is given, at our public address."""
    public, (path, _, query) = urlsplit(settings.PUBLIC_URL), address.partition("?")
    port = public.port or (443 if public.scheme == "https" else 80)
    environ = {
        "REQUEST_METHOD": "GET",
        # WSGI wants the bytes of the path, each as one character.
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": public.hostname,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "",
        "HTTP_HOST": public.netloc,
        "HTTP_X_FORWARDED_PROTO": public.scheme,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": public.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return WSGIRequest(environ)


@cache
def house_headers() -> Headers:
    """Return what every answer to a reader carries, whatever it is: what our middleware adds to an empty page."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    for path in reversed(settings.MIDDLEWARE):
        answer = import_string(path)(answer)
    return [(name, value) for name, value in headers_of(answer(request_for("/"))) if name != "content-type"]


def headers_of(response: HttpResponse) -> Headers:
    """Return the headers of an answer that are kept with its page, the same whichever process pressed it."""
    headers = {name.lower(): value for name, value in response.items()}
    if policy := headers.get("content-security-policy"):
        # django-csp writes it in another order in each process, and the same page must be the same everywhere.
        headers["content-security-policy"] = "; ".join(sorted(part.strip() for part in policy.split(";")))
    return [(name, value) for name, value in headers.items() if name not in NOT_KEPT]
