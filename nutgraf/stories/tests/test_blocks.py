"""Each part of a story says plainly what is wrong with it, and a draft may be unfinished."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from nutgraf.stories import actions, samples
from nutgraf.stories.blocks import FigureField, StoryBody
from nutgraf.stories.models import HouseStyle, Label
from nutgraf.stories.samples import event, number, point, quote

DAY = datetime.date(2026, 11, 22)


def stream(*parts):
    block = StoryBody()
    return block, block.to_python(samples.body(*parts, seed="t"))


def error_of(*parts):
    block, value = stream(*parts)
    with pytest.raises(StreamBlockValidationError) as refusal:
        block.clean(value)
    return refusal.value.block_errors[0].block_errors


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2500", "2500"),
        ("2,500", "2500"),
        ("2 500", "2500"),
        ("1,234,567.5", "1234567.5"),
        ("-3.5", "-3.5"),
        ("\u22123", "-3"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, meant):
    assert FigureField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["dozens", "2,50", "1.234,5", "1,23,456", "--3", "12abc"])
def test_what_is_not_a_number_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="Write it like 2500"):
        FigureField().clean(typed)


@pytest.mark.django_db
def test_a_point_without_text_cannot_be_published():
    assert "text" in error_of(point("Why it matters", " "))


@pytest.mark.django_db
def test_a_quote_without_a_speaker_cannot_be_published():
    assert "speaker" in error_of(quote("We are tired", ""))


@pytest.mark.django_db
def test_an_event_cannot_end_before_it_starts():
    errors = error_of(event("Talks", starts=DAY, ends=DAY - datetime.timedelta(days=1)))

    assert "ends before it starts" in errors["ends"].message


@pytest.mark.django_db
def test_a_range_ends_higher_than_it_begins():
    assert "value_to" in error_of(number(20, "soldiers", value_to=10))


@pytest.mark.django_db
def test_a_forbidden_label_cannot_be_published(noon):
    actions.found(at=noon)
    Label.objects.filter(slug="the-upshot").update(is_forbidden=True)

    assert "does not use" in error_of(point("the upshot:", "Salt."))["label"].messages[0]


@pytest.mark.django_db
def test_a_story_may_coin_a_label_unless_the_vocabulary_is_closed(noon):
    actions.found(at=noon)
    block, value = stream(point("Why the port matters", "Salt."))

    assert block.clean(value)[0].value["label"] == "Why the port matters"
    HouseStyle.objects.create(only_house_labels=True)
    assert "not in the house vocabulary" in error_of(point("Why the port matters", "Salt."))["label"].messages[0]


def test_a_draft_may_be_unfinished():
    block, value = stream(point("", ""), quote("", ""))

    assert len(block.clean_deferred(value)) == 2


def test_quotation_marks_typed_round_a_quote_are_taken_off():
    block, value = stream(quote("\u201cWe are tired\u201d", "Ana Sorel"))

    assert block.clean_deferred(value)[0].value["words"] == "We are tired"
