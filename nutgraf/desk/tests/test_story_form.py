"""The story form begins with what is known, keeps unfinished drafts, and says at each field what publishing needs."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from nutgraf.desk.bylines import BylinesField
from nutgraf.desk.forms import StoryForm
from nutgraf.desk.samples import (
    filled_event,
    filled_number,
    filled_picture,
    filled_point,
    filled_quote,
    sentence,
)
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.models import HouseStyle, Label, Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def errors(response):
    """Return the form's messages by field, and those inside the body as one text."""
    form = response.context["form"]
    found = {field: " ".join(map(str, messages)) for field, messages in form.errors.items()}
    if "body" in form.errors:
        found["body"] = " ".join(_sentences(form.errors.as_data()["body"]))
    return found


def _sentences(errors):
    for error in errors:
        children = getattr(error, "block_errors", {})
        inner = children.values() if isinstance(children, dict) else children
        yield from _sentences([child for child in inner if child is not None])
        if not hasattr(error, "block_errors"):
            yield from error.messages
        elif error.non_block_errors:
            yield from _sentences(error.non_block_errors.as_data())


# What it begins with


def test_a_new_story_asks_for_no_place(at_desk, rosa):
    response = at_desk(rosa).get(reverse("new_story"), follow=True)

    assert response.status_code == 200
    assert response.context["parent_page"].slug == timezone.localdate().strftime("%Y-%m")


def test_a_new_story_is_signed_by_its_writer_and_begins_with_why_it_matters(at_desk, rosa, rosa_signs):
    response = at_desk(rosa).get(reverse("new_story"), follow=True)

    story = response.context["form"].instance
    assert story.authors == [rosa_signs]
    assert [(part.block_type, part.value["label"]) for part in story.body] == [("point", "Why it matters")]
    assert response.context["form"].initial["bylines"] == [rosa_signs.pk]


def test_a_new_story_is_for_the_section_that_its_writer_writes_for_most(at_desk, rosa, rosa_signs):
    for headline, name in [("One", "Climate"), ("Two", "Harbour"), ("Three", "Harbour")]:
        make_story(headline, section=make_section(name), authors=[rosa_signs])

    response = at_desk(rosa).get(reverse("new_story"), follow=True)

    assert response.context["form"].instance.section.name == "Harbour"


def test_a_writer_whom_nobody_knows_begins_unsigned(at_desk, eli):
    response = at_desk(eli).get(reverse("new_story"), follow=True)

    assert response.context["form"].instance.authors == []


def test_nobody_begins_a_story(client, founded):
    response = client.get(reverse("new_story"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


def test_the_form_offers_the_house_labels_but_not_the_forbidden_ones(at_desk, rosa):
    Label.objects.filter(name="Go deeper").update(is_forbidden=True)

    page = at_desk(rosa).get(reverse("new_story"), follow=True).content.decode()

    offered = [option["value"] for option in BeautifulSoup(page, "html.parser").select("#house-labels option")]
    assert "Yes, but" in offered
    assert "Go deeper" not in offered


# What a draft may lack


def test_a_headline_is_all_that_a_draft_needs(at_desk, rosa, add_url, form):
    empty = form(filled_point(label="", text=""), lede="null", section="", bylines=[])

    response = at_desk(rosa).post(add_url, empty)

    story = Story.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert not story.live


def test_a_draft_saves_itself_without_a_word(at_desk, rosa, add_url, form):
    response = at_desk(rosa).post(add_url, form(lede="null"), headers={"accept": "application/json"})

    assert response.json()["success"]
    assert Story.objects.get().owner == rosa


def test_a_draft_remembers_who_signs_in_which_order(at_desk, rosa, rosa_signs, add_url, form):
    ivo = make_author("Ivo Klein")

    at_desk(rosa).post(add_url, form(bylines=[str(rosa_signs.pk), str(ivo.pk)]))

    story = Story.objects.get()
    assert story.authors == [rosa_signs, ivo]
    assert story.get_latest_revision_as_object().authors == [rosa_signs, ivo]


def test_signing_in_another_order_is_a_change():
    assert BylinesField().has_changed([1, 2], ["2", "1"])
    assert not BylinesField().has_changed([1, 2], ["1", "2"])


def test_whoever_stays_on_the_byline_keeps_their_place_in_the_database(at_desk, eli, rosa_signs, form, world):
    ivo = make_author("Ivo Klein")
    story = make_story(is_draft=True, authors=[rosa_signs, ivo], section=world)
    kept = {byline.author_id: byline.pk for byline in story.bylines.all()}

    at_desk(eli).post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), form(bylines=[str(ivo.pk), str(rosa_signs.pk)])
    )

    bylines = Story.objects.get().bylines.all()
    assert [byline.author for byline in bylines] == [ivo, rosa_signs]
    assert {byline.author_id: byline.pk for byline in bylines} == kept


