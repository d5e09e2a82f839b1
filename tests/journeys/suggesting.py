"""Put a storyline with three stories into a newsroom, or note a number in the story that is being written.

Run as `python -m tests.journeys.suggesting DIR [note]`.
"""

from __future__ import annotations

import sys
from pathlib import Path

LEDE = "<p>Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild goes on.</p>"


def main(folder: Path, what: str = "") -> None:
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.utils import timezone

    from nutgraf.stories.models import Story
    from nutgraf.stories.samples import number
    from nutgraf.storylines.samples import make_story_in, make_storyline

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
