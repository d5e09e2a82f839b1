"""Who follows a storyline is told once a day at most, only of what is new to them, and of nothing twice."""

import datetime

import pytest

from nutgraf.audience import actions as audience
from nutgraf.audience.models import List, Subscriber, Subscription
from nutgraf.audience.samples import make_list
from nutgraf.briefings import following
from nutgraf.briefings.models import FollowMail
from nutgraf.mail.models import Delivery, Message
from nutgraf.stories.samples import make_story, number
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def storyline(noon):
    return make_storyline(at=noon - 10 * DAY)


def follow(storyline, email, *, at, told_at=None):
    kept = List.objects.filter(key=f"storyline:{storyline.pk}").first() or audience.open_list(
        key=f"storyline:{storyline.pk}", name=storyline.name
    )
    subscriber, _new = Subscriber.objects.get_or_create(email=email, normalised=email, defaults={"created_at": at})
    return Subscription.objects.create(
        subscriber=subscriber, list=kept, state=Subscription.State.ON, changed_at=at, told_at=told_at
    )


def recipients(mail):
    return following.OfFollowers()(mail.audience_key, 0, 10**9, 100)


def accept(mail, at):
    delivery = Delivery.objects.get(audience=mail.audience_key)
    for one in recipients(mail):
        Message.objects.create(delivery=delivery, number=one.number, state=Message.State.ACCEPTED, at=at)
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE)


def test_nothing_goes_out_where_nothing_changed(storyline, noon):
    follow(storyline, "a@example.org", at=noon - 5 * DAY)

    following.send(at=noon)

    assert not Delivery.objects.exists()
    assert FollowMail.objects.get().is_settled


def test_followers_are_told_once_a_day(storyline, noon):
    follow(storyline, "a@example.org", at=noon - 5 * DAY)
    make_story_in(storyline, "Ships return", at=noon - 2 * HOUR)

    first, again = following.send(at=noon), following.send(at=noon + HOUR)

    assert again is None
    assert Delivery.objects.get().audience == first.audience_key
    told = recipients(first)[0].fields
    assert "Ships return" in told["changes"]
    assert "Ships return" in told["changeshtml"]


def test_each_is_told_what_is_new_to_them(storyline, noon):
    make_story_in(storyline, "Ships stay out", at=noon - 3 * DAY)
    make_story_in(storyline, "Ships return", at=noon - 2 * HOUR)
    follow(storyline, "a@example.org", at=noon - 9 * DAY, told_at=noon - 4 * DAY)
    follow(storyline, "b@example.org", at=noon - 9 * DAY, told_at=noon - DAY)
    follow(storyline, "c@example.org", at=noon - 9 * DAY, told_at=noon - HOUR)

    told = {one.address: one.fields["changes"] for one in recipients(following.send(at=noon))}

    assert set(told) == {"a@example.org", "b@example.org"}
    assert "Ships stay out" in told["a@example.org"]
    assert "Ships stay out" not in told["b@example.org"]


def test_several_storylines_are_one_message(storyline, noon):
    other = make_storyline("Bread", at=noon - 10 * DAY)
    for one in (storyline, other):
        follow(one, "a@example.org", at=noon - 9 * DAY)
        make_story_in(one, f"News of {one.name}", at=noon - 2 * HOUR)

    (told,) = recipients(following.send(at=noon))

    assert "News of Harbour blockade" in told.fields["changes"]
    assert "News of Bread" in told.fields["changes"]


def test_one_click_leaves_the_storylines_that_the_mail_told_of_and_nothing_else(storyline, noon):
    bread, quiet = (make_storyline(name, at=noon - 10 * DAY) for name in ("Bread", "Quiet"))
    for one in (storyline, bread, quiet):
        follow(one, "a@example.org", at=noon - 9 * DAY)
    briefing = make_list("The Morning Bell", key="briefing:7")
    subscriber = Subscriber.objects.get()
    Subscription.objects.create(subscriber=subscriber, list=briefing, state=Subscription.State.ON, changed_at=noon)
    for one in (storyline, bread):
        make_story_in(one, f"News of {one.name}", at=noon - 2 * HOUR)

    (told,) = recipients(following.send(at=noon))
    audience.unsubscribe(token=told.fields["unsubscribe"].rstrip("/").rpartition("/")[2], at=noon)

    on = subscriber.subscriptions.filter(state=Subscription.State.ON).values_list("list__key", flat=True)
    assert set(on) == {f"storyline:{quiet.pk}", briefing.key}


def test_a_mail_that_tells_of_very_many_storylines_still_has_a_header_that_servers_take():
    from nutgraf.audience import links

    link = links.unsubscribe(
        number=10**9,
        key="k" * 22,
        at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC),
        list_pk=10**9,
        more=range(10**9 + 1, 10**9 + 500),
    )

    links.Token.read(link.rstrip("/").rpartition("/")[2])
    assert len(f"List-Unsubscribe: <{link}>") < 998


def test_what_was_told_is_not_told_again(storyline, noon):
    one = follow(storyline, "a@example.org", at=noon - 9 * DAY)
    make_story_in(storyline, "Ships return", at=noon - 2 * HOUR)
    first = following.send(at=noon)
    accept(first, noon)

    following.settle(at=noon + HOUR)
    following.send(at=noon + DAY)

    one.refresh_from_db()
    assert one.told_at == noon
    assert FollowMail.objects.get(day=(noon + DAY).date()).storylines in ([], [storyline.pk])
    second = FollowMail.objects.get(day=(noon + DAY).date())
    assert not second.storylines or not recipients(second)


def test_who_was_not_reached_is_told_the_next_day(storyline, noon):
    one = follow(storyline, "a@example.org", at=noon - 9 * DAY, told_at=noon - DAY)
    make_story_in(storyline, "Ships return", at=noon - 2 * HOUR)
    first = following.send(at=noon)
    Delivery.objects.filter(audience=first.audience_key).update(state=Delivery.State.DONE)
    following.settle(at=noon + HOUR)

    second = following.send(at=noon + DAY)

    one.refresh_from_db()
    assert one.told_at == noon - DAY
    assert "Ships return" in recipients(second)[0].fields["changes"]


def test_who_unsubscribed_meanwhile_is_left_out(storyline, noon):
    one = follow(storyline, "a@example.org", at=noon - 9 * DAY)
    make_story_in(storyline, "Ships return", number(3, "ships"), at=noon - 2 * HOUR)
    make_story("Elsewhere", at=noon - HOUR)
    mail = following.send(at=noon)

    one.state = Subscription.State.OFF
    one.save()

    assert recipients(mail) == []


def test_what_is_written_into_a_mail_for_one_is_html_only_where_it_says_so(storyline, noon):
    from nutgraf.mail.wording import Prepared

    follow(storyline, "a@example.org", at=noon - 9 * DAY)
    make_story_in(storyline, "Ships <b>return</b>", at=noon - 2 * HOUR)
    mail = following.send(at=noon)

    import email.policy

    message = email.message_from_bytes(
        Prepared(Delivery.objects.get()).to(recipients(mail)[0], date="Sun, 22 Nov 2026 12:00:00 +0000"),
        policy=email.policy.default,
    )

    html = message.get_body(("html",)).get_content()
    assert "<li" in html
    assert "Ships &lt;b&gt;return" in html
    assert "Ships <b>return</b>" in message.get_body(("plain",)).get_content()
