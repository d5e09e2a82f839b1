"""A preview shows what readers would get, not what they have."""

import pytest
from django.test import RequestFactory

from nutgraf.stories import actions, samples
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, paragraph, point

pytestmark = pytest.mark.django_db


def test_the_card_of_a_draft_has_the_drafts_own_nut_graf(noon):
    story = make_story("Harbour reopens", point("Why it matters", "Bread comes by ship."), at=noon)
    story.body = samples.body(point("The stakes", "Salt, too."), seed="draft")
    story = actions.revise(story=story, by=None).get_latest_revision_as_object()

    context = story.get_preview_context(RequestFactory().get("/"), "card")

    assert context["story"].nut_graf.text == "Salt, too."
    assert story.get_preview_template(None, "card") == "pages/card.html"


def test_a_card_opens_with_the_nut_graf_wherever_it_stands(noon):
    story = make_story("Harbour", point("The latest", "Ships."), point("Why it matters", "Bread."), at=noon)

    assert Story.objects.for_cards().get(pk=story.pk).opening_point.text == "Bread."


def test_a_card_without_a_nut_graf_opens_with_the_earliest_label(noon):
    story = make_story("Harbour", paragraph("Unlabelled."), point("The latest", "Ships."), at=noon)

    card = Story.objects.for_cards().get(pk=story.pk)

    assert card.opening_point.text == "Ships."
    assert card.nut_graf is None
