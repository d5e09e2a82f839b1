"""A wire is asked politely, and what goes wrong with it is said and makes it be asked more seldom."""

from __future__ import annotations

import datetime
import email.utils
import gzip
import json

import pytest

from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import polling
from nutgraf.imports.wire.samples import Sender, entry, make_wire, rss, sending
from nutgraf.lib.fetching import Limits

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))


@pytest.fixture
def sender(settings):
    settings.OWN_NETWORKS = ["127.0.0.0/8"]
    with sending(entry()) as one:
        yield one


@pytest.fixture
def wire(sender: Sender, noon: datetime.datetime) -> Wire:
    return make_wire(address=sender.address, next_at=noon, minutes=15)


def ask(wire: Wire, at: datetime.datetime) -> Wire:
    """Ask a wire at a moment, due or not, and return how it is with it then."""
    Wire.objects.filter(pk=wire.pk).update(next_at=at)
    polling.poll(wire=Wire.objects.get(pk=wire.pk), at=at)
    return Wire.objects.get(pk=wire.pk)


def test_what_it_sends_is_in_the_inbox(wire, noon):
    wire = ask(wire, noon)

    item = WireItem.objects.get()
    assert (item.headline, item.state, item.source) == ("Harbour reopens on Friday", "NEW", "Selva Press Office")
    assert (wire.kind, wire.title, wire.said) == ("RSS", "Selva Press Office", "1 new, 0 changed.")
    assert (wire.asked_at, wire.read_at, wire.next_at) == (noon, noon, noon + 15 * MINUTE)


def test_who_asks_says_who_that_is_and_what_it_has(wire, sender, noon, settings):
    settings.PUBLIC_URL = "https://news.example.org"
    sender.headers = {"ETag": '"v1"', "Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
    ask(wire, noon)
    sender.status, sender.body = 304, b""
    wire = ask(wire, noon + HOUR)

    first, second = sender.heard
    assert first["user-agent"].startswith("Nutgraf/")
    assert "+https://news.example.org" in first["user-agent"]
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == ('"v1"', "Sun, 22 Nov 2026 10:00:00 GMT")
    assert (wire.said, wire.etag, wire.read_at, wire.asked_at) == ("Nothing new.", '"v1"', noon, noon + HOUR)


def test_what_is_not_due_or_off_or_in_somebody_elses_hands_is_not_asked(wire, sender, noon):
    make_wire("Off", "https://off.example.org/", next_at=noon, is_on=False)
    assert polling.due(at=noon - MINUTE) == []
    assert polling.due(at=noon) == [wire]

    as_another_saw_it = Wire.objects.get(pk=wire.pk)
    polling.poll(wire=wire, at=noon)
    assert polling.poll(wire=as_another_saw_it, at=noon) is None
    assert len(sender.heard) == 1


def test_each_failure_doubles_the_pause_up_to_a_day_and_an_answer_ends_it(wire, sender, noon):
    sender.status = 500
    pauses = []
    for times in range(9):
        wire = ask(wire, noon + times * DAY)
        pauses.append(wire.next_at - wire.asked_at)

    assert pauses[:4] == [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]
    assert pauses[-2:] == [DAY, DAY]
    assert (wire.said, wire.failures, wire.failing_since) == ("It answers 500.", 9, noon)
    assert [wire.is_dead(moment) for moment in (noon + HOUR, noon + DAY)] == [False, True]
    assert list(Wire.objects.dead(noon + DAY)) == [wire]

    sender.status = 200
    wire = ask(wire, noon + 10 * DAY)
    assert (wire.failures, wire.failing_since, wire.next_at) == (0, None, noon + 10 * DAY + 15 * MINUTE)
    assert list(Wire.objects.dead(noon + 11 * DAY)) == []


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7200", 2 * HOUR),
        (
            email.utils.format_datetime(datetime.datetime(2026, 11, 22, 17, 0, tzinfo=datetime.UTC), usegmt=True),
            5 * HOUR,
        ),
        ("99999999999999", 7 * DAY),
        ("tomorrow", 30 * MINUTE),
        ("5", 30 * MINUTE),
    ],
)
def test_who_asks_to_be_left_alone_is(wire, sender, noon, said, wait):
    sender.status, sender.headers = 429, {"Retry-After": said}

    assert ask(wire, noon).next_at == noon + wait


