"""Labels, authors, sections and the newsroom itself are changed at the desk."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.newsroom.samples import make_section
from nutgraf.stories.models import Label

pytestmark = pytest.mark.django_db


def test_a_label_is_added_without_its_colon(at_desk, eli):
    at_desk(eli).post(reverse("label:add"), {"name": "The tide:", "slug": "the-tide", "job": "NEW"})

    assert Label.objects.get(slug="the-tide").name == "The tide"


def test_a_label_that_is_there_in_another_spelling_is_refused(at_desk, eli):
    response = at_desk(eli).post(reverse("label:add"), {"name": "WHY IT MATTERS", "slug": "again", "job": "WHY"})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Label.objects.filter(slug="again").exists()


def test_labels_are_put_in_another_order(at_desk, eli):
    first, *_, last = Label.objects.all()

    at_desk(eli).post(reverse("label:reorder", args=[last.pk]) + "?position=0")

    assert Label.objects.first() == last
    assert Label.objects.all()[1] == first


def test_an_author_gets_a_portrait_links_and_an_account(at_desk, eli, rosa):
    data = nested_form_data(
        {
            "name": "Rosa Vale",
            "slug": "rosa-vale",
            "role": "Harbour correspondent",
            "bio": "",
            "portrait": "",
            "email": "",
            "user": str(rosa.pk),
            "links": inline_formset([{"title": "Letters", "url": "https://example.org/rosa"}]),
        }
    )

    at_desk(eli).post(reverse("author:add"), data)

    author = Author.objects.get()
    assert author.user == rosa
    assert [link.title for link in author.links.all()] == ["Letters"]


def test_a_section_may_not_take_the_address_of_a_page_of_the_site(at_desk, priya):
    response = at_desk(priya).post(reverse("section:add"), {"name": "Search", "slug": "search", "description": ""})

    assert "slug" in response.context["form"].errors
    assert not Section.objects.exists()


def test_a_new_section_comes_last(at_desk, priya):
    make_section("World")

    at_desk(priya).post(reverse("section:add"), {"name": "Climate", "slug": "climate", "description": ""})

    assert [section.name for section in Section.objects.all()] == ["World", "Climate"]


@pytest.mark.parametrize(("name", "slug"), [("Politics & Policy", "politics-policy"), ("Łódź", "odz")])
def test_a_name_alone_makes_a_section_and_its_address(at_desk, priya, name, slug):
    at_desk(priya).post(reverse("section:add"), {"name": name, "slug": "", "description": ""})

    assert Section.objects.get().slug == slug


def test_a_name_without_a_plain_letter_asks_for_its_address(at_desk, priya):
    response = at_desk(priya).post(reverse("section:add"), {"name": "世界", "slug": "", "description": ""})

    assert "Write the word" in response.context["form"].errors["slug"][0]
    assert not Section.objects.exists()


def test_the_newsroom_is_named_though_nobody_named_it_before(at_desk, priya):
    client, url = at_desk(priya), reverse("newsroom:edit")

    assert client.get(url).status_code == 200
    client.post(url, {"name": "The Tidewater Post", "tagline": "", "about": ""})
    client.post(url, {"name": "The Tide", "tagline": "", "about": ""})

    assert Newsroom.objects.get().name == "The Tide"
