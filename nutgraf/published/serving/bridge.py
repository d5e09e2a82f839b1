"""Hand a request of granian's to a WSGI application, and its answer back."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIApplication
from wsgiref.util import FileWrapper

from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian.rsgi import Scope

BODY_IN_MEMORY = 512 * 1024
LARGEST_BODY = 1024 * 1024 * 1024

# As they are written: Django would take `get` for GET.
METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

Header = tuple[str, str]

logger = logging.getLogger(__name__)


async def ask(pool: ThreadPoolExecutor, application: WSGIApplication, scope: Scope, proto: HTTPProtocol) -> None:
    """Have the application answer in a thread of the pool."""
    headers = headers_as_environ(scope)
    with tempfile.SpooledTemporaryFile(BODY_IN_MEMORY) as body:
        if trouble := await receive(proto, headers, body):
            refuse(proto, trouble)
            return
        await _wait_for(pool, application, environ_of(scope, headers, body), proto)


async def _wait_for(
    pool: ThreadPoolExecutor, application: WSGIApplication, environ: dict[str, Any], proto: HTTPProtocol
) -> None:
    """Wait for the application; a page whose reader has left before its turn came is not made."""
    work = pool.submit(respond, application, environ, proto)
    done = asyncio.wrap_future(work)
    left = asyncio.ensure_future(_until_left(proto))
    try:
        await asyncio.wait({done, left}, return_when=asyncio.FIRST_COMPLETED)
        # What was submitted counts, even if the browser has gone; and what has begun still reads its body.
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not work.cancel():
            await done
    finally:
        left.cancel()


async def _until_left(proto: HTTPProtocol) -> None:
    await proto.client_disconnect()


def host_of(scope: Scope) -> str | None:
    """Return the one host that is asked for; nothing if there are several, None if none is named."""
    headers: Any = scope.headers
    named: list[str] = headers.get_all("host")
    # HTTP/2 names the host there, and so does a request line with a whole address.
    if (authority := scope.authority) is not None:
        return authority if named in ([], [authority]) else ""
    return named[0] if len(named) == 1 else "" if named else None


def refusal(scope: Scope) -> int:
    """Return the status that refuses a request on which two servers in a row might not agree, or 0."""
    # Some take this for a host, others leave the second slash out.
    if scope.path.startswith("//"):
        return HTTPStatus.NOT_FOUND
    host = host_of(scope)
    if host == "" or (host is None and scope.http_version not in ("1", "1.0")):
        return HTTPStatus.BAD_REQUEST
    if "transfer-encoding" in scope.headers and "content-length" in scope.headers:
        return HTTPStatus.BAD_REQUEST
    return 0 if scope.method in METHODS else HTTPStatus.METHOD_NOT_ALLOWED


def refuse(proto: HTTPProtocol, status: int) -> None:
    """Say no and hang up: what comes next on this connection may be the rest of what we did not understand."""
    allow = [("allow", ", ".join(sorted(METHODS)))] if status == HTTPStatus.METHOD_NOT_ALLOWED else []
    proto.response_empty(status, [*allow, ("connection", "close"), ("content-length", "0")])


async def receive(proto: HTTPProtocol, headers: dict[str, str], body: tempfile.SpooledTemporaryFile[bytes]) -> int:
    """Read the body to its end, and return 0 or the status that refuses it."""
    # Django reads what CONTENT_LENGTH announces, and granian tells nobody that a body in chunks broke off.
    if "HTTP_TRANSFER_ENCODING" in headers:
        return HTTPStatus.LENGTH_REQUIRED
    announced = int(headers.get("CONTENT_LENGTH") or 0)
    if announced > LARGEST_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if not announced:
        return 0
    received = 0
    async for chunk in proto:
        received += len(chunk)
        body.write(chunk)
    # A sender who leaves half-way looks, from here, like one who has finished.
    if received != announced:
        return HTTPStatus.BAD_REQUEST
    body.seek(0)
    return 0


def headers_as_environ(scope: Scope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in scope.headers.items():
        # X_Forwarded_For would pass for X-Forwarded-For, which a proxy in front watches over.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key in headers:
            value = f"{headers[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        headers[key] = value
    if host := host_of(scope):
        headers["HTTP_HOST"] = host
    return headers


def environ_of(scope: Scope, headers: dict[str, str], body: Any) -> dict[str, Any]:
    server_name, _, server_port = scope.server.rpartition(":")
    version = scope.http_version
    return {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_SOFTWARE": "Granian",
        "SERVER_NAME": server_name.strip("[]"),
        "SERVER_PORT": server_port,
        "SERVER_PROTOCOL": f"HTTP/{version if '.' in version else f'{version}.0'}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of both, each as one character.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
        **headers,
    }


def respond(django: WSGIApplication, environ: dict[str, Any], proto: HTTPProtocol) -> None:
    """Call the WSGI application and send what it answers; runs in a thread of the pool."""
    started: list[tuple[int, list[Header]]] = []

    def start_response(status: str, headers: list[Header], exc_info: Any = None) -> Callable[[bytes], object]:
        started[:] = [(int(status[:3]), headers)]
        return write_is_obsolete

    try:
        chunks = django(environ, start_response)
    except Exception:  # The last door before the server, which would close the connection without a word.
        logger.exception("The application failed on %s %s.", environ["REQUEST_METHOD"], environ["PATH_INFO"])
        proto.response_empty(HTTPStatus.INTERNAL_SERVER_ERROR, [])
        return
    try:
        status, headers = started[0]
        if environ["REQUEST_METHOD"] == "HEAD":
            proto.response_empty(status, headers)
        elif path := whole_file(chunks, headers):
            # Opened again by granian, which sends it without a thread of ours waiting for a slow reader.
            proto.response_file(status, headers, path)
        elif isinstance(chunks, list | tuple) or is_rendered(chunks):
            proto.response_bytes(status, headers, b"".join(chunks))
        else:
            stream(chunks, proto.response_stream(status, headers))
    finally:
        if close := getattr(chunks, "close", None):
            close()


def write_is_obsolete(data: bytes) -> object:
    raise NotImplementedError("Return the body instead.")


def is_rendered(chunks: Any) -> bool:
    return getattr(chunks, "streaming", True) is False


def whole_file(chunks: Any, headers: list[Header]) -> str | None:
    """Return the path if the body is a file on disk from its first byte to its last."""
    file = getattr(chunks, "filelike", None)
    name = getattr(file, "name", None)
    if file is None or not isinstance(name, str) or not os.path.isfile(name) or file.tell():
        return None
    length = next((value for key, value in headers if key.lower() == "content-length"), None)
    return name if length == str(os.path.getsize(name)) else None


def stream(chunks: Iterable[bytes], transport: Any) -> None:
    # Nothing slows us down for a slow reader: what is sent waits in memory. Large bodies belong in files.
    for chunk in chunks:
        if chunk:
            # Sent when called; what is returned to await is always ready.
            transport.send_bytes(chunk)
