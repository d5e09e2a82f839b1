"""The one form of a draft by which two can be compared: what copy can carry, cleaned, without ids."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nutgraf.copydesk import inline
from nutgraf.copydesk.drafts import Draft, Part, inner, paragraph
from nutgraf.copydesk.inline import Run
from nutgraf.copydesk.intake.cleaning import clean

_BLANKS: dict[str, dict[str, Any]] = {
    "quote": dict.fromkeys(("words", "speaker", "role", "affiliation", "said_to"), ""),
    "number": {
        "value": None, "value_to": None, "wording": "", "unit": "", "counts": "", "as_of": None, "source": "",
    },
    "event": {
        "what": "", "place": "", "starts": None, "time": None, "ends": None, "precision": "DAY", "is_expected": False,
    },
    "picture": {"picture": None, "caption": "", "alt_text": ""},
}  # fmt: skip


def draft(draft: Draft, *, is_plain: bool = False) -> Draft:
    """Return a copy of the draft in this form; `is_plain` takes bold, italic and links from its texts."""
    normal = _Normal(is_plain)
    words = normal.words
    return replace(
        draft,
        headline=words(draft.headline),
        short_head=words(draft.short_head),
        slug=words(draft.slug),
        eyebrow=words(draft.eyebrow),
        section=words(draft.section),
        bylines=[name for name in map(words, draft.bylines) if name],
        dateline_place=words(draft.dateline_place),
        lede=normal.html(draft.lede),
        hero=normal.value("picture", draft.hero) if draft.hero else None,
        body=[normal.part(part) for part in draft.body],
        unsettled=[],
        is_plain=False,
    )


class _Normal:
    def __init__(self, is_plain: bool) -> None:
        self.is_plain = is_plain

    def words(self, text: str | None) -> str:
        return " ".join(clean(text or "").split())

    def html(self, source: str) -> str:
        runs = inline.runs(clean(source))
        return inline.as_html([Run("".join(run.text for run in runs))] if self.is_plain and runs else runs)

    def text(self, source: str) -> str:
        return paragraph(self.html(inner(source)))

    def part(self, part: Part) -> Part:
        value = part["value"]
        if part["type"] in _BLANKS:
            return {"type": part["type"], "value": self.value(part["type"], value)}
        label = self.words(value.get("label"))
        texts = {
            "text": self.text(value["text"]),
            "bullets": [self.bullet(item) for item in value["bullets"]],
            "facts": [self.part(fact) for fact in value["facts"]],
        }
        return {"type": "point", "value": {"label": label, **texts}} if label else {"type": "paragraph", "value": texts}

    def bullet(self, item: Part) -> Part:
        value = item["value"]
        below = [{"type": "item", "value": self.text(one["value"])} for one in value["bullets"]]
        return {"type": "item", "value": {"text": self.text(value["text"]), "bullets": below}}

    def value(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        """Return a fact's or picture's values, each in its one spelling."""
        return {name: self._one(name, value.get(name), blank) for name, blank in _BLANKS[kind].items()}

    def _one(self, name: str, value: Any, blank: Any) -> Any:
        if value in (None, ""):
            return blank
        if name in ("value", "value_to"):
            return format(Decimal(str(value)).normalize(), "f")
        if name == "time":
            moment = datetime.time.fromisoformat(str(value)).replace(microsecond=0)
            return moment.isoformat("seconds" if moment.second else "minutes")
        return self.words(value) if isinstance(value, str) else value
