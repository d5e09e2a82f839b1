"""Put a storyline with three stories into a newsroom, wait till the latest draft is in it, or note a number in that draft.

Run as `python -m tests.journeys.suggesting DIR [saved|note]`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

PATIENCE_SECONDS = 60
LEDE = "<p>Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild goes on.</p>"


def main(folder: Path, what: str = "") -> None:
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.utils import timezone

    from nutgraf.stories.models import Story
    from nutgraf.stories.samples import number
    from nutgraf.storylines.samples import make_story_in, make_storyline

    if what == "saved":
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not Story.objects.order_by("-pk")[0].get_latest_revision_as_object().storyline_places.count():
            if time.monotonic() > deadline:
                sys.exit("The draft was not saved with its storyline.")
            time.sleep(0.2)
        return
    if what == "note":
        draft = Story.objects.order_by("-pk")[0].get_latest_revision_as_object()
        draft.body.append(("number", {"value": 15, "counts": "ships waiting", "source": "Pilots' Guild"}))
        draft.save_revision()
        return
    storyline = make_storyline("Harbour blockade")
    for place in range(3):
        counted = number(12, "ships waiting", as_of=timezone.localdate())
        make_story_in(storyline, f"Blockade, day {place}", counted, lede=LEDE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