@pytest.mark.parametrize(("minutes", "pause"), [("60", HOUR), ("5", 15 * MINUTE), ("99999999", DAY)])
def test_a_feed_that_says_how_often_it_is_renewed_is_believed(wire, sender, noon, minutes, pause):
    sender.body = rss(entry(), more=f"<ttl>{minutes}</ttl>")

    assert ask(wire, noon).next_at == noon + pause


def test_what_is_gone_for_good_is_switched_off_and_says_so(wire, sender, noon):
    sender.status = 410
    wire = ask(wire, noon)

    assert not wire.is_on
    assert wire.trouble == "It says that it is gone for good."
    assert wire.is_dead(noon)
    assert polling.due(at=noon + 9 * DAY) == []


def test_what_has_moved_for_good_is_asked_where_it_is_now(wire, sender, noon):
    with sending(entry("2")) as old:
        old.status, old.headers = 301, {"Location": sender.address}
        Wire.objects.filter(pk=wire.pk).update(address=old.address)
        wire = ask(wire, noon)
        assert (wire.address, wire.moved_from) == (sender.address, old.address)

        ask(wire, noon + HOUR)
        assert (len(old.heard), len(sender.heard)) == (1, 2)


def test_what_is_elsewhere_for_now_keeps_its_address(wire, sender, noon):
    with sending() as old:
        old.status, old.headers = 302, {"Location": sender.address}
        Wire.objects.filter(pk=wire.pk).update(address=old.address)

        assert ask(wire, noon).address == old.address
    assert WireItem.objects.count() == 1


def test_an_address_that_another_wire_has_is_not_taken_from_it(wire, sender, noon):
    with sending() as old:
        old.status, old.headers = 301, {"Location": sender.address}
        other = make_wire("Old", old.address)
        other = ask(other, noon)

    assert other.address == old.address
    assert "another wire" in other.said


def test_a_machine_near_us_is_asked_only_if_its_network_was_named(wire, noon, settings):
    settings.OWN_NETWORKS = ["10.0.0.0/8"]
    wire = ask(wire, noon)

    assert "127.0.0.1" in wire.said
    assert (wire.failures, WireItem.objects.count()) == (1, 0)


def test_whoever_dies_while_asking_has_another_ask_a_moment_later(wire, noon):
    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        polling.poll(wire=wire, at=noon, fetch=dies)

    assert polling.due(at=noon + MINUTE) == []
    assert polling.due(at=noon + polling.IN_HAND) == [wire]


def test_what_nobody_foresaw_is_a_failure_like_any_other(wire, noon, caplog):
    def breaks(*args, **kwargs):
        raise RuntimeError("?")

    polling.poll(wire=wire, at=noon, fetch=breaks)

    wire.refresh_from_db()
    assert (wire.failures, wire.said) == (1, "It could not be read (RuntimeError).")


def test_somebody_who_gives_it_another_address_meanwhile_is_not_overruled(wire, sender, noon):
    def slowly(*args, **kwargs):
        Wire.objects.filter(pk=wire.pk).update(address="https://new.example.org/feed", said="")
        return polling.fetching.fetch(*args, **kwargs)

    polling.poll(wire=wire, at=noon, fetch=slowly)

    assert (Wire.objects.get().said, Wire.objects.get().kind) == ("", "")


