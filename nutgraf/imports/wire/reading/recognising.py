"""Tell what a document is by what it says, whatever it is called, and have each item of it once."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lxml import etree

from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Read, Wrong, supersedes
from nutgraf.imports.wire.reading import documents, feeds, json_feeds, ninjs, words

LIMIT_MB = 20
_HEAD = 4096
_PAGE = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def read(data: bytes, *, content_type: str, address: str, at: datetime.datetime) -> Read:
    """Return what a document holds; raises NotAFeed for what is none, with the reason.

    By its address relative ones are made whole. `at` is when it came: what was
    published after that was not.
    """
    if len(data) > LIMIT_MB * 1024 * 1024:
        raise NotAFeed(_("it is larger than %(size)s MB") % {"size": LIMIT_MB})
    start = data[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    start = start.removeprefix(b"\xfe\xff").lstrip()
    if not start:
        raise NotAFeed(_("it is empty"))
    if _PAGE.match(start):
        raise NotAFeed(_page(data, address))
    if start[:1] in (b"{", b"["):
        found = _json(data, address, at)
    else:
        found = feeds.read(data, content_type=content_type, address=address, at=at)
    return replace(found, items=_once(found.items, _is_list_of_versions(found.kind)))


def _json(data: bytes, address: str, at: datetime.datetime) -> Read:
    around, items = documents.read(data)
    if json_feeds.is_one(around):
        return json_feeds.read(around, items, address=address, at=at)
    return ninjs.read(items, address=address, at=at)


def _page(data: bytes, address: str) -> str | Promise:
    """Say that something is a page, and which feed it names: whoever gave its address meant that."""
    root = etree.fromstring(data, etree.HTMLParser(recover=True, no_network=True))
    for link in root.iter("link") if root is not None else ():
        if (link.get("type") or "").lower() in _FEEDS and (found := words.whole(link.get("href"), address)):
            return _("it is a web page, and no feed; the feed that the page names is %(address)s") % {"address": found}
    return _("it is a web page, and no feed")


def _is_list_of_versions(kind: Kind) -> bool:
    """Tell whether two items of the same name are two versions of one (Atom, ninjs), and no mistake."""
    return kind in (Kind.ATOM, Kind.NINJS)


def _once(found: Iterator[Item | Wrong], is_versions: bool) -> Iterator[Item | Wrong]:
    """Yield each item once and named; of several by one name the newest version, or else the first."""
    everything = [_named(one) for one in found]
    newest: dict[str, Item] = {}
    for one in everything:
        if isinstance(one, Item):
            before = newest.setdefault(one.id, one)
            if is_versions and supersedes(one, before):
                newest[one.id] = one
    for one in everything:
        if isinstance(one, Wrong) or newest[one.id] is one:
            yield one
        elif one.version != newest[one.id].version:
            reason = _("an older version of an item that is here too") if is_versions else _("another item has its id")
            yield Wrong(one.id, reason, one.headline)


def _named(one: Item | Wrong) -> Item | Wrong:
    if isinstance(one, Wrong):
        return one
    if not (one.headline or one.body_html or one.lede or one.id):
        return Wrong("", _("it is empty"))
    if one.id:
        return one
    said = "\n".join([one.headline, one.lede, one.body_html])
    return replace(one, id=f"sha256:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}")
