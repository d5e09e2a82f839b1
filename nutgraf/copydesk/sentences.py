"""Split running text into sentences, without being misled by "Jan.", "U.S." or "Mr."."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*\s+(?=[\"“‘'«(\[]*[^\W_a-z])")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Fr|Hon|Gen|Sen|Sens|Rep|Reps|Gov|Govs|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|St|Ste|Mt|Ft|Jr|Sr|Inc"
    r"|Co|Corp|Ltd|No|Nos|vs|v|e\.g|i\.e|etc|approx|Dept|Univ|Assn|Bros|Ave|Blvd|Rd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?"
    r"|Wed|Thurs?|Fri|Sat|Sun|Ph\.D|M\.D|Calif|Mass|Conn|Fla|Pa|Ill|Wis|Minn|Mich|Ariz|Ga|Va|Wash|Ore|Tenn|Tex|Okla|Ala|Miss|La|Ind|Kan|Neb|Nev"
    r"|Colo|Mont|Del|Md|Ky|Vt|Supt|Insp|Det|Ald|Cllr|Amb|Atty|Pres|Sec|Treas|al)|(?:[A-Za-z]\.)+[A-Za-z])\.\s+\Z"
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a stretch of text, in order, as places in the text."""
    found = []
    first = start
    for stop in _END.finditer(text, start, end):
        # A short word before the full stop ends no sentence; nor does what stands in brackets before a small letter.
        if text[stop.start()] == "." and _SHORT.search(text, max(first, stop.start() - 12), stop.end()):
            continue
        found.append((first, stop.end()))
        first = stop.end()
    if first < end:
        found.append((first, end))
    return found
