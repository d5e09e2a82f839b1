"""Render a page as a reader without cookies gets it, and keep it if it may be kept."""

from __future__ import annotations

import hashlib
import io
import logging
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils.module_loading import import_string
from wagtail.models import Site

from nutgraf.published import keys, purging, recording, shelf
from nutgraf.published.meters import meters
from nutgraf.published.middleware import PRIVATE
from nutgraf.published.recording import Recording
from nutgraf.published.store import the_store
from nutgraf.published.stored import NEVER, Headers, StoredPage

try:
    import fcntl
except ImportError:  # Windows, where two processes may press the same page at once: twice the work, the same page.
    fcntl = None  # type: ignore[assignment]

# A page that is changed each time while it is rendered goes out as it is, unkept.
TRIES = 3

# Our own; an answer's others are kept with the page.
NOT_KEPT = {"cache-control", "content-length", "etag", "last-modified", "vary"}

# Another page that is pressed at the same time may leave its answer for us.
SITES = {keys.every(Site._meta.db_table), keys.column(Site._meta.db_table, keys.ALL)}

logger = logging.getLogger(__name__)


@cache
def handler() -> WSGIHandler:
    """Return Django, with its middleware, as this process presses with it."""
    return WSGIHandler()


def fetch(address: str) -> StoredPage | HttpResponseBase:
    """Return a page from the store, or pressed now; or Django's answer where it is none to keep.

    However many ask for a page that is not there, in whatever processes, one
    of them renders it and the others wait.
    """
    store = the_store()
    close_old_connections()
    try:
        try_to_follow()
        if page := store.find(address):
            shelf.lay(store, page)
            return page
        with _alone_with(address):
            return store.find(address) or press(address)
    except (OSError, sqlite3.Error):
        # A store that cannot say what is true says nothing: readers get their page as if there were none.
        logger.exception("The page store does not work; %s is rendered without it.", address)
        return render(address)


def try_to_follow() -> None:
    """Follow the database if it can be reached; while it cannot, nobody changes anything there either.

    Readers then have the pages as they were. Should only we be cut off, they
    have them until we are not.
    """
    try:
        the_store().follow()
    except DatabaseError as error:
        logger.warning("The database does not say what has changed (%s).", str(error).strip())


def press(address: str) -> StoredPage | HttpResponseBase:
    """Render a page now, and keep it unless something speaks against it."""
    store, count, reason = the_store(), meters(), "it was changed each time"
    began = time.perf_counter()
    for _ in range(TRIES):
        generation = store.follow()
        # Wagtail remembers for an hour where its sites are, so pages would not be heard to ask.
        Site.clear_site_root_paths_cache()
        with recording.running() as heard:
            heard.keys |= SITES
            response = render(address)
        if (refused := refusal(response, heard)) or not isinstance(response, HttpResponse):
            reason = refused
            break
        page = StoredPage.press(
            address=address,
            generation=generation,
            headers=[*_headers(response), *purging.headers(heard)],
            content=response.content,
            until=heard.until.timestamp() if heard.until else NEVER,
        )
        try:
            if kept := store.keep(page, heard):
                shelf.lay(store, kept)
                kept.is_fresh = True
                count.presses.inc()
                count.press_seconds.observe(time.perf_counter() - began)
                return kept
        except (OSError, sqlite3.Error) as error:
            logger.error("The page %s could not be kept: %s.", address, error)
            reason = "it could not be written"
            break
    count.refusals.labels(reason).inc()
    return response


def render(address: str) -> HttpResponseBase:
    """Return what Django says to a reader without cookies."""
    response = handler().get_response(request_for(address))
    response.close()
    return response


def refusal(response: HttpResponseBase, heard: Recording) -> str:
    """Say why an answer is not to be kept; nothing if it is."""
    if heard.refusal:
        return heard.refusal
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return "it is no page"
    if response.cookies or "cookie" in response.get("Vary", "").lower():
        return "it is for one reader"
    if response.get("Cache-Control", PRIVATE) != PRIVATE and "public" not in response["Cache-Control"]:
        return "it says so"
    return ""


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
    return [(name, value) for name, value in _headers(answer(request_for("/"))) if name != "content-type"]


def _headers(response: HttpResponse) -> Headers:
    headers = {name.lower(): value for name, value in response.items()}
    if policy := headers.get("content-security-policy"):
        # django-csp writes it in another order in each process, and the same page must be the same everywhere.
        headers["content-security-policy"] = "; ".join(sorted(part.strip() for part in policy.split(";")))
    return [(name, value) for name, value in headers.items() if name not in NOT_KEPT]


@contextmanager
def _alone_with(address: str) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    folder: Path = the_store().folder / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / hashlib.blake2b(address.encode(), digest_size=1).hexdigest()).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
