"""An edition goes to the subscribers of its briefing and of its further lists, once each, and its link leaves all of these."""

import pytest

from nutgraf.audience import actions as audience
from nutgraf.audience.models import List, Subscription
from nutgraf.audience.samples import make_list, make_subscriber
from nutgraf.briefings import actions, sending
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.briefings.rendering import Places
from nutgraf.briefings.samples import make_briefing, make_edition
from nutgraf.mail.models import Delivery, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(noon):
    """The list of a briefing, one that gets its editions, too, and one that does not."""
    briefing = make_briefing(at=noon)
    weekend, other = make_list("The Weekend", key="briefing:98"), make_list("Another", key="briefing:99")
    briefing.further_lists.add(weekend)
    return List.objects.get(key=briefing.list_key), weekend, other


@pytest.fixture
def edition(lists, noon):
    edition = make_edition(Briefing.objects.get(), at=noon)
    actions.send(edition=edition, by=None, at=noon)
    return edition


def reached(edition):
    return sending.OfEditions()(edition.audience_key, 0, 10**9, 100)


def test_whoever_is_on_several_gets_it_once_and_nobody_else_does(lists, edition, noon):
    own, weekend, other = lists
    for name, some in (("a", [own]), ("b", [own, weekend]), ("c", [weekend]), ("d", [other])):
        make_subscriber(f"{name}@example.org", at=noon, lists=some)

    assert [one.address for one in reached(edition)] == ["a@example.org", "b@example.org", "c@example.org"]


def test_its_link_leaves_what_it_came_by_and_is_counted_once(lists, edition, noon):
    own, weekend, other = lists
    sunny = make_subscriber(at=noon, lists=[own, weekend, other])
    token = reached(edition)[0].fields["unsubscribe"].rstrip("/").rpartition("/")[2]

    for _turn in range(2):
        audience.unsubscribe(token=token, at=noon)

    assert reached(edition) == []
    assert [one.list for one in sunny.subscriptions.filter(state=Subscription.State.ON)] == [other]
    assert Edition.objects.get().unsubscribed == 1


def test_who_came_by_a_further_list_alone_is_counted_too(lists, edition, noon):
    make_subscriber(at=noon, lists=[lists[1]])

    audience.unsubscribe(token=reached(edition)[0].fields["unsubscribe"].rstrip("/").rpartition("/")[2], at=noon)

    assert Edition.objects.get().unsubscribed == 1


def test_a_correction_reaches_all_who_had_it(lists, edition, noon):
    sunny = make_subscriber(at=noon, lists=[lists[1]])
    delivery = Delivery.objects.get(audience=edition.audience_key)
    Message.objects.create(delivery=delivery, number=sunny.pk, state=Message.State.ACCEPTED, at=noon)

    correction = actions.correct(edition=edition, subject="Correction", words="Four.", by=None, at=noon)

    assert [one.number for one in sending.OfCorrections()(correction.audience_key, 0, 10**9, 9)] == [sunny.pk]


def test_both_forms_say_what_one_subscribed_to(edition, noon):
    mail = sending.mail_of(edition, at=noon, own=Places("https://a.example/", "https://b.example/"))

    said = "You get this because you subscribed to The Morning Bell or The Weekend."
    assert said in mail.html
    assert said in " ".join(mail.text.split())
