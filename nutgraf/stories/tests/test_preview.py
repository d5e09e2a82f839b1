"""A preview shows what readers would get, not what they have."""

import pytest
from django.test import RequestFactory

from nutgraf.stories import actions, samples
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


def test_the_card_of_a_draft_has_the_drafts_own_nut_graf(noon):
    story = make_story("Harbour reopens", point("Why it matters", "Bread comes by ship."), at=noon)
    story.body = samples.body(point("The stakes", "Salt, too."), seed="draft")
    story = actions.revise(story=story, by=None).get_latest_revision_as_object()

    context = story.get_preview_context(RequestFactory().get("/"), "card")

    assert context["story"].nut_graf.text == "Salt, too."
    assert story.get_preview_template(None, "card") == "pages/card.html"
