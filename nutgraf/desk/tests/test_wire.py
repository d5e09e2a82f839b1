"""The wire in the desk: who may do what, what each page says, and how loudly it says that something was taken back."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import actions, receiving
from nutgraf.imports.wire.items import Item, Picture, Status
from nutgraf.imports.wire.samples import make_wire
from nutgraf.newsroom.samples import make_author
from nutgraf.stories import actions as stories
from nutgraf.stories.models import Hold, Story

pytestmark = pytest.mark.django_db
ITEM = Item(
    id="1",
    headline="Harbour reopens",
    lede="The harbour of Selva is open.",
    body_html="<p><b>Why it matters:</b> Bread comes by ship.</p><ul><li>And coal.</li></ul><script>alert(1)</script>",
    link="https://press.example.org/1",
    authors=("Ines <b>Roca</b>",),
    pictures=(Picture("https://press.example.org/1.jpg", caption="The harbour"),),
    original="<item>as it came</item>",
)


@pytest.fixture
def wire(world) -> Wire:
    return make_wire(section=world, author=make_author("Selva Agency"))


def bring(wire: Wire, item: Item = ITEM, **changes: Any) -> WireItem:
    receiving.receive(wire=wire, items=[replace(item, **changes)], at=timezone.now())
    return WireItem.objects.get(key=item.id)


@pytest.fixture
def taken(wire, rosa) -> Story:
    return actions.take(row=bring(wire), by=rosa, at=timezone.now())


def page(client, name: str, *args: object, **query: object) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse(name, args=args), query).content, "html.parser")


def headlines(client, **query: object) -> list[str]:
    return [link.text for link in page(client, "wire:index", **query).select(".ng-wire__headline")]


# Who may do what


def test_reporters_take_and_nobody_does_not(wire, at_desk, rosa, client):
    row = bring(wire)
    for name in ("take_wire_item", "dismiss_wire_item", "take_over_wire_item", "put_back_wire_item", "note_wire_kill"):
        assert client.post(reverse(name, args=[row.pk])).url.startswith("/desk/login/")
    for name, args in (("wire:index", []), ("wire_item", [row.pk]), ("wires:index", [])):
        assert client.get(reverse(name, args=args)).url.startswith("/desk/login/")

    answer = at_desk(rosa).post(reverse("take_wire_item", args=[row.pk]))

    story = Story.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert (story.title, story.owner) == ("Harbour reopens", rosa)


def test_whoever_may_sign_in_but_file_nothing_sees_nothing_of_it(wire, at_desk, rosa):
    row = bring(wire)
    rosa.groups.set([])
    rosa.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = at_desk(rosa)

    for name, args in (("wire:index", []), ("wire:index_results", []), ("wire_item", [row.pk])):
        assert client.get(reverse(name, args=args)).url == "/desk/"
    client.post(reverse("take_wire_item", args=[row.pk]))
    assert not Story.objects.exists()


@pytest.mark.parametrize(("who", "may"), [("rosa", False), ("eli", False), ("priya", True)])
def test_only_publishers_set_wires_up(request, at_desk, wire, who, may):
    client = at_desk(request.getfixturevalue(who))

    client.post(
        reverse("wires:add"), {"name": "New", "address": "https://new.example.org/feed", "minutes": "60", "is_on": "on"}
    )
    client.post(reverse("ask_wire", args=[wire.pk]))

    assert Wire.objects.filter(name="New").exists() is may
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"{reverse("wires:index")}"' in home) is may
    assert f'"{reverse("wire:index")}"' in home


@pytest.mark.parametrize(
    "address",
    ["ftp://press.example.org/", "https://me:secret@press.example.org/", "press", "https://press.example.org/feed"],
)
def test_an_address_that_is_none_or_holds_a_password_or_is_there_already_is_refused(at_desk, priya, wire, address):
    answer = at_desk(priya).post(reverse("wires:add"), {"name": "New", "address": address, "minutes": "60"})

    assert "address" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("was_on", "address"), [(True, "https://new.example.org/feed"), (False, "https://press.example.org/feed")]
)
def test_a_wire_with_another_address_or_that_is_on_again_begins_anew(at_desk, priya, wire, was_on, address):
    later = timezone.now() + datetime.timedelta(days=1)
    Wire.objects.update(etag='"1"', failures=3, trouble="Gone.", is_on=was_on, failing_since=later, next_at=later)
    sent = {"name": wire.name, "address": address, "minutes": "60", "is_on": "on"}

    at_desk(priya).post(reverse("wires:edit", args=[wire.pk]), sent)

    wire.refresh_from_db()
    assert (wire.etag, wire.failures, wire.trouble, wire.failing_since) == ("", 0, "", None)
    assert wire.next_at <= timezone.now()


def test_a_reporter_does_not_take_over_into_a_story_of_somebody_else(at_desk, wire, taken, cleo, rosa):
    bring(wire, headline="Two")
    row = WireItem.objects.get()

    assert at_desk(cleo).post(reverse("take_over_wire_item", args=[row.pk])).url == "/desk/"
    assert Story.objects.get().get_latest_revision_as_object().title == "Harbour reopens"

    at_desk(rosa).post(reverse("take_over_wire_item", args=[row.pk]))
    assert Story.objects.get().get_latest_revision_as_object().title == "Two"


def test_only_who_publishes_lets_out_what_was_taken_back(at_desk, wire, taken, rosa, eli):
    row = bring(wire, status=Status.CANCELED)

    at_desk(rosa).post(reverse("note_wire_kill", args=[row.pk]))
    assert Hold.objects.exists()

    at_desk(eli).post(reverse("note_wire_kill", args=[row.pk]))
    assert not Hold.objects.exists()


# The inbox


def test_the_inbox_has_what_nobody_has_decided_on(at_desk, wire, taken, rosa):
    client = at_desk(rosa)
    other = make_wire("Port Agency", "https://port.example.org/")
    for number, source in enumerate([wire, other, other]):
        bring(source, replace(ITEM, id=f"n{number}", headline=f"New {number}", lede="Fog" if number else "Ice"))
    client.post(reverse("dismiss_wire_item", args=[WireItem.objects.get(key="n2").pk]))

    assert headlines(client) == ["New 1", "New 0"]
    assert headlines(client, wire=other.pk) == ["New 1"]
    assert headlines(client, q="ice") == ["New 0"]
    assert headlines(client, state="TAKEN") == ["Harbour reopens"]
    assert headlines(client, state="DISMISSED") == ["New 2"]
    assert len(headlines(client, state="ALL")) == 4
    assert headlines(client, state="nonsense", wire="x") is not None

    bring(wire, headline="Harbour reopens in full")
    assert headlines(client)[0] == "Harbour reopens in full"


def test_an_empty_inbox_says_what_to_do(at_desk, founded, rosa, priya):
    assert "A publisher can add one" in page(at_desk(rosa), "wire:index").text
    assert page(at_desk(priya), "wire:index").select_one(f'a[href="{reverse("wires:add")}"]')


def test_the_inbox_costs_the_same_with_more_items(at_desk, wire, rosa, django_assert_max_num_queries):
    client, url = at_desk(rosa), reverse("wire:index")
    bring(wire)
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)

    receiving.receive(
        wire=wire,
        items=[replace(ITEM, id=f"n{number}", status=Status.WITHHELD) for number in range(28)],
        at=timezone.now(),
    )
    with django_assert_max_num_queries(len(few)):
        assert len(headlines(client)) == 29


def test_an_item_costs_a_handful_of_queries(at_desk, wire, taken, rosa, django_assert_max_num_queries):
    row = bring(wire, headline="Two")
    client, url = at_desk(rosa), reverse("wire_item", args=[row.pk])
    client.get(url)

    with django_assert_max_num_queries(30):
        client.get(url)


def test_what_is_dismissed_from_the_list_leads_back_to_where_one_was(at_desk, wire, rosa):
    row, there = bring(wire), reverse("wire:index") + "?q=harbour"
    client, url = at_desk(rosa), reverse("dismiss_wire_item", args=[row.pk])

    assert client.post(url, {"next": "https://evil.example.org/"}).url == reverse("wire:index")
    assert client.post(url, {"next": there}).url == there
    assert client.post(url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 204
    client.post(reverse("put_back_wire_item", args=[row.pk]))
    assert WireItem.objects.get().state == "NEW"


# The item


def test_an_item_shows_what_came_and_runs_nothing_of_it(at_desk, wire, rosa):
    shown = page(at_desk(rosa), "wire_item", bring(wire).pk)

    text = shown.select_one(".ng-wire-text")
    assert [part.text.strip() for part in text.select("p")] == [
        "The harbour of Selva is open.",
        "Why it matters: Bread comes by ship.",
        "And coal.",
        "Source: Selva Press Office",
    ]
    assert "alert(1)" in shown.select_one('[aria-labelledby="left"]').text
    assert not any("alert(1)" in script.text for script in shown.select("script"))
    assert not shown.select('img[src*="press.example.org"]')
    assert "Ines <b>Roca</b>" in shown.text
    assert shown.select_one("details pre").text == "<item>as it came</item>"


def test_what_has_changed_in_an_item_that_nobody_took_is_marked(at_desk, wire, rosa):
    bring(wire)
    row = bring(wire, headline="Harbour reopens in full")

    changes = page(at_desk(rosa), "wire_item", row.pk).select_one(".ng-wire-changes")
    assert changes.select_one("dt").text.split() == ["Headline", "changed"]
    assert changes.select_one("ins").text == "in full"


def test_what_the_desk_has_changed_too_is_said_to_stay(at_desk, wire, taken, rosa):
    story = taken.get_latest_revision_as_object()
    story.title = "Ours"
    stories.revise(story=story, by=rosa)
    row = bring(wire, headline="Theirs", lede="Another lede.")

    shown = page(at_desk(rosa), "wire_item", row.pk)
    kept = [one.find_parent("dd").find_previous_sibling("dt").text.split()[0] for one in shown.select(".ng-wire__kept")]
    assert kept == ["Headline"]

    answer = at_desk(rosa).post(reverse("take_over_wire_item", args=[row.pk]), follow=True)
    assert "stays: the headline" in answer.content.decode()


# On the story, and on the desk's home


def news(client, story: Story) -> Any:
    return page(client, "wagtailadmin_pages:edit", story.pk).select_one(".ng-wire-news")


def test_a_story_says_where_it_came_from_and_nothing_else_while_nothing_has_changed(at_desk, taken, eli):
    form = page(at_desk(eli), "wagtailadmin_pages:edit", taken.pk)

    assert "It came by wire from Selva Press Office" in form.text
    assert form.select_one(".ng-wire-news") is None


def test_a_story_says_what_has_changed_until_that_is_taken_over_or_dismissed(at_desk, wire, taken, rosa, eli):
    row = bring(wire, headline="Harbour reopens in full")
    client = at_desk(rosa)
    said = news(client, taken)
    assert "has changed it since it was taken" in said.text
    assert said.select_one("ins").text == "in full"
    assert [link.text for link in page(client, "wagtailadmin_home").select("#ng-updated, section a.ng-list__headline")][
        1:2
    ] == ["Harbour reopens in full"]

    assert "Harbour reopens in full" not in page(at_desk(eli), "wagtailadmin_home").text

    client.post(reverse("dismiss_wire_item", args=[row.pk]))
    assert news(client, taken) is None
    assert "Harbour reopens in full" not in [
        link.text for link in page(client, "wagtailadmin_home").select("[href*=wire]")
    ]


def test_a_kill_is_loud_on_the_story_in_the_inbox_and_on_everybodys_home(at_desk, wire, taken, rosa, eli):
    row = bring(wire, status=Status.CANCELED)

    for client in (at_desk(rosa), at_desk(eli)):
        assert news(client, taken)["role"] == "alert"
        assert "took it back" in news(client, taken).text
        assert page(client, "wagtailadmin_home").select_one(".ng-list--killed a")["href"] == reverse(
            "wire_item", args=[row.pk]
        )
        assert page(client, "wire:index").select_one(".ng-wire__badge--killed").text == "Killed"

    at_desk(eli).post(reverse("note_wire_kill", args=[row.pk]))
    assert page(at_desk(eli), "wagtailadmin_home").select_one(".ng-list--killed") is None
    assert news(at_desk(eli), taken)["role"] == "status"


def test_a_kill_of_what_is_public_changes_nothing_for_readers_and_says_so(at_desk, wire, taken, eli):
    stories.publish(story=taken, by=eli, at=timezone.now())
    bring(wire, status=Status.CANCELED)

    assert "Readers still have it" in news(at_desk(eli), taken).text
    assert Story.objects.get().live


def test_an_embargo_is_told_and_stops_the_button_and_a_schedule_alike(at_desk, wire, rosa, eli, form):
    row = bring(wire, embargoed=timezone.now() + datetime.timedelta(hours=2))
    story = actions.take(row=row, by=rosa, at=timezone.now())
    client = at_desk(eli)
    assert "Embargo: not to be published before" in news(client, story).text

    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    fields = form(title=story.title, slug=story.slug) | {"action-publish": "1"}
    assert b"under an embargo of Selva Press Office" in client.post(url, fields).content
    soon = timezone.localtime() + datetime.timedelta(hours=1)
    client.post(url, fields | {"go_live_at": f"{soon:%Y-%m-%d %H:%M}"})

    story = Story.objects.get()
    assert (story.live, story.scheduled_revision) == (False, None)


def test_dead_wires_are_told_to_who_can_mend_them(at_desk, wire, rosa, priya):
    Wire.objects.update(failing_since=timezone.now() - datetime.timedelta(days=2), said="It answers 500.", failures=9)

    assert "It answers 500." in page(at_desk(priya), "wagtailadmin_home").text
    assert "It answers 500." not in page(at_desk(rosa), "wagtailadmin_home").text
    assert "It has failed since" in page(at_desk(priya), "wires:inspect", wire.pk).text
    assert "failing. It answers 500." in page(at_desk(priya), "wires:index").text

    Wire.objects.update(is_on=False, failing_since=None, trouble="It says that it is gone for good.")
    assert "gone for good" in page(at_desk(priya), "wagtailadmin_home").text