def test_a_slug_that_nobody_chose_makes_room(at_desk, rosa, add_url, form):
    client = at_desk(rosa)
    client.post(add_url, form())

    client.post(add_url, form())

    assert set(Story.objects.values_list("slug", flat=True)) == {
        "harbour-reopens-after-nine-days",
        "harbour-reopens-after-nine-days-1",
    }


# What publishing needs


def test_a_whole_story_is_published_and_its_facts_mirrored(at_desk, eli, add_url, form):
    response = at_desk(eli).post(add_url, form(filled_point(facts=[filled_quote()]), aim="publish"))

    story = Story.objects.get()
    assert response.url == reverse("wagtailadmin_home")
    assert story.live
    assert story.points.count() == story.quotes.count() == 1
    assert story.url


@pytest.mark.parametrize("is_new", [True, False])
def test_what_breaks_off_while_it_is_published_leaves_nothing_half_done(
    at_desk, eli, add_url, form, rosa_signs, is_new
):
    story = make_story("Pilots strike", is_draft=True)
    url = add_url if is_new else reverse("wagtailadmin_pages:edit", args=[story.pk])

    def break_off(request, page):
        raise ZeroDivisionError

    with hooks.register_temporarily("after_publish_page", break_off), pytest.raises(ZeroDivisionError):
        at_desk(eli).post(url, form(aim="publish"))

    assert [(one.pk, one.live, one.draft_title) for one in Story.objects.all()] == [(story.pk, False, "Pilots strike")]
    assert Story.objects.get().latest_revision_id == story.latest_revision_id


def test_publishing_a_draft_from_its_form_goes_by_the_storys_own_way(at_desk, eli, form, world, rosa_signs):
    story = make_story(is_draft=True, section=world, authors=[rosa_signs])

    at_desk(eli).post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(aim="publish"))

    story = Story.objects.get()
    assert story.points.get().label.name == "Why it matters"
    assert story.stream_entries.exists()


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_draft_that_is_saved_late_takes_no_story_from_its_readers(
    at_desk, eli, form, world, rosa_signs, monkeypatch, accept
):
    story = make_story(section=world, authors=[rosa_signs], is_draft=True)
    is_valid = StoryForm.is_valid

    def publish_meanwhile(self):
        monkeypatch.setattr(StoryForm, "is_valid", is_valid)
        actions.publish(story=Story.objects.get(pk=story.pk), by=eli, at=timezone.now())
        return is_valid(self)

    monkeypatch.setattr(StoryForm, "is_valid", publish_meanwhile)
    at_desk(eli).post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(), headers={"accept": accept})

    story = Story.objects.get(pk=story.pk)
    assert story.live
    assert story.first_published_at
    assert story.address


def test_a_draft_that_saves_itself_late_does_not_replace_what_was_just_written(
    at_desk, eli, form, world, rosa_signs, monkeypatch
):
    story = make_story(section=world, authors=[rosa_signs], is_draft=True)
    url, is_valid = reverse("wagtailadmin_pages:edit", args=[story.pk]), StoryForm.is_valid

    def write_meanwhile(self):
        monkeypatch.setattr(StoryForm, "is_valid", is_valid)
        newest = Story.objects.get(pk=story.pk)
        newest.title = "The newest words"
        actions.revise(story=newest, by=eli)
        return is_valid(self)

    monkeypatch.setattr(StoryForm, "is_valid", write_meanwhile)
    response = at_desk(eli).post(url, form(), headers={"accept": "application/json"})

    assert response.status_code == 400
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().title == "The newest words"


def test_unpublishing_takes_the_facts_out(at_desk, eli):
    story = make_story()

    at_desk(eli).post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))

    story.refresh_from_db()
    assert not story.live
    assert not story.points.exists()
    assert not story.stream_entries.exists()


def test_unpublishing_many_takes_the_facts_out(at_desk, eli):
    story = make_story()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    at_desk(eli).post(f"{url}?id={story.pk}")

    story.refresh_from_db()
    assert not story.live
    assert not story.points.exists()


def test_a_later_moment_schedules_it(at_desk, eli, add_url, form):
    moment = timezone.localtime() + datetime.timedelta(days=1)

    response = at_desk(eli).post(
        add_url, form(aim="publish", go_live_at=moment.strftime("%Y-%m-%d %H:%M")), follow=True
    )

    assert not Story.objects.get().live
    assert [row.story.title for row in response.context["desk"].scheduled] == ["Harbour reopens after nine days"]


