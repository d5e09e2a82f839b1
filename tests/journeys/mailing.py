"""Give a newsroom an edition and readers who asked for it, and send it: run as `python -m tests.journeys.mailing DIR SIZE`."""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path, size: int) -> None:
    """Submit the mail; whoever serves the newsroom sends it."""
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.utils import timezone

    from nutgraf.audience.models import List
    from nutgraf.audience.samples import make_subscriber
    from nutgraf.briefings import actions
    from nutgraf.briefings.samples import make_briefing, make_edition

    at = timezone.now()
    edition = make_edition(make_briefing(at=at), at=at)
    chosen = List.objects.get(key=edition.briefing.list_key)
    for number in range(size):
        make_subscriber(f"reader{number}@example.org", at=at, lists=[chosen])
    actions.send(edition=edition, by=None, at=at)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
