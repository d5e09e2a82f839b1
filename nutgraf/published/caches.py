"""Wagtail's back ends for caches in front, made to say when they were not heard, and to purge by tag where a cache can."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlsplit

from wagtail.contrib.frontend_cache.backends.cloudflare import CloudflareBackend
from wagtail.contrib.frontend_cache.backends.cloudfront import CloudfrontBackend
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend

SECONDS = 10


class NotPurged(Exception):
    """The cache said no, or something that we do not understand."""


class Cache(Protocol):
    """What we ask of a cache; whatever it raises, we try again later."""

    def purge_batch(self, urls: list[str]) -> None:
        """Forget the pages at these addresses."""

    def purge_tags(self, tags: list[str]) -> None:
        """Forget every page that carries one of these tags, and others if need be."""

    def purge_everything(self) -> None:
        """Forget every page."""


class Varnish(HTTPBackend):
    """Varnish with the VCL that `nutgraf varnish` writes."""

    # Varnish takes no header of more than 8 KB.
    TAGS_AT_ONCE = 500

    def purge_batch(self, urls: list[str]) -> None:
        """Forget addresses, over one connection."""
        self._ask((_path(url), {}) for url in urls)

    def purge(self, url: str) -> None:
        """Forget one address."""
        self.purge_batch([url])

    def purge_tags(self, tags: list[str]) -> None:
        """Forget what carries one of these tags."""
        self._ask(("/", {"Cache-Tag": ",".join(some)}) for some in _chunks(tags, self.TAGS_AT_ONCE))

    def purge_everything(self) -> None:
        """Forget all."""
        self._ask([("/", {"Cache-Tag": "*"})])

    def _ask(self, requests: Iterable[tuple[str, dict[str, str]]]) -> None:
        connection = http.client.HTTPConnection(self.cache_netloc, timeout=SECONDS)
        try:
            for path, headers in requests:
                connection.request("PURGE", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise NotPurged(f"Varnish says {answer.status} {answer.reason} to PURGE {path}")
        finally:
            connection.close()


class Cloudflare(CloudflareBackend):
    """Cloudflare's interface, by zone and token."""

    TAGS_AT_ONCE = 30

    def _purge_urls(self, urls: list[str]) -> None:
        self._ask({"files": urls})

    def purge_tags(self, tags: list[str]) -> None:
        """Forget what carries one of these tags."""
        for some in _chunks(tags, self.TAGS_AT_ONCE):
            self._ask({"tags": some})

    def purge_everything(self) -> None:
        """Forget the whole zone."""
        self._ask({"purge_everything": True})

    def _ask(self, what: dict[str, Any]) -> None:
        endpoint = urlsplit(self.cloudflare_purge_endpoint_url)
        headers = {"Authorization": f"Bearer {self.cloudflare_token}", "Content-Type": "application/json"}
        connection = http.client.HTTPSConnection(endpoint.netloc, timeout=SECONDS)
        try:
            connection.request("POST", endpoint.path, json.dumps(what), headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status != 200 or not json.loads(said).get("success"):
            raise NotPurged(f"Cloudflare says {answer.status}: {said[:200]!r}")


class CloudFront(CloudfrontBackend):
    """Amazon's interface, which knows addresses and no tags; it needs boto3."""

    def purge_tags(self, tags: list[str]) -> None:
        """Forget all, as it is not known what carries these tags."""
        self.purge_everything()

    def purge_everything(self) -> None:
        """Forget all."""
        self._create_invalidation(self.cloudfront_distribution_id, ["/*"])

    def _create_invalidation(self, distribution_id: str, paths: list[str]) -> None:
        import secrets

        self.client.create_invalidation(
            DistributionId=distribution_id,
            InvalidationBatch={
                "Paths": {"Quantity": len(paths), "Items": paths},
                "CallerReference": secrets.token_hex(16),
            },
        )


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _chunks(items: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
