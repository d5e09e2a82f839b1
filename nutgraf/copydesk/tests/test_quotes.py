"""Quotes are found with the one who says them, and words that nobody says are left alone."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from nutgraf.copydesk import reading

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)


def quotes(text):
    copy = reading.read(f"A headline\n\nNothing is said here.\n\n{text}\n", at=AT, zone=ZoneInfo("UTC"))
    return copy.stories[0].quotes


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ('"We will not close the mill," Ida Brook said.', "We will not close the mill,", "Ida Brook"),
        ('"We will not close the mill," said Ida Brook.', "We will not close the mill,", "Ida Brook"),
        ("“We will not close the mill,” said Ida Brook.", "We will not close the mill,", "Ida Brook"),
        ("‘We will not close the mill,’ said Ida Brook.", "We will not close the mill,", "Ida Brook"),
        ("'We will not close the mill's gate,' said Ida Brook.", "We will not close the mill's gate,", "Ida Brook"),
        ("«We will not close the mill», said Ida Brook.", "We will not close the mill", "Ida Brook"),
        ('Ida Brook said: "We will not close the mill."', "We will not close the mill.", "Ida Brook"),
        ('Ida Brook told the Courier, "The mill stays."', "The mill stays.", "Ida Brook"),
        ('• Mill owner Ida Brook: "The mill stays."', "The mill stays.", "Ida Brook"),
        ('"The mill stays," according to Ida Brook.', "The mill stays,", "Ida Brook"),
        ('"The mill stays." – Ida Brook\n\nThe end is near, and it is long.', "The mill stays.", "Ida Brook"),
        ('As Ida Brook put it, "The mill stays where it is."', "The mill stays where it is.", "Ida Brook"),
        ('"The mill stays," Mayor Ida Brook (@idabrook) posted.', "The mill stays,", "Ida Brook"),
        (
            '"They climb in for the food," Environment Minister Ida Kealy said.',
            "They climb in for the food,",
            "Ida Kealy",
        ),
        ('"It hums," Senate Majority Leader Ida Brook said.', "It hums,", "Ida Brook"),
        ('"It hums all night," soprano Ida Brook said.', "It hums all night,", "Ida Brook"),
        ("Ida Brook called the plan “a gift to the rats.”", "a gift to the rats.", "Ida Brook"),
        ("Ida Brook said the plan was “a gift to the rats” and no more.", "a gift to the rats", "Ida Brook"),
        ('A spokesman for the mill said: "It hums."', "It hums.", "A spokesman for the mill"),
        ('"No," Ida Brook said.', "No,", "Ida Brook"),
        (
            'An official, who was not allowed to speak, said it was "held together by tape."',
            "held together by tape.",
            "An official",
        ),
    ],
)
def test_a_quote_is_found_with_its_speaker(text, words, speaker):
    (quote,) = quotes(text)

    assert (quote.words, quote.speaker) == (words, speaker)


@pytest.mark.parametrize(
    "text",
    [
        'The "limited" talks went on, Ida Brook said.',
        'She called it "historic" and left.',
        'The so-called "bread tax" ends.',
        'Ida Brook wrote "The Last Mill of All" in a year.',
        'A sign at the door now reads "Governors Are Welcome."',
        'Residents held signs reading "No more lorries here".',
        "Joan 'Bunty' Ferris won.",
        'A 6" pipe broke, and a 12" one held.',
        "The workers' hall and the owners' club stood shut in the '90s.",
    ],
)
def test_words_that_nobody_says_are_no_quote(text):
    assert [quote.words for quote in quotes(text)] == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Ida Brook owns the mill. "It hums," Brook said.', "Ida Brook"),
        ('Ida Brook owns the mill. "It hums," she said.', "Ida Brook"),
        ('Ida Brook said she had not heard from Tom Lane. "My phone works," she said.', "Ida Brook"),
        ('"It hums," said Tom Lane. His wife, Jolie, laughed. "He hums," she said.', "Jolie"),
        ('Ida Brook owns the mill in Port Sorrel. "It hums," she told a visitor.', "Ida Brook"),
        ('Gov. Ida Brook was here.\n\nThe governor said it was "quiet at last, and cheap."', "Ida Brook"),
        ('Ida Brook paused. Tom Lane said:\n\n"The mill hums at night."', "Tom Lane"),
    ],
)
def test_a_surname_a_pronoun_or_an_office_is_followed_to_the_full_name(text, speaker):
    assert quotes(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"It hums," Ida Brook said. "It always did."', "It hums. It always did."),
        ('"It hums," Ida Brook said, "and it always did."', "It hums, and it always did."),
        ('Ida Brook said: "It hums.\n\n"It always did."', "It hums. It always did."),
    ],
)
def test_the_halves_round_an_attribution_are_one_quote(text, words):
    (quote,) = quotes(text)

    assert (quote.words, quote.speaker) == (words, "Ida Brook")


def test_an_office_with_the_name_of_a_club_in_it_is_the_persons_whom_a_comma_names():
    text = "Rathmoyle Rovers won. “The wind would turn,” said the Rovers manager, Bernie Quilligan."

    assert [quote.speaker for quote in quotes(text)] == ["Bernie Quilligan"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The wrong row,” said Skyline's head of cargo, Bruno Salas.", "Bruno Salas"),
        ("Leo Hahn conceded that the bird had said “Give it to Harold” twice.", "the bird"),
        ("According to court papers, the estate is worth “a great deal of money.”", "court papers"),
        ("A vicar who spent nine days there says it was “the best Lent of all”.", "A vicar"),
        ("“Objection,” called the lawyer, Sam Iqbal.", "Sam Iqbal"),
    ],
)
def test_who_speaks_is_told_from_who_stands_beside(text, speaker):
    assert [quote.speaker for quote in quotes(text)] == [speaker]


def test_he_is_not_the_one_who_was_she_a_sentence_ago():
    text = (
        "Giles Amory went up. “I had my flask,” he said. His wife, Moira Amory, noticed. “It was so quiet,” she said. "
        "Asked if he would go again, he replied: “Not without a chair.”"
    )

    assert [quote.speaker for quote in quotes(text)] == ["Giles Amory", "Moira Amory", "Giles Amory"]


def test_a_paper_that_was_told_something_is_not_who_goes_on_speaking():
    text = "Yolanda Pike dives. “I bring up balls,” she told the Brenda Mail. What does she fear? “Turtles with opinions,” she said."

    assert {quote.speaker for quote in quotes(text)} == {"Yolanda Pike"}


def test_a_second_attribution_begins_a_second_quote():
    found = quotes('"It hums," said Ida Brook. "It rattles," said Tom Lane.')

    assert [(quote.words, quote.speaker) for quote in found] == [
        ("It hums,", "Ida Brook"),
        ("It rattles,", "Tom Lane"),
    ]


def test_a_whole_sentence_later_in_the_paragraph_is_by_the_same_speaker():
    found = quotes('"It hums," said Ida Brook. Her voice fell. "It hums at night and it hums by day."')

    assert [quote.speaker for quote in found] == ["Ida Brook", "Ida Brook"]


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ('"It hums," said Ida Brook, director of the Mill Institute.', "director", "Mill Institute"),
        ('"It hums," said Ida Brook, a baker.', "baker", ""),
        ('"It hums," said Tidewater finance chief Ida Brook.', "finance chief", "Tidewater"),
        ('"It hums," said Mayor Ida Brook.', "Mayor", ""),
        ('"It hums," said Sir Tom Brook.', "", ""),
        ('"It hums," said Ida Brook of the Mill Trust.', "", "Mill Trust"),
        ('If Ida Brook, 63, is found guilty, it is new. "It hums," Brook said.', "", ""),
        ('Ida Brook, hopes to open it soon. "It hums," Brook said.', "", ""),
    ],
)
def test_an_office_is_told_from_a_deed(text, role, affiliation):
    quote = quotes(text)[-1]

    assert (quote.role, quote.affiliation) == (role, affiliation)


def test_a_quote_keeps_its_verb_and_to_whom_it_was_said():
    (quote,) = quotes('"It hums," Ida Brook told the Courier.')

    assert (quote.verb, quote.said_to) == ("told", "the Courier")


def test_a_name_in_full_in_a_caption_tells_who_the_surname_is():
    text = "A headline\n\nSinger Ida Brook at the mill. Photo: Tom Lane/Reuters\n\nA lede that is long enough.\n\n“It hums,” said Brook.\n"

    (quote,) = reading.read(text, at=AT, zone=ZoneInfo("UTC")).stories[0].quotes

    assert quote.speaker == "Ida Brook"


def test_the_house_in_an_apposition_is_not_the_speaker():
    (quote,) = quotes("“It hums,” Dr. Ida Brook, head of weaving at St Alder’s Hospital, told the Courier.")

    assert quote.speaker == "Ida Brook"


@pytest.mark.parametrize("first", ["Jan", "May", "April", "June", "August"])
def test_a_first_name_may_be_a_month(first):
    (quote,) = quotes(f'"It hums," said miller {first} Brook.')

    assert (quote.speaker, quote.role) == (f"{first} Brook", "miller")


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ('"We sold it," said Ida Brook, 61, who owns the mill.', "Ida Brook", "who owns the mill"),
        ('Judge Ada Finch asked Leo Marsh, 44, why. "I was tired of it," he said.', "Leo Marsh", ""),
        ('"We wish them well," a spokesman for the Mill Trust, the owner, said.', "a spokesman for the Mill Trust", ""),
        ('It sank, a coast guard spokeswoman said. "Nobody jumped off," she added.', "a coast guard spokeswoman", ""),
        ('Critics call it "a gift with stairs," in the words of Ida Brook.', "Ida Brook", ""),
        ('"They have all the time," said the captain, who may be named only as Ray.', "Ray", ""),
        ("« Nous allons perdre », said Ida Brook.", "Ida Brook", ""),
    ],
)
def test_who_speaks_is_told_from_who_asks_and_whom_one_speaks_for(text, speaker, role):
    (quote,) = quotes(text)

    assert (quote.speaker, quote.role) == (speaker, role)
