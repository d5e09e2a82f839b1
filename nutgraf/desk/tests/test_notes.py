"""The notes beside the story form, asked for with the form as it stands and waived for a reason."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from nutgraf.desk.samples import filled_form, filled_paragraph, filled_picture, filled_point, sentence
from nutgraf.media.samples import make_picture
from nutgraf.stories.models import HouseStyle, HouseWord, Kind, RuleSwitch, Story, Waiver
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db
NEW = "notes"


@pytest.fixture
def draft(founded, rosa):
    story = make_story(is_draft=True)
    Story.objects.filter(pk=story.pk).update(owner=rosa)
    return story


def check(client, data, story=None):
    url = reverse("notes_of_story", args=[story.pk]) if story else reverse(NEW)
    return client.post(url, data)


def rules(response):
    """The headings of the groups, in order."""
    return [words.strip() for words in re.findall(r'ng-notes__rule">([^<]+)', response.json()["html"])]


def with_words(text):
    return filled_form(filled_point(text=f"<p>{text}</p>"))


def test_a_story_that_lacks_nothing(at_desk, rosa, form):
    answer = check(at_desk(rosa), form()).json()

    assert (answer["count"], answer["stops"]) == (0, 0)
    assert "Nothing to note" in answer["html"]


def test_what_was_typed_is_looked_at_before_it_is_saved(at_desk, rosa, draft):
    response = check(at_desk(rosa), with_words("It rained on Thursday, TK."), draft)

    assert rules(response) == ["TK", "Days without a date"]
    assert (response.json()["count"], response.json()["stops"]) == (2, 1)
    assert "Thursday" not in str(Story.objects.get(pk=draft.pk).body.raw_data)


def test_a_form_that_is_far_from_complete(at_desk, rosa, founded):
    data = filled_form(
        filled_point("", "null"), filled_picture(""), title="", slug="", lede="null", section="", hero=""
    )

    assert check(at_desk(rosa), data).status_code == 200


def test_a_number_that_is_none_yet_is_no_trouble(at_desk, rosa, founded):
    number = (
        "number",
        {"value": "2,5x", "value_to": "", "wording": "", "unit": "", "counts": "TK", "as_of": "", "source": ""},
    )

    assert rules(check(at_desk(rosa), filled_form(number)))[0] == "TK"


@pytest.mark.parametrize("data", [{}, {"body-count": "many"}, {"body-count": "1"}])
def test_what_is_no_form_is_refused(at_desk, rosa, founded, data):
    assert check(at_desk(rosa), data).status_code == 400


def test_a_note_names_its_place(at_desk, rosa, founded):
    page = check(at_desk(rosa), filled_form(filled_paragraph("<p>TK</p>"), lede=sentence("<p>TK</p>"))).json()["html"]

    assert 'data-ng-notes-path-param="lede"' in page
    assert re.search(r'data-ng-notes-path-param="body/[\w-]+/text"', page)
    assert "Part 1" in page


def test_words_of_the_story_cannot_become_markup(at_desk, rosa, founded):
    data = filled_form(title="TK <img src=x onerror=alert(1)>" + "word " * 20)

    assert "<img" not in check(at_desk(rosa), data).json()["html"]


def test_a_hundred_notes_are_a_handful_and_the_rest(at_desk, rosa, founded):
    days = [filled_point(text="<p>It rained on Thursday.</p>") for _ in range(90)]
    page = check(at_desk(rosa), filled_form(*days, title="TK", short_head="TK " * 10)).json()

    shown, rest = page["html"].split('<details class="ng-notes__more"')
    assert page["count"] > 100
    assert shown.count('class="ng-note"') == 7
    assert rest.count('class="ng-note"') == page["count"] - 7
    assert f"{page['count'] - 7} more notes" in rest


def test_no_rule_drowns_the_others(at_desk, rosa, founded):
    days = [filled_point("The latest", text="<p>It rained on Thursday.</p>") for _ in range(9)]
    page = check(at_desk(rosa), filled_form(*days, title="word " * 20)).json()["html"]

    shown, _ = page.split('<details class="ng-notes__more"')
    assert shown.count('words-param="Thursday"') == 3
    assert "Length of the headline" in shown


def test_the_houses_words_kinds_and_switches_count(at_desk, rosa, founded):
    style = HouseStyle.objects.create()
    HouseWord.objects.create(style=style, words="quay", preferred="pier")
    kind = Kind.objects.create(style=style, name="Brief", most_words=5)
    RuleSwitch.objects.create(rule="day", is_on=False)

    response = check(at_desk(rosa), with_words("It rained on the quay on Thursday.") | {"kind": str(kind.pk)})

    assert rules(response) == ["House words", "Length of the story"]
    assert "Brief: 5 words at most" in response.json()["html"]


def test_a_picture_of_the_library_brings_its_texts(at_desk, rosa, founded):
    whole, lacking = make_picture(), make_picture("quay.jpg", credit_line="")
    data = filled_form(filled_point(), filled_picture(lacking.pk), hero=str(whole.pk))

    assert rules(check(at_desk(rosa), data)) == ["Credit and alt text"]


def test_the_form_has_the_panel_with_its_script(at_desk, rosa, add_url, draft):
    client = at_desk(rosa)

    for url, notes in [
        (add_url, reverse(NEW)),
        (reverse("wagtailadmin_pages:edit", args=[draft.pk]), reverse("notes_of_story", args=[draft.pk])),
    ]:
        page = client.get(url).content.decode()
        assert f'data-ng-notes-url-value="{notes}"' in page
        assert 'data-side-panel-toggle="notes"' in page
        assert "notes_controller.js" in page


def test_notes_of_a_new_story_cannot_be_waived_before_it_is_kept(at_desk, rosa, draft):
    client = at_desk(rosa)

    assert "Waive this note" not in check(client, with_words("TK")).json()["html"]
    assert "Waive this note" in check(client, with_words("TK"), draft).json()["html"]


def waive(client, story, **fields):
    data = {"rule": "day", "words": "Thursday", "reason": "It is the name of a man."} | fields
    return client.post(reverse("waive_note", args=[story.pk]), data)


def test_a_waived_note_is_set_aside_with_its_reason_and_who_gave_it(at_desk, rosa, draft):
    client = at_desk(rosa)

    assert waive(client, draft).status_code == 200

    answer = check(client, with_words("It rained on Thursday."), draft).json()
    assert answer["count"] == 0
    assert "It is the name of a man." in answer["html"]
    assert "Rosa Vale" in answer["html"]


def test_a_waiver_survives_an_edit_but_not_other_words(at_desk, rosa, draft):
    client = at_desk(rosa)
    waive(client, draft)

    assert check(client, with_words("No man is like him. <b>Thursday</b> rained."), draft).json()["count"] == 0
    assert check(client, with_words("It rained on Friday."), draft).json()["count"] == 1


def test_a_waiver_is_for_one_story(at_desk, eli, draft):
    client = at_desk(eli)
    waive(client, make_story("Another", is_draft=True))

    assert check(client, with_words("It rained on Thursday."), draft).json()["count"] == 1


def test_a_waiver_is_taken_back(at_desk, rosa, draft):
    client = at_desk(rosa)
    waive(client, draft)
    url = reverse("take_back_waiver", args=[draft.pk])

    for _ in range(2):
        assert (
            client.post(url, {"waiver": Waiver.objects.first().pk if Waiver.objects.exists() else "7"}).status_code
            == 200
        )

    assert check(client, with_words("It rained on Thursday."), draft).json()["count"] == 1


def test_a_waiver_of_another_story_is_not_taken_back(at_desk, eli, draft):
    other = make_story("Another", is_draft=True)
    client = at_desk(eli)
    waive(client, other)

    client.post(reverse("take_back_waiver", args=[draft.pk]), {"waiver": Waiver.objects.get().pk})

    assert Waiver.objects.exists()


def test_a_waiver_needs_a_reason(at_desk, rosa, draft):
    response = waive(at_desk(rosa), draft, reason="  ")

    assert response.status_code == 400
    assert "reason" in response.json()["error"]
    assert not Waiver.objects.exists()


def test_only_rules_that_there_are_can_be_waived(at_desk, rosa, draft):
    assert waive(at_desk(rosa), draft, rule="gone").status_code == 400


def test_the_history_tells_what_was_waived_and_why(at_desk, rosa, draft):
    client = at_desk(rosa)
    waive(client, draft)
    client.post(reverse("take_back_waiver", args=[draft.pk]), {"waiver": Waiver.objects.get().pk})

    page = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).content.decode()

    assert "Note waived: Days without a date, “Thursday”. It is the name of a man." in page
    assert "Waiver taken back: Days without a date" in page


@pytest.mark.parametrize("name", ["notes_of_story", "waive_note", "take_back_waiver"])
@pytest.mark.parametrize(("person", "is_let_in"), [("rosa", True), ("cleo", False), ("eli", True), ("priya", True)])
def test_notes_are_for_those_who_may_edit_the_story(at_desk, request, draft, name, person, is_let_in):
    client = at_desk(request.getfixturevalue(person))
    data = filled_form() | {"rule": "day", "words": "", "reason": "Yes.", "waiver": "1"}

    response = client.post(reverse(name, args=[draft.pk]), data)

    # Wagtail sends those whom it does not let in back to where they may be.
    assert (response.status_code == 200) == is_let_in


@pytest.mark.parametrize("name", ["notes_of_story", "waive_note", "take_back_waiver"])
def test_nobody_sees_or_waives_a_note(client, draft, name):
    response = client.post(reverse(name, args=[draft.pk]), filled_form())

    assert response.status_code == 302
    assert not Waiver.objects.exists()


def test_looking_does_not_change_anything(at_desk, rosa, draft):
    assert at_desk(rosa).get(reverse("notes_of_story", args=[draft.pk])).status_code == 405


def test_a_long_story_costs_no_more_queries(at_desk, rosa, draft, django_assert_max_num_queries):
    client = at_desk(rosa)
    check(client, filled_form(), draft)

    with django_assert_max_num_queries(25):
        check(client, filled_form(*[filled_point(text="<p>TK on Thursday.</p>") for _ in range(40)]), draft)
