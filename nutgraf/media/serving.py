"""Serve stored files whole or in part, or tell a browser that it has them, where no other server does so before us."""

from __future__ import annotations

import os
import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

# Python 3.11 does not know AVIF.
MIME_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def serve(request: HttpRequest, name: str, *, cache_control: str) -> HttpResponseBase:
    mime_type = MIME_TYPES.get(os.path.splitext(name)[1])
    if mime_type is None:
        raise Http404
    try:
        changed_at = int(default_storage.get_modified_time(name).timestamp())
        with default_storage.open(name) as file:
            data = file.read()
    except (OSError, ValueError) as error:
        # No file can be called so, or there is none.
        raise Http404 from error
    # As nginx and WhiteNoise write it, so that it stays true when one of them answers next time.
    etag = f'"{changed_at:x}-{len(data):x}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(changed_at),
        "Cache-Control": cache_control,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        # Keeps Django's GZipMiddleware from pressing what is pressed already, and from breaking ranges.
        "Content-Encoding": "identity",
    }
    response = HttpResponse(data, content_type=mime_type, headers=headers)
    if request.headers.get("If-Range", etag) == etag:
        _cut(response, request.headers.get("Range", ""))
    return get_conditional_response(request, etag=etag, last_modified=changed_at, response=response) or response


def _cut(response: HttpResponse, asked: str) -> None:
    """Leave the one range that was asked for; whoever asks for several gets everything, as is allowed."""
    parts = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", asked.strip())
    if not parts or parts.groups() == ("", ""):
        return
    size = len(response.content)
    first, last = parts.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response.status_code, response.content = 416, b""
        response.headers["Content-Range"] = f"bytes */{size}"
    else:
        response.status_code, response.content = 206, response.content[start : end + 1]
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
