"""Two machines that share a database on PostgreSQL share the sending, and nobody has a mail from both."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.journeys import newsroom
from tests.journeys.site import clean, free_port, run
from tests.journeys.soon import soon

SIZE = 400
# So slow that both have a part in it: a hundred messages in hand at a time, forty a second.
PACE = {"NUTGRAF_MAIL_RATE": "40", "NUTGRAF_MAIL_CONNECTIONS": "2"}


class Inbox:
    """Keeps who sent what to whom."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken += [(str(session.host_name), to) for to in envelope.rcpt_tos]
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler, port = Inbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def machines(postgresql: str, tmp_path: Path) -> list[Path]:
    """The data folders of two machines with one newsroom."""
    first, second = tmp_path / "first", tmp_path / "second"
    editor = ["--editor", "Ada Quill", "--email", "ada@example.org", "--password", newsroom.PASSWORD]
    place = ["--time-zone", "UTC", "--language", "en"]
    run("nutgraf", "init", first, "--name", "Two", *place, *editor, DATABASE_URL=postgresql)
    second.mkdir()
    (second / "newsroom.env").write_text((first / "newsroom.env").read_text())
    return [first, second]


def test_two_machines_share_the_sending_and_nobody_has_it_twice(
    machines: list[Path], postgresql: str, inbox: tuple[Inbox, int]
) -> None:
    run("tests.journeys.mailing", machines[0], str(SIZE), DATABASE_URL=postgresql)
    with ExitStack() as stack:
        posts = [stack.enter_context(_posting(folder, postgresql, inbox[1])) for folder in machines]

        assert soon(lambda: len(inbox[0].taken) >= SIZE, seconds=120)
        for post in posts:
            post.send_signal(signal.SIGTERM)
        assert [post.wait(timeout=30) for post in posts] == [0, 0]

    assert Counter(to for _machine, to in inbox[0].taken) == {
        f"reader{number}@example.org": 1 for number in range(SIZE)
    }
    assert {machine for machine, _to in inbox[0].taken} == {"first.example", "second.example"}


def _posting(folder: Path, database: str, port: int) -> subprocess.Popen[bytes]:
    own = {"DATABASE_URL": database, "NUTGRAF_MAIL": f"smtp+plain://127.0.0.1:{port}"}
    # By which the server knows who speaks to it.
    named = {"NUTGRAF_PUBLIC_URL": f"http://{folder.name}.example"}
    return subprocess.Popen([sys.executable, "-m", "nutgraf", "post", str(folder)], env=clean() | own | named | PACE)