def test_ninjs_brings_embargoes_and_kills(wire, sender, noon):
    until = noon + DAY
    news = {"uri": "urn:press:1", "headlines": [{"value": "Harbour reopens"}], "embargoed": until.isoformat()}
    sender.kind = "application/json"
    for status in ("usable", "canceled"):
        sender.body = json.dumps([news | {"pubStatus": status, "bodies": [{"value": "<p>Words.</p>"}]}]).encode()
        wire = ask(wire, noon)
        assert wire.kind == "NINJS", wire.said
        item = WireItem.objects.get()
        assert (item.headline, item.embargoed_at, item.is_killed) == ("Harbour reopens", until, status == "canceled")


# What goes wrong


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><html><title>Sign in</title><p>Please sign in.</p></html>", "text/html"),
        (b"<html><body>Not found</body></html>", "application/rss+xml"),
        (b"", "application/rss+xml"),
        (b"\x00\xff\xfe\x00" * 50, "application/rss+xml"),
        (b'{"error": "no"}', "application/json"),
        (b"[" * 50_000, "application/json"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><rss><a>&c;</a></rss>', "application/rss+xml"),
    ],
    ids=["html", "html-as-rss", "nothing", "noise", "json", "deep-json", "entities"],
)  # fmt: skip
def test_what_is_no_feed_is_said_and_changes_nothing(wire, sender, noon, body, kind):
    ask(wire, noon)
    sender.body, sender.kind = body, kind
    wire = ask(wire, noon + HOUR)

    assert wire.failures == 1
    assert wire.said.endswith(".")
    assert len(wire.said) > 10
    assert WireItem.objects.count() == 1


def test_a_file_of_ours_that_a_feed_names_is_not_read(wire, sender, noon):
    feed = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title>{}'
    sender.body = (feed.format(entry(headline="X").replace(">X<", ">X &x;<")) + "</channel></rss>").encode()
    wire = ask(wire, noon)

    assert "root:" not in wire.title + wire.said
    assert not WireItem.objects.filter(content__contains="root:").exists()


def test_a_loop_of_redirects_ends(wire, sender, noon):
    sender.status, sender.headers = 302, {"Location": "/feed"}

    assert ask(wire, noon).said == "It redirects more than 5 times."


def test_what_unpacks_to_more_than_is_taken_is_left(wire, sender, noon):
    sender.body, sender.headers = gzip.compress(b"<rss>" + b" " * 20_000_000), {"Content-Encoding": "gzip"}

    assert ask(wire, noon).said == "It is larger than 10 MB."


def test_a_feed_that_never_ends_is_left_when_the_time_is_over(wire, sender, noon, monkeypatch):
    monkeypatch.setattr(polling, "LIMITS", Limits(seconds=0.5))
    sender.drips = True

    wire = ask(wire, noon)

    assert "did not answer in full within 0.5 seconds" in wire.said
    assert WireItem.objects.count() == 0


def test_a_wrong_encoding_is_read_as_far_as_can_be(wire, sender, noon):
    sender.body = rss(entry(headline="Café am Hafen öffnet")).decode().encode("latin-1")
    ask(wire, noon)

    assert "am Hafen" in WireItem.objects.get().headline


def test_one_item_that_is_wrong_keeps_no_other_out(wire, sender, noon):
    sender.body = rss(
        entry("1", pubDate="Mon, 01 Jan 0000 00:00:00 GMT"),
        entry("2", headline=""),
        entry("3", headline="", body="", link=" "),
        entry("1", headline="The same once more"),
        entry("4", headline="Nul\x01 and bell", body="<script>alert(1)</script><p>Words.</p>"),
        entry("5", headline="Last " * 500),
    )
    wire = ask(wire, noon)

    keys = set(WireItem.objects.values_list("key", flat=True))
    assert {"press-1", "press-2", "press-5"} <= keys
    assert wire.failures == 0
    assert "Left out" in wire.said
    assert max(map(len, WireItem.objects.values_list("headline", flat=True))) <= 500
