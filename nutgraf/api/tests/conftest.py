"""What every test of the API begins with: nobody has asked before."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Forget who asked how often: where a test's rows are taken back, the next token has the same number."""
    cache.clear()
