"""What each rule notes and what it lets pass, one small story a line."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from nutgraf.copydesk import rules
from nutgraf.copydesk.drafts import Draft, bullet, point, sub_bullet
from nutgraf.copydesk.labels import label_key
from nutgraf.copydesk.rules import House, HouseWord, Level, PictureWords, Switch, Target

ON = datetime.date(2026, 11, 22)
WORDS = (
    HouseWord("Kiev", "Kyiv", "the city's own name"),
    HouseWord("e-mail", "email"),
    HouseWord("don't walk", ""),
    HouseWord("internet", "Internet"),
)
HOUSE = House(on=ON, words=WORDS)


def say(text: str, **fields: Any) -> Draft:
    """A story that lacks nothing, with these words in its point."""
    fields = {"headline": "Harbour reopens", "lede": "<p>Ships sail again.</p>"} | fields
    return Draft(body=[point("Why it matters", text)], **fields)


def noted(draft: Draft, rule: str, house: House = HOUSE) -> list[str]:
    return [note.words for note in rules.check(draft, house) if note.rule == rule]


def test_a_story_that_lacks_nothing_has_no_notes() -> None:
    assert rules.check(say("Bread comes by ship."), HOUSE) == []


def test_an_empty_story_is_not_scolded() -> None:
    assert rules.check(Draft(), HOUSE) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor, TK, was there.", ["TK"]),
        ("It cost TKTK crowns and tktk more.", ["TKTK", "tktk"]),
        ("A number (TK) follows.", ["TK"]),
        ("He won by TKO over a Stack of ATK forms.", []),
        ("The site is at example.tk, and tk is small.", []),
        ("Flight TK1951 landed.", []),
    ],
)
def test_tk(text: str, words: list[str]) -> None:
    assert noted(say(text), "tk") == words


def test_each_tk_is_known_by_the_words_beside_it() -> None:
    notes = rules.check(say("TK pilots, (TK) and TK boats. TK"), HOUSE)

    assert [note.known_by for note in notes if note.rule == "tk"] == [
        "TK pilots,", "pilots, (TK) and", "and TK boats.", "boats. TK",
    ]  # fmt: skip


def test_tk_is_found_wherever_it_stands() -> None:
    fact = {"type": "quote", "value": {"words": "It was TK", "speaker": "Mara Lind", "role": "TK"}, "id": "f"}
    draft = Draft(
        headline="TK",
        short_head="TK",
        eyebrow="TK",
        lede="<p>The <b>TK</b></p>",
        hero={"picture": 1, "caption": "TK", "alt_text": "TK"},
        body=[point("TK", "TK", [bullet("TK", [sub_bullet("TK")])], [fact])],
    )

    notes = [note for note in rules.check(draft, HOUSE) if note.rule == "tk"]

    assert len(notes) == 12
    assert {note.level for note in notes} == {Level.STOP}
    assert {note.path for note in notes} >= {"headline", "lede", "hero_alt_text", "body/0/bullets/0/bullets/0"}


def test_only_what_stops_a_story_is_asked_for_before_it_is_published() -> None:
    draft = say("The mayor, TK, at the end of the day.")

    assert {note.rule for note in rules.check(draft, HOUSE, level=Level.STOP)} == {"tk"}


def test_a_story_without_its_nut_graf() -> None:
    draft = Draft(headline="Harbour reopens", lede="Ships sail.", body=[point("The latest", "Bread comes by ship.")])

    assert [note.path for note in rules.check(draft, HOUSE) if note.rule == "nut-graf"] == ["body"]


def test_the_nut_graf_is_known_by_its_job_and_not_by_its_words() -> None:
    draft = Draft(
        headline="Harbour reopens", lede="Ships sail.", body=[point("Warum das zählt", "Brot kommt per Schiff.")]
    )
    house = House(jobs={label_key("Warum das zählt"): "WHY", label_key("Why it matters"): "NEW"})

    assert noted(draft, "nut-graf", house) == []
    assert noted(say("Bread comes by ship."), "nut-graf", house) == [""]


def test_an_empty_nut_graf_says_nothing() -> None:
    assert noted(say(""), "nut-graf") == ["Why it matters"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We met on Thursday.", ["Thursday"]),
        ("Yesterday it rained.", ["Yesterday"]),
        ("They talk tomorrow and on Friday.", ["tomorrow", "Friday"]),
        ("We met on Thursday, Nov. 19.", []),
        ("We met on Thursday, 19 November, and left on Friday.", []),
        ("It said Friday that it will sail on Dec. 3.", ["Friday"]),
        ("It sails on Dec. 3, the owner said on Friday.", ["Friday"]),
        ("It sailed on Friday evening (Nov. 20).", []),
        ("It opens every Monday, and on Mondays only.", []),
        ("She writes for the Sunday Mirror and USA Today.", []),
        ("Shops like Black Friday.", []),
        ("“We leave tomorrow,” said pilot Mara Lind.", []),
        ("She met Wednesday Addams.", []),
    ],
)
def test_days_without_a_date(text: str, words: list[str]) -> None:
    assert noted(say(text), "day") == words


def test_a_near_day_is_told_its_date() -> None:
    (note,) = [note for note in rules.check(say("It rained yesterday."), HOUSE) if note.rule == "day"]

    assert "21 November" in note.why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The harbour was closed.", ["was closed"]),
        ("The ships were quickly sold by the bank.", ["were quickly sold"]),
        ("It is being built.", ["is being built"]),
        ("It has been torn down.", ["been torn"]),
        ("The harbour was in the north.", []),
        ("The boat was red and the man tired.", []),
        ("He was tired and she was interested.", []),
        ("It was indeed a hundred.", []),
        ("He was a retired man in need of speed.", []),
        ("“It was closed by fools,” said pilot Mara Lind.", []),
    ],
)
def test_passive(text: str, words: list[str]) -> None:
    assert noted(say(text), "passive") == words


def test_a_house_may_let_some_passives_pass() -> None:
    house = House(switches={"passive": Switch(limit=1)})

    assert noted(say("It was closed. It was sold."), "passive", house) == ["was sold"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She went to Kiev.", ["Kiev"]),
        ("She went to Kyiv and Kievan towns.", []),
        ("The E-mail came by e-mail.", ["E-mail", "e-mail"]),
        ("The sign says don’t walk.", ["don’t walk"]),
        ("The Internet is not the internet.", ["internet"]),
        ("“I love Kiev,” said pilot Mara Lind.", ["Kiev"]),
    ],
)
def test_house_words(text: str, words: list[str]) -> None:
    assert noted(say(text), "house-word") == words


def test_a_house_word_says_what_is_written_instead_and_why() -> None:
    (note,) = [note for note in rules.check(say("She went to Kiev."), HOUSE) if note.rule == "house-word"]

    assert note.why == "We write “Kyiv” rather than “Kiev”: the city's own name."


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("jargon", "At the end of the day it is a win-win.", ["At the end of the day", "win-win"]),
        ("jargon", "They utilize the crane.", ["utilize"]),
        (
            "jargon",
            "They utilised it in order to leave, and will going forward.",
            ["utilised", "in order to", "going forward"],
        ),
        ("jargon", "They want to leverage it, having leveraged less.", ["leverage", "leveraged"]),
        ("jargon", "Stakeholders call it a game-changer.", ["Stakeholders", "game-changer"]),
        ("jargon", "The union has leverage, and the crane's leverage ratio is high.", []),
        ("jargon", "“At the end of the day it is ours,” said pilot Mara Lind.", []),
        ("jargon", "The crane lifts bread out of the ship.", []),
        ("padding", "It is absolutely essential.", ["absolutely essential"]),
        ("padding", "It is essential.", []),
        ("padding", "At this point in time it is calm.", ["At this point in time"]),
        ("slip", "They saw the the crane.", ["the the"]),
        ("slip", "They saw that that crane had gone.", []),
        ("slip", "They saw the crane.", []),
    ],
)
def test_words_of_no_use(rule: str, text: str, words: list[str]) -> None:
    assert noted(say(text), rule) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We have waited for this for days,” said Lind.", ["Lind"]),
        ("“We have waited for this for days,” said Mara Lind.", ["Lind"]),
        ("“We have waited for this for days,” said Mara Lind, a pilot.", []),
        ("“We have waited for this for days,” said pilot Mara Lind.", []),
        ("Mara Lind, who steers ships, came. “We have waited for this for days,” Lind said.", []),
        ("The ship “Perpetua” sank.", []),
        ("“We have waited for this for days,” the ministry said.", []),
    ],
)
def test_who_speaks(text: str, words: list[str]) -> None:
    assert noted(say(text), "speaker") == words


def test_a_speaker_is_asked_for_once_and_by_what_is_lacking() -> None:
    notes = rules.check(say("“We have waited for days,” said Lind. “It was far too long for us,” Lind said."), HOUSE)

    (note,) = [note for note in notes if note.rule == "speaker"]
    assert note.why == "Readers meet “Lind” here for the first time: give the full name."


def test_a_noted_quote_that_says_who_speaks() -> None:
    def story(**who: str) -> Draft:
        quote = {"type": "quote", "value": {"words": "We waited", "role": "", "affiliation": "", **who}, "id": "q"}
        return Draft(headline="Ships", lede="Ships sail.", body=[point("Why it matters", "Bread."), quote])

    assert noted(story(speaker="Lind"), "speaker") == ["Lind"]
    assert noted(story(speaker="Mara Lind"), "speaker") == ["Mara Lind"]
    assert noted(story(speaker="Mara Lind", role="pilot"), "speaker") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ship brought 2,500 tonnes of flour.", ["2,500 tonnes of flour"]),
        ("The ship brought 2,500 tonnes of flour, the port authority said.", []),
        ('The ship brought <a href="https://example.org/">2,500 tonnes</a> of flour.', []),
        ("It took nine days and two pilots.", []),
        ("It happened in 1998.", []),
    ],
)
def test_whose_number(text: str, words: list[str]) -> None:
    assert noted(say(text), "source") == words


def test_a_noted_number_says_whose_it_is() -> None:
    def story(source: str) -> Draft:
        number = {"type": "number", "value": {"value": "9", "counts": "days", "source": source}, "id": "n"}
        return Draft(headline="Ships", lede="Ships sail.", body=[point("Why it matters", "Bread."), number])

    assert noted(story(""), "source") == ["9 days"]
    assert noted(story("the port authority"), "source") == []


def test_a_noted_number_is_quoted_in_groups_of_figures() -> None:
    number = {"type": "number", "value": {"value": "4000", "counts": "people", "source": ""}, "id": "n"}
    story = Draft(headline="Ships", lede="Ships sail.", body=[point("Why it matters", "Bread."), number])

    assert noted(story, "source") == ["4,000 people"]


def test_a_picture_has_what_the_library_knows_of_it() -> None:
    draft = say("Bread.", hero={"picture": 7, "caption": "", "alt_text": ""})

    assert rules.check(draft, House(pictures={7: PictureWords("A quay.", "Ada Quill")})) == []


def test_pictures_have_a_credit_and_an_alt_text() -> None:
    draft = say("Bread.", hero={"picture": 7, "caption": "A quay.", "alt_text": ""})
    draft.body.append({"type": "picture", "value": {"picture": 8, "caption": "", "alt_text": "A crane."}, "id": "p"})
    house = House(pictures={7: PictureWords("", "Ada Quill"), 8: PictureWords("", "")})

    notes = [(note.path, note.words) for note in rules.check(draft, house) if note.rule == "picture"]

    assert notes == [("hero", "alt text"), ("body/p/picture", "credit line")]


@pytest.mark.parametrize(
    ("rule", "draft"),
    [
        ("headline-length", say("Bread.", headline="word " * 13)),
        ("short-head-length", say("Bread.", short_head="word " * 7)),
        ("lede-length", say("Bread.", lede="word " * 20 + ". And " + "word " * 20)),
        ("sentence-length", say("word " * 31)),
        ("story-length", say("Word. " * 298)),
    ],
)
def test_what_is_too_long(rule: str, draft: Draft) -> None:
    assert rule in {note.rule for note in rules.check(draft, HOUSE)}


@pytest.mark.parametrize(
    "draft",
    [
        say("Bread.", headline="word " * 12),
        say("Bread.", short_head="word " * 6),
        say("Bread.", lede="word " * 20 + ". And " + "word " * 19),
        say("word " * 30),
        say("word " * 20 + "ended. " + "Word " * 20),
        say("Word. " * 250),
    ],
)
def test_what_is_just_short_enough(draft: Draft) -> None:
    assert [note.rule for note in rules.check(draft, HOUSE) if note.rule.endswith("-length")] == []


def test_a_long_bullet_is_told_once() -> None:
    draft = say("Bread.")
    draft.body[0]["value"]["bullets"] = [bullet("word " * 36)]

    lengths = [note.rule for note in rules.check(draft, HOUSE) if note.rule.endswith("-length")]
    assert lengths == ["bullet-length"]


def test_the_target_is_that_of_the_kind() -> None:
    house = House(target=Target(50, "Brief"))

    (note,) = rules.check(say("Word. " * 60), house)

    assert note.rule == "story-length"
    assert "“Brief”" in note.why


def test_a_story_may_have_all_the_words_of_its_target() -> None:
    words = rules.length(say("Word. " * 60), HOUSE).words

    assert noted(say("Word. " * 60), "story-length", House(target=Target(words))) == []
    assert noted(say("Word. " * 60), "story-length", House(target=Target(words - 1))) == [""]


def test_words_and_reading_time() -> None:
    length = rules.length(say("Word. " * 225), House(words_per_minute=115))

    assert (length.words, length.seconds) == (233, 122)


def test_a_rule_can_be_switched_off() -> None:
    assert noted(say("TK"), "tk", House(switches={"tk": Switch(is_on=False)})) == []


def test_rules_of_english_are_for_english() -> None:
    draft = say("Am Ende was the the crane, TK.")

    assert noted(draft, "slip", House(language="en-GB")) == ["the the"]
    assert noted(draft, "slip", House(language="de")) == []
    assert noted(draft, "tk", House(language="de")) == ["TK"]


def test_every_place_is_where_the_words_are() -> None:
    text = "We met Thursday <b>in Kiev</b>, at the end of the day. “Wait for it now,” said Lind. It was sold."
    draft = Draft(headline="Kiev", lede=text, body=[point("Why it matters", text, [bullet(text, [sub_bullet(text)])])])

    notes = [note for note in rules.check(draft, HOUSE) if note.words and note.path != "body"]

    plain = "We met Thursday in Kiev, at the end of the day. “Wait for it now,” said Lind. It was sold."
    fields = {"headline": "Kiev"}
    assert len(notes) > 15
    assert all(fields.get(note.path, plain)[note.start : note.end] == note.words for note in notes)


def test_a_note_is_known_again_after_an_edit_elsewhere() -> None:
    before = rules.check(say("We met on Thursday."), HOUSE)
    after = rules.check(say("The crane stood still. We met on  thursday.".replace("thursday", "Thursday")), HOUSE)

    assert [note.key for note in before] == [note.key for note in after] == [("day", "thursday")]


def test_keys_of_rules_are_their_own() -> None:
    keys = [rule.key for rule in rules.RULES]

    assert len(set(keys)) == len(keys)
    assert all(rules.find(key) for key in keys)
    assert rules.find("gone") is None
