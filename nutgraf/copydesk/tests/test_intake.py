"""Copy is taken in whatever its encoding, form and faults, or refused with a sentence."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.copydesk.intake.encodings import LIMIT, CopyRefused, decode
from nutgraf.copydesk.intake.manuscripts import guess, take_in

WESTERN = "The café’s “first day” — said José Núñez, €5.\nWhy it matters: Bread…\n"


def lines(source, form="auto"):
    manuscript = take_in(source, form)
    return [manuscript.words(line.start, line.end) for line in manuscript.lines]


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "utf-8-sig", "utf-8"),
        (WESTERN, "cp1252", "windows-1252"),
        (WESTERN, "utf-16-le", "utf-16-le"),
        ("Гавань снова открылась в четверг, сообщило портовое управление.\n", "cp1251", "windows-1251"),
        ("Гавань снова открылась в четверг, сообщило портовое управление.\n" * 5, "koi8-r", "koi8-r"),
        ("港は木曜日に再開したと港湾局が発表した。パンは船で来る。\n", "shift_jis", "cp932"),
        ("Port został ponownie otwarty, powiedział zarząd. Źródło: żółta łódź.\n", "cp1250", "windows-1250"),
    ],
)
def test_the_encoding_is_found_and_told(text, codec, name):
    decoded, encoding = decode(text.encode(codec))

    assert decoded == text
    assert encoding in (name, "shift-jis" if name == "cp932" else name)


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_of_byte_order_is_believed(bom):
    codec = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"

    assert decode(bom + "Bread".encode(codec)) == ("Bread", codec)


def test_bytes_of_another_encoding_within_utf8_are_read_as_such():
    decoded, encoding = decode("café — naïve ".encode() + "“quoted”".encode("cp1252"))

    assert decoded == "café — naïve “quoted”"
    assert encoding == "utf-8 with windows-1252"


def test_what_was_encoded_twice_is_mended():
    manuscript = take_in("The port’s day".encode().decode("cp1252").encode())

    assert manuscript.text == "The port’s day"
    assert manuscript.encoding == "utf-8, encoded twice"


def test_a_page_that_declares_its_encoding_is_believed():
    page = '<meta charset="iso-8859-2"><p>Źródło</p><p>x</p>'

    assert lines(page.encode("iso-8859-2")) == ["Źródło", "x"]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)) * 40, "not text"),
        (b"\x01\x02\x03\x04" * 100 + b"a" * 50, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(source, word):
    with pytest.raises(CopyRefused, match=word) as refused:
        take_in(source)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("unit", [b"a", "a"], ids=["bytes", "text"])
def test_over_fifty_megabytes_is_refused_with_the_limit(unit):
    with pytest.raises(CopyRefused, match="up to 50 MB"):
        take_in(unit * (LIMIT + 1))


def test_what_nobody_sees_is_taken_out():
    text = take_in("\ufeffBread\u200b comes\x00 by\u00ad\r\nship\u2028and \x07train\x85now\rhere").text

    assert text == "Bread comes by\nship\nand train\nnow\nhere"


def test_letters_are_composed_without_taking_a_pile_of_accents_apart_for_ever():
    assert take_in("cafe\u0301").text == "café"
    assert len(take_in("a" + "\u0301\u0316" * 50_000).text) > 50_000


def test_no_break_spaces_keep_their_place_and_separate_words():
    manuscript = take_in("to\u00a0invade")

    assert manuscript.text == "to\u00a0invade"
    assert lines("to\u00a0invade") == ["to invade"]
    assert manuscript.html(0, len(manuscript.text)) == "to\u00a0invade"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Bread comes by ship.\n\n- One\n- Two", "text"),
        ("**Why it matters:** Bread.", "markdown"),
        ("# Bread\n\nIt comes.", "markdown"),
        ("See [this](https://example.org).", "markdown"),
        ("<p>Bread</p>", "html"),
        ("It is 3 < 4 and 5 > 4.", "text"),
        ("2 * 3 * 4 and a_b_c", "text"),
    ],
)
def test_the_form_is_guessed(text, form):
    assert guess(text) == form


def test_plain_lists_lose_their_signs_and_keep_their_depth():
    manuscript = take_in("• One\n  ◦ Two\n\to\tThree\n1) Four\n-Five\n•\nSix", "text")

    assert [line.bullet for line in manuscript.lines] == ["•", "◦", "o", "1)", "-", "•"]
    assert [line.indent for line in manuscript.lines] == [0, 2, 4, 0, 0, 0]
    assert [manuscript.words(line.start, line.end) for line in manuscript.lines][-1] == "Six"


@pytest.mark.parametrize("line", ["-30 degrees", "o tempora", "a man", "*Label:* text", "1999. It was a year", "--Jo"])
def test_what_only_looks_like_a_bullet_is_none(line):
    assert not take_in(line, "text").lines[0].bullet


def test_quoting_signs_of_mail_are_taken_off_and_the_mail_set_apart():
    manuscript = take_in("From: Tess\n\n> A\n> B\n> > C\n> D\n> E\n", "text")

    assert [line.place for line in manuscript.lines] == ["mail", "", "", "", "", ""]
    assert manuscript.words(0, len(manuscript.text)) == "From: Tess A B C D E"


def test_markdown_becomes_lines_with_marks():
    manuscript = take_in("# Bread\n\n**Why:** *it* [comes](https://x.org/a_b) \\*here\\*\n\n- a\n    - b\n", "markdown")
    head, text, *bullets = manuscript.lines

    assert (head.heading, manuscript.words(head.start, head.end)) == (1, "Bread")
    assert manuscript.html(text.start, text.end) == (
        '<b>Why:</b> <i>it</i> <a href="https://x.org/a_b">comes</a> *here*'
    )
    assert [(line.bullet, line.indent) for line in bullets] == [("-", 0), ("-", 4)]


def test_a_picture_in_markdown_gives_its_alternative_text():
    manuscript = take_in("![A crane](x.jpg) *A crane. Photo: Jo/AP*", "markdown")

    assert [(line.place, manuscript.words(line.start, line.end)) for line in manuscript.lines] == [
        ("alt", "A crane"),
        ("", "A crane. Photo: Jo/AP"),
    ]


def test_html_keeps_marks_lists_headings_and_captions():
    page = (
        "<h1>Harbour <em>reopens</em></h1><figure><img alt='A crane'><figcaption>By night. <small>Photo: Jo/AP</small>"
        "</figcaption></figure><p><b>Why:</b> <a href='https://x.org'>Bread</a></p><ul><li><p>One</p><ul><li>Two</ul></ul>"
    )
    manuscript = take_in(page, "html")
    found = [
        (manuscript.words(line.start, line.end), line.heading, line.place, line.indent) for line in manuscript.lines
    ]

    assert found == [
        ("Harbour reopens", 1, "", 0),
        ("A crane", 0, "alt", 0),
        ("By night. Photo: Jo/AP", 0, "caption", 0),
        ("Why: Bread", 0, "", 0),
        ("One", 0, "", 2),
        ("Two", 0, "", 4),
    ]
    line = manuscript.lines[3]
    assert manuscript.html(line.start, line.end) == '<b>Why:</b> <a href="https://x.org">Bread</a>'


def test_scripts_are_dropped_and_navigation_is_set_apart():
    page = (
        "<nav><a href=/>Home</a></nav><script>alert('<p>no</p>')</script><style>p{}</style><p hidden>No</p>"
        "<div class=share>Share</div><article><h1>Bread</h1><p>It comes by ship, and has come by ship for years.</p></article>"
    )
    manuscript = take_in(page, "html")

    assert [(manuscript.words(line.start, line.end), line.place) for line in manuscript.lines] == [
        ("Home", "aside"),
        ("Share", "aside"),
        ("Bread", ""),
        ("It comes by ship, and has come by ship for years.", ""),
    ]


def test_what_wraps_the_story_is_no_navigation_whatever_it_is_called():
    page = "<div class='sidebar-right'><form><h1>Bread</h1><p>It comes by ship.</p></form></div>"

    assert [line.place for line in take_in(page, "html").lines] == ["", ""]


@pytest.mark.parametrize("tag", ["div", "b", "p", "ul><li", "blockquote", "table><tr><td", "span", "article"])
def test_a_deep_nest_loses_no_words(tag):
    deep = "".join(f"<{tag}>" for _ in range(20_000)) + "the end"

    assert "the end" in take_in(deep, "html").text


def test_links_that_could_harm_are_no_links():
    manuscript = take_in("<p><a href='javascript:alert(1)'>a</a> <a href='https://x.org/?a=1&b=\"2'>b</a></p>", "html")

    assert manuscript.html(0, len(manuscript.text)) == "a b"


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=300), st.sampled_from(["text", "markdown", "html", "auto"])
)
def test_any_text_is_taken_in_and_every_line_lies_in_it(text, form):
    manuscript = take_in(text, form)

    assert unicodedata.is_normalized("NFC", manuscript.text) or len(manuscript.text) > 200
    places = [place for line in manuscript.lines for place in (line.lead, line.start, line.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(manuscript.text) for place in places)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(source):
    try:
        text, encoding = decode(source)
    except CopyRefused:
        return

    assert isinstance(text, str)
    assert encoding


@given(st.text(alphabet="abc \n\t•-*", max_size=200))
def test_no_word_of_plain_text_is_lost_or_made(text):
    manuscript = take_in(text, "text")

    letters = "".join(manuscript.text[line.start : line.end] for line in manuscript.lines)
    assert [one for one in letters if one in "abc"] == [one for one in text if one in "abc"]
