"""Miss the point that says why a story matters, by what its labels are for rather than by their words."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.copydesk.labels import label_key
from nutgraf.copydesk.rules.base import WHY, House
from nutgraf.copydesk.rules.texts import PROSE, Finding, Piece


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    said = {text.part for text in piece.texts if text.kind in PROSE}
    labels = [text for text in piece.texts if text.kind == "label"]
    why = [label for label in labels if house.jobs.get(label_key(label.words)) == WHY]
    # A story that was not begun lacks everything, and is not to be told so.
    if not piece.prose or any(label.part in said for label in why):
        return
    if why:
        yield why[0].note_all("Readers come for this point, and it is empty: say in a sentence why the story matters.")
    else:
        yield Finding("No point says why the story matters to its readers: add one.", "body")
