"""A story without a picture is shared with one that is drawn of its words, in whichever script they are written."""

import io

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageChops

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.reader.sharing import drawing
from nutgraf.reader.sharing.drawing import Faces, Words
from nutgraf.reader.tests.test_for_machines import shared
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.usefixtures("db")
LONG = "Hafenschlepperkapitänswitwenversicherungsgesellschaft " * 9


def words(headline="Harbour reopens", **others):
    return Words(**{"label": "World", "headline": headline, "lede": "", "signed": "", "newsroom": "The Tide"} | others)


def drawn(given):
    return Image.open(io.BytesIO(drawing.draw(given, Faces()))).convert("RGB")


def inked(image):
    """Return the box of what stands on the paper, but for the bar at the edge."""
    inside = image.crop((20, 0, 1180, 630))
    return ImageChops.difference(inside, Image.new("RGB", inside.size, inside.getpixel((0, 0)))).getbbox()


def shown(client, story):
    return shared(client, story.address)["og:image"].removeprefix("http://testserver")


def test_a_story_without_a_picture_shows_a_drawn_one(client, noon):
    story = make_story("Harbour reopens", at=noon)

    told = shared(client, story.address)
    answer = client.get(shown(client, story))

    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "Harbour reopens"
    assert told["twitter:card"] == "summary_large_image"
    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_one_with_a_picture_shows_that(client, noon):
    story = make_story("Harbour reopens", at=noon, hero=make_picture())

    assert "/pictures/" in shown(client, story)


def test_publishing_draws_nothing_and_the_first_request_draws_once(client, noon):
    story = make_story("Harbour reopens", at=noon)
    folder = f"shares/{story.pk}"
    assert not default_storage.exists(folder)

    first = client.get(shown(client, story))
    kept = default_storage.get_modified_time(f"{folder}/{default_storage.listdir(folder)[1][0]}")
    second = client.get(shown(client, story))

    assert first.content == second.content
    assert default_storage.get_modified_time(f"{folder}/{default_storage.listdir(folder)[1][0]}") == kept


def test_another_headline_has_another_address_and_the_old_one_leads_there(client, noon):
    story = make_story("Harbour reopens", at=noon)
    before = shown(client, story)
    client.get(before)
    story.title = "Harbour shuts again"
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=noon, change="UPDATE")

    after = shown(client, story)

    assert after != before
    assert client.get(before)["Location"] == after
    assert client.get(after).status_code == 200
    # What nobody is sent to any more does not stay.
    assert len(default_storage.listdir(f"shares/{story.pk}")[1]) == 1


@pytest.mark.django_db(transaction=False)
def test_what_is_no_number_of_a_story_has_none(client, noon):
    story = make_story("Harbour reopens", at=noon)
    in_arabic = str(story.pk).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    for number in ("9" * 18, "9" * 4_301, in_arabic):
        assert client.get(f"/media/shares/{number}/0123456789.png").status_code == 404


def test_of_a_withdrawn_story_nothing_stays(client, noon, django_capture_on_commit_callbacks):
    story = make_story("Ship sinks", at=noon)
    address = shown(client, story)
    client.get(address)

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(story=story, reason="No ship sank.", by=None, at=noon)

    assert client.get(address).status_code == 404
    assert not default_storage.exists(f"shares/{story.pk}/{address.rpartition('/')[2]}")


def test_a_draft_has_none(client, noon):
    story = make_story("A draft", at=noon, is_draft=True)

    assert client.get(f"/media/shares/{story.pk}/0123456789.png").status_code == 404


@pytest.mark.parametrize("headline", ["Harbour", "Harbour reopens after nine days " * 9, LONG, "x" * 255, "…"])
@pytest.mark.parametrize("lede", ["", LONG])
def test_whatever_is_written_stays_on_the_paper(headline, lede):
    image = drawn(words(headline, label=LONG, lede=lede, signed=LONG, newsroom="The Tidewater Ledger " * 4))

    left, top, right, bottom = inked(image)
    assert left >= 50
    assert top >= 40
    assert right <= 1160 - 50
    assert bottom <= 620


def test_arabic_and_hebrew_run_from_the_right():
    for headline in ("الميناء يفتح أبوابه (NATO 2026)", "הנמל נפתח מחדש, אומר John"):
        image = drawn(words(headline, label="", newsroom=headline[:7]))

        # Short lines end well before the left edge, and the bar is on the right.
        assert image.getpixel((1195, 300)) == image.getpixel((1195, 10)) != image.getpixel((5, 300))
        assert drawing.is_right_to_left(headline)


def test_letters_are_joined_as_arabic_joins_them():
    font = drawing._font(Faces().bold, 60)

    apart = sum(font.getlength(letter, direction="rtl") for letter in "ميناء")

    assert font.getlength("ميناء", direction="rtl") < apart * 0.9


def test_a_script_that_our_faces_do_not_have_has_no_picture(client, noon):
    story = make_story("港が九日ぶりに再開", at=noon, slug="minato")

    assert "og:image" not in shared(client, story.address)


def test_a_sign_that_is_no_letter_is_left_out():
    assert drawn(words("Harbour 🚢 reopens")).tobytes() == drawn(words("Harbour reopens")).tobytes()


def test_a_newsroom_has_its_own_type(client, noon, settings, tmp_path):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"), authors=[make_author("Rosa Vale")])
    ours = client.get(shown(client, story)).content
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "theme/fonts"
    folder.mkdir(parents=True)
    for name in ("bold", "regular"):
        (folder / f"share-{name}.woff2").write_bytes((drawing.FONTS / "share-regular.woff2").read_bytes())

    theirs = client.get(shown(client, story)).content

    assert theirs != ours


def test_the_page_asks_for_nothing_more(client, noon):
    story = make_story("Harbour reopens", at=noon)
    client.get(story.address)

    with CaptureQueriesContext(connection) as asked:
        client.get(story.address)

    assert sum('"newsroom_newsroom"' in query["sql"] for query in asked.captured_queries) == 1
    assert sum('FROM "stories_story"' in query["sql"] for query in asked.captured_queries) <= 2
