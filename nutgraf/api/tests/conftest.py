"""What every test of the API begins with and leaves: nobody has asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_asked() -> Iterator[None]:
    """Forget who asked how often: where a test's rows are taken back, the next token has the same number."""
    cache.clear()
    yield
    cache.clear()
