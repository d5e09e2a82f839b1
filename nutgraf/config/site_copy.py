"""A copy of the whole site as files that any web server can serve: every page that is linked from another, and what it needs."""

from __future__ import annotations

import errno
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponseBase
from lxml import etree
from lxml import html as markup

from nutgraf.published import rendering

# Where a copy begins, beside what these lead to; the page for what is not there goes by the name that servers know.
BEGINNINGS = ("/", "/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/search/")
NOT_FOUND = "/404/"
# What needs a server that computes: the desk, what one signs up with, and connections that stay open.
LEFT_OUT = re.compile(r"/desk/|.*\.events$")
MARKER = ".nutgraf-copy"

_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_MAPPED = re.compile(r"<(?:loc|image:loc)>([^<]+)</")
_ATTRIBUTES = re.compile(r"""(?P<before>\s(?:href|src|data-[a-z-]+)=")(?P<address>(?:/[^"?]*)?\?[^"]*)\"""")


@dataclass
class SiteCopy:
    """A copy under way: what is written, and which addresses led nowhere, each with a page that names it."""

    folder: Path
    step: Callable[[str, int, int], None] = lambda *_: None
    written: set[Path] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    _named_by: dict[str, str] = field(default_factory=dict)
    _to_do: deque[str] = field(default_factory=deque)

    def make(self) -> None:
        """Write every page, and take out of the folder what an earlier copy left and is no more."""
        (self.folder / MARKER).touch()
        self._keep(Path("404.html"), NOT_FOUND, _body(rendering.render(NOT_FOUND)), "text/html")
        for address in (*BEGINNINGS, *_left_addresses()):
            self._name(address, "")
        while self._to_do:
            address = self._to_do.popleft()
            self.step(address, len(self._named_by) - len(self._to_do), len(self._named_by))
            self._copy(address)
        for file in sorted(self.folder.rglob("*"), reverse=True):
            if file.is_dir():
                if not any(file.iterdir()):
                    file.rmdir()
            elif file not in self.written and file.name != MARKER:
                file.unlink()

    def _name(self, address: str, page: str) -> None:
        if address not in self._named_by:
            self._named_by[address] = page
            self._to_do.append(address)

    def _copy(self, address: str) -> None:
        path = address.partition("?")[0]
        if path.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / unquote(path.removeprefix(settings.STATIC_URL))
            if not file.is_file():
                self.broken[address] = self._named_by[address]
                return
            body, kind = file.read_bytes(), "text/css" if file.suffix == ".css" else ""
        else:
            response = rendering.render(address)
            if response.status_code in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND):
                body, kind = self._way_on(response, address), ""
            elif response.status_code in (HTTPStatus.OK, HTTPStatus.GONE):
                # What was withdrawn says so; a server of files can't say it with a number.
                body, kind = _body(response), response.headers.get("Content-Type", "").partition(";")[0]
            else:
                # Of where we began, some are not there in a new newsroom.
                if self._named_by[address] or response.status_code != HTTPStatus.NOT_FOUND:
                    self.broken[address] = self._named_by[address]
                return
        self._keep(file_of(address), address, body, kind)

    def _keep(self, file: Path, address: str, body: bytes, kind: str) -> None:
        for found in _links(body, kind):
            if there := _ours(found, address):
                self._name(there, address)
        if not self._write(file, _rewritten(body, address) if kind == "text/html" else body):
            self.broken[address] = self._named_by.get(address, "")

    def _way_on(self, response: HttpResponseBase, address: str) -> bytes:
        target = urljoin(address, response.headers["Location"])
        if there := _ours(target, address):
            self._name(there, address)
            target = address_of(there)
        shown = escape(target)
        return (
            f'<!doctype html><meta charset="utf-8"><title>{shown}</title><link rel="canonical" href="{shown}">'
            f'<meta http-equiv="refresh" content="0; url={shown}"><a href="{shown}">{shown}</a>\n'
        ).encode()

    def _write(self, file: Path, body: bytes) -> bool:
        """Write a file of the copy, and say whether it could be.

        Old addresses are as another system had them: one that climbs out of
        the folder is not written, nor one that no file can have.
        """
        if ".." in file.parts:
            return False
        whole = self.folder / file
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
            whole.write_bytes(body)
        except (NotADirectoryError, IsADirectoryError, FileExistsError, ValueError):
            return False
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            return False
        self.written.add(whole)
        return True


def address_of(address: str) -> str:
    """Return the address in the copy: what stands after a question mark becomes a folder, as files know no questions."""
    path, _, query = address.partition("?")
    asked = "".join(f"{name}-{quote(value, safe='')}/" for name, value in parse_qsl(query))
    return path if not asked else f"{path if path.endswith('/') else path + '-'}{asked}"


def file_of(address: str) -> Path:
    """Return the file of an address, below the folder of the copy."""
    path = unquote(address_of(address)).lstrip("/")
    return Path(path, "index.html") if not path or path.endswith("/") else Path(path)


def _links(body: bytes, kind: str) -> Iterator[str]:
    if kind == "text/html":
        yield from _links_of_page(body)
    elif kind == "text/css":
        yield from _CSS_ADDRESS.findall(body.decode())
    elif kind == "application/xml":
        yield from (etree.fromstring(f"<a>{one}</a>").text or "" for one in _MAPPED.findall(body.decode()))


def _links_of_page(body: bytes) -> Iterator[str]:
    for element in markup.document_fromstring(body).iter(etree.Element):
        for name in ("href", "src", "data-page"):
            if (value := element.get(name)) and element.tag != "form":
                yield value
        if element.tag == "meta" and element.get("property") == "og:image":
            yield element.get("content") or ""
        for part in (element.get("srcset") or "").split(","):
            yield part.strip().partition(" ")[0]


def _ours(link: str, page: str) -> str:
    """Return a link of a page as an address of this site that is to be copied, or nothing."""
    parts, public = urlsplit(urljoin(f"{settings.PUBLIC_URL}{page}", link)), urlsplit(settings.PUBLIC_URL)
    if (parts.scheme, parts.netloc) != (public.scheme, public.netloc) or not link:
        return ""
    if parts.path == NOT_FOUND or LEFT_OUT.match(parts.path):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _rewritten(body: bytes, page: str) -> bytes:
    """Return a page whose links with questions lead to where their answers are."""

    def there(found: re.Match[str]) -> str:
        address, mark, anchor = urljoin(page, found["address"].replace("&amp;", "&")).partition("#")
        return f'{found["before"]}{escape(address_of(address))}{mark}{anchor}"'

    return _ATTRIBUTES.sub(there, body.decode()).encode()


def _left_addresses() -> Iterator[str]:
    from wagtail.contrib.redirects.models import Redirect

    for path in Redirect.objects.order_by("pk").values_list("old_path", flat=True):
        # They are kept without the slash that every page of ours ends with.
        yield path if "." in path.rpartition("/")[2] else f"{path}/"


def _body(response: HttpResponseBase) -> bytes:
    if getattr(response, "streaming", False):
        return b"".join(response)
    content: bytes = response.content  # type: ignore[attr-defined]  # whole, as it does not stream
    return content
