"""Find who speaks: the name, the pronoun or the office beside the verb of saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.copydesk import nameless
from nutgraf.copydesk.found import Span
from nutgraf.copydesk.letters import UPPER, any_of
from nutgraf.copydesk.lexicon import NAMING, SPEECH
from nutgraf.copydesk.names import Mention
from nutgraf.copydesk.people import People
from nutgraf.copydesk.quotations import Quotation
from nutgraf.copydesk.sentences import sentences

# How far from the marks an attribution may stand.
REACH = 320
NEAR = 110
LONGEST_SIGNATURE = 90

VERB = re.compile(rf"\b(?:{any_of(sorted(SPEECH), with_capital=False)})\b")
_ACCORDING = re.compile(r"[\s,–—-]*(according to|in the words of)\s+", re.IGNORECASE)
_AS_PUT = re.compile(r"[\s,–—-]*as\s+(?=\S)", re.IGNORECASE)
_FIRST_VERB = re.compile(rf"[\s,–—-]*(?:(?:also|later|then|once|as|and)\s)?({VERB.pattern})\s+", re.IGNORECASE)
_SIGNED = re.compile(rf"\s*[–—-]+\s*(?=[{UPPER}])")
_PRONOUN = re.compile(r"(?:he|she|they|i|we)\b", re.IGNORECASE)
_WEAK = re.compile(
    r"[\s,]+(?:has|had|have|is|was|will|would|also|later|then|once|again|often|recently|publicly|quickly|simply|just|only|even|still|all|both|who|previously|earlier|repeatedly|(?-i:[a-z]+ly))\Z",
    re.IGNORECASE,
)
# "the captain, who may be named only as Ray"
_CALLED = re.compile(
    r"[^.;:\"“”]{0,40}?,?\s?\bwho\s[^,.;:\"“”]{0,40}?(?:named|identified|known|(?:his|her|their)\s(?:first\s|last\s)?name)\s(?:only\s)?(?:as|by)\s"
)
_ASIDE = re.compile(r"\([^()]*\)")
_OFFICE_OF = re.compile(
    r"(?:[’']s?)?\s(?:(?!and\b|but\b|of\b|for\b|at\b|in\b|on\b|to\b|who\b|that\b|as\b|with\b|from\b|after\b|when\b|is\b|was\b|by\b|about\b|than\b|over\b)[a-z][\w-]*,?\s){1,4}"
)
# "Skyline's head of cargo, Bruno Salas"
_OFFICE_IN = re.compile(
    r"[’']s?\s(?:(?!and\b|but\b|who\b|that\b|when\b|is\b|was\b|after\b|said\b)[a-z][\w-]*\s){1,6}(?:(?!and\b|but\b)[a-z][\w-]*),\s"
)
_ACCORDING_FIRST = re.compile(r"According to ((?:the |an? |his |her |its |their )?[^,;:\"“”]{3,60}),\s")
# "Hahn conceded that the bird had said"
_THAT = re.compile(r".*\bthat\s(?=(?:the|an?|his|her|its|their|one|[^\W\d_a-z])\b|[^\W\d_a-z])", re.DOTALL)
_PREPOSITION = re.compile(
    r"\b(?:for|of|at|from|with|in|on|to|by|into|about)\s+(?:the\s+|a\s+|an\s+|its\s+|his\s+|her\s+|their\s+)?\Z",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:tells?|told|telling)\Z", re.IGNORECASE)
_HEARER = re.compile(
    r"\s+((?!that\b|how\b|what\b|in\b|on\b)(?:the |a |an |his |her |their |our )?[^\W\d_][\w’'.&-]*(?:\s(?!in\b|on\b|at\b|that\b|during\b|after\b|by\b|last\b|this\b|as\b|before\b|and\b|who\b|via\b|while\b|when\b)[\w’'&-]+){0,4})"
)


@dataclass(slots=True)
class Attribution:
    """Who is said to speak, by the words that say so."""

    speaker: str
    title: str
    role: str
    verb: str
    said_to: str
    start: int
    end: int
    sure: float
    is_direct: bool = True
    is_naming: bool = False
    is_colon: bool = False
    # Whether a verb of saying stands beside it, and where.
    is_spoken: bool = True
    verb_at: int = -1


class Speakers:
    """Whom the words around a quotation name as its speaker."""

    def __init__(self, text: str, stretches: Sequence[Span], people: People) -> None:
        self.text = text
        self.stretches = stretches
        self.people = people

    # Attributions

    def below(self, quotation: Quotation, right: int) -> Attribution | None:
        """Return who is named after the words: "…," said Jane Doe; "…," she said; "…," according to the ministry."""
        words_end = self.text[quotation.left : quotation.right].rstrip(" \n\u00a0\"”’'»")[-1:]
        stop = min(right, quotation.end + REACH)
        stop = sentences(self.text, quotation.end, stop)[0][1] if quotation.end < stop else stop
        if signed := _SIGNED.match(self.text, quotation.end, stop):
            mention = self.people.named_in(signed.end(), min(stop, signed.end() + NEAR))
            if mention and mention.start == signed.end() and words_end in ".!?…,":
                return self._attribution(mention, "", signed.end(), stop, 0.8, verb_end=stop)
        end = self.stretches[quotation.stretch][1]
        if words_end in ".!?" and right == end and (named := self._signature(quotation, quotation.end, end)):
            return named
        if words_end == "." and self.text[quotation.end : quotation.end + 1] != ",":
            return None
        if found := _ACCORDING.match(self.text, quotation.end, stop):
            return self._after_verb(found.end(), stop, found[1].lower(), found.end())
        if found := _AS_PUT.match(self.text, quotation.end, stop):
            verb = VERB.search(self.text, found.end(), min(stop, found.end() + NEAR))
            return self._before_verb(found.end(), verb, stop) if verb else None
        found = _FIRST_VERB.match(self.text, quotation.end, stop)
        is_naming = found and found[1].lower() in NAMING
        if found and (not is_naming or (found[1].lower() == "called" and words_end in ",!?")):
            told = self._after_verb(found.end(), stop, found[1], found.end())
            if told:
                told.verb_at = found.start(1)
                return told
        verb = VERB.search(self.text, quotation.end, min(stop, quotation.end + NEAR))
        is_ended = words_end in ",?!—–…" or self.text[quotation.end : quotation.end + 1] == ","
        if verb is None or not is_ended or verb[0].lower() in NAMING:
            return None
        return self._before_verb(quotation.end, verb, stop)

    def above(self, quotation: Quotation, left: int) -> Attribution | None:
        """Return who is named before the words: Jane Doe said: "…"; the union called it "…"."""
        first = self._sentence_start(quotation, left)
        zone_end = quotation.start
        verbs = list(VERB.finditer(self.text, first, zone_end))
        tail_words = self.text[first:zone_end].rstrip()
        if not tail_words:
            return None
        for verb in reversed(verbs[-3:]):
            tail = self.text[verb.end() : zone_end].strip()
            is_naming = verb[0].lower() in NAMING
            count = len(tail.split())
            is_close = (
                tail in ("", ":", ",", "that", "that:")
                or (tail[-1] in ":," and count <= 16)
                or (tail.endswith("that") and count <= 9)
            )
            if is_close or (is_naming and count <= 7 and tail[-1] not in ".,;"):
                found = self._before_verb(first, verb, zone_end, is_above=True)
                if found:
                    found.is_naming = is_naming
                    found.is_colon = tail.endswith(":")
                    return found
        if tail_words.endswith(":"):
            return self._of_colon(first, zone_end)
        return None

    def of_sentence(self, first: int, quotation: Quotation) -> Attribution | None:
        """Return whom a sentence is about that quotes a few words."""
        first = max(first, quotation.start - REACH)
        verb = next(reversed(list(VERB.finditer(self.text, first, quotation.start))), None)
        if verb is None and (source := _ACCORDING_FIRST.match(self.text, first, quotation.start)):
            words = " ".join(source[1].split())
            return Attribution(words, "", "", "", "", first, quotation.end, 0.6, is_direct=False)
        if verb and (found := self._before_verb(first, verb, quotation.start, is_above=True)):
            found.is_direct = False
            found.sure = min(found.sure, 0.6)
            return found
        start, end = self.stretches[quotation.stretch]
        stop = (
            sentences(self.text, quotation.end, min(end, quotation.end + REACH))[0][1] if quotation.end < end else end
        )
        verb = VERB.search(self.text, quotation.end, stop)
        if verb:
            comma = self.text.rfind(",", quotation.end, verb.start())
            if comma > 0 and (found := self._before_verb(comma + 1, verb, stop)):
                found.is_direct = False
                found.sure = min(found.sure, 0.5)
                return found
            if self.text[quotation.end : verb.start()].rstrip().endswith(",") and (
                found := self._after_verb(verb.end() + 1, stop, verb[0], verb.end())
            ):
                found.is_direct = False
                found.sure = min(found.sure, 0.5)
                return found
        mention = self.people.named_in(first, quotation.start, first_one=True)
        if mention and mention.kind == "PERSON":
            return Attribution(
                mention.name,
                mention.title,
                "",
                "",
                "",
                quotation.start,
                quotation.end,
                0.35,
                is_direct=False,
                is_spoken=False,
            )
        return None

    def _of_colon(self, first: int, end: int) -> Attribution | None:
        """Return who stands before a colon without a verb of saying: a name by itself, or whom the sentence is about."""
        mention = self.people.named_in(first, end, first_one=True)
        last = self.people.named_in(first, end, first_one=False)
        if last and not self.text[last.end : end].strip(" :") and last.kind == "PERSON":
            # "Gulls coach Bronwyn Achilles:"
            mention = last
        if not mention or mention.kind != "PERSON":
            return None
        is_alone = not self.text[first : mention.start].strip() and not self.text[mention.end : end].strip(" :")
        found = Attribution(mention.name, mention.title, "", "", "", mention.start, end, 0.8 if is_alone else 0.5)
        found.is_colon = True
        found.is_spoken = is_alone
        return found

    def introduced(self, quotation: Quotation) -> Attribution | None:
        """Return who is named at the end of the paragraph above, if it ends with a colon: "Ida Brook said:"."""
        if not quotation.stretch:
            return None
        start, end = self.stretches[quotation.stretch - 1]
        if quotation.start != self.stretches[quotation.stretch][0] or not self.text[start:end].rstrip().endswith(":"):
            return None
        first = sentences(self.text, max(start, end - REACH), end)[-1][0]
        verb = next(reversed(list(VERB.finditer(self.text, first, end))), None)
        found = self._before_verb(first, verb, end, is_above=True) if verb else self._of_colon(first, end)
        if found:
            found.is_colon = True
            found.sure = min(found.sure, 0.8)
        return found

    def signed(self, quotation: Quotation) -> Attribution | None:
        """Return whose name stands by itself in the line below a quotation, as pages set those that stand apart."""
        if quotation.stretch + 1 >= len(self.stretches):
            return None
        return self._signature(quotation, *self.stretches[quotation.stretch + 1])

    def _signature(self, quotation: Quotation, start: int, end: int) -> Attribution | None:
        line = self.text[start:end].strip(" –—-") if end - start < 2 * LONGEST_SIGNATURE else ""
        mention = self.people.named_in(start, end)
        if (
            not line
            or not mention
            or mention.kind != "PERSON"
            or len(line) > LONGEST_SIGNATURE
            or line.endswith((".", "!", "?", ":"))
        ):
            return None
        before, after = self.text[start : mention.begin].strip(" –—-"), self.text[mention.end : end].strip()
        if len(before.split()) > 4 or VERB.search(line) or (after and after[0] not in ",("):
            return None
        return Attribution(mention.name, mention.title, "", "", "", quotation.start, end, 0.7)

    def _sentence_start(self, quotation: Quotation, left: int) -> int:
        first = max(left, self.stretches[quotation.stretch][0], quotation.start - REACH)
        parts = sentences(self.text, first, quotation.start)
        # A sentence that ended just before the marks says nothing of them.
        last = parts[-1] if parts else (quotation.start, quotation.start)
        words = self.text[last[0] : last[1]].rstrip()
        if words.rstrip("\"”’')]").endswith((".", "!", "?")) and not words.endswith((":", ",")):
            return quotation.start
        return last[0]

    # Who stands beside a verb

    def _after_verb(self, start: int, stop: int, verb: str, verb_end: int) -> Attribution | None:
        if pronoun := _PRONOUN.match(self.text, start, stop):
            return self._of_pronoun(pronoun[0], start, verb, verb_end, stop)
        mention = self._holder_named(start, min(stop, start + NEAR))
        if mention:
            between = self.text[start : mention.begin]
            is_described = (
                bool(_PREPOSITION.search(between)) or len(between.split()) > 7 or re.search(r"[.;:()\"“]|,.*,", between)
            )
            if re.search(r"\b(?:who|which|that|after|when|as|because|in)\b", between):
                is_described = True
            # "Told Reuters" is not "said Jane Doe": after "told" stands who listens.
            if not is_described and (between.strip() or not _TOLD.match(verb)):
                return self._attribution(mention, verb, start, stop, 0.92, verb_end=verb_end)
        if end := nameless.end_of_description(self.text, start, stop):
            if (called := _CALLED.match(self.text, end, stop)) and (named := self.people.named_in(called.end(), stop)):
                return self._attribution(named, verb, start, stop, 0.7, verb_end=verb_end)
            if words := nameless.after_verb(self.text, start, end):
                said_to = self._said_to(verb, verb_end, stop)
                return Attribution(words, "", "", verb, said_to, start, stop, 0.7)
        return None

    def _holder_named(self, start: int, stop: int) -> Mention | None:
        """Return the name that stands first, or the one whose office it begins: "Tidewater finance chief Ida Brook"."""
        inside = self.people.between(start, stop)
        for mention, following in zip(inside, inside[1:], strict=False):
            if not _OFFICE_OF.fullmatch(self.text, mention.end, following.begin) and not (
                following.kind == "PERSON" and _OFFICE_IN.fullmatch(self.text, mention.end, following.begin)
            ):
                return mention
        return inside[-1] if inside else None

    def _before_verb(
        self, start: int, verb: re.Match[str] | None, stop: int, *, is_above: bool = False
    ) -> Attribution | None:
        if verb is None:
            return None
        end = verb.start()
        subject_end = end
        subject = self.text[start:end].rstrip(" ,\n\u00a0")
        while weak := _WEAK.search(subject):
            subject = subject[: weak.start()]
        subject_end = start + len(subject)
        if is_above and (clause := _THAT.match(subject)) and clause.end() < len(subject):
            start, subject = start + clause.end(), subject[clause.end() :]
        lead = len(subject) - len(subject.lstrip(" ,–—-\n\u00a0"))
        subject_start = start + lead
        if subject_end <= subject_start:
            return None
        said_to = self._said_to(verb[0], verb.end(), stop)
        until = max(verb.end(), stop) if not is_above else stop
        begin = subject_start if not is_above else min(subject_start, verb.start())
        pronoun = re.search(r"(?:^|[\s,(])(he|she|they|i|we)\Z", subject, re.IGNORECASE)
        if pronoun:
            found = self._of_pronoun(pronoun[1], subject_end - len(pronoun[1]), verb[0], verb.end(), stop)
            if found:
                found.end = until
                found.verb_at = verb.start()
            return found
        mention = self._subject_mention(subject_start, subject_end, is_above=is_above)
        if mention:
            found = self._attribution(mention, verb[0], begin, until, 0.9, verb_end=verb.end())
            found.said_to = said_to
            found.verb_at = verb.start()
            return found
        words = nameless.before_verb(self.text, subject_start, subject_end, is_above=is_above)
        if not words:
            return None
        return Attribution(words, "", "", verb[0], said_to, begin, until, 0.65, verb_at=verb.start())

    def _subject_mention(self, start: int, end: int, *, is_above: bool) -> Mention | None:
        """Return the name that is the subject before a verb: the last one that ends it, or the one that an apposition follows."""
        inside = self.people.between(start, end)
        if not inside:
            return None
        last = inside[-1]
        before = self.text[start : last.start]
        if not _ASIDE.sub("", self.text[last.end : end]).strip(" ,’'s") and not _PREPOSITION.search(before):
            return self._before_apposition(inside, start) if last.kind != "PERSON" else last
        for mention in inside:
            rest = self.text[mention.end : end]
            if re.match(r"\s?(?:\([^()]*\))?,", rest) and not _PREPOSITION.search(self.text[start : mention.start]):
                return mention
        # "the governor's office said", "a spokesman for Evergreen said": not the name, but the words.
        if not is_above:
            return None
        for mention in inside:
            is_person = mention.kind == "PERSON" and not _PREPOSITION.search(self.text[start : mention.start])
            if is_person and not re.match(r"[’']s?\b", self.text[mention.end : end]):
                return mention
        return None

    def _before_apposition(self, inside: list[Mention], start: int) -> Mention:
        """Return the person whose office ends with the last name, if there is one: "Jane Doe, head of the Mill Trust, said"."""
        for mention in inside[:-1]:
            is_followed = self.text.startswith(", ", mention.end) and mention.kind == "PERSON"
            if is_followed and not _PREPOSITION.search(self.text[start : mention.begin]):
                return mention
        return inside[-1]

    def _said_to(self, verb: str, end: int, stop: int) -> str:
        if not _TOLD.match(verb):
            return ""
        found = _HEARER.match(self.text, end, stop)
        if not found or re.match(r"(?:that|how|what)\b", found[1]):
            return ""
        return " ".join(found[1].split()).rstrip(".,")

    def _attribution(
        self, mention: Mention, verb: str, start: int, stop: int, sure: float, *, verb_end: int
    ) -> Attribution:
        end = max(mention.end, stop)
        return Attribution(
            mention.name,
            mention.title,
            "",
            verb,
            self._said_to(verb, verb_end, stop),
            min(start, mention.start),
            end,
            sure,
        )

    def _of_pronoun(self, pronoun: str, at: int, verb: str, verb_end: int, stop: int) -> Attribution | None:
        name = nameless.told_before(self.text, self.people, at) or self.people.named_before(at)
        name = name or self.people.last_speaker or nameless.begins_with(self.text, self.people, at)
        if pronoun.lower() in ("i", "we") or not name:
            return None
        name = self.people.of_pronoun(pronoun.lower(), name)
        said_to = self._said_to(verb, verb_end, stop)
        return Attribution(name, "", "", verb, said_to, at, max(verb_end, stop), 0.75)
