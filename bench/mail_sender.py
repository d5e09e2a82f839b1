"""What a process does that the bench of mail starts, times and kills: fill the audience, send as we do, or as others do."""

from __future__ import annotations

import json
import os
import resource
import smtplib
import socket
import sys
import time
from pathlib import Path
from typing import Any

# The first briefing's.
LIST = "briefing:1"
HTML = "<p>{}</p>\n".format("The ferry to the islands sails again after the storm, an hour late. " * 8) * 40


def fill(size: int) -> None:
    """Make so many subscribers of one list, by hand as they are so many."""
    from django.db import connection, transaction
    from django.utils import timezone

    from nutgraf.audience.models import List, Subscriber, Subscription
    from nutgraf.briefings.samples import make_briefing
    from nutgraf.config import database

    database.bring_up_to_date()
    make_briefing()
    chosen = List.objects.get(key=LIST)
    at = connection.ops.adapt_datetimefield_value(timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _inserted(Subscriber, "id, email, normalised, key, new_email, is_suppressed, created_at")
            + " SELECT i, 'reader' || i || '@inbox' || (i %% 50) || '.example',"
            " 'reader' || i || '@inbox' || (i %% 50) || '.example', 'key-of-a-reader-' || i, '', %s, %s"
            f" FROM {_numbers()}",
            [False, at, size],
        )
        cursor.execute(
            _inserted(Subscription, "subscriber_id, list_id, state, frequency, changed_at")
            + f" SELECT i, {chosen.pk}, 'ON', 'EVERY', %s FROM {_numbers()}",
            [at, size],
        )


def _inserted(model: Any, columns: str) -> str:
    return f"INSERT INTO {model._meta.db_table} ({columns})"


def _numbers() -> str:
    return "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT i FROM n) AS numbers"


def register() -> None:
    """Answer for the audience `bench:`, out of the real one."""
    from django.utils import timezone

    from nutgraf.audience import links, queries
    from nutgraf.audience.models import Subscriber
    from nutgraf.mail import recipients
    from nutgraf.mail.recipients import Recipient

    class Bench:
        def __call__(self, key: str, after: int, up_to: int, limit: int) -> list[Recipient]:
            at = timezone.now()
            found = queries.recipients([LIST], after=after, up_to=up_to, limit=limit, at=at)
            return [
                Recipient(
                    one.number,
                    one.address,
                    {"unsubscribe": links.unsubscribe(number=one.number, key=one.key, at=at, list_pk=1)},
                )
                for one in found
            ]

        def last(self, key: str) -> int:
            latest = Subscriber.objects.order_by("-pk").values_list("pk", flat=True).first()
            return latest or 0

    recipients.register("bench", Bench())


def submit() -> None:
    """Submit a mail of a usual size to all of them."""
    from django.utils import timezone

    from nutgraf.mail import placeholders
    from nutgraf.mail.models import Delivery
    from nutgraf.mail.samples import make_delivery

    Delivery.objects.all().delete()
    cut = placeholders.new_cut()
    link = placeholders.place(cut, "unsubscribe")
    make_delivery(at=timezone.now(), audience="bench:1", cut=cut, html=f'{HTML}<p><a href="{link}">Unsubscribe</a></p>')


def send() -> None:
    """Send as `nutgraf post` does, until nothing is left; print how long all took, on the clock and of the processor, and the memory."""
    from nutgraf.config import postman

    began, used = time.perf_counter(), time.process_time()
    postman.post(until_done=True, with_parent=False)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": _megabytes()}))


def edition() -> None:
    """Prepare an edition of a briefing to which all of them are subscribed."""
    from django.utils import timezone

    from nutgraf.briefings.models import Briefing
    from nutgraf.briefings.samples import make_edition

    make_edition(Briefing.objects.get(), at=timezone.now())


def greet() -> None:
    """Have one message sent, whose arrival says that somebody is there to send."""
    from django.utils import timezone

    from nutgraf.mail import actions
    from nutgraf.mail.samples import SENDER

    actions.post(to="editor@harbour.example", what="Ready", sender=SENDER, subject="Ready", text=".", at=timezone.now())


