"""What a newsroom lays into its theme makes other pages after the next start."""

from __future__ import annotations

from nutgraf.config import files
from nutgraf.published import opening


def test_the_faces_of_shared_pictures_make_other_pages(settings, tmp_path):
    settings.THEME_DIR = tmp_path
    before = opening.fingerprint(files.pressed_with())
    assert opening.fingerprint(files.pressed_with()) == before

    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "share-bold.woff2").write_bytes(b"A face.")

    assert opening.fingerprint(files.pressed_with()) != before
