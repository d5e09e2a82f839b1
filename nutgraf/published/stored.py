"""A page as it is kept: its bytes in three encodings, and the headers that go with them."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import time
import zlib
from email.utils import formatdate
from functools import cached_property
from typing import Any

import brotli

NEVER = float("inf")

# Browsers ask each time and mostly hear "not modified"; what stands between us and them is told by its own header.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

# In the order in which we prefer them where a browser takes several.
ENCODINGS = ("br", "gzip", "identity")

Headers = list[tuple[str, str]]


class StoredPage:
    """One page, ready to send."""

    def __init__(
        self,
        *,
        address: str,
        generation: int,
        headers: Headers,
        gzip: bytes,
        br: bytes,
        etag: str,
        changed_at: float,
        until: float = NEVER,
        number: int = 0,
        is_shelved: bool = False,
    ) -> None:
        self.address, self.generation, self.headers, self.until = address, generation, headers, until
        self.gzip, self.br, self.etag, self.changed_at = gzip, br, etag, changed_at
        self.number, self.is_shelved = number, is_shelved
        # Whether it was pressed for the request at hand; told to whoever counts.
        self.is_fresh = False

    @classmethod
    def press(
        cls, *, address: str, generation: int, headers: Headers, content: bytes, until: float = NEVER
    ) -> StoredPage:
        """Make a page of what was rendered."""
        return cls(
            address=address,
            generation=generation,
            headers=headers,
            # The moment would make other bytes of the same page.
            gzip=gzip.compress(content, 6, mtime=0),
            br=brotli.compress(content, quality=5),
            etag=fingerprint(content),
            changed_at=time.time(),
            until=until,
        )

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> StoredPage | None:
        """Return a page as the store kept it, or None if it is not what was kept."""
        number, address, generation, until, etag, headers, kept_seal, changed_at, is_shelved, pressed, br = row
        if not isinstance(br, bytes) or seal(address, generation, until, etag, headers, br) != kept_seal:
            return None
        page = cls(
            address=address,
            generation=generation,
            headers=[(name, value) for name, value in json.loads(headers)],
            gzip=pressed,
            br=br,
            etag=etag,
            changed_at=changed_at,
            until=NEVER if until is None else until,
            number=number,
            is_shelved=bool(is_shelved),
        )
        return page if page.is_whole() else None

    def is_whole(self) -> bool:
        """Say whether the bytes are those that were pressed."""
        try:
            return fingerprint(self.identity) == self.etag
        except (OSError, EOFError, TypeError, zlib.error):
            return False

    def keep_age_of(self, *, etag: str, changed_at: float) -> None:
        """Keep the moment of the latest change where pressing again made the same bytes; else be of a later second.

        HTTP tells whole seconds, and nginx knows a file by its second and its size.
        """
        self.changed_at = changed_at if etag == self.etag else max(self.changed_at, math.floor(changed_at) + 1.0)

    @cached_property
    def identity(self) -> bytes:
        """The page uncompressed, for the few who ask for it."""
        return gzip.decompress(self.gzip)

    def forget_identity(self) -> None:
        """Make room; it is unpacked again if somebody asks for it."""
        self.__dict__.pop("identity", None)

    def body(self, encoding: str) -> bytes:
        """Return the page's bytes in an encoding."""
        body: bytes = getattr(self, encoding)
        return body

    def etag_in(self, encoding: str) -> str:
        """Return the strong validator of the page in an encoding: other bytes, another validator."""
        return f'"{self.etag}"' if encoding == "identity" else f'"{self.etag}-{encoding}"'

    @cached_property
    def last_modified(self) -> str:
        """The moment of its latest change, as HTTP writes it."""
        return formatdate(self.changed_at, usegmt=True)

    def headers_in(self, encoding: str) -> Headers:
        """Return all headers of a full answer in an encoding."""
        length = len(self.body(encoding))
        coded = [] if encoding == "identity" else [("content-encoding", encoding)]
        headers = [(name, value) for name, value in self.headers if name != "cache-control"]
        return [*headers, *self.validators(encoding), *coded, ("content-length", str(length))]

    def validators(self, encoding: str) -> Headers:
        """Return the headers that "not modified" carries too."""
        return [
            ("etag", self.etag_in(encoding)),
            ("last-modified", self.last_modified),
            ("cache-control", dict(self.headers).get("cache-control", CACHE_CONTROL)),
            ("vary", "Accept-Encoding"),
        ]


def fingerprint(content: bytes) -> str:
    """Return a text that stands for exactly these bytes."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def seal(*row: Any) -> int:
    """Return a number that is another when anything in a row is: its bytes, or what says how long they are true."""
    *words, body = row
    return zlib.crc32(body, zlib.crc32(repr(words).encode()))
