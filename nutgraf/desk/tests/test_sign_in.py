"""The door of the desk says where one is, lets the right people in, and helps those who forgot their password."""

from html import unescape

import pytest
from django.urls import reverse

from nutgraf.newsroom.actions import christen

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(rosa):
    """Rosa, who has a password."""
    rosa.set_password("nine days of fog")
    rosa.save()
    return rosa


@pytest.fixture(autouse=True)
def _named(db):
    christen(name="The Tidewater Post", tagline="The news of the coast, in brief.")


def test_the_door_says_where_one_is(client):
    page = client.get(reverse("wagtailadmin_login")).content.decode()

    assert "<title>Sign in - The Tidewater Post</title>" in page
    assert "The news of the coast, in brief." in page
    assert "Sign in to the desk" in page
    assert "Wagtail</" not in page


def test_a_wrong_password_keeps_one_out(client, rosa):
    response = client.post(reverse("wagtailadmin_login"), {"username": "rosa", "password": "guess"})

    assert "didn't match" in unescape(response.content.decode())
    assert "_auth_user_id" not in client.session


def test_the_right_password_lets_one_in(client, rosa):
    response = client.post(
        reverse("wagtailadmin_login"), {"username": "rosa", "password": "nine days of fog"}, follow=True
    )

    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert "The Tidewater Post" in response.content.decode()


def test_whoever_forgot_the_password_gets_a_mail(client, rosa, mailoutbox):
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": rosa.email}, follow=True)

    (mail,) = mailoutbox
    assert mail.to == [rosa.email]
    assert "/desk/password_reset/confirm/" in mail.body
    assert "Check your email" in response.content.decode()


def test_the_link_in_the_mail_sets_another_password(client, rosa, mailoutbox):
    client.post(reverse("wagtailadmin_password_reset"), {"email": rosa.email})
    link = next(word for word in mailoutbox[0].body.split() if "/confirm/" in word)

    form = client.get(link, follow=True)
    secret = "a harbour without fog"
    client.post(form.redirect_chain[-1][0], {"new_password1": secret, "new_password2": secret})

    rosa.refresh_from_db()
    assert rosa.check_password(secret)


def test_going_out_ends_at_the_door(at_desk, rosa):
    response = at_desk(rosa).post(reverse("wagtailadmin_logout"), follow=True)

    page = response.content.decode()
    assert "You are signed out." in page
    assert "Sign in to the desk" in page
