"""What comes back to the mailbox is understood if it is about a message of ours, and left alone if it is not."""

from __future__ import annotations

import imaplib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from nutgraf.mail import bounces
from nutgraf.mail.models import Message
from nutgraf.mail.samples import make_audience, make_delivery
from nutgraf.mail.tests import mailboxes
from nutgraf.mail.wording import Prepared

State = Message.State

DSN = """From: MAILER-DAEMON@mail.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I could not deliver this.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; reader2@inbox2.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code}

--b
Content-Type: text/rfc822-headers

{headers}

--b--
"""
ARF = """From: feedback@mail.example
To: bounces@harbour.example
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Somebody did not want this.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: mail.example/1
Version: 1

--b
Content-Type: message/rfc822

From: briefing@harbour.example
Message-ID: {message_id}
Subject: Five stories

Good morning.

--b--
"""


@pytest.fixture
def sent(make_engine, noon):
    make_audience(3)
    delivery = make_delivery(at=noon)
    make_engine().work()
    return delivery


def _bounce(sent, number=2, *, action="failed", status="5.1.1", code="550 5.1.1 unknown", by="headers"):
    prepared = Prepared(sent)
    tag = prepared.tag(number)
    to = f"bounces+{tag}@harbour.example" if by == "address" else "bounces@harbour.example"
    headers = f"Message-ID: {prepared.message_id(number)}" if by == "headers" else "Subject: Five stories"
    return DSN.format(to=to, action=action, status=status, code=code, headers=headers).encode()


@pytest.mark.parametrize("by", ["headers", "address"])
def test_a_message_that_came_back_is_known_by_what_it_sends_back_or_where_it_came_to(sent, noon, told, by):
    assert bounces.take(_bounce(sent, by=by), at=noon)

    assert told == [("hard", "reader2@inbox2.example")]
    assert sent.messages.get(number=2).state == State.BOUNCED
    assert "550 5.1.1 unknown" in sent.messages.get(number=2).reply


def test_the_same_told_again_is_no_news(sent, noon, told):
    assert bounces.take(_bounce(sent), at=noon)
    assert not bounces.take(_bounce(sent), at=noon)

    assert len(told) == 1


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"action": "delayed", "status": "4.4.1", "code": "451 4.4.1 busy"}, []),
        ({"action": "failed", "status": "5.7.1", "code": "550 5.7.1 policy"}, ["soft"]),
        ({"action": "failed", "status": "5.2.2", "code": "552 5.2.2 mailbox full"}, ["soft"]),
    ],
)
def test_what_may_pass_is_no_reason_to_give_an_address_up(sent, noon, told, fields, kinds):
    bounces.take(_bounce(sent, **fields), at=noon)

    assert [kind for kind, _address in told] == kinds


def test_a_report_that_it_was_not_wanted_is_a_complaint(sent, noon, told):
    assert bounces.take(ARF.format(message_id=Prepared(sent).message_id(2)).encode(), at=noon)

    assert told == [("complaint", "reader2@inbox2.example")]


def test_an_answer_of_somebody_on_holiday_is_none(sent, noon, told):
    answer = f"From: ann@example.org\nSubject: Away\nIn-Reply-To: {Prepared(sent).message_id(2)}\n\nBack on Monday.\n"

    assert not bounces.take(answer.encode(), at=noon)
    assert told == []


def test_a_forged_bounce_takes_nobody_off_a_list(sent, noon, told):
    name = Prepared(sent).tag(2)
    forged = _bounce(sent).replace(name.encode(), name.replace(".2.", ".3.").encode())

    assert not bounces.take(forged, at=noon)
    assert told == []


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=2000), st.integers(0, 900))
def test_whatever_lies_in_the_mailbox_is_survived(sent, noon, garbage, place):
    complaint = ARF.format(message_id=Prepared(sent).message_id(2)).encode()

    bounces.take(garbage, at=noon)
    for content in (_bounce(sent), complaint):
        bounces.take(content[:place] + garbage + content[place:], at=noon)


def test_a_mailbox_on_a_server_is_read_once(sent, noon, told, settings):
    with mailboxes.serving([b"Subject: hello\n\nHello.\n", _bounce(sent, 2), _bounce(sent, 3)]) as box:
        settings.MAIL_BOUNCES = f"imap://bounces@127.0.0.1:{box.port}/INBOX"
        settings.MAIL_BOUNCES_SECRET = "s3cret"

        assert [bounces.read(at=noon), bounces.read(at=noon)] == [2, 0]
        assert box.seen == {1, 2, 3}

    assert len(told) == 2


def test_a_wrong_password_for_the_mailbox_is_an_error_that_says_so(db, noon, settings):
    with mailboxes.serving([]) as box:
        settings.MAIL_BOUNCES = f"imap://bounces@127.0.0.1:{box.port}"
        settings.MAIL_BOUNCES_SECRET = "guess"

        with pytest.raises(imaplib.IMAP4.error, match="wrong password"):
            bounces.read(at=noon)


def test_a_mailbox_that_is_a_folder_is_read_once_and_kept(sent, noon, told, settings, tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1").write_bytes(_bounce(sent))
    settings.MAIL_BOUNCES = f"maildir:{tmp_path}/box"

    assert [bounces.read(at=noon), bounces.read(at=noon)] == [1, 0]
    assert [file.name for file in (tmp_path / "box" / "cur").iterdir()] == ["1:2,S"]
