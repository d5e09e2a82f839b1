"""Write the VCL of a Varnish in front of this newsroom, which keeps pages until it is told that they changed."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network

from django.conf import settings

from nutgraf.config import fronts
from nutgraf.config.trouble import Trouble

HERE = ("127.0.0.1", "::1")


def configuration(*, upstream: str, purgers: Iterable[str] = ()) -> str:
    """Return the whole VCL, for the settings at hand."""
    if not settings.PUBLIC_URL:
        raise Trouble(
            "Varnish has to know who it is; set NUTGRAF_PUBLIC_URL to the address at which readers reach you."
        )
    host, _, port = upstream.rpartition(":")
    return fronts.write(
        "varnish.vcl",
        public_url=settings.PUBLIC_URL,
        upstream_host=host.strip("[]"),
        upstream_port=port,
        purgers=[_acl(address) for address in (*HERE, *purgers)],
        hosts="|".join(fronts.pattern_of(host) for host in settings.ALLOWED_HOSTS),
        is_any_host="*" in settings.ALLOWED_HOSTS,
        cookie=settings.SESSION_COOKIE_NAME,
        static_url=settings.STATIC_URL,
        media_url=settings.MEDIA_URL,
    )


def _acl(address: str) -> str:
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        raise Trouble(f"“{address}” is no address of a machine or network.") from None
    return f'"{network.network_address}"/{network.prefixlen}'
