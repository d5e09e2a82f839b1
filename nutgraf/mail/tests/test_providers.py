"""A provider with an interface of its own: what its answers mean, and what it may report later."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.test import RequestFactory

from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.providers.anymail.transport import Anymail
from nutgraf.mail.samples import make_audience, make_delivery
from nutgraf.mail.wording import Prepared

State = Message.State


class Postmark(HTTPServer):
    """Speaks as that provider's interface does, on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.answer = 200, None
        self.taken: list[dict] = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = asked[0] if isinstance(asked, list) else asked
        if self.server.status == 200:
            self.server.taken.append(asked)
        fine = {"To": asked["To"], "MessageID": "x", "ErrorCode": 0, "Message": "OK", "SubmittedAt": "2026-11-22"}
        body = json.dumps(self.server.answer or fine).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture
def postmark(settings) -> Iterator[Postmark]:
    with Postmark() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "s3cret",
            "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
            "WEBHOOK_SECRET": "harbour:s3cret",
        }
        yield server
        server.shutdown()


def _send(make_engine, noon):
    make_audience(3)
    delivery = make_delivery(at=noon)
    make_engine(Anymail("postmark")).work()
    delivery.refresh_from_db()
    return delivery


def test_a_provider_gets_each_mail_with_its_name_and_the_recipients_own_link(make_engine, noon, postmark):
    delivery = _send(make_engine, noon)

    assert delivery.state == Delivery.State.DONE
    assert [asked["To"] for asked in postmark.taken] == [f"reader{n}@inbox{n}.example" for n in (1, 2, 3)]
    second = postmark.taken[1]
    assert second["Metadata"]["message"] == Prepared(delivery).tag(2)
    assert {"Name": "List-Unsubscribe", "Value": "<https://harbour.example/mail/unsubscribe/2>"} in second["Headers"]
    assert "unsubscribe/2" in second["HtmlBody"]
    assert "unsubscribe/2" in second["TextBody"]


@pytest.mark.parametrize(
    ("status", "state", "stopped"),
    [(401, State.WAITING, True), (429, State.WAITING, True), (422, State.FAILED, False), (500, State.UNCERTAIN, True)],
)
def test_an_error_of_a_provider_means_what_is_safe(make_engine, noon, postmark, status, state, stopped):
    postmark.status, postmark.answer = status, {"ErrorCode": 10, "Message": "No."}

    delivery = _send(make_engine, noon)

    assert delivery.messages.get(number=1).state == state
    assert bool(delivery.trouble) is stopped


def test_a_provider_that_is_not_there_leaves_nothing_to_guess_about_the_rest(make_engine, noon, postmark, settings):
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://127.0.0.1:1/"}

    delivery = _send(make_engine, noon)

    assert delivery.trouble
    assert delivery.messages.filter(number__gt=1, state=State.WAITING).count() == 2


def _report(event: dict, secret: str = "harbour:s3cret"):
    request = RequestFactory().post(
        "/mail/hooks/postmark/tracking/",
        json.dumps(event),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Basic {base64.b64encode(secret.encode()).decode()}",
    )
    return PostmarkTrackingWebhookView.as_view()(request)


def _bounce(delivery, number, kind="HardBounce", **other):
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "TypeCode": 1,
        "ID": 42,
        "Email": "reader2@inbox2.example",
        "BouncedAt": "2026-11-22T12:00:00Z",
        "Details": "550 5.1.1 no such mailbox",
        "Metadata": {"message": Prepared(delivery).tag(number)},
        **other,
    }


def test_a_reported_bounce_is_written_down_and_told_once_however_often_it_is_reported(
    make_engine, noon, postmark, told
):
    delivery = _send(make_engine, noon)

    for _turn in range(3):
        assert _report(_bounce(delivery, 2)).status_code == 200

    assert told == [("hard", "reader2@inbox2.example")]
    assert delivery.messages.get(number=2).state == State.BOUNCED


def test_a_complaint_is_told(make_engine, noon, postmark, told):
    delivery = _send(make_engine, noon)

    _report(_bounce(delivery, 2, "SpamComplaint", RecordType="SpamComplaint"))

    assert told == [("complaint", "reader2@inbox2.example")]
    assert delivery.messages.get(number=2).state == State.COMPLAINED


def test_a_report_with_a_wrong_secret_is_refused(make_engine, noon, postmark, told):
    delivery = _send(make_engine, noon)

    with pytest.raises(AnymailWebhookValidationFailure):
        _report(_bounce(delivery, 2), secret="harbour:guess")

    assert told == []


def test_a_report_of_a_message_that_is_not_ours_changes_nothing(make_engine, noon, postmark, told):
    delivery = _send(make_engine, noon)
    forged = _bounce(delivery, 2)
    forged["Metadata"]["message"] = forged["Metadata"]["message"].replace(".2.", ".3.")

    for event in (forged, forged | {"Metadata": {}}, forged | {"Metadata": {"message": "x" * 9000}}):
        assert _report(event).status_code == 200

    assert told == []
    assert set(delivery.messages.values_list("state", flat=True)) == {State.ACCEPTED}


def test_a_report_of_arrival_settles_what_nobody_knew(make_engine, noon, postmark):
    delivery = _send(make_engine, noon)
    delivery.messages.filter(number=2).update(state=State.UNCERTAIN)

    _report(
        {
            "RecordType": "Delivery",
            "Recipient": "reader2@inbox2.example",
            "DeliveredAt": "2026-11-22T12:00:00Z",
            "Metadata": {"message": Prepared(delivery).tag(2)},
        }
    )

    assert delivery.messages.get(number=2).state == State.ACCEPTED
