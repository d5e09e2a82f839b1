"""Wherever a story that is not ready is published, the editor reads why and lands on its form."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from nutgraf.media.samples import make_picture
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def lacking(founded, rosa):
    """A submitted story whose picture has lost its alt text since."""
    picture = make_picture()
    story = make_story(is_draft=True, hero=picture)
    actions.submit(story=story, by=rosa)
    picture.description = ""
    picture.save()
    return story


def sentences(response):
    return " ".join(map(str, get_messages(response.wsgi_request)))


def edit_url(story):
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def is_explained(response, story):
    assert response.url == edit_url(story)
    assert f"“{story.title}” is not published." in sentences(response)
    assert "alt text" in sentences(response)
    assert not Story.objects.get(pk=story.pk).live
    return True


def test_approving_it(at_desk, eli, lacking):
    state = lacking.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[lacking.pk, "approve", state.pk])

    response = at_desk(eli).post(url, {"comment": "Good."})

    assert is_explained(response, lacking)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_approving_it_from_a_window(at_desk, eli, lacking):
    state = lacking.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[lacking.pk, "approve", state.pk])

    response = at_desk(eli).post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})

    assert response.json() == {"step": "success", "redirect": edit_url(lacking)}
    assert "alt text" in sentences(response)


def test_publishing_many(at_desk, eli, lacking):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = at_desk(eli).post(f"{url}?id={lacking.pk}")

    assert is_explained(response, lacking)


def test_publishing_from_the_form_says_so_at_the_field(at_desk, eli, lacking, form):
    response = at_desk(eli).post(edit_url(lacking), form(aim="publish", hero=str(lacking.hero_id)))

    assert "hero" in response.context["form"].errors
    assert not Story.objects.get(pk=lacking.pk).live


def test_any_other_failure_is_still_one(at_desk, eli, monkeypatch):
    story = make_story(is_draft=True)
    monkeypatch.setattr(Story, "publish", lambda *args, **kwargs: 1 / 0)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    with pytest.raises(ZeroDivisionError):
        at_desk(eli).post(f"{url}?id={story.pk}")


def test_a_story_that_is_held_is_not_published_from_its_form_but_can_be_submitted(form, at_desk, eli, rosa, noon):
    story = make_story(is_draft=True)
    actions.hold(story=story, reason="The press office has an embargo on it.", until=None, at=noon)
    fields = form(title=story.title, slug=story.slug)

    refused = at_desk(eli).post(edit_url(story), fields | {"action-publish": "1"})
    assert b"has an embargo on it." in refused.content
    assert not Story.objects.get(pk=story.pk).live

    at_desk(eli).post(edit_url(story), fields | {"action-submit": "1"})
    story.refresh_from_db()
    assert story.current_workflow_state is not None
