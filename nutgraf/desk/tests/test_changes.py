"""Publishing again asks what changed where only an editor can know, keeps all that was typed, and can be undone by withdrawal."""

import pytest
from django.db import connection
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
def send(at_desk, form, story):
    def send(text, *, by, aim="", **fields):
        ids = {"body-0-id": story.body[0].id}
        data = form(filled_point(text=f"<p>{text}</p>"), aim=aim, **({"slug": story.slug} | fields)) | ids
        return at_desk(by).post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data)

    return send


@pytest.fixture
def publish(send, eli):
    return lambda text, **fields: send(text, by=eli, aim="publish", **fields)


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


def test_a_withdrawn_story_answers_at_its_old_address_although_its_draft_has_another_slug(send, story, eli, client):
    actions.withdraw(story=story, reason="Its document was forged.", by=eli, at=timezone.now())
    old = story.url

    send("2,500 soldiers come.", by=eli, slug="harbour-open")

    answer = client.get(old, follow=True)
    assert [(way, code) for way, code in answer.redirect_chain] == [(old.replace(story.slug, "harbour-open"), 301)]
    assert (answer.status_code, "Its document was forged." in answer.content.decode()) == (410, True)


@pytest.fixture
def hers(story, rosa):
    Story.objects.filter(pk=story.pk).update(owner=rosa)
    return story


CORRECTION = {"change_kind": "CORRECTION", "change_sentence": "It is 2,000, not 2,500."}


def approve(client, story, **fields):
    state = Story.objects.get(pk=story.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk])
    return client.post(url, {"comment": ""} | fields)


def test_what_a_reporter_says_of_a_change_goes_out_with_the_approval(send, hers, at_desk, rosa, eli):
    send("2,000 soldiers come.", by=rosa, aim="submit", **CORRECTION)
    assert latest(hers).number == 1

    approve(at_desk(eli), hers)

    version = latest(hers)
    assert (version.kind, version.sentence, version.by) == ("CORRECTION", CORRECTION["change_sentence"], eli)
    page = at_desk(eli).get(reverse("wagtailadmin_pages:edit", args=[hers.pk]))
    assert page.context["form"].initial["change_sentence"] == ""


def test_a_reporter_who_submits_is_asked_like_an_editor_who_publishes(send, hers, rosa):
    response = send("2,000 soldiers come.", by=rosa, aim="submit")

    assert "“2,500” is now “2,000”" in response.context["form"].errors["change_kind"][0]
    assert Story.objects.get(pk=hers.pk).current_workflow_state is None


def test_an_editor_who_approves_in_the_form_has_the_last_word_on_the_sentence(send, hers, rosa, eli):
    send("2,000 soldiers come.", by=rosa, aim="submit", **CORRECTION)

    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    send("2,000 soldiers come.", by=eli, **CORRECTION | {"change_sentence": "We said 2,500; it is 2,000."} | approval)

    version = latest(hers)
    assert (version.number, version.kind, version.sentence) == (2, "CORRECTION", "We said 2,500; it is 2,000.")


def test_an_editor_cannot_approve_in_the_form_what_was_taken_out_of_the_question(send, hers, rosa, eli):
    send("2,000 soldiers come.", by=rosa, aim="submit", **CORRECTION)

    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    response = send("2,000 soldiers come.", by=eli, **{"change_kind": "CORRECTION", "change_sentence": ""} | approval)

    assert "what was wrong" in response.context["form"].errors["change_sentence"][0]
    assert latest(hers).number == 1


def test_a_publication_asks_little_of_the_database(publish, story, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("nutgraf.config.tasks.Queue.is_worked_through", True)
    publish("2,000 soldiers come.", change_kind="CORRECTION", change_sentence="It is 2,000, not 2,500.")

    # One more where the day is held while its stories are counted.
    with django_assert_max_num_queries(110 + connection.features.has_select_for_update):
        publish("1,000 soldiers come.", change_kind="CORRECTION", change_sentence="It is 1,000, not 2,000.")

    assert latest(story).sentence == "It is 1,000, not 2,000."
