"""A store of its own for each test."""

import pytest


@pytest.fixture
def store(db, settings, tmp_path):
    """Return an empty store, which follows what the test changes."""
    from nutgraf.published.store import the_store

    settings.PAGE_STORE, settings.PUBLIC_URL = True, "http://testserver"
    settings.DATA_DIR = tmp_path
    the_store.cache_clear()
    found = the_store()
    found.follow()
    yield found
    the_store.cache_clear()
