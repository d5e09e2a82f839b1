"""A published story's facts are rows that say what its body says, and keep their keys while their blocks stay."""

import datetime
import importlib
from decimal import Decimal

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nutgraf.stories import actions, changes, mirror, samples
from nutgraf.stories.models import Bullet, Event, Label, Moments, Number, Point, Quote, Story
from nutgraf.stories.samples import bullet, event, make_story, number, paragraph, point, quote

TALKS = event("Talks open", place="Port Selva", starts=datetime.date(2026, 11, 25))


@pytest.mark.django_db
def test_every_kind_of_fact_becomes_a_row(noon):
    story = make_story(
        "Harbour reopens",
        point(
            "Why it matters", "Bread <b>comes</b> by ship.", "One.", bullet("Two.", "Two and a half."), facts=[TALKS]
        ),
        paragraph("It was closed for nine days."),
        quote("We are tired", "Ana Sorel", "dockers' leader", "Free Union"),
        number("2500.5", "tonnes of grain", unit="t", source="port authority"),
        at=noon,
    )

    first, second = story.points.all()
    assert (first.label, first.label_text, first.text) == (
        Label.objects.get(slug="why-it-matters"),
        "Why it matters",
        "Bread comes by ship.",
    )
    assert (second.label, second.label_text) == (None, "")
    assert [(b.text, b.parent and b.parent.text) for b in first.bullets.order_by("position")] == [
        ("One.", None),
        ("Two.", None),
        ("Two and a half.", "Two."),
    ]
    assert story.quotes.get().speaker == "Ana Sorel"
    assert story.numbers.get().value == Decimal("2500.5")
    assert story.events.get().point == first


@pytest.mark.django_db
def test_a_label_is_found_in_whatever_spelling(noon):
    story = make_story("Harbour reopens", point("why it matters:", "Bread."), at=noon)

    assert story.points.get().label.slug == "why-it-matters"


@pytest.mark.django_db
def test_the_point_that_says_why_it_matters_opens_the_card_whatever_its_label_is_called(noon):
    story = make_story("Harbour", point("The latest", "Ships enter."), point("So what", "Bread is dear."), at=noon)
    assert story.opening_point.text == "Ships enter."

    Label.objects.create(name="So what", slug="so-what", job=Label.Job.WHY)
    story = samples.rewrite(story, point("The latest", "Ships enter."), point("So what", "Bread is dear."), at=noon)
    assert (story.opening_point.text, story.nut_graf) == ("Bread is dear.", story.opening_point)

    label = Label.objects.get(name="So what")
    label.job = Label.Job.NEW
    label.save()
    assert Story.objects.get(pk=story.pk).nut_graf is None

    label.job = Label.Job.WHY
    label.save()
    assert Story.objects.for_cards().get(pk=story.pk).nut_graf.text == "Bread is dear."


@pytest.mark.django_db
def test_what_was_published_before_is_marked_too(noon):
    make_story("Harbour", point("The latest", "Ships enter."), point("Why it matters", "Bread is dear."), at=noon)
    Point.objects.update(is_nut_graf=False)

    importlib.import_module("nutgraf.stories.migrations.0010_nut_graf").mark(apps, None)

    assert [point.text for point in Point.objects.filter(is_nut_graf=True)] == ["Bread is dear."]


@pytest.mark.django_db
def test_blocks_that_stay_keep_their_rows(noon):
    parts = [point("Why it matters", "Bread.", "One."), paragraph("Then.")]
    story = make_story("Harbour reopens", *parts, at=noon)
    keys = dict(story.points.values_list("block_id", "pk"))

    story.body = samples.body(point("Why it matters", "Bread and salt.", "One."), seed="Harbour reopens")
    actions.revise(story=story, by=None)
    story = actions.publish(story=story, by=None, at=noon)

    kept = story.points.get()
    assert kept.text == "Bread and salt."
    assert keys[kept.block_id] == kept.pk


def moments(story: Story) -> Moments:
    """Every piece public at one moment, for tests of what the rows say."""
    at = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
    return Moments({piece.id: (at, at) for piece in changes.public_pieces(story)})


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="<>&"), min_size=1, max_size=20
).filter(str.strip)
facts = st.lists(
    st.one_of(
        st.builds(quote, texts, texts),
        st.builds(number, st.integers(-(10**12), 10**12), texts),
        st.builds(lambda what, day: event(what, starts=day), texts, st.dates()),
    ),
    max_size=3,
)
bullets = st.lists(st.builds(lambda text, subs: bullet(text, *subs), texts, st.lists(texts, max_size=2)), max_size=3)
parts = st.lists(
    st.one_of(
        st.builds(
            lambda label, text, items, found: point(label, text, *items, facts=found), texts, texts, bullets, facts
        ),
        st.builds(lambda text, items: paragraph(text, *items), texts, bullets),
        st.builds(quote, texts, texts),
    ),
    max_size=5,
)


class TestTablesFollowTheBody(TestCase):
    """Whatever is written, and rewritten, the tables say exactly what the body says."""

    @settings(max_examples=25, deadline=None)
    @given(first=parts, then=parts)
    def test_rows_equal_a_fresh_mirror(self, first, then):
        story = make_story("Mirror", is_draft=True)
        for version in (first, then):
            story.body = samples.body(*version, seed="m")
            mirror.write(story, moments(story))
        rewritten = self.rows(story)

        mirror.erase(story)
        assert self.rows(story) == [[] for _ in rewritten]
        mirror.write(story, moments(story))

        assert rewritten == self.rows(story)
        assert Point.objects.filter(story=story).count() == sum(p["type"] != "quote" for p in then)

    @staticmethod
    def rows(story: Story) -> list[list[tuple]]:
        columns = {
            Point: ["block_id", "position", "label_text", "text"],
            Bullet: ["block_id", "position", "text", "point__block_id", "parent__block_id"],
            Quote: ["block_id", "position", "words", "speaker", "point__block_id"],
            Number: ["block_id", "position", "value", "counts"],
            Event: ["block_id", "position", "what", "starts"],
        }
        return [
            sorted(model.objects.filter(story=story).values_list(*names), key=str) for model, names in columns.items()
        ]
