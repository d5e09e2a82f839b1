"""Webhooks in the desk: made by publishers, seen with their calls, sent again, and switched on anew."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from nutgraf.webhooks.models import Call, Webhook, What
from nutgraf.webhooks.samples import make_webhook

pytestmark = pytest.mark.django_db


def make_call(hook: Webhook, at: datetime.datetime, **fields: object) -> Call:
    whole = {"key": "k", "what": What.PUBLISHED, "about": "Harbour <reopens>", "body": "{}", "at": at, "due_at": at}
    return Call.objects.create(webhook=hook, **whole | fields)


def test_a_publisher_makes_one_and_sees_its_secret(client, priya) -> None:
    client.force_login(priya)
    sent = {"name": "Print", "url": "https://print.example.org/", "told_of": ["story.published"], "is_on": "on"}

    client.post(reverse("webhooks:add"), sent)

    hook = Webhook.objects.get()
    assert hook.told_of == ["story.published"]
    page = client.get(reverse("webhooks:inspect", args=[hook.pk])).content.decode()
    assert hook.secret in page


def test_an_address_with_a_password_is_refused(client, priya) -> None:
    client.force_login(priya)
    sent = {"name": "Print", "url": "https://me:secret@print.example.org/", "told_of": ["story.published"]}

    answer = client.post(reverse("webhooks:add"), sent)

    assert "url" in answer.context["form"].errors
    assert Webhook.objects.count() == 0


def test_calls_are_shown_with_their_state_and_sent_again(client, priya, noon: datetime.datetime) -> None:
    hook = make_webhook()
    call = make_call(hook, noon, state=Call.State.FAILED, tries=9, answer="500")
    client.force_login(priya)

    page = client.get(reverse("webhooks:inspect", args=[hook.pk])).content.decode()
    assert "Harbour &lt;reopens&gt;" in page
    assert "9 tries" in page
    client.post(reverse("send_call_again", args=[call.pk]))

    call.refresh_from_db()
    assert (call.state, call.tries) == (Call.State.WAITING, 0)


def test_one_that_was_switched_off_says_why_until_it_is_switched_on(client, priya, noon: datetime.datetime) -> None:
    hook = make_webhook(is_on=False, trouble="It has not taken anything for three days. (503)", failing_since=noon)
    client.force_login(priya)
    assert "three days" in client.get(reverse("webhooks:index")).content.decode()

    client.post(
        reverse("webhooks:edit", args=[hook.pk]),
        {"name": hook.name, "url": hook.url, "told_of": ["story.published"], "is_on": "on"},
    )

    hook.refresh_from_db()
    assert (hook.is_on, hook.trouble, hook.failing_since) == (True, "", None)


@pytest.mark.parametrize("is_on", [True, False])
def test_the_home_tells_of_one_that_was_switched_off_until_somebody_looks_after_it(client, priya, rosa, is_on) -> None:
    make_webhook(name="Off on purpose", is_on=False)
    hook = make_webhook(name="Print <desk>", is_on=False, trouble="It says that it is gone for good. (410)")
    home = reverse("wagtailadmin_home")
    client.force_login(rosa)
    assert "gone for good" not in client.get(home).text
    client.force_login(priya)
    page = client.get(home).text
    assert "Print &lt;desk&gt;" in page
    assert "gone for good" in page
    assert "Off on purpose" not in page

    client.post(
        reverse("webhooks:edit", args=[hook.pk]),
        {"name": hook.name, "url": hook.url, "told_of": ["story.published"]} | ({"is_on": "on"} if is_on else {}),
    )

    assert "gone for good" not in client.get(home).text


def test_an_empty_list_says_what_they_are_for(client, priya) -> None:
    client.force_login(priya)
    assert "Nobody is told yet." in client.get(reverse("webhooks:index")).text

    make_webhook(name="Print desk")

    page = client.get(reverse("webhooks:index")).text
    assert "Print desk" in page
    assert "Nobody is told yet." not in page


@pytest.mark.parametrize("name", ["rosa", "eli", "cleo"])
def test_others_have_nothing_to_do_with_them(name: str, client, request, noon: datetime.datetime) -> None:
    call = make_call(make_webhook(), noon, state=Call.State.TOLD)
    client.force_login(request.getfixturevalue(name))

    client.post(reverse("send_call_again", args=[call.pk]))
    page = client.get(reverse("webhooks:inspect", args=[call.webhook.pk]), follow=True).content.decode()

    call.refresh_from_db()
    assert call.state == Call.State.TOLD
    assert call.webhook.secret not in page
