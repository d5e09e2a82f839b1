"""A bad picture is refused where it was chosen, and a story whose picture lacks a text is not published; nothing typed is lost."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.site import Site

HEADLINE = "A crane falls into the harbour"
RICH_TEXT_MS = 300


def picture(width: int = 800, height: int = 500, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    output = io.BytesIO()
    Image.new(mode, (width, height)).save(output, kind)
    return output.getvalue()


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


BAD = {
    "SVG files are refused, because they can carry scripts.": file(
        "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    ),
    "This is not a picture.": file("words.jpg", b"These are words, and no picture."),
    "The file is damaged, or was cut short": file("half.jpg", picture()[:700]),
    "The picture has 200 megapixels.": file("poster.png", picture(20_000, 10_000, "1", "PNG")),
    "inside is a PNG picture": file("disguised.jpg", picture(kind="PNG")),
}


def begin_story(page: Page, site: Site) -> None:
    """Write a story that lacks nothing but a picture."""
    site.sign_in(page, "eli")
    page.get_by_role("link", name="New story").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").fill(HEADLINE)
    for place, text in (("lede", "It took a warehouse with it."), ("text", "Nobody was in it.")):
        page.locator(f"[data-contentpath={place}] [contenteditable=true]").first.click()
        page.keyboard.type(text)
    page.locator("[name=section]").select_option(label="World")
    page.wait_for_timeout(RICH_TEXT_MS)


def uploader(page: Page) -> Locator:
    page.get_by_role("button", name="Choose a picture").first.click()
    page.get_by_role("tab", name="Upload").click()
    return page.get_by_role("dialog")


def upload(dialog: Locator, chosen: FilePayload) -> None:
    dialog.locator("[name$=file]").set_input_files(chosen)
    dialog.get_by_role("button", name="Upload").click()


def test_a_bad_picture_is_refused_at_its_field_and_what_was_typed_stays(page: Page, own_site: Site) -> None:
    begin_story(page, own_site)
    dialog = uploader(page)
    dialog.get_by_label("Alt text").fill("Two cranes over an empty quay.")

    for message, chosen in BAD.items():
        upload(dialog, chosen)
        field = page.locator(".w-field__wrapper", has=page.locator("[name$=file]"))
        expect(field).to_contain_text(message)
        expect(dialog.get_by_label("Alt text")).to_have_value("Two cranes over an empty quay.")

    page.keyboard.press("Escape")
    expect(page.locator("[name=title]")).to_have_value(HEADLINE)
    expect(page.locator("[data-contentpath=lede] [contenteditable=true]")).to_have_text("It took a warehouse with it.")


@pytest.mark.parametrize("lacking", ["Alt text", "Credit line"])
def test_a_story_whose_picture_lacks_a_text_is_not_published_and_the_field_is_named(
    page: Page, own_site: Site, lacking: str
) -> None:
    texts = {"Alt text": "A crane in the water.", "Caption": "The crane on Tuesday.", "Credit line": "Ada Quill"}
    begin_story(page, own_site)
    dialog = uploader(page)
    dialog.locator("[name$=file]").set_input_files(file("crane.jpg", picture()))
    for label, text in texts.items():
        dialog.get_by_label(label).fill(text if label != lacking else "")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()

    page.get_by_role("button", name="Publish").click()

    refusal = page.locator("[data-contentpath=hero] .w-field__errors, [data-contentpath=hero] .error-message")
    expect(refusal.filter(has_text=lacking.lower()).first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(HEADLINE)
    expect(page.locator("[data-contentpath=lede] [contenteditable=true]")).to_have_text("It took a warehouse with it.")
    assert HEADLINE not in own_site.get("/latest/").text


def test_an_alt_text_for_this_story_alone_is_enough(page: Page, own_site: Site) -> None:
    begin_story(page, own_site)
    dialog = uploader(page)
    dialog.locator("[name$=file]").set_input_files(file("crane.jpg", picture()))
    dialog.get_by_label("Caption").fill("The crane on Tuesday.")
    dialog.get_by_label("Credit line").fill("Ada Quill")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()
    page.locator("[name=hero_alt_text]").fill("A crane in the water.")

    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(f"{own_site.address}/desk/")

    page.goto(f"{own_site.address}/latest/")
    page.get_by_role("link", name=HEADLINE).first.click()
    figure = page.locator("article.story figure")
    expect(figure.get_by_alt_text("A crane in the water.")).to_be_visible()
    expect(figure).to_contain_text("The crane on Tuesday.")
    expect(figure).to_contain_text("Ada Quill")
