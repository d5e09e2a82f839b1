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


@pytest.fixture
def pages(store, settings, client):
    """Return the store of a site of tags, one of which there is."""
    from taggit.models import Tag

    from nutgraf.published import rendering
    from nutgraf.published.samples import commit
    from nutgraf.published.tests import tags

    settings.ROOT_URLCONF = tags.__name__
    rendering.handler.cache_clear()
    tags.rendered.clear()
    Tag.objects.create(name="Red", slug="red")
    commit()
    return store
