"""Write the configuration of an nginx in front of this newsroom, which reads pages from the shelf and asks us for the rest."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from nutgraf.config import files, fronts
from nutgraf.config.trouble import Trouble
from nutgraf.published import rendering, shelf
from nutgraf.published.stored import CACHE_CONTROL, Headers

# What we serve beside pages, told as WhiteNoise tells it.
FILE_TYPES = {
    "css": 'text/css; charset=\\"utf-8\\"',
    "js mjs": 'text/javascript; charset=\\"utf-8\\"',
    "map": "application/json",
    "svg": "image/svg+xml",
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
}
RENDITIONS = r"[^/.]+[.](?:avif|webp|jpg)$"
# With the lines of 64 bytes that most processors have, a longer name does not fit where nginx keeps names, and it will not start.
LONGEST_NAME = 46
# A form is more than the file in it.
MEGABYTES_OF_FORM = 1


def configuration(*, upstream: str, certificate: str = "", key: str = "") -> str:
    """Return the whole configuration, for the settings at hand."""
    if not settings.PUBLIC_URL:
        raise Trouble("nginx has to know who it is; set NUTGRAF_PUBLIC_URL to the address at which readers reach you.")
    public = urlsplit(settings.PUBLIC_URL)
    is_https = public.scheme == "https"
    hosts = [_as_nginx_says(host) for host in settings.ALLOWED_HOSTS if host != "*"]
    where = f"/etc/letsencrypt/live/{public.hostname}"
    upload = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024 // 1024
    return fronts.write(
        "nginx.conf",
        public_url=settings.PUBLIC_URL,
        host=public.hostname,
        mapped_hosts=[_as_map_says(host) for host in hosts],
        is_any_host_long=any(map(_is_long, hosts)),
        names=" ".join(hosts) or "_",
        is_any_host="*" in settings.ALLOWED_HOSTS,
        is_https=is_https,
        port=public.port or (443 if is_https else 80),
        is_certificate_given=bool(certificate and key),
        certificate=certificate or f"{where}/fullchain.pem",
        key=key or f"{where}/privkey.pem",
        upstream=upstream,
        cookie=settings.SESSION_COOKIE_NAME,
        upload_megabytes=upload,
        body_megabytes=upload + MEGABYTES_OF_FORM,
        shelf=settings.SHELF,
        pages=shelf.PAGES,
        shelved=[(shelf.FOLDERS, shelf.INDEX), (shelf.FILES, "")],
        headers=[(name, _quotable(value)) for name, value in page_headers()],
        types=[*((ending, type) for ending, type in shelf.TYPES.items()), *FILE_TYPES.items()],
        static_url=settings.STATIC_URL,
        static_parent=_parent(settings.STATIC_ROOT, settings.STATIC_URL),
        immutable_static=files.IMMUTABLE_STATIC.pattern,
        media_url=settings.MEDIA_URL,
        media_parent=_parent(settings.MEDIA_ROOT, settings.MEDIA_URL),
        immutable_media=files.IMMUTABLE_MEDIA.pattern + RENDITIONS,
    )


def page_headers() -> Headers:
    """Return what a page carries beside what nginx says of its file by itself."""
    # nginx can say what it varies by itself, but opens a second file to be sure of that.
    headers = [*rendering.house_headers(), ("cache-control", CACHE_CONTROL), ("vary", "Accept-Encoding")]
    return [("-".join(map(str.capitalize, name.split("-"))), value) for name, value in headers]


def _as_nginx_says(host: str) -> str:
    # Both take a leading dot for a domain and all below it.
    return host.lower()


def _as_map_says(host: str) -> str:
    # Patterns may be as long as they like. To ask for more room is an error wherever there was a map before ours.
    return f"~^{fronts.pattern_of(host)}$" if _is_long(host) else host


def _is_long(host: str) -> bool:
    return len(host) > LONGEST_NAME


def _parent(folder: Path | str, url: str) -> Path:
    """Return the folder below which a file's path is that of its address."""
    folder = Path(folder)
    if folder.name != url.strip("/"):
        raise Trouble(f"nginx cannot serve {folder} at {url}: the last part of both must be the same.")
    return folder.parent


def _quotable(value: str) -> str:
    if "$" in value or "\n" in value:
        raise Trouble(f"nginx cannot send a header with a dollar sign or a line break: {value}")
    return value.replace("\\", "\\\\").replace('"', '\\"')
