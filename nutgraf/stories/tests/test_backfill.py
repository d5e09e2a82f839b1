"""A newsroom from before public versions begins with version 1 of what its readers have."""

from importlib import import_module

import pytest
from django.apps import apps

from nutgraf.stories.models import PublicVersion
from nutgraf.stories.samples import make_story, number, point

pytestmark = pytest.mark.django_db


def test_what_is_public_becomes_version_one_and_says_the_same(noon):
    story = make_story("Harbour", point("Why it matters", "Bread.", "One.", facts=[number(9, "days")]), at=noon)
    make_story("Never public", at=noon, is_draft=True)
    written = story.public_versions.get().content
    PublicVersion.objects.all().delete()
    story.points.update(changed_at="1970-01-01T00:00Z")

    import_module("nutgraf.stories.migrations.0004_public_changes").begin(apps, None)

    version = PublicVersion.objects.get()
    assert (version.story_id, version.number, version.kind, version.at) == (story.pk, 1, "FIRST", noon)
    assert version.content == written
    assert story.points.get().changed_at == noon
