"""Sign mail by DKIM with the newsroom's own key, where no provider does it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache

import dkim
from django.conf import settings
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

# What a mail is recognised by: whoever changes or adds one of these breaks the signature.
SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)
RSA = bytes.fromhex("06092a864886f70d0101010500")


class BadKey(ValueError):
    """What is to be signed with is no private key of RSA's."""


class Signer:
    """A private key, and the name under which its public half stands at the senders' domains."""

    def __init__(self, key: str, selector: str) -> None:
        self.selector = selector
        # The library wants its lines, and nothing around them.
        self._key = "\n".join(line.strip() for line in key.strip().splitlines()).encode()
        try:
            parsed = parse_pem_private_key(self._key)
        except (UnparsableKeyError, ValueError, IndexError) as error:
            raise BadKey("It is no private RSA key in PEM form, as `openssl genrsa 2048` writes.") from error
        self.public = base64.b64encode(_public(parsed["modulus"], parsed["publicExponent"])).decode()

    def for_domain(self, domain: str) -> Callable[[bytes], bytes]:
        """Return what makes the signature of a mail from this domain, to be written in front of it."""
        place = domain.encode(), self.selector.encode()

        def sign(content: bytes) -> bytes:
            signer = dkim.DKIM(content)
            names = {name.lower() for name, _value in signer.headers}
            headers = [name for name in SIGNED if name in names]
            # From is named twice, so that no second one can be added.
            return signer.sign(
                place[1],
                place[0],
                self._key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[*headers, b"from"],
            )

        return sign


@cache
def the_signer() -> Signer | None:
    """Return the signer that the settings make; None where nobody is to sign here."""
    return Signer(settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR) if settings.MAIL_DKIM_KEY else None


def _public(modulus: int, exponent: int) -> bytes:
    """Return the public key as RFC 5280 has it: a sequence of what it is and of its two numbers."""
    numbers = _der(0x30, _number(modulus) + _number(exponent))
    return _der(0x30, _der(0x30, RSA) + _der(0x03, b"\0" + numbers))


def _number(value: int) -> bytes:
    # With a bit in front that says that it is positive.
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _der(kind: int, data: bytes) -> bytes:
    size = len(data)
    if size < 0x80:
        return bytes([kind, size]) + data
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([kind, 0x80 | len(length)]) + length + data
