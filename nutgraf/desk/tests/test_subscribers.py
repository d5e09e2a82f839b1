"""Publishers see subscribers, do for them what they ask, and import and export addresses; nobody else sees one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nutgraf.audience import suppressing
from nutgraf.audience.models import AddressFile, Consent, Subscriber, Subscription, Suppression
from nutgraf.audience.samples import latest_letter, make_list, make_subscriber
from nutgraf.mail.models import Delivery

pytestmark = pytest.mark.django_db
SUNNY = "sunny@example.org"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    options = {"location": str(tmp_path), "base_url": None}
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "originals": storage}


@pytest.fixture
def briefing(db):
    return make_list()


@pytest.fixture
def sunny(briefing, noon):
    return make_subscriber(SUNNY, at=noon, lists=[briefing])


@pytest.fixture
def desk(client, priya):
    client.force_login(priya)
    return client


def file_of(text="email\nada@example.org\nada@example.org\nnobody\n", name="people.csv"):
    return SimpleUploadedFile(name, text.encode())


def stated(briefing, **fields):
    return {"lists": [briefing.pk], "source": "Festival 2026", "words": "Mail me", "is_stated": "on", **fields}


@pytest.mark.parametrize("who", ["rosa", "eli", "cleo", "nobody"])
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("subscribers:index", "get"),
        ("subscribers:index_results", "get"),
        ("export_subscribers", "get"),
        ("suppress_address", "post"),
        ("import_addresses", "post"),
        ("subscriber_in_desk", "get"),
        ("unsubscribe_in_desk", "post"),
        ("send_subscriber_link", "post"),
        ("lift_suppression", "post"),
        ("forget_subscriber", "post"),
    ],
)
def test_nobody_but_a_publisher_gets_to_an_address(client, sunny, request, who, name, method):
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    about_one = name not in {"export_subscribers", "suppress_address", "import_addresses"} and ":" not in name

    answer = getattr(client, method)(reverse(name, args=[sunny.pk] if about_one else []), {"email": SUNNY})

    assert answer.status_code == 302
    assert SUNNY not in answer.content.decode()
    assert Subscription.objects.get().state == "ON"
    assert not Suppression.objects.exists()


def test_the_list_shows_who_is_on_what_and_finds_one_by_the_beginning(desk, sunny, briefing, noon):
    make_subscriber("nova@example.org", at=noon, lists=[briefing], state="OFF")

    page = desk.get(reverse("subscribers:index")).text
    assert SUNNY in page
    assert "Harbour Briefing (unsubscribed)" in page

    found = desk.get(reverse("subscribers:index_results"), {"q": "SUN"}).text
    assert (SUNNY in found, "nova@" in found) == (True, False)


def test_a_list_and_a_state_are_asked_of_one_choice(desk, sunny, briefing, noon):
    night = make_list("Night Desk", key="briefing:2")
    make_subscriber("nova@example.org", at=noon, lists=[night], state="OFF")

    found = desk.get(reverse("subscribers:index_results"), {"list": briefing.pk, "state": "OFF"}).text
    both = desk.get(reverse("subscribers:index_results"), {"list": night.pk, "state": "OFF"}).text

    assert "@example.org" not in found
    assert "nova@example.org" in both


def test_the_list_takes_as_many_queries_for_many_as_for_one(desk, briefing, noon, django_assert_max_num_queries):
    for number in range(60):
        make_subscriber(f"r{number}@example.org", at=noon, lists=[briefing])

    with django_assert_max_num_queries(16):
        desk.get(reverse("subscribers:index_results"))


def test_a_subscriber_is_unsubscribed_forgotten_and_let_in_again_on_their_wish(desk, sunny, noon):
    page = reverse("subscriber_in_desk", args=[sunny.pk])
    assert "Harbour Briefing" in desk.get(page).text

    desk.post(reverse("send_subscriber_link", args=[sunny.pk]))
    assert "/subscriptions/preferences/" in latest_letter(SUNNY).text

    suppressing.suppress(email=SUNNY, reason="COMPLAINED", at=noon)
    assert "unwanted" in desk.get(page).text
    desk.post(reverse("lift_suppression", args=[sunny.pk]))
    assert not Subscriber.objects.get().is_suppressed

    desk.post(reverse("unsubscribe_in_desk", args=[sunny.pk]))
    assert Subscription.objects.get().state == "OFF"
    assert Consent.objects.get().source == "desk"

    desk.post(reverse("forget_subscriber", args=[sunny.pk]))
    assert not Subscriber.objects.exists()
    assert Suppression.objects.get().reason == "FORGOTTEN"


def test_an_address_is_suppressed_and_let_in_again_by_typing_it(desk, sunny):
    desk.post(reverse("suppress_address"), {"email": "Sunny@example.org"})
    assert Subscriber.objects.get().is_suppressed

    desk.post(reverse("suppress_address"), {"email": SUNNY, "lift": "yes"})
    assert not Subscriber.objects.get().is_suppressed

    answer = desk.post(reverse("suppress_address"), {"email": "nobody"})
    assert (answer.status_code, "no e-mail address" in answer.text) == (400, True)


def test_an_export_is_a_table_of_everybody(desk, sunny):
    answer = desk.get(reverse("export_subscribers"))

    assert "attachment" in answer["Content-Disposition"]
    assert SUNNY in b"".join(answer.streaming_content).decode()


def test_a_file_is_looked_through_shown_and_imported(desk, briefing, priya):
    answer = desk.post(reverse("import_addresses"), stated(briefing, file=file_of()), follow=True)

    kept = AddressFile.objects.get()
    assert (kept.state, kept.by) == ("READY", priya)
    assert "1 address would be put on a list" in answer.text
    assert "named before in this file" in answer.text
    assert not Subscriber.objects.exists()

    answer = desk.post(reverse("begin_import", args=[kept.pk]), follow=True)
    assert "1 subscriptions came of them" in answer.text
    assert Subscriber.objects.get().email == "ada@example.org"
    assert not Delivery.objects.exists()


def test_a_file_that_is_cancelled_cannot_be_begun(desk, briefing):
    desk.post(reverse("import_addresses"), stated(briefing, file=file_of()))
    kept = AddressFile.objects.get()

    desk.post(reverse("cancel_import", args=[kept.pk]))
    desk.post(reverse("begin_import", args=[kept.pk]))

    kept.refresh_from_db()
    assert kept.state == "CANCELLED"
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("missing", ["file", "lists", "source", "words", "is_stated"])
def test_what_is_missing_is_said_and_nothing_kept(desk, briefing, missing):
    fields = stated(briefing, file=file_of())
    del fields[missing]

    answer = desk.post(reverse("import_addresses"), fields)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [missing]
    assert not AddressFile.objects.exists()


@pytest.mark.parametrize("text", ["name,age\nAda,36\n", "\x00\x01\x02", " \n"])
def test_a_file_without_addresses_is_refused_beside_the_field(desk, briefing, text):
    answer = desk.post(reverse("import_addresses"), stated(briefing, file=file_of(text)))

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["file"])
