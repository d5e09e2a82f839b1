"""Collect what browsers load, press it small, and answer for files before Django is asked."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import WSGIApplication

import django
import wagtail
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from nutgraf.reader import bundle

STAMP = "collected"

# The names of these files change with what is in them, so nobody has to ask for them twice.
IMMUTABLE_STATIC = re.compile(r"\.[0-9a-f]{12}\.\w+$")
IMMUTABLE_MEDIA = re.compile(r"^/media/pictures/\d+/[0-9a-f]{10}/")


def collect() -> bool:
    """Bring the static folder up to date with packages and theme, and say whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / STAMP, _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    for path in root.rglob("*"):
        # What went out under a hashed name stays: a reader may still have a page that asks for it.
        if path.is_file() and not IMMUTABLE_STATIC.search(path.name.removesuffix(".gz")):
            path.unlink()
    call_command("collectstatic", interactive=False, verbosity=0)
    bundle.build(root)
    compressor = Compressor(quiet=True)
    for path in root.rglob("*"):
        if path.is_file() and compressor.should_compress(path.name):
            compressor.compress(str(path))
    stamp.write_text(wanted)
    return True


def open_store() -> None:
    """Make the page store fit to be served from, if pages are stored."""
    # Only here: it has models, for which Django has to have been set up.
    from nutgraf.published import opening

    if settings.PAGE_STORE:
        opening.open_store(pressed_with())
    else:
        opening.leave_store()


def join_store() -> None:
    """Have this process work with a store that its server has opened, for as long as that is so."""
    from nutgraf.published import opening

    if settings.PAGE_STORE:
        opening.join_store(pressed_with())


def pressed_with() -> list[Path]:
    """Return the files beside code and templates that pages are made from."""
    # A story names its drawn picture by the faces that this is set in.
    return [Path(settings.STATIC_ROOT) / bundle.MANIFEST, *sorted((settings.THEME_DIR / "fonts").glob("*"))]


def with_files(application: WSGIApplication) -> WSGIApplication:
    """Answer for static files and for pictures that have been made already; leave the rest to the application."""
    options: dict[str, Any] = {
        "add_headers_function": _add_headers,
        "allow_all_origins": False,
        "mimetypes": {".avif": "image/avif", ".mjs": "text/javascript"},
        "max_age": 0,
    }
    # Looked up at each request, because the application makes a picture when it is first asked for.
    pictures = WhiteNoise(application, autorefresh=True, immutable_file_test=_matches(IMMUTABLE_MEDIA), **options)
    pictures.add_files(settings.MEDIA_ROOT, prefix=settings.MEDIA_URL)
    if settings.DEBUG:
        return StaticFilesHandler(pictures)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    options["max_age"] = 3600
    static = WhiteNoise(pictures, immutable_file_test=_matches(IMMUTABLE_STATIC), **options)
    static.add_files(settings.STATIC_ROOT, prefix=settings.STATIC_URL)
    return static


def _fingerprint() -> str:
    """Return a text that changes when a file that we collect does."""
    parts = [django.__version__, wagtail.__version__]
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            parts.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _matches(pattern: re.Pattern[str]) -> Any:
    return lambda path, url: bool(pattern.search(url))


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
