"""What Django and Wagtail mail goes the same way as everything else."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, get_connection

from nutgraf.mail.models import Delivery

BACKEND = "nutgraf.mail.django_mail.Backend"


def _sent(tmp_path):
    files = sorted((tmp_path / "sent").rglob("*.eml"), key=lambda file: int(file.parent.name))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def test_a_link_to_a_new_password_arrives(make_engine, tmp_path):
    mail.send_mail(
        "Your new password",
        "Follow this link.",
        "The Harbour <desk@harbour.example>",
        ["Rosa <rosa@harbour.example>", "eli@harbour.example"],
        connection=get_connection(BACKEND),
    )

    make_engine(at=Delivery.objects.latest("pk").due_at).work()

    sent = _sent(tmp_path)
    assert [message["To"] for message in sent] == ["rosa@harbour.example", "eli@harbour.example"]
    assert [message["From"] for message in sent] == ["The Harbour <desk@harbour.example>"] * 2
    assert sent[0].get_content().strip() == "Follow this link."


def test_both_forms_and_the_headers_of_a_message_are_kept(make_engine, tmp_path):
    message = EmailMultiAlternatives(
        "Comment",
        "Plain.",
        "desk@harbour.example",
        ["rosa@harbour.example"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative("<p>Rich.</p>", "text/html")
    get_connection(BACKEND).send_messages([message])

    make_engine(at=Delivery.objects.get().due_at).work()

    (sent,) = _sent(tmp_path)
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_body(["html"]).get_content().strip() == "<p>Rich.</p>"
    assert sent.get_body(["plain"]).get_content().strip() == "Plain."


def test_an_attachment_is_refused_rather_than_lost(db):
    message = EmailMultiAlternatives("Hi", "Hi", "desk@harbour.example", ["rosa@harbour.example"])
    message.attach("a.txt", "a")

    with pytest.raises(ValueError, match="attachments"):
        get_connection(BACKEND).send_messages([message])
