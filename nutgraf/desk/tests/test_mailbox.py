"""While mail goes to files, publishers look at it in the desk, and nothing in it runs there."""

import pytest
from django.urls import reverse

from nutgraf.mail.providers.files.transport import Files

MAIL = (
    b"From: The Bell <bell@harbour.example>\r\nTo: sunny@example.org\r\nSubject: Ships are back\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGood morning.\r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Good <b>morning</b>.</p>\r\n--b--\r\n"
)


@pytest.fixture
def sent(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    file = Files().folder / "7" / "1.eml"
    file.parent.mkdir(parents=True)
    file.write_bytes(MAIL)


def test_a_publisher_sees_what_was_sent(at_desk, priya, sent):
    desk = at_desk(priya)

    assert "Ships are back" in desk.get(reverse("mailbox")).text
    assert "Good morning." in desk.get(reverse("mailbox_letter", args=[7, 1])).text
    html = desk.get(reverse("mailbox_letter_html", args=[7, 1]))
    assert "<b>morning</b>" in html.text
    assert html.headers["Content-Security-Policy"].startswith("sandbox")


def test_an_empty_mailbox_says_so(at_desk, priya, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    assert "Nothing was sent yet" in at_desk(priya).get(reverse("mailbox")).text
    assert at_desk(priya).get(reverse("mailbox_letter", args=[1, 1])).status_code == 404


@pytest.mark.parametrize("name", ["rosa", "cleo", "nobody"])
def test_whoever_may_not_see_addresses_sees_no_mail(request, at_desk, client, sent, name):
    user = request.getfixturevalue(name)
    desk = client if name == "nobody" else at_desk(user)

    answer = desk.get(reverse("mailbox_letter", args=[7, 1]))

    assert answer.status_code == 302
    assert b"sunny@example.org" not in answer.content
