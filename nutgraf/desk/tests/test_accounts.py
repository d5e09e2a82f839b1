"""A publisher gives roles, but makes nobody an administrator and touches none."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from nutgraf.newsroom import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return get_user_model().objects.create_superuser("root", "root@example.org", "a long secret")


def account(user, **fields):
    return {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name or "Una",
        "last_name": user.last_name or "Reed",
        "is_active": "on",
        "password1": "",
        "password2": "",
    } | fields


def test_a_publisher_gives_a_role(at_desk, priya, rosa):
    editor = Group.objects.get(name=roles.EDITOR)

    at_desk(priya).post(reverse("wagtailusers_users:edit", args=[rosa.pk]), account(rosa, groups=[str(editor.pk)]))

    assert list(rosa.groups.all()) == [editor]


def test_a_publisher_takes_somebody_on(at_desk, priya):
    secret = "nine days of harbour fog"
    new = get_user_model()(username="una", email="una@example.org")

    at_desk(priya).post(
        reverse("wagtailusers_users:add"), account(new, password1=secret, password2=secret, is_superuser="on")
    )

    una = get_user_model().objects.get(username="una")
    assert una.check_password(secret)
    assert not una.is_superuser


def test_a_publisher_makes_nobody_an_administrator(at_desk, priya, rosa):
    at_desk(priya).post(
        reverse("wagtailusers_users:edit", args=[rosa.pk]), account(rosa, email="new@example.org", is_superuser="on")
    )

    rosa.refresh_from_db()
    assert rosa.email == "new@example.org"
    assert not rosa.is_superuser


def test_an_administrator_makes_another(at_desk, root, rosa):
    at_desk(root).post(reverse("wagtailusers_users:edit", args=[rosa.pk]), account(rosa, is_superuser="on"))

    rosa.refresh_from_db()
    assert rosa.is_superuser


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_a_publisher_does_not_touch_an_administrator(at_desk, priya, root, view):
    url = reverse(f"wagtailusers_users:{view}", args=[root.pk])

    response = at_desk(priya).post(url, account(root, password1="taken over now", password2="taken over now"))

    assert response.status_code == 302
    assert get_user_model().objects.get(pk=root.pk).check_password("a long secret")


def test_a_publisher_does_not_touch_administrators_among_many(at_desk, priya, root):
    url = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])

    at_desk(priya).post(f"{url}?id={root.pk}", {"mark_as_active": "False"})

    root.refresh_from_db()
    assert root.is_active
