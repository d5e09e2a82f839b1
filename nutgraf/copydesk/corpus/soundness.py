"""Find what is wrong with a truth: a misspelt key, a date that is none, a text that does not stand in the piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nutgraf.copydesk.corpus import Piece, body
from nutgraf.copydesk.corpus.plain import bare, fold, words

PIECE_KEYS = {"at", "zone", "shows", "encoding", "new", "stories"}
KEYS = {
    "stories": set(
        "headline eyebrow bylines section times pictures lede points quotes numbers events".split(),
    ),
    "times": {"kind", "at", "precision"},
    "pictures": {"caption", "credit"},
    "credit": {"maker", "handout", "agency", "distributor"},
    "points": {"label", "text", "bullets"},
    "bullets": {"text", "bullets"},
    "quotes": {"words", "speaker"},
    "numbers": {"value", "value_to", "unit", "counts"},
    "events": {"starts", "ends", "precision", "what", "place"},
}
PRECISIONS = {"times": {"MINUTE", "HOUR", "DAY"}, "events": {"DAY", "MONTH", "YEAR"}}
# A quotation stands round at most this many attributions.
PARTS_OF_A_QUOTE = 4


def faults(piece: Piece) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the truth of a piece."""
    truth = piece.truth
    yield from _unknown_keys(truth, PIECE_KEYS, "the piece")
    if datetime.fromisoformat(truth["at"]).tzinfo is None:
        yield "`at` has no offset"
    try:
        ZoneInfo(truth["zone"])
    except ZoneInfoNotFoundError:
        yield f"there is no zone {truth['zone']}"
    if not truth.get("shows"):
        yield "it does not say what it shows"
    if not truth.get("stories"):
        yield "it has no story"
    text = fold(bare(piece.text, piece.form))
    for story in truth.get("stories", []):
        yield from _unknown_keys(story, KEYS["stories"], "a story")
        yield from _faults_of_texts(story, text)
        yield from _faults_of_facts(story, text)


def _unknown_keys(record: dict[str, Any], known: set[str], name: str) -> Iterator[str]:
    for key in record.keys() - known:
        yield f"{name} has a key {key!r}"
    for key, value in record.items():
        if value in ("", None, [], {}) and (name, key) != ("points", "text"):
            yield f"{name} has an empty {key}, which is to be left out"


def _faults_of_texts(story: dict[str, Any], text: str) -> Iterator[str]:
    found = [story.get(key, "") for key in ("headline", "eyebrow", "section", "lede")] + story.get("bylines", [])
    for picture in story.get("pictures", []):
        yield from _unknown_keys(picture, KEYS["pictures"], "pictures")
        credit = picture.get("credit", {})
        yield from _unknown_keys(credit, KEYS["credit"], "credit")
        found += [picture.get("caption", ""), *credit.values()]
    for point in story.get("points", []):
        yield from _unknown_keys(point, KEYS["points"], "points")
        found += [point.get("label", ""), point.get("text", "")]
        for bullet in point.get("bullets", []):
            yield from _unknown_keys(bullet, KEYS["bullets"], "bullets")
            found.append(bullet["text"])
            for inner in bullet.get("bullets", []):
                yield from _unknown_keys(inner, {"text"}, "bullets")
                found.append(inner["text"])
    for one in found:
        if fold(one) not in text:
            yield f"{one!r} does not stand in the piece"


def _faults_of_facts(story: dict[str, Any], text: str) -> Iterator[str]:
    for key in ("times", "quotes", "numbers", "events"):
        for record in story.get(key, []):
            yield from _unknown_keys(record, KEYS[key], key)
            if key in PRECISIONS and record["precision"] not in PRECISIONS[key]:
                yield f"{record['precision']!r} is no precision of {key}"
    for time in story.get("times", []):
        if time["kind"] not in ("published", "updated"):
            yield f"{time['kind']!r} is no kind of time"
        moment = datetime.fromisoformat(time["at"])
        if (moment.tzinfo is None) != (time["precision"] == "DAY"):
            yield f"{time['at']} does not go with {time['precision']}: days have no offset, all else has one"
    # Facts are those in ledes, points and bullets: a headline or a caption gives none.
    own = fold(" ".join(body(story)))
    spoken = " ".join(words(own))
    whole = " ".join(words(text))
    for quote in story.get("quotes", []):
        said = words(quote["words"])
        # A block quotation with its speaker below is no paragraph, so it stands in no text of the body.
        if not (_stands_in_parts(said, spoken, PARTS_OF_A_QUOTE) or _has(whole, said)):
            yield f"nobody said {quote['words']!r}"
        yield from _strange_words(quote.get("speaker", ""), text)
    for number in story.get("numbers", []):
        try:
            Decimal(number["value"]), Decimal(number.get("value_to", 0))
        except InvalidOperation:
            yield f"{number} is no number"
        yield from _strange_words(number.get("counts", ""), own)
    for event in story.get("events", []):
        starts, ends = date.fromisoformat(event["starts"]), event.get("ends")
        if ends and date.fromisoformat(ends) <= starts:
            yield f"{event['what']!r} ends before it starts"
        if (event["precision"] != "DAY" and starts.day > 1) or (event["precision"] == "YEAR" and starts.month > 1):
            yield f"{event['what']!r} does not start on the first day of its {event['precision']}"
        yield from _strange_words(event["what"], own)
        yield from _strange_words(event.get("place", ""), own)


def _stands_in_parts(spoken: list[str], text: str, parts: int) -> bool:
    """Tell whether a text can be cut into so many parts, each of which stands in the other text."""
    if not spoken:
        return True
    longest = next((end for end in range(len(spoken), 0, -1) if _has(text, spoken[:end])), 0)
    return bool(longest) and parts > 0 and _stands_in_parts(spoken[longest:], text, parts - 1)


def _has(text: str, some: list[str]) -> bool:
    return f" {' '.join(some)} " in f" {text} "


def _strange_words(phrase: str, text: str) -> Iterator[str]:
    for word in words(phrase):
        if not re.search(rf"\b{re.escape(word)}\b", text.replace("'", "")):
            yield f"the word {word!r} of {phrase!r} does not stand where it should"
