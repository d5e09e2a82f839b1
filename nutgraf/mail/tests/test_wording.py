"""The bytes of a mail say what was written, to whom it was written, whatever that is."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from nutgraf.mail import names, placeholders
from nutgraf.mail.actions import Sender
from nutgraf.mail.models import Delivery
from nutgraf.mail.recipients import Recipient
from nutgraf.mail.samples import SENDER, make_audience, make_delivery
from nutgraf.mail.wording import BadAddress, Prepared, plain_address

SUBJECT = " ".join(["العربية – Größe"] * 8)
DATE = "Sun, 22 Nov 2026 12:00:00 +0000"
CUT = placeholders.new_cut()
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n.=\t -"), max_size=300)


def _delivery(**fields):
    given = {"sender_address": SENDER.address, "subject": "Five stories", "text": "Good morning.\n", "cut": CUT}
    return Delivery(pk=7, **(given | fields))


def _parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def test_a_mail_says_the_words_and_carries_the_recipients_own_link(db, noon):
    everybody = make_audience()
    prepared = Prepared(make_delivery(at=noon))

    message = _parsed(prepared.to(everybody.one(2), date=DATE))

    assert message["From"] == "The Harbour <briefing@harbour.example>"
    assert message["To"] == "reader2@inbox2.example"
    assert message["List-Unsubscribe"] == "<https://harbour.example/mail/unsubscribe/2>"
    assert "unsubscribe/2\r\n" in message.get_body(["plain"]).get_content()
    assert 'href="https://harbour.example/mail/unsubscribe/2"' in message.get_body(["html"]).get_content()


@example(before=".a\n..b\n.\n", value=".c", after=".d\n" + "." * 200)
@given(before=WORDS, value=WORDS, after=WORDS)
def test_any_text_arrives_as_it_was_written_in_lines_that_any_server_takes(before, value, after):
    place = placeholders.place(CUT, "words")
    prepared = Prepared(_delivery(text=before + place + after))

    content = prepared.to(Recipient(1, "a@b.example", {"words": value}), date=DATE)

    assert _parsed(content).get_content().replace("\r\n", "\n") == before + value + after
    assert all(len(line) <= 78 and not line.startswith(b".") for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_what_fills_a_place_in_html_is_text_and_never_markup():
    place = placeholders.place(CUT, "name")
    prepared = Prepared(_delivery(html=f"<p>{place}</p>"))

    message = _parsed(prepared.to(Recipient(1, "a@b.example", {"name": '<b title="x">&'}), date=DATE))

    assert "<p>&lt;b title=&quot;x&quot;&gt;&amp;</p>" in message.get_body(["html"]).get_content()


@pytest.mark.parametrize("value", ["a\r\nBcc: everybody@x.example", "a\nb", "a\x00b", "a\x85b", "ü"])
def test_nothing_that_would_begin_another_header_gets_into_one(value):
    prepared = Prepared(_delivery(headers={"List-Unsubscribe": f"<{placeholders.place(CUT, 'link')}>"}))

    with pytest.raises(BadAddress):
        prepared.to(Recipient(1, "a@b.example", {"link": value}), date=DATE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Morning\r\nBcc: all@x.example"),
        ("subject", "Morning\u2028news"),
        ("subject", "  "),
        ("subject", "x" * 301),
        ("sender", Sender(address="briefing@harbour.example", name="Harbour\nBcc: all@x.example")),
        ("sender", Sender(address="briefing@harbour.example\r\nRCPT TO:<x@x.example>")),
        ("sender", Sender(address="")),
        ("sender", Sender(address="a@b.example", reply_to="nobody")),
        ("headers", {"Bcc": "all@x.example"}),
        ("headers", {"X-Note\r\nBcc": "all@x.example"}),
        ("headers", {"X-Note": "a\r\nBcc: all@x.example"}),
    ],
)
def test_a_mail_with_a_forged_header_is_refused_and_not_kept(db, noon, field, value):
    make_audience()

    with pytest.raises(ValidationError):
        make_delivery(at=noon, **{field: value})

    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("o'brien+news@example.org", "o'brien+news@example.org"),
        ('"ann e"@example.org', '"ann e"@example.org'),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("änn@example.org", "änn@example.org"),
    ],
)
def test_a_legal_oddity_of_an_address_is_written_as_mail_has_it(typed, written):
    assert plain_address(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "a b@example.org",
        "a@b@c.example",
        "a@b.example>",
        "a@b.example\r\nx",
        "a@-ü-",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(BadAddress):
        plain_address(typed)


def test_the_name_of_a_message_is_the_same_each_time_and_no_other_is_taken_for_it():
    prepared = Prepared(_delivery())
    name = prepared.message_id(12)

    assert name == prepared.message_id(12) != prepared.message_id(13)
    assert names.read(f"Returned: {name}") == (7, 12)
    assert names.read(f"Returned: {name.replace('7.12', '7.13')}") is None


def test_a_subject_in_any_language_arrives(db, noon):
    make_audience()
    delivery = make_delivery(at=noon, subject=SUBJECT)

    message = _parsed(Prepared(delivery).to(Recipient(1, "a@b.example", {"unsubscribe": "x"}), date=DATE))

    assert message["Subject"] == SUBJECT
