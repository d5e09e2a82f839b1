"""Give each of these tests its own folder for renditions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    # Wagtail remembers the desk's sizes by the picture's number, which begins anew with each test.
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
