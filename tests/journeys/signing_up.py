"""What the journeys of subscribers need: lists, a subscriber with a page of their own, and the mail that arrived."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import time
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.site import clean

SECONDS = 60

LISTS = """
import sys
from pathlib import Path
from nutgraf.config import data_folder
data_folder.use(Path(sys.argv[1]))
from nutgraf.audience.samples import make_list
make_list("Harbour Morning", key="briefing:901", promise="Five stories before seven.")
make_list("Weekend Tide", key="briefing:902", promise="What the week was about.", position=1)
"""


def open_lists(folder: Path) -> None:
    """Have the newsroom offer two briefings."""
    subprocess.run([sys.executable, "-c", LISTS, folder], env=clean(), check=True)


def mails(folder: Path, to: str, *, least: int = 1) -> list[EmailMessage]:
    """Return what arrived for somebody, oldest first, once there are so many."""
    until = time.monotonic() + SECONDS
    while True:
        files = sorted((folder / "mail/sent").rglob("*.eml"), key=lambda file: int(file.parent.name))
        found = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
        mine = [one for one in found if isinstance(one, EmailMessage) and to in str(one["To"])]
        if len(mine) >= least:
            return mine
        assert time.monotonic() < until, f"{len(mine)} mails for {to}, of {len(found)}"
        time.sleep(0.2)


def link_in(mail: EmailMessage) -> str:
    """Return the path of the link in a mail, which is the same in both of its forms."""
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    links = {
        urlsplit(found[0]).path
        for body in bodies
        if body and (found := re.search(r"https?://\S*/subscriptions/[a-z]+/[-\w.]+/", body.get_content()))
    }
    assert len(links) == 1
    return links.pop()
