"""Find the passive: a form of “to be” before a participle that is not just a quality."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece

_IRREGULAR = (
    "awoken beaten begun bent bitten blown born borne bought bound bred broken brought built burnt cast caught chosen"
    " cut dealt done drawn driven dug eaten fed felt fought found forbidden forgiven forgotten flown frozen given ground"
    " grown heard held hidden hit hurt kept known laid led left lent let lit lost made meant met mistaken overthrown overtaken paid"
    " put quit read ridden rung said sawn seen sent set sewn shaken shed shot shown shut slain slung sold sought spent"
    " spread spun spoken split stolen struck stuck stung sung sunk sworn swept swung taken taught thrown told torn"
    " understood undertaken unveiled upheld withdrawn woken won worn woven wounded written"
)
# Participles that say what something is like, and words that only look like one.
_QUALITIES = frozenset(
    "advanced aged allied amazed armed ashamed assorted bald beloved bored bred concerned confused crooked crowded dated"
    " decided dedicated delighted determined devoted disappointed divided drunk embarrassed excited exhausted experienced"
    " expected fed frightened gifted hundred indeed interested involved jaded kindred limited located married mixed"
    " naked need opposed overdue packed pleased prepared qualified read red relaxed relieved retired sacred satisfied"
    " scared scheduled seasoned shed shocked skilled sled speed supposed surprised talented thrilled tired trusted"
    " unchanged unexpected unmarried unprecedented used weed wicked worried wretched divorced engaged related based"
    " set left shut born lost found done gone known made"
    .split()
)  # fmt: skip
_ADVERB = (
    r"(?:(?:not|also|already|still|never|now|once|only|just|then|later|again|all|both|soon|being|been|\w+ly)\s+){0,3}"
)
_PASSIVE = re.compile(
    rf"\b(?P<be>is|are|was|were|be|been|being|['’]s being|gets?|got)\s+{_ADVERB}(?P<participle>(?:{'|'.join(_IRREGULAR.split())})|\w{{2,}}ed)\b"
    r"(?P<by>\s+by\b)?(?!-)",
    re.IGNORECASE,
)
_ALWAYS_NOUN = re.compile(r"\b(?:a|an|the)\s+\Z", re.IGNORECASE)


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    """Let pass as many as the limit says, for now and then it is right."""
    found = list(_passives(piece))
    yield from found[limit:]


def _passives(piece: Piece) -> Iterator[Finding]:
    for match in _PASSIVE.finditer(piece.own_words):
        if match["participle"].lower() in _QUALITIES and not match["by"]:
            continue
        start, end = match.start("be"), match.end("participle")
        words = " ".join(piece.running[start:end].split())
        yield piece.note(f"“{words}” is passive: begin with who did it, if that is known.", start, end)
