"""Every rule there is, the most telling first: what stops a story, then what readers would miss, then how it reads."""

from __future__ import annotations

from nutgraf.copydesk.rules import (
    days,
    figures,
    house_words,
    jargon,
    lengths,
    nut_graf,
    passive,
    pictures,
    said,
    storyline,
    tk,
)
from nutgraf.copydesk.rules.base import Level, Rule

RULES = (
    Rule("tk", "TK", "“TK” marks what is still to come. It stops a story until it is filled in.", tk.find, Level.STOP),
    Rule("nut-graf", "Why it matters", "A story has a point that says why it matters.", nut_graf.find),
    Rule("storyline-number", "Another number", "A number is what the other stories of the storyline have, or a later one.", storyline.numbers),
    Rule("storyline-date", "Another date", "An event is on the day that the other stories of the storyline have.", storyline.dates),
    Rule("storyline-name", "Another spelling", "A name is spelt as in the other stories of the storyline.", storyline.names),
    Rule("storyline-role", "Another role", "A speaker has the role of the other stories of the storyline.", storyline.roles),
    Rule("picture", "Credit and alt text", "Each picture says whom it is owed to and what it shows.", pictures.find),
    Rule(
        "speaker", "Who speaks", "A quote's speaker has a full name and a role at first mention.", said.find,
        is_english_only=True,
    ),
    Rule(
        "source", "Whose number", "A number says according to whom; numbers in running text only from the limit on.",
        figures.find, limit=100, counts="the smallest number in running text that needs a source", is_english_only=True,
    ),
    Rule(
        "day", "Days without a date", "“Thursday” and “yesterday” mean nothing in a month: a date stands beside them.",
        days.find, is_english_only=True,
    ),
    Rule("house-word", "House words", "Words on this newsroom's own list, with what it writes instead.", house_words.find),
    Rule("story-length", "Length of the story", "No longer than the target for its kind.", lengths.story),
    Rule("headline-length", "Length of the headline", "A headline is taken in at a glance.", lengths.headline, limit=12, counts="words at most"),
    Rule("short-head-length", "Length of the short head", "A short head fits a card and a subject line.", lengths.short_head, limit=6, counts="words at most"),
    Rule("lede-length", "Length of the lede", "A lede is a sentence or two.", lengths.lede, limit=40, counts="words at most"),
    Rule("sentence-length", "Length of sentences", "One thought a sentence.", lengths.sentence, limit=30, counts="words at most"),
    Rule("bullet-length", "Length of bullets", "A bullet is a line or two.", lengths.bullet, limit=35, counts="words at most"),
    Rule("slip", "Slips", "A word twice, a word that does not exist, a saying gone wrong.", jargon.slips, is_english_only=True),
    Rule("jargon", "Jargon and clichés", "Words of offices and brochures, and sayings worn out.", jargon.find, is_english_only=True),
    Rule("padding", "Words to spare", "Two words where one says it.", jargon.padding, is_english_only=True),
    Rule("passive", "Passive", "Who did it comes first.", passive.find, limit=0, counts="are let pass in a story", is_english_only=True),
)  # fmt: skip

_BY_KEY = {rule.key: rule for rule in RULES}


def find(key: str) -> Rule | None:
    """Return the rule of that name, if there is still one."""
    return _BY_KEY.get(key)
