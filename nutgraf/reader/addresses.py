"""Write addresses of ours as others need them: whole, also inside of texts."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest

_OURS = re.compile(r'(\s(?:href|src)=")(/[^"]*)')


def whole(path: str, request: HttpRequest | None) -> str:
    """Return a path of ours as a whole address; what is whole already stays as it is."""
    if "://" in path:
        return path
    if settings.PUBLIC_URL or request is None:
        return f"{settings.PUBLIC_URL}{path}"
    return request.build_absolute_uri(path)


def alternate(address: str, ending: str) -> str:
    """Return the address of a story in another form: txt, md or json."""
    return f"{address.rstrip('/')}.{ending}"


def whole_in(html: str, request: HttpRequest | None) -> str:
    """Return a text whose links to our pages are whole addresses."""
    return _OURS.sub(lambda found: found[1] + whole(found[2], request), html)
