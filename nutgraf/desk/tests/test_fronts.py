"""An editor puts stories on top of fronts, among those that readers can see."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from nutgraf.newsroom.samples import make_section
from nutgraf.stories.samples import make_story
from nutgraf.streams.models import Front

pytestmark = pytest.mark.django_db


def filled(lead="", pins=(), until=""):
    rows = [{"story": str(story.pk), "until": ""} for story in pins]
    return nested_form_data({"lead": str(lead and lead.pk), "lead_until": until, "pins": inline_formset(rows)})


def test_every_section_has_a_front_as_soon_as_one_looks(at_desk, cleo, founded):
    make_section("World"), make_section("Climate")
    url = reverse("front:index")

    at_desk(cleo).get(url)
    response = at_desk(cleo).get(url)

    assert [str(front) for front in response.context["object_list"]] == ["Front page", "World", "Climate"]
    assert Front.objects.count() == 3


def test_saving_a_front_says_what_leads_it(at_desk, cleo, founded):
    front = Front.objects.create()
    make_story("Newest")
    story = make_story("On top")
    make_story("Newer still")

    response = at_desk(cleo).post(reverse("front:edit", args=[front.pk]), filled(lead=story), follow=True)

    assert "Front page: “On top” leads." in response.content.decode()
    front.refresh_from_db()
    assert front.lead == story


def test_without_a_choice_the_newest_leads(at_desk, cleo, founded):
    front = Front.objects.create(lead=make_story("Chosen"))
    make_story("Newest")

    response = at_desk(cleo).post(reverse("front:edit", args=[front.pk]), filled(), follow=True)

    assert "“Newest” leads." in response.content.decode()


def test_a_front_without_stories_says_so(at_desk, cleo, founded):
    front = Front.objects.create(section=make_section("Climate"))

    response = at_desk(cleo).post(reverse("front:edit", args=[front.pk]), filled(), follow=True)

    assert "There is no story to lead it yet." in response.content.decode()


def test_stories_are_kept_near_the_top_in_the_editors_order(at_desk, cleo, founded):
    front = Front.objects.create()
    one, two = make_story("One"), make_story("Two")

    at_desk(cleo).post(reverse("front:edit", args=[front.pk]), filled(pins=[two, one]))

    assert [pin.story for pin in front.pins.all()] == [two, one]


def test_only_stories_that_readers_can_see_are_offered(at_desk, cleo, founded):
    public = make_story("Public")
    make_story("Draft", is_draft=True)

    response = at_desk(cleo).get(reverse("story_chooser:choose"))

    assert list(response.context["results"]) == [public]


def test_the_form_leads_to_the_front(at_desk, cleo, founded):
    section = make_section("Climate")
    front = Front.objects.create(section=section)

    page = at_desk(cleo).get(reverse("front:edit", args=[front.pk])).content.decode()

    assert f'href="{section.get_absolute_url()}"' in page


def test_fronts_are_neither_added_nor_deleted(at_desk, priya, founded):
    front = Front.objects.create()

    assert at_desk(priya).get(reverse("front:add")).status_code == 302
    assert at_desk(priya).get(reverse("front:delete", args=[front.pk])).status_code == 302
