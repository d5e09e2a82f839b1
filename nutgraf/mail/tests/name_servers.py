"""A name server for tests, on a real socket, that knows what it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def knowing(texts: Mapping[str, list[str]], *, fails: str = "") -> Iterator[dns.resolver.Resolver]:
    """Return a resolver that asks a server that knows these texts; `fails` is one that it does not answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        threading.Thread(target=_serve, args=[listening, texts, fails], daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], listening.getsockname()[1]
        yield resolver


def _serve(listening: socket.socket, texts: Mapping[str, list[str]], fails: str) -> None:
    with suppress(OSError):
        while True:
            data, address = listening.recvfrom(4096)
            question = dns.message.from_wire(data)
            name = question.question[0].name.to_text(omit_final_dot=True).lower()
            answer = dns.message.make_response(question)
            answer.flags |= dns.flags.RA
            if name == fails:
                answer.set_rcode(dns.rcode.SERVFAIL)
            elif found := texts.get(name):
                quoted = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in found]
                answer.answer.append(dns.rrset.from_text(question.question[0].name, 60, "IN", "TXT", *quoted))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            listening.sendto(answer.to_wire(), address)
