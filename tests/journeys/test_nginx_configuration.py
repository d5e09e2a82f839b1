"""The configuration that `nutgraf nginx` writes: a real nginx takes it as it is, whatever the newsroom has set."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.journeys import fronts

pytestmark = pytest.mark.skipif(not fronts.find("nginx"), reason="nginx is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a newsroom with a shelf, of which nothing is there yet but its settings."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings = {"NUTGRAF_SHELF": folder / "shelf", "NUTGRAF_PUBLIC_URL": "http://localhost:8080", "NUTGRAF_PROXY": "1"}
    (folder / "newsroom.env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    return folder


def test_nginx_has_nothing_to_say_against_it(folder: Path, tmp_path: Path) -> None:
    said = fronts.tested(fronts.written(folder), tmp_path)

    assert "[warn]" not in said
    assert "test is successful" in said


def test_nginx_has_nothing_to_say_against_it_with_https(folder: Path, tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    options = ["--certificate", str(certificate), "--key", str(key)]
    environment = {
        "NUTGRAF_PUBLIC_URL": "https://news.example.org",
        "NUTGRAF_HOSTS": "news.example.org,.example.org,[::1]",
    }

    configuration = fronts.written(folder, *options, **environment)
    said = fronts.tested(configuration, tmp_path)

    assert "[warn]" not in said
    assert "test is successful" in said
    assert 'add_header Strict-Transport-Security "max-age=2592000' in configuration
    assert "return 301 https://$host$request_uri;" in configuration
    elsewhere = fronts.written(
        folder, *options, **environment | {"NUTGRAF_PUBLIC_URL": "https://news.example.org:8443"}
    )
    assert "return 301 https://$host:8443$request_uri;" in elsewhere


def test_without_a_shelf_nginx_asks_us_for_every_page(folder: Path, tmp_path: Path) -> None:
    (folder / "newsroom.env").write_text("NUTGRAF_PUBLIC_URL=http://news.example.org\n")

    configuration = fronts.written(folder)

    assert "rewrite" not in configuration
    assert "test is successful" in fronts.tested(configuration, tmp_path)


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example.org"]
        + ["-keyout", str(key), "-out", str(certificate)],
        capture_output=True,
        check=True,
    )
    return certificate, key