@pytest.mark.parametrize(
    ("field", "fields", "sentence_"),
    [
        ("title", {"title": "  "}, "Write a headline."),
        ("lede", {"lede": "null"}, "Write the lede."),
        ("section", {"section": ""}, "Choose a section."),
        ("bylines", {"bylines": []}, "Sign it: choose at least one author."),
        ("bylines", {"bylines": ["99999"]}, "One of these authors no longer exists; choose again."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    at_desk, eli, add_url, form, field, fields, sentence_
):
    response = at_desk(eli).post(add_url, form(aim="publish", eyebrow="Exclusive", **fields))

    assert errors(response) == {field: sentence_}
    assert response.context["form"]["eyebrow"].value() == "Exclusive"
    assert response.context["form"]["body"].value()[0].value["label"] == "Why it matters"
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (filled_point(text=""), "Write the text of this part, or remove the part."),
        (filled_point(text="null"), "Write the text of this part, or remove the part."),
        (filled_point(label=""), "Choose a label, or write one of the story's own."),
        (filled_quote(speaker=""), "Name the speaker."),
        (filled_quote(words=""), "Write what was said."),
        (filled_number(counts=""), "Say what it counts or measures."),
        (filled_number("a lot"), "This is not a number."),
        (filled_number("10", value_to="5"), "A range ends higher than it begins"),
        (filled_event(starts="2026-12-05", ends="2026-12-01"), "It ends before it starts"),
        (filled_event(starts="soon"), "Enter a valid date."),
        (filled_event(what=""), "Say what happens."),
        (filled_point(facts=[filled_quote(speaker="")]), "Name the speaker."),
    ],
)
def test_what_is_wrong_with_a_part_is_said_at_the_part(at_desk, eli, add_url, form, part, words):
    response = at_desk(eli).post(add_url, form(part, aim="publish"))

    assert list(errors(response)) == ["body"]
    assert words in errors(response)["body"]
    assert not Story.objects.exists()


def test_a_forbidden_label_is_refused_by_name(at_desk, eli, add_url, form):
    Label.objects.filter(name="Go deeper").update(is_forbidden=True)

    response = at_desk(eli).post(add_url, form(filled_point(label="go deeper:"), aim="publish"))

    assert errors(response) == {"body": "House style does not use the label “go deeper”."}


def test_a_closed_vocabulary_refuses_what_it_does_not_know(at_desk, eli, add_url, form):
    HouseStyle.objects.create(only_house_labels=True)

    response = at_desk(eli).post(add_url, form(filled_point(label="Why the port matters"), aim="publish"))

    assert "“Why the port matters” is not in the house vocabulary" in errors(response)["body"]


def test_an_open_vocabulary_lets_a_story_coin_a_label(at_desk, eli, add_url, form):
    at_desk(eli).post(add_url, form(filled_point(label="Why the port matters"), aim="publish"))

    assert Story.objects.get().points.get().label_text == "Why the port matters"


def test_a_slug_that_somebody_chose_and_that_is_taken_is_said_at_the_slug(at_desk, eli, add_url, form):
    at_desk(eli).post(add_url, form(slug="harbour", aim="publish"))

    response = at_desk(eli).post(add_url, form(slug="harbour", title="The harbour again", aim="publish"))

    assert "slug" in errors(response)
    assert "harbour" in errors(response)["slug"]


@pytest.mark.parametrize(("text", "words"), [("alt_text", "alt text"), ("credit_line", "credit")])
def test_a_picture_that_lacks_a_text_is_named_with_a_way_to_it(at_desk, eli, add_url, form, text, words):
    picture = make_picture(**{text: ""})  # type: ignore[arg-type]  # which of the texts is the test's

    response = at_desk(eli).post(add_url, form(hero=str(picture.pk), aim="publish"))

    assert words in errors(response)["hero"].lower()
    assert reverse("wagtailimages:edit", args=[picture.pk]) in errors(response)["hero"]
    assert f'href="{reverse("wagtailimages:edit", args=[picture.pk])}"' in response.content.decode()


def test_alt_text_written_here_is_as_good(at_desk, eli, add_url, form):
    picture = make_picture(alt_text="")

    at_desk(eli).post(add_url, form(hero=str(picture.pk), hero_alt_text="Cranes at dawn.", aim="publish"))

    assert Story.objects.get().live


def test_an_expired_picture_is_refused_where_it_stands(at_desk, eli, add_url, form):
    picture = make_picture(use_until=timezone.localdate() - datetime.timedelta(days=2))

    as_hero = at_desk(eli).post(add_url, form(hero=str(picture.pk), aim="publish"))
    in_body = at_desk(eli).post(add_url, form(filled_point(), filled_picture(picture.pk), aim="publish"))

    assert "may not be used" in errors(as_hero)["hero"]
    assert "may not be used" in errors(in_body)["body"]
    (error,) = in_body.context["form"].errors.as_data()["body"]
    assert list(error.block_errors) == [1]


def test_a_story_that_is_submitted_has_to_be_whole_too(at_desk, rosa, add_url, form):
    response = at_desk(rosa).post(add_url, form(aim="submit", lede="null"))

    assert errors(response) == {"lede": "Write the lede."}


def test_markup_that_sentences_do_not_hold_is_left_out(at_desk, eli, add_url, form):
    text = sentence('<p>Ships <b>may</b> <a href="https://example.org/">enter</a></p>')

    at_desk(eli).post(add_url, form(lede=text, aim="publish"))

    assert Story.objects.get().lede_text == "Ships may enter"
