"""An engine of a test's own, with its journals and its mail in a folder that goes with the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from nutgraf.mail import signals
from nutgraf.mail.journal import Journals
from nutgraf.mail.providers.files.transport import Files
from nutgraf.mail.providers.smtp.transport import Smtp
from nutgraf.mail.sending import Engine
from nutgraf.mail.tests import servers


@pytest.fixture
def make_engine(db, noon, tmp_path) -> Callable[..., Engine]:
    """Return a builder of engines that share one folder of journals."""

    def make(provider=None, at=noon, **fields):
        provider = provider or Files(tmp_path / "sent")
        return Engine(provider=provider, journals=Journals(tmp_path / "journals"), clock=lambda: at, **fields)

    return make


@pytest.fixture
def mail_server() -> Iterator[servers.Server]:
    """Return a server that takes everything, until a test tells it what to say."""
    with servers.running() as server:
        yield server


@pytest.fixture
def smtp(mail_server) -> Callable[..., Smtp]:
    """Return a builder of the provider that speaks to it."""

    def make(security="none", **fields):
        return Smtp("127.0.0.1", mail_server.port, seconds=1, security=security, **fields)

    return make


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    """Return what listeners to bounces and complaints have heard."""
    heard: list[tuple[str, str]] = []

    def bounced(**fields):
        heard.append((fields["kind"], fields["address"]))

    def complained(**fields):
        heard.append(("complaint", fields["address"]))

    signals.bounced.connect(bounced)
    signals.complained.connect(complained)
    yield heard
    signals.bounced.disconnect(bounced)
    signals.complained.disconnect(complained)
