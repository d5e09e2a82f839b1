"""A site of tags whose pages are stored."""

import pytest


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
