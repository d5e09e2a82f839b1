"""Find the credit in a picture's line, and tell it from the caption that stands on the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nutgraf.copydesk import bylines
from nutgraf.copydesk.agencies import KNOWN, is_house
from nutgraf.copydesk.credit_chains import CLOSING, KINDS, LABELLED, MORE, SOURCES, VIA, is_call_sign, take_apart
from nutgraf.copydesk.found import Credit
from nutgraf.copydesk.letters import UPPER

LONGEST = 1200

# "Photo:", "(Photo: …", "Photo credit: …", "Image source, …"; at the start or after the caption's end.
_SIGN = re.compile(r"\s?(?:[:：]\s?|\.\.\.|…|(?<=ource),\s|(?<=[A-Z])\s?/\s?)(?=\S)")
_KIND_BEFORE = re.compile(
    rf"(?:^|(?<=[.!?…\"”’')\]\s(\[|–—-])|(?-i:(?<=[a-z])(?=Image|Photo|Picture|Foto)))(?P<kind>{KINDS}){MORE}\Z",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"[.!?][\"”’]?\s[^./]{3,60}/")
_TWO_SIGNS = re.compile(rf"(?:[.!?][\"”’]?\s|[(\[])(?:{KINDS}){MORE}\s?:", re.IGNORECASE)
LONGEST_KIND = 48
LONGEST_PIPED = 90
_WORDED = re.compile(
    rf"(?:^|(?<=[.!?…\"”)\]]\s)|(?<=[(\[]))(?P<kind>(?:{KINDS}|Courtesy))"
    rf"\s?(?P<more>(?:(?<=ourtesy)\sof|(?-i:(?<=Credit))|by|courtesy(?: of)?|via|©)\b)\s(?=(?-i:[{UPPER}@]|the\b))",
    re.IGNORECASE,
)
# Some sign without which a line holds no credit.
HINT = re.compile(
    r"[/:：©]|(?:Supplied|Submitted|Courtesy|Handout|Stock|File) (?:photo|image|picture)s?\.?$| \| [A-Z]|hoto|HOTO|redit|ourtesy|OURTESY|\bvia\b|Credit [A-Z]|[(\[](?:[Ff]ile|[Ss]ubmitted|[Cc]ontributed|[Ss]upplied|[Ss]tock|[Hh]andout|[Aa]rchive)|(?:icture|mage|llustration|raphic|rawing|artoon)s? (?:by|[Ss]ource)\b|\(c\)|…|\.\.\.|^(?:Getty|Reuters|AP|AFP|Alamy|Shutterstock|iStock|Unsplash)\b|(?:Getty Images|Shutterstock|Alamy|Stock Photo|iStock|AP Photo)[)\]]?\.?$"
)
_WORDED_HINT = re.compile(r"\b(?:Credit|by|via|courtesy|Courtesy|COURTESY)\b|©|\(c\)", re.IGNORECASE)
_BARE_COURTESY = re.compile(
    rf"(?:^|(?<=[.!?…\"”)\]]\s)|(?<=[(\[]))(?i:courtesy(?: of)?|©|\(c\))\s?:?\s?(?=[{UPPER}])(?!\S{{0,3}}\d{{4}})"
)
_PART = rf"[{UPPER}@][^/()\[\]:;!?\n]{{0,48}}"
_CHAIN = (
    rf"{_PART}(?:\s?/\s?{_PART}){{1,4}}(?:\svia\s{_PART})?|{_PART}\svia\s{_PART}"
    rf"|(?:AP|REUTERS|Reuters|AFP|EPA)(?:\sPhoto)?\s?/\s?{_PART}|Getty Images|AP Photo|Shutterstock|Alamy(?: Stock Photo)?|iStock"
)
_SLASHED = re.compile(rf"(?:^|(?<=[.!?…\"”)\]|]\s)|[(\[])\s?(?P<chain>{_CHAIN})[)\]]?\.?\Z")
_DISTRIBUTED = re.compile(
    r"\A\(?(?P<chain>(?:Getty Images|Shutterstock|Alamy|Reuters|AP Photo|AP|AFP|iStock|Unsplash)(?:/[\w .]{2,40})?)\)?\Z"
)
_SENTENCE_END = re.compile(r"(?:[^\W\d_]{3}[\"”’')\]]?|[\"”’')\]])[.!?][\"”’')\]]?\s(?=\S)")
# Services say it for the caption, and again in full.
_TWICE = re.compile(r"\((?:Photo|Image|Picture) by [^()]{3,80}\)\s(?=\((?:Photo|Image|Picture) by [^()]{3,80}\)\Z)")
_LICENCE = re.compile(r",?\s+(?:purchase )?licensing rights(?:, opens? .{1,20})?\Z", re.IGNORECASE)
_CAPTIONED = re.compile(rf"(?:\s?[(\[]|,\s(?=by\s)|\.\s)\s?(?P<credit>(?:by\s)?{_CHAIN}|by\s{_PART})[)\]]*\.?\Z")
_NAMELESS = re.compile(
    r"\s[(\[]((?:file|stock|courtesy|submitted|handout|contributed|supplied|archive)(?: (?:photo|image|picture)s?)?)[)\]]\.?\Z",
    re.IGNORECASE,
)
_NAMELESS_END = re.compile(
    r"(?<=[.!?])\s((?:Supplied|Submitted|Courtesy|Handout|Stock|File) (?:photo|image|picture)s?)\.?\Z", re.IGNORECASE
)
_NAMED_END = re.compile(
    rf"(?<=[.!?…\"”])\s([{UPPER}][\w.&'’-]*(?: [{UPPER}][\w.&'’-]*){{0,2}}) (?:photo|image|picture|PHOTO|Photo|Image|Picture)\.?\Z"
)
_BRACKETED = re.compile(rf"\s\(([{UPPER}][^()\d:;!?]{{2,60}})\)\.?\Z")
_CAPTION_AFTER = re.compile(r"([^.:;]{3,60}):\s+(?=\S+\s\S+\s\S)")
# The end of a caption that ends with a letter: "A toad in row F. Owen Vale/Courier".
_SHORT_END = re.compile(rf"\s\S{{1,2}}[.!?]\s+(?=[{UPPER}][^\s/]+\s[{UPPER}][^\s/]+\s?/)")
_NAME_AT_END = re.compile(rf"[a-z] ([{UPPER}][\w’'.-]+(?: [{UPPER}][\w’'.-]+){{1,2}})\s?\Z")
_IN_NAMES = frozenset("of for the and de da del van von via by courtesy on in at from al el la le".split())
_CAPTION_LEAD = re.compile(
    r"(?i:(?:(?:image|photo|picture|slide|item) )?\d+ of \d+ ?[:|]?|[(\[]?\d{1,3} ?/ ?\d{1,3}[)\]]?|pic(?:ture)?:|(?:image|photo):|pictured:|image caption,|caption:|cutline:|(?:photo|image|picture) caption:|bildunterschrift:)\s*"
)


@dataclass(slots=True)
class Found:
    """Where the credit stands in a line, the rest of which is the caption."""

    start: int
    end: int
    credit: Credit
    caption: tuple[int, int]
    sure: float
    # The alternative text, if it stands on the same line.
    alt: tuple[int, int] = (0, 0)


def find(words: str) -> Found | None:
    """Return the credit in a line of copy, or None."""
    if len(words) > LONGEST:
        return None
    if words.endswith(("ights", "ab", "indow")):
        words = _LICENCE.sub("", words)
    if (twice := _TWICE.search(words)) and (last := _find_worded(words[twice.end() :])):
        return Found(twice.start(), len(words), last.credit, (0, twice.start()), 0.9)
    for finder in (_find_labelled, _find_worded, _find_piped, _find_slashed, _find_bracketed, _find_named):
        if found := finder(words):
            return found
    return None


def find_beside_alt(words: str) -> Found | None:
    """Read "Getty Images A man leans on a gate": the agency, and then what an image shows those who cannot see it."""
    if not words[0].isupper() or not words[-1].isalnum():
        return None
    if words.casefold() in KNOWN:
        return Found(0, len(words), take_apart(words), (0, 0), 0.7)
    parts = words.split()
    for count in (3, 2, 1):
        name = " ".join(parts[:count])
        if len(parts) > count + 4 and parts[count][0].isupper() and name.casefold() in KNOWN and name != "Social media":
            credit = take_apart(name)
            return Found(0, len(name), credit, (0, 0), 0.7, alt=(len(name) + 1, len(words)))
    return None


def find_in_brackets(words: str) -> Found | None:
    """Read "A crane at dusk (Larkhaven Fire Service)": where only the place of the line tells that it is a caption."""
    found = _BRACKETED.search(words)
    if not found or len(words[: found.start()].split()) < 4:
        return None
    names = found[1].split()
    is_named = all(name[0].isupper() or name[0] in "@&" or name in _IN_NAMES for name in names)
    if not is_named or not (len(names) > 1 or found[1].isupper()):
        return None
    return Found(found.start(), len(words), take_apart(found[1]), (0, found.start()), 0.6)


def _find_labelled(words: str) -> Found | None:
    for sign in _SIGN.finditer(words):
        begin = max(0, sign.start() - LONGEST_KIND)
        match = _KIND_BEFORE.search(words[begin : sign.start()])
        if not match or (begin and not match.start()):
            continue
        start = begin + match.start()
        kind = match["kind"]
        if start and words[start - 1] in "–—-" and words[start - 2 : start - 1] != " ":
            continue
        if start and not _ends_caption(words[:start], kind):
            continue
        if start or not kind[0].islower():
            return _found_caption(words, start, sign.end(), kind) or _found(words, start, sign.end(), kind, 0.97)
    return None


def _found_caption(words: str, start: int, value: int, kind: str) -> Found | None:
    """Read "Image: A crane at dusk (Jo Lind/AFP)": the sign of a credit before what is a caption."""
    said = words[value:]
    if start > 1 or kind.lower() in SOURCES:
        return None
    is_wordy = _is_wordy(VIA.split(said)[0].partition("/")[0])
    inner = _find_labelled(said) if is_wordy or _TWO_SIGNS.search(said) else None
    if inner is None and not is_wordy and _TWO_SENTENCES.search(said):
        # "File photo: The mill in 2019. Ola Berg / Reuters"
        inner = _find_slashed(said)
    # "Photo: A crane. Photo: Jo Lind": what stands before the second sign names nobody.
    is_named = inner is not None and bylines.looks_like_name(said[: inner.start].rstrip(" ."))
    if not is_wordy and (inner is None or is_named or "/" in said[: inner.start]):
        return None
    if inner is not None and inner.start > 0:
        first, last = inner.caption
        return Found(value + inner.start, len(words), inner.credit, (value + first, value + last), 0.8)
    if found := _CAPTIONED.search(said):
        place = value + found.start() + (said[found.start()] in ".!?")
        credit = take_apart(found["credit"])
        return Found(place, len(words), credit, (value, place), 0.8)
    return Found(len(words), len(words), Credit("", ""), (value, len(words) - said.endswith(("]", ")"))), 0.7)


def _is_wordy(words: str) -> bool:
    """Tell whether words describe what is to be seen rather than name somebody."""
    small = [word for word in words.split() if word[0].islower() and word not in _IN_NAMES]
    return len(small) >= 2


def _ends_caption(before: str, kind: str) -> bool:
    """Tell whether a credit can begin here: after a sentence, a bracket or a dash, or with a capital and few words before."""
    last = before.rstrip()[-1:]
    if last in "([|–—":
        return True
    return kind[0].isupper() and (last in ".!?…\"”’')];" or len(before) < 160)


def _find_piped(words: str) -> Found | None:
    """Read "Jo Lind | Bloomberg | Getty Images" on a line of its own."""
    if len(words) > LONGEST_PIPED or " | " not in words:
        return None
    parts = words.split(" | ")
    if len(parts) == 2 and "/" in parts[1] and "(" not in parts[1] and not _is_wordy(parts[1]):
        credit = take_apart(parts[1])
        return Found(len(parts[0]), len(words), credit, (0, len(parts[0])), 0.8) if credit.agency else None
    if len(parts) > 3 or parts[-1].casefold() not in KNOWN or not all(part[:1].isupper() for part in parts):
        return None
    return Found(0, len(words), take_apart(words.replace(" | ", " / ")), (0, 0), 0.8)


def _find_bracketed(words: str) -> Found | None:
    """Read "(File photo)", which names nobody."""
    found = _NAMELESS.search(words)
    found = found or _NAMELESS_END.search(words)
    return Found(found.start(), len(words), Credit(found[1], ""), (0, found.start()), 0.8) if found else None


def _find_named(words: str) -> Found | None:
    """Read "The car at dusk. PTI Photo": an agency or a name before the word for a picture."""
    found = _NAMED_END.search(words, max(0, len(words) - 60))
    if not found or not (is_house(found[1]) or bylines.looks_like_name(found[1]) or is_call_sign(found[1])):
        return None
    credit = take_apart(found[1])
    credit.text = found[0].strip()
    return Found(found.start(), len(words), credit, (0, found.start()), 0.8)


def _find_worded(words: str) -> Found | None:
    if not _WORDED_HINT.search(words):
        return None
    for pattern in (_WORDED, _BARE_COURTESY):
        for match in pattern.finditer(words):
            rest = words[match.end() :].rstrip(" .)]")
            kind = match.groupdict().get("kind") or ""
            if (
                kind[:1].islower()
                or len(rest.split()) > 12
                or len(rest) > 100
                or re.search(r"[.!?]\s", re.sub(r"\b\w\.\s", "", rest))
            ):
                continue
            if match.start() == 0 and re.search(r"\b(?:is|are|was|were|will|has|had|shows?|said|says)\b", rest):
                continue
            if caption := _CAPTION_AFTER.match(words, match.end()):
                found = _found(words[: caption.end(1)], match.start(), match.end(), kind, 0.85)
                found.end, found.caption = caption.end(1), (caption.end(), len(words))
                return found
            return _found(words, match.start(), match.end(), "" if kind.lower() == "courtesy" else kind, 0.9)
    return None


def _find_slashed(words: str) -> Found | None:
    tail = max(0, len(words) - 160)
    for sentence in _SENTENCE_END.finditer(words, tail):
        tail = sentence.end() - 1
    match = _DISTRIBUTED.match(words)
    if not match and ("/" in words[tail:] or " via " in words[tail:]):
        match = _SLASHED.search(words, tail)
    if not match or len(match["chain"].split()) > 16:
        return None
    start = match.start("chain")
    maker = match["chain"].partition("/")[0]
    if _is_wordy(maker):
        if stop := _SHORT_END.search(words, start, match.end("chain")):
            start = stop.end()
        elif name := _NAME_AT_END.search(maker):
            # "The mill at dusk Ola Berg/AP"
            start += name.start(1)
            credit = take_apart(words[start : match.end("chain")])
            return Found(start, len(words), credit, (0, start), 0.7)
    opening = start - 1 if start and words[start - 1] in "([" else start
    if re.search(r"\b(?:is|are|was|were|will|has|had|says?|said|and/or|his/her|http)\b", match["chain"]):
        return None
    if words[:opening].strip() and words[:opening].rstrip()[-1:] not in '.!?…"”)]|' and opening == start:
        return None
    return _found(words, opening, start, "", 0.85)


def _found(words: str, start: int, value: int, kind: str, sure: float) -> Found:
    """Take the line apart at a credit: to its end, or to the closing bracket that it opened."""
    opening = start - 1 if start and words[start - 1] in "([" else start
    if opening == start and words[start] in "([":
        value = max(value, start + 1)
    end = len(words)
    if words[opening] in "([":
        closing = words.find(")" if words[opening] == "(" else "]", value)
        end = closing + 1 if closing > 0 else end
    before, after = words[:opening].strip(" |–—-\t\u00a0"), words[end:].strip()
    caption = (0, opening) if before or not after else (end, len(words))
    if opening == 0 and end == len(words) and (sentence := _sentence_after(words, value)):
        end, caption = sentence, (sentence, len(words))
    inner = words[start:end].strip().lstrip("([")
    text = CLOSING.sub("", inner) if words[opening] in "([" else inner.rstrip()
    return Found(opening, end, take_apart(text, kind), caption, sure)


def _sentence_after(words: str, value: int) -> int:
    """Return where a credit at the beginning ends, if a sentence follows it: the caption."""
    for stop in _SENTENCE_END.finditer(words, value):
        rest = words[stop.end() :]
        if len(rest.split()) > 3 and not LABELLED.match(rest) and rest[-1:] in '.!?"”':
            return stop.end()
    return 0


def caption_start(words: str) -> int:
    """Return where a caption's own words begin: pages say "Image caption," first."""
    lead = _CAPTION_LEAD.match(words)
    return lead.end() if lead else 0


def is_caption(words: str) -> bool:
    """Tell whether a line says itself that it is a caption: "Photo caption: …"."""
    lead = _CAPTION_LEAD.match(words)
    return lead is not None and ("aption" in lead[0] or "ictured" in lead[0].lower()) and len(words) < LONGEST
