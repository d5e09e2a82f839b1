"""The plain values that stories are made of: words without what nobody can see, days, moments, figures, markup."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StringConstraints, WithJsonSchema
from wagtail.rich_text import expand_db_html

from nutgraf.newsroom.addresses import whole_in
from nutgraf.stories import richtext

# What a database refuses, and what breaks a line that is to be one.
LEGIBLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
ON_ONE_LINE = r"^[^\x00-\x1f]*$"
LARGEST_KEY = 2**63 - 1

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)
_BLOCK_KEY = re.compile(r'\sdata-block-key="[^"]*"')


def _only(pattern: re.Pattern[str], example: str) -> Any:
    """Refuse what Python's types would take and no other program would write."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(f"Write it like {example}.")
        return value if isinstance(value, (str, datetime.date, datetime.time)) else str(value)

    return BeforeValidator(check)


Line = Annotated[str, StringConstraints(pattern=ON_ONE_LINE)]
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=LEGIBLE)]
Markup = Annotated[
    str,
    StringConstraints(max_length=100_000, pattern=LEGIBLE),
    Field(description="HTML with <b>, <i> and <a href>; several paragraphs are <p> each. Anything else is taken out."),
]
Slug = Annotated[str, StringConstraints(max_length=255, pattern=ON_ONE_LINE)]
BlockId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    Field(description="Stays with a block for its life: send it back with what you keep. A new block needs none."),
]
Day = Annotated[datetime.date, _only(_DAY, "2026-11-22")]
Clock = Annotated[
    datetime.time, _only(_TIME, "19:30"), WithJsonSchema({"type": "string", "pattern": f"^{_TIME.pattern}$"})
]
Moment = Annotated[datetime.datetime, _only(_MOMENT, "2026-11-22T12:00:00Z")]
Figure = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$"),
    Field(description="Digits with a point, as text, so that no reader of JSON rounds it."),
]
Key = Annotated[StrictInt, Field(ge=1, le=LARGEST_KEY)]
Flag = StrictBool


def said(source: str | None) -> str:
    """Return markup as its author may change it: a link to a page of ours keeps what it is to."""
    kept = _BLOCK_KEY.sub("", source or "").strip()
    alone = _ONE_PARAGRAPH.fullmatch(kept)
    return alone[1] if alone else kept


def shown(source: str | None) -> str:
    """Return markup as readers have it, with whole addresses."""
    return whole_in(said(expand_db_html(source)), None) if source else ""


def kept(markup: str) -> str:
    """Return markup as a story keeps it."""
    return richtext.as_source(markup) if markup.strip() else ""
