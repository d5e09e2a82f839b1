"""Publishing again asks what changed where only an editor can know, keeps all that was typed, and can be undone by withdrawal."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nutgraf.desk.samples import filled_point
from nutgraf.stories import actions
from nutgraf.stories.models import PublicVersion, Story
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world, rosa_signs):
    return make_story(
        "Harbour reopens after nine days",
        point("Why it matters", "2,500 soldiers come."),
        section=world,
        authors=[rosa_signs],
        lede="<p>Ships may enter the harbour again.</p>",
    )


@pytest.fixture
def publish(at_desk, eli, form, story):
    def send(text, **fields):
        ids = {"body-0-id": story.body[0].id}
        data = form(filled_point(text=f"<p>{text}</p>"), aim="publish", slug=story.slug, **fields) | ids
        return at_desk(eli).post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data)

    return send


def latest(story):
    return PublicVersion.objects.latest_of(story.pk)


def test_a_fact_in_the_place_of_another_is_asked_about_and_nothing_typed_is_lost(publish, story):
    response = publish("2,000 soldiers come.")

    errors = response.context["form"].errors
    assert "“2,500” is now “2,000”" in errors["change_kind"][0]
    assert "2,000 soldiers" in response.content.decode()
    assert response.content.decode().count("Was it wrong?") == 1
    assert latest(story).number == 1


def test_a_correction_needs_its_sentence(publish, story):
    response = publish("2,000 soldiers come.", change_kind="CORRECTION")

    assert "what was wrong" in response.context["form"].errors["change_sentence"][0]
    assert latest(story).number == 1


def test_a_correction_goes_out_with_its_sentence_and_the_next_draft_says_nothing(publish, story, eli, at_desk):
    publish("2,000 soldiers come.", change_kind="CORRECTION", change_sentence="It is 2,000, not 2,500.")

    version = latest(story)
    assert (version.kind, version.sentence, version.by) == ("CORRECTION", "It is 2,000, not 2,500.", eli)
    page = at_desk(eli).get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert page.context["form"].initial["change_sentence"] == ""
    assert "Nothing changes for readers so far." in page.content.decode()


def test_a_changed_number_is_no_typo(publish, story):
    response = publish("2,000 soldiers come.", change_kind="MINOR")

    assert "more than the spelling" in response.context["form"].errors["change_kind"][0]


def test_what_only_comes_is_an_update_without_asking(publish, story):
    publish("2,500 soldiers come by ship.")

    assert latest(story).kind == "UPDATE"


def test_a_new_story_is_asked_nothing(at_desk, rosa, add_url):
    assert "What changes for readers" not in at_desk(rosa).get(add_url).content.decode()


def test_the_versions_can_be_read_from_the_form(publish, story, at_desk, eli):
    publish("2,000 soldiers come.", change_kind="CORRECTION", change_sentence="It is 2,000, not 2,500.")
    address = reverse("story_versions", args=[story.pk])

    assert address in at_desk(eli).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    page = at_desk(eli).get(address).content.decode()
    assert "<del>2,500</del> <ins>2,000</ins>" in page
    assert "Eli Marsh" in page


def test_an_editor_withdraws_a_story_with_a_reason(at_desk, eli, story, client):
    address = reverse("withdraw_story", args=[story.pk])
    refused = at_desk(eli).post(address, {"reason": ""})
    assert "Give a reason" in refused.content.decode()
    assert Story.objects.get(pk=story.pk).live

    at_desk(eli).post(address, {"reason": "We could not confirm it."})

    assert client.get(story.url).status_code == 410


def test_a_reporter_withdraws_nothing(at_desk, rosa, story):
    at_desk(rosa).post(reverse("withdraw_story", args=[story.pk]), {"reason": "No."})

    assert Story.objects.get(pk=story.pk).live


def test_a_withdrawn_story_says_in_its_form_what_is_needed(at_desk, eli, story):
    actions.withdraw(story=story, reason="Wrong.", by=eli, at=timezone.now())

    page = at_desk(eli).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "tell readers why it is back" in page
