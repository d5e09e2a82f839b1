"""Take a credit line apart into its chain: who made a picture, who handed it out, which agency, and via whom it came."""

from __future__ import annotations

import re

from nutgraf.copydesk.agencies import DISTRIBUTORS, KNOWN, is_agency, is_house
from nutgraf.copydesk.found import Credit
from nutgraf.copydesk.letters import UPPER
from nutgraf.copydesk.lexicon import ORGANISATIONS

KINDS = (
    r"photo[ -]?illustrations?|📸|📷|fotos?|photographers?|photographs?|photography|photos?|pictures?|pics?|images?|illustrations?|graphics?|charts?|maps?|tables?|animations?"
    r"|videos?|screen ?shots?|screen ?grabs?|data|sources?|composites?|collages?|supplied|drawings?|cartoons?|artworks?|renderings?|renders?|visuals?|handouts?|credits?"
    r"|infographics?|visualizations?|visualisations?|stock|diagrams?|sketch(?:es)?|cover (?:photo|image)|file (?:photo|image)"
)
MORE = r"(?:\s(?:credits?|by|courtesy(?: of)?|source|via)){0,2}"
LABELLED = re.compile(
    rf"(?P<kind>{KINDS}){MORE}\s?(?:[:：]\s?|\.\.\.|…|(?<=source),\s|(?-i:(?<=[A-Z])\s?/\s?))(?=\S)", re.IGNORECASE
)
_NEXT = re.compile(rf"\s*(?:[;|•·]|\.\s|,\s|\s[–—-]\s)\s*(?P<kind>{KINDS})(?:\sby)?\s?:\s?", re.IGNORECASE)
VIA = re.compile(r"\s+(?:via|on(?=\s+(?:unsplash|pexels|flickr|pixabay)))\s+", re.IGNORECASE)
# "File" after a name says that the picture is old.
_FILE = re.compile(
    r"(?:,\s+|\s*/\s*)?(?:purchase licensing rights(?:, opens? (?:in )?(?:a )?new (?:tab|window))?|file(?: photo)?|(?<=[,/] )archive|(?<=/)archive)\s*\Z",
    re.IGNORECASE,
)
_HANDOUT = re.compile(r"(?i:(?:via\s)?hand[- ]?outs?(?: photo| image)?|pool(?: photo)?)\Z")
_COURTESY = re.compile(
    rf"(?i:(?:photo |image |picture )?courtesy(?: of)?|by|handout from|provided by|supplied by)\s+(?:the\s+(?=[{UPPER}])(?![^/,;()]*\s(?:family|estate|[a-z]+s)\b))?"
)
_FOR = re.compile(r"\s+for\s+|\s*[|]\s*|,\s+")
CLOSING = re.compile(r"[\s.,;)\]]*\Z")
_OFFICE = re.compile(
    r",\s(?:(?:[Ss]taff|[Cc]ontributing|[Ff]reelance|[Cc]hief)\s)?(?:[Pp]hotographer|[Ss]taff|[Cc]ontributor)\Z"
)
# What stands for a maker and names none.
_NOBODY = ("supplied", "submitted", "file", "file photo", "file image", "archive")
SOURCES = ("data", "source", "sources")


def take_apart(text: str, kind: str = "") -> Credit:
    """Return the credit line with its chain: "Photo: A / Handout/B via C"."""
    credit = Credit(" ".join(text.split()), kind[:1].upper() + kind[1:].lower() if kind else "")
    chain = text
    for given, value in _labelled_parts(text):
        chain = value
        credit.kind = given[:1].upper() + given[1:].lower()
        if credit.kind.lower() not in SOURCES:
            break
    else:
        if credit.kind.lower() in SOURCES:
            return credit
    _take_chain(credit, CLOSING.sub("", chain))
    return credit


def _labelled_parts(text: str) -> list[tuple[str, str]]:
    """Return "Data: A; Chart: B" as pairs of kind and value."""
    match = LABELLED.match(text)
    if not match:
        return []
    parts = []
    kind, place = match["kind"], match.end()
    while following := _NEXT.search(text, place):
        parts.append((kind, text[place : following.start()]))
        kind, place = following["kind"], following.end()
    return [*parts, (kind, text[place:])]


def _take_chain(credit: Credit, chain: str) -> None:
    chain = chain.lstrip("©").strip().removeprefix("Credit ")
    chain = re.sub(rf"\A(?:(?i:{KINDS})\s)?(?=(?i:courtesy|by|via)\b)", "", chain).strip()
    if match := re.match(r"(?i:via)\s+", chain):
        credit.distributor = chain[match.end() :].strip()
        return
    halves = VIA.split(_FILE.sub("", chain), maxsplit=1)
    if len(halves) == 2:
        credit.distributor = halves[1].strip()
    given = _COURTESY.match(halves[0])
    is_made = given is not None and given[0][:3].lower() != "by "
    parts = [part.strip(" ,;") for part in halves[0][given.end() if given else 0 :].split("/")]
    parts = [part for part in parts if part.lower() not in _NOBODY]
    parts = [
        re.sub(r"\s+Photos?\Z", "", part) if is_agency(part) and part.startswith("AP") else part
        for part in parts
        if part
    ]
    handouts = [part for part in parts if _HANDOUT.match(part)]
    credit.handout = handouts[0] if handouts else ""
    makers = [_OFFICE.sub("", part) for part in parts if not _HANDOUT.match(part)]
    if handouts and len(makers) == 1 and makers[0].casefold() not in KNOWN:
        # Whoever hands it out has made it, though the name may end as an agency's does.
        credit.maker = makers[0]
        return
    if len(makers) == 1 and not is_made:
        makers = _apart(makers[0])
    if len(makers) > 2 and not credit.distributor and makers[-1].casefold() in DISTRIBUTORS:
        credit.distributor = makers.pop()
    if len(makers) > 1 and all(map(is_agency, makers)) and not given:
        if not credit.distributor and makers[-1].casefold() in DISTRIBUTORS:
            credit.distributor = makers.pop()
        credit.agency, makers = "/".join(makers), []
    if len(makers) > 1 and (is_agency(makers[0]) or is_call_sign(makers[0])) and not is_agency(makers[1]):
        makers[0], makers[1] = makers[1], makers[0]
    if len(makers) == 1 and is_agency(makers[0]) and not is_made:
        credit.agency = makers[0]
    elif makers:
        credit.maker, credit.agency = makers[0], "/".join(makers[1:])


def is_call_sign(words: str) -> bool:
    """Tell a word in capitals before a name from a maker: "INPHO/Jo Lind"."""
    return words.isupper() and words.isalpha() and len(words) > 2


def _apart(maker: str) -> list[str]:
    """Part "A for B", "A, B" and "A | B", where B is a house; a list of makers stays one."""
    match = _FOR.search(maker)
    if match and (match[0].strip() == "for" or "|" in match[0] or _is_institution(maker[match.end() :])):
        return [maker[: match.start()], re.sub(r"\A[Tt]he\s+(?=[a-z])", "", maker[match.end() :])]
    return [maker]


def _is_institution(words: str) -> bool:
    return is_house(words) or (len(words.split()) < 7 and any(word in ORGANISATIONS for word in words.split()))