def publish() -> None:
    """Send the edition as the desk does; print when that was asked for, and how long it took."""
    from django.urls import reverse
    from django.utils import timezone

    from nutgraf.briefings import actions
    from nutgraf.briefings.models import Edition

    chosen = Edition.objects.latest("pk")
    # The desk has answered before: it knows its addresses by then.
    reverse("mail")
    began, clock = time.time(), time.perf_counter()
    actions.send(edition=chosen, by=None, at=timezone.now())
    print(json.dumps({"began": began, "seconds": time.perf_counter() - clock}))


def naive(count: int) -> None:
    """Render and send for each, as the documentation of most frameworks shows it."""
    from django.core.mail import EmailMultiAlternatives, get_connection
    from django.template import engines
    from django.utils import timezone

    from nutgraf.audience import links
    from nutgraf.audience.models import Subscriber

    template = engines["django"].from_string(HTML + '<p><a href="{{ link }}">Unsubscribe</a></p>')
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=int(os.environ["BENCH_SINK"])
    )
    began = time.perf_counter()
    for subscriber in Subscriber.objects.order_by("pk")[:count]:
        link = links.unsubscribe(number=subscriber.pk, key=subscriber.key, at=timezone.now(), list_pk=1)
        message = EmailMultiAlternatives(
            "Five stories before seven",
            f"Good morning.\n\nUnsubscribe: {link}\n",
            "briefing@harbour.example",
            [subscriber.email],
            headers={"List-Unsubscribe": f"<{link}>"},
            connection=connection,
        )
        message.attach_alternative(template.render({"link": link}), "text/html")
        message.send()
    print(json.dumps({"seconds": time.perf_counter() - began}))


def floor(count: int, *, is_pipelining: bool) -> None:
    """Send one prepared body with another address in it each time, over one kept connection, and keep no account of it."""
    from nutgraf.mail.models import Delivery
    from nutgraf.mail.recipients import Recipient
    from nutgraf.mail.wording import Prepared

    prepared = Prepared(Delivery.objects.latest("pk"))
    link = "https://harbour.example/mail/unsubscribe/"
    body = prepared.to(Recipient(1, "READER", {"unsubscribe": link}), date="Sun, 22 Nov 2026 12:00:00 +0000")
    head, tail = body.split(b"READER", 1)
    before, after = tail.split(link.encode(), 1)
    server = smtplib.SMTP("127.0.0.1", int(os.environ["BENCH_SINK"]))
    server.ehlo()
    began = time.perf_counter()
    if is_pipelining:
        _pipelined(server.sock, count, (head, before + link.encode(), after))
    else:
        for number in range(count):
            address = f"reader{number}@inbox.example"
            content = b"".join([head, address.encode(), before, link.encode(), str(number).encode(), after])
            server.sendmail("briefing@harbour.example", [address], content)
    print(json.dumps({"seconds": time.perf_counter() - began}))


def _pipelined(sock: Any, count: int, pieces: tuple[bytes, bytes, bytes]) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answers = sock.makefile("rb")

    def group(number: int) -> bytes:
        return b"MAIL FROM:<briefing@harbour.example>\r\nRCPT TO:<reader%d@inbox.example>\r\nDATA\r\n" % number

    sock.sendall(group(0))
    for number in range(count):
        for _command in range(3):
            answers.readline()
        text = b"%d" % number
        following = group(number + 1) if number + 1 < count else b""
        sock.sendall(
            b"".join([pieces[0], b"reader", text, b"@inbox.example", pieces[1], text, pieces[2], b".\r\n", following])
        )
        answers.readline()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(what: str, folder: Path, *rest: str) -> None:
    from nutgraf.config import data_folder

    data_folder.use(folder)
    register()
    match what:
        case "fill":
            fill(int(rest[0]))
        case "submit":
            submit()
        case "send":
            send()
        case "edition":
            edition()
        case "greet":
            greet()
        case "publish":
            publish()
        case "naive":
            naive(int(rest[0]))
        case "floor":
            floor(int(rest[0]), is_pipelining=False)
        case "pipelined":
            floor(int(rest[0]), is_pipelining=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
