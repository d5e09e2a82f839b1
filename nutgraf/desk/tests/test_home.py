"""The desk opens on what this person has to do."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nutgraf.desk.home import Desk
from nutgraf.newsroom.samples import make_author
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def headlines(rows):
    return [row.story.title for row in rows]


def desk_of(user):
    return Desk(user, at=timezone.now())


def draft(headline, owner=None, **fields):
    story = make_story(headline, is_draft=True, **fields)
    Story.objects.filter(pk=story.pk).update(owner=owner)
    return Story.objects.get(pk=story.pk)


def test_my_drafts_are_those_i_began_and_those_i_sign(founded, rosa, eli):
    draft("Begun by Rosa", owner=rosa, authors=[])
    draft("Signed by Rosa", owner=eli, authors=[make_author("Rosa Vale", user=rosa)])
    draft("Eli's own", owner=eli, authors=[make_author("Eli Marsh")])

    assert set(headlines(desk_of(rosa).drafts)) == {"Begun by Rosa", "Signed by Rosa"}


def test_a_story_of_mine_that_has_changed_since_readers_got_it_is_a_draft(founded, rosa):
    story = make_story("Out", authors=[make_author("Rosa Vale", user=rosa)])

    assert desk_of(rosa).drafts == []

    story.short_head = "Out now"
    actions.revise(story=story, by=rosa)

    assert headlines(desk_of(rosa).drafts) == ["Out"]


def test_a_submitted_story_waits_for_editors_and_is_no_longer_a_draft(founded, rosa, eli, cleo):
    story = draft("For an editor", owner=rosa)

    actions.submit(story=story, by=rosa)

    assert headlines(desk_of(eli).waiting) == ["For an editor"]
    assert headlines(desk_of(rosa).submitted) == ["For an editor"]
    assert desk_of(rosa).drafts == desk_of(rosa).waiting == desk_of(cleo).waiting == []


def test_what_waits_longest_comes_first(founded, rosa, eli):
    for headline in ["First", "Second"]:
        actions.submit(story=draft(headline, owner=rosa), by=rosa)

    assert headlines(desk_of(eli).waiting) == ["First", "Second"]


def test_a_story_that_was_sent_back_says_why(founded, rosa, eli):
    story = draft("Too long", owner=rosa)
    actions.submit(story=story, by=rosa)
    story.current_workflow_task_state.reject(user=eli, comment="Half of it, please.")

    (row,) = desk_of(rosa).returned

    assert (row.story.title, row.note) == ("Too long", "Half of it, please.")
    assert desk_of(rosa).drafts == desk_of(eli).waiting == []


def test_just_published_is_newest_first_and_everybodys(founded, rosa):
    now = timezone.now()
    for age, headline in enumerate(["Newest", "Older", "Oldest"]):
        make_story(headline, at=now - datetime.timedelta(hours=age))

    assert headlines(desk_of(rosa).published) == ["Newest", "Older", "Oldest"]


def test_scheduled_stories_come_soonest_first_and_are_no_drafts(founded, eli):
    now = timezone.now()
    for hours, headline in [(9, "Tonight"), (3, "Soon")]:
        story = draft(headline, owner=eli)
        actions.schedule(story=story, by=eli, at=now + datetime.timedelta(hours=hours))

    assert headlines(desk_of(eli).scheduled) == ["Soon", "Tonight"]
    assert desk_of(eli).drafts == []


def test_an_empty_desk_says_how_to_begin(at_desk, rosa):
    page = at_desk(rosa).get(reverse("wagtailadmin_home")).content.decode()

    assert "Nothing unfinished." in page
    assert "Readers have seen nothing yet." in page
    assert reverse("new_story") in page


def test_wagtails_own_news_stays_away(at_desk, priya):
    page = at_desk(priya).get(reverse("wagtailadmin_home")).content.decode()

    assert "editor guide" not in page
    assert "w-summary" not in page


def test_opening_the_desk_costs_the_same_with_more_stories(at_desk, eli, rosa, founded, django_assert_max_num_queries):
    def fill(number):
        for place in range(number):
            make_story(f"Published {number} {place}")
            actions.submit(story=draft(f"Waiting {number} {place}", owner=rosa), by=rosa)
            draft(f"Draft {number} {place}", owner=eli)

    client, url = at_desk(eli), reverse("wagtailadmin_home")
    fill(1)
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)

    fill(3)

    with django_assert_max_num_queries(len(few)):
        client.get(url)
