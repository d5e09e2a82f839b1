"""Small builders of wires and what they send, and a sender that answers as it is told, for tests and journeys."""

from __future__ import annotations

import html
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from nutgraf.imports.models import Wire

RSS, ATOM = "application/rss+xml", "application/atom+xml"


def make_wire(name: str = "Selva Press Office", address: str = "https://press.example.org/feed", **fields: Any) -> Wire:
    """Return a wire that is to be asked now."""
    return Wire.objects.create(name=name, address=address, **fields)


def entry(
    key: str = "1",
    headline: str = "Harbour reopens on Friday",
    body: str = "<p>Ships may enter the harbour of Selva again.</p><p><b>Why it matters:</b> Bread comes by ship.</p>",
    link: str = "",
    **more: str,
) -> str:
    """Return one item of an RSS feed."""
    elements = {
        "guid": f"press-{key}",
        "title": headline,
        "link": link or f"https://press.example.org/news/{key}",
        "description": body,
        **more,
    }
    return "<item>" + "".join(f"<{name}>{html.escape(words)}</{name}>" for name, words in elements.items()) + "</item>"


def rss(*entries: str, more: str = "") -> bytes:
    """Return an RSS feed of some items."""
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Selva Press Office</title>'
    about = "<link>https://press.example.org/</link><description>News</description>"
    return f"{head}{about}{more}{''.join(entries)}</channel></rss>".encode()


def atom(*entries: str, gone: tuple[str, ...] = ()) -> bytes:
    """Return an Atom feed of some entries, and of what was taken back."""
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    head = f"<feed {names}><title>Selva Press Office</title><id>urn:press</id><updated>2026-11-22T12:00:00Z</updated>"
    graves = (f'<at:deleted-entry ref="urn:press:{key}" when="2026-11-22T12:30:00Z"/>' for key in gone)
    return f"{head}{''.join(entries)}{''.join(graves)}</feed>".encode()


def atom_entry(key: str, headline: str, body: str) -> str:
    """Return one entry of an Atom feed."""
    words = f'<title>{html.escape(headline)}</title><content type="html">{html.escape(body)}</content>'
    where = f'<id>urn:press:{key}</id><link href="https://press.example.org/{key}"/>'
    return f"<entry>{where}{words}<updated>2026-11-22T12:00:00Z</updated></entry>"


@dataclass
class Sender:
    """Somebody who answers on this machine; what is set here is what the next who asks gets."""

    address: str = ""
    body: bytes = b""
    status: int = 200
    kind: str = RSS
    headers: dict[str, str] = field(default_factory=dict)
    # Whether the answer has no end.
    drips: bool = False
    # Of whom asks, the headers.
    heard: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def sending(*entries: str) -> Iterator[Sender]:
    """Have a sender answer while the block lasts."""
    sender = Sender(body=rss(*entries))

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sender.heard.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            self.send_response(sender.status)
            length = {} if sender.drips else {"Content-Length": str(len(sender.body))}
            answer = {"Content-Type": sender.kind, **length, **sender.headers}
            for name, value in answer.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sender.body)
            while sender.drips:
                time.sleep(0.05)
                try:
                    self.wfile.write(b" ")
                except OSError:
                    return

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    sender.address = f"http://127.0.0.1:{server.server_port}/feed"
    try:
        yield sender
    finally:
        server.shutdown()
        server.server_close()
