"""Each role may do its own work at the desk, and nothing beyond it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission, Page, Task, Workflow

from nutgraf.media.samples import make_picture
from nutgraf.newsroom import roles
from nutgraf.stories.models import ArchiveMonth, Story
from nutgraf.stories.samples import make_story
from nutgraf.streams.models import Front

pytestmark = pytest.mark.django_db

CAST = ["rosa", "cleo", "eli", "priya"]


@pytest.fixture
def get(request, at_desk):
    """Return the answer that one of the cast gets to an address."""

    def ask(name, url):
        return at_desk(request.getfixturevalue(name)).get(url)

    return ask


def may_see(response):
    return response.status_code == 200


def test_the_groups_are_the_roles_and_no_others():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_every_page_has_one_step_of_approval_by_default(founded):
    story = make_story(is_draft=True)

    workflow = story.get_workflow()
    (task,) = workflow.tasks

    assert workflow.active
    assert {group.name for group in task.specific.groups.all()} == {roles.EDITOR, roles.PUBLISHER}
    assert Workflow.objects.count() == Task.objects.count() == 1


def test_pages_are_allowed_from_the_root_down():
    assert {permission.page for permission in GroupPagePermission.objects.all()} == {Page.get_first_root_node()}


# The address of each part of the desk, and who may see it.
PARTS = [
    ("wagtailadmin_home", "rosa cleo eli priya"),
    ("stories:index", "rosa cleo eli priya"),
    ("wagtailimages:index", "rosa cleo eli priya"),
    ("wagtailimages:add", "rosa cleo eli priya"),
    ("front:index", "cleo eli priya"),
    ("label:index", "eli priya"),
    ("label:add", "eli priya"),
    ("author:index", "eli priya"),
    ("author:add", "eli priya"),
    ("wagtailredirects:index", "eli priya"),
    ("section:index", "priya"),
    ("section:add", "priya"),
    ("newsroom:edit", "priya"),
    ("house-style:edit", "eli priya"),
    ("wagtailusers_users:index", "priya"),
    ("wagtailusers_users:add", "priya"),
    ("wagtailadmin_workflows:index", "priya"),
    ("wagtailadmin_workflows:add", "priya"),
    ("wagtailadmin_collections:index", "priya"),
    ("wagtailusers_groups:index", ""),
    ("wagtailsites:index", ""),
]


@pytest.mark.parametrize(("name", "who"), PARTS)
@pytest.mark.parametrize("person", CAST)
def test_each_part_of_the_desk_is_open_to_those_who_work_in_it(get, founded, name, who, person):
    assert may_see(get(person, reverse(name))) == (person in who)


@pytest.mark.parametrize("name", [name for name, _ in PARTS])
def test_nobody_sees_no_part_of_the_desk(client, founded, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("person", CAST)
def test_everybody_begins_stories(get, person):
    assert get(person, reverse("new_story")).url.endswith(f"/{ArchiveMonth.objects.get().pk}/")


@pytest.mark.parametrize(("person", "expected"), [("rosa", False), ("cleo", False), ("eli", True), ("priya", True)])
def test_reporters_and_curators_edit_only_their_own_stories(get, person, expected):
    story = make_story()

    assert may_see(get(person, reverse("wagtailadmin_pages:edit", args=[story.pk]))) == expected


@pytest.mark.parametrize("person", CAST)
def test_everybody_edits_their_own_story(get, request, person):
    story = make_story(is_draft=True)
    Story.objects.filter(pk=story.pk).update(owner=request.getfixturevalue(person))

    assert may_see(get(person, reverse("wagtailadmin_pages:edit", args=[story.pk])))


@pytest.mark.parametrize(("person", "is_live"), [("rosa", False), ("cleo", False), ("eli", True), ("priya", True)])
def test_only_editors_and_publishers_publish(at_desk, request, add_url, form, person, is_live):
    at_desk(request.getfixturevalue(person)).post(add_url, form(aim="publish"))

    assert Story.objects.get().live == is_live


@pytest.mark.parametrize(("person", "expected"), [("rosa", False), ("cleo", False), ("eli", True), ("priya", True)])
def test_only_editors_and_publishers_lock_unlock_and_unpublish(request, founded, person, expected):
    can = make_story().permissions_for_user(request.getfixturevalue(person))

    assert can.can_lock() == can.can_unlock() == can.can_unpublish() == expected


def test_an_editor_approves_what_a_reporter_submits(at_desk, rosa, eli, add_url, form):
    at_desk(rosa).post(add_url, form(aim="submit"))
    story = Story.objects.get()
    state = story.current_workflow_task_state

    assert not story.live

    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk])
    at_desk(eli).post(url, {"comment": ""})

    story.refresh_from_db()
    assert story.live
    assert story.points.count() == 1


def test_a_reporter_does_not_approve_their_own_story(at_desk, rosa, add_url, form):
    client = at_desk(rosa)
    client.post(add_url, form(aim="submit"))
    story = Story.objects.get()

    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[story.pk, "approve", story.current_workflow_task_state.pk]
    )
    response = client.post(url, {"comment": ""})

    assert response.status_code in (302, 403)
    story.refresh_from_db()
    assert not story.live


@pytest.mark.parametrize(("person", "expected"), [("rosa", False), ("cleo", False), ("eli", True), ("priya", True)])
def test_reporters_and_curators_edit_only_their_own_pictures(get, request, founded, person, expected):
    theirs, own = make_picture(), make_picture("own.jpg")
    own.uploaded_by_user = request.getfixturevalue(person)
    own.save()

    assert may_see(get(person, reverse("wagtailimages:edit", args=[theirs.pk]))) == expected
    assert may_see(get(person, reverse("wagtailimages:edit", args=[own.pk])))


@pytest.mark.parametrize("person", CAST)
def test_everybody_chooses_among_all_pictures(get, founded, person):
    picture = make_picture()

    response = get(person, reverse("wagtailimages_chooser:choose"))

    assert picture in response.context["results"]


@pytest.mark.parametrize(("person", "expected"), [("rosa", False), ("cleo", True), ("eli", True), ("priya", True)])
def test_fronts_are_for_those_who_curate(get, founded, person, expected):
    front = Front.objects.create()

    assert may_see(get(person, reverse("front:edit", args=[front.pk]))) == expected


def test_a_publisher_keeps_collections(priya):
    can = priya.groups.get().collection_permissions.filter(collection=Collection.get_first_root_node())

    assert {permission.permission.codename for permission in can} >= {"add_collection", "change_collection"}


@pytest.mark.parametrize("person", CAST)
def test_nobody_of_the_cast_is_an_administrator(request, person):
    assert not request.getfixturevalue(person).is_superuser


@pytest.mark.parametrize("view", ["copy", "move"])
def test_a_story_is_not_copied_or_moved_to_another_folder(get, founded, priya, view):
    story = make_story()

    assert get("priya", reverse(f"wagtailadmin_pages:{view}", args=[story.pk])).status_code == 302


@pytest.mark.parametrize("view", ["edit", "delete", "unpublish", "move", "copy"])
def test_folders_take_care_of_themselves(get, founded, priya, view):
    month = make_story().get_parent()

    assert get("priya", reverse(f"wagtailadmin_pages:{view}", args=[month.pk])).status_code == 302


def test_the_desks_api_publishes_nothing(at_desk, priya):
    story = make_story(is_draft=True)

    response = at_desk(priya).post(f"/desk/api/main/pages/{story.pk}/action/publish/")

    assert response.status_code == 404
    assert not Story.objects.get().live
