"""What the journey of an edition needs: a mail server that keeps what it is given, a briefing, a key, and a hand on the clock."""

from __future__ import annotations

import base64
import email
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.journeys.site import clean, free_port

SECONDS = 60

BEGIN = """
import sys
from pathlib import Path
from nutgraf.config import data_folder
data_folder.use(Path(sys.argv[1]))
from nutgraf.briefings.samples import make_briefing
make_briefing("The Ebb", days="0123456", promise="The tide, at seven.", sender_address="ebb@tidewater.example")
"""

# The hands of the clock can't be moved for the server's process, so what is due comes to them.
MOVE = """
import sys
from pathlib import Path
from nutgraf.config import data_folder
data_folder.use(Path(sys.argv[1]))
from django.utils import timezone
from nutgraf.briefings.models import Edition
assert Edition.objects.filter(state="SCHEDULED").update(send_at=timezone.now()) == 1
"""


@dataclass
class Mailbox:
    """Everything that a mail server was given, as it came."""

    port: int
    came: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, as aiosmtpd calls it."""
        self.came.append((list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 taken"

    def to(self, address: str, *, subject: str) -> bytes:
        """Return the mail with that subject to an address, as soon as it is there."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            for recipients, content in list(self.came):
                if address in recipients and subject in str(parsed(content)["Subject"]):
                    return content
            time.sleep(0.2)
        raise AssertionError([str(parsed(content)["Subject"]) for _to, content in self.came])


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a mail server until the test is over."""
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, enable_SMTPUTF8=True)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def parsed(content: bytes) -> EmailMessage:
    """Return a mail as the standard library reads it."""
    return email.message_from_bytes(content, policy=default)


def begin_briefing(folder: Path) -> None:
    """Begin a briefing that goes out every day."""
    subprocess.run([sys.executable, "-c", BEGIN, folder], env=clean(), check=True)


def come_to_its_hour(folder: Path) -> None:
    """Have it be the moment at which the scheduled edition goes out."""
    subprocess.run([sys.executable, "-c", MOVE, folder], env=clean(), check=True)


def key_pair() -> tuple[str, str]:
    """Return a private key in PEM form, and its public half as it stands at a domain."""
    private = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
    public = subprocess.run(
        ["openssl", "rsa", "-pubout", "-outform", "DER"], input=private, capture_output=True, check=True
    ).stdout
    return private.decode(), f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
