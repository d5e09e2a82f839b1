"""What a browser sends when somebody fills in the story form, with good defaults; for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from nutgraf.copydesk.rules import RULES
from nutgraf.stories.richtext import INLINE_FEATURES

Part = tuple[str, dict[str, Any]]


def sentence(markup: str) -> str:
    """Return markup as the desk's editor for sentences sends it; "null" is what it sends when empty."""
    return markup if markup == "null" else rich_text(markup, features=INLINE_FEATURES)


def filled_point(
    label: str = "Why it matters", text: str = "<p>Bread comes by ship.</p>", facts: Sequence[Part] = ()
) -> Part:
    return ("point", {"label": label, **_with_text(text, facts)})


def filled_paragraph(text: str, facts: Sequence[Part] = ()) -> Part:
    return ("paragraph", _with_text(text, facts))


def filled_quote(words: str = "We waited for this", speaker: str = "Ana Duarte") -> Part:
    return ("quote", {"words": words, "speaker": speaker, "role": "", "affiliation": "", "said_to": ""})


def filled_number(value: str = "2,500", counts: str = "soldiers", **fields: str) -> Part:
    blank = {"value_to": "", "wording": "", "unit": "", "as_of": "", "source": ""}
    return ("number", {"value": value, "counts": counts, **blank, **fields})


def filled_event(what: str = "Talks open", starts: str = "2026-12-01", ends: str = "") -> Part:
    fields = {"what": what, "place": "", "starts": starts, "time": "", "ends": ends, "precision": "DAY"}
    return ("event", fields)


def filled_picture(pk: int | str) -> Part:
    return ("picture", {"picture": str(pk), "caption": "", "alt_text": ""})


def filled_form(*parts: Part, aim: str = "", bylines: Iterable[str] = (), **fields: Any) -> dict[str, Any]:
    """Return a story form as it is sent; `aim` is the button that was pressed, "publish" or "submit"."""
    data = nested_form_data(
        {
            "title": "Harbour reopens after nine days",
            "slug": "harbour-reopens-after-nine-days",
            "lede": sentence("<p>Ships may enter the harbour again.</p>"),
            "hero": "",
            "hero_caption": "",
            "hero_alt_text": "",
            "short_head": "",
            "eyebrow": "",
            "dateline_place": "",
            "dateline_date": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
            "body": streamfield(parts or [filled_point()]),
        }
        | fields
    )
    data["bylines"] = list(bylines)
    return data | ({f"action-{aim}": f"action-{aim}"} if aim else {})


def filled_house_style(
    *, kinds: Sequence[dict[str, str]] = (), words: Sequence[dict[str, str]] = (), **fields: str
) -> dict[str, Any]:
    """Return the form of the house style as it is sent, with every rule as it came; an empty field is not sent."""
    rows = {f"rule_{rule.key}": "on" for rule in RULES}
    limits = {f"limit_{rule.key}": str(rule.limit) for rule in RULES if rule.limit is not None}
    lists = nested_form_data({"kinds": inline_formset(list(kinds)), "words": inline_formset(list(words))})
    data = {"notes_stand": "TOP", "most_words": "300", "words_per_minute": "230", **rows, **limits, **lists, **fields}
    return {name: value for name, value in data.items() if value != ""}


def _with_text(text: str, facts: Sequence[Part]) -> dict[str, Any]:
    return {"text": sentence(text), "bullets": {"count": 0}, "facts": streamfield(facts)}
