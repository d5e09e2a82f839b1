"""What storylines are about is learnt as stories come and go, and says which storyline a new one seems to belong to."""

import pytest
from django.utils import timezone

from nutgraf.copydesk.drafts import Draft, point
from nutgraf.copydesk.rules.texts import Piece
from nutgraf.stories import actions as stories
from nutgraf.stories.samples import make_story
from nutgraf.storylines import actions, profiles
from nutgraf.storylines.models import CommonTrait, ProfileTrait, StoryTraits
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db

BLOCKADE = "Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild would end."


def draft(text, headline="Ships wait"):
    return Piece(Draft(headline=headline, lede=f"<p>{text}</p>", body=[point("", "<p>More is not known.</p>")]))


def suggested(text, **options):
    return profiles.suggest(profiles.traits_of(draft(text)), **options)


@pytest.fixture
def blockade():
    storyline = make_storyline("Harbour blockade")
    for number in range(3):
        make_story_in(storyline, f"Blockade, day {number}", lede=f"<p>{BLOCKADE}</p>")
    return storyline


def test_a_story_is_suggested_for_what_its_names_belong_to(blockade):
    assert blockade.profile.stories == 3
    [likeness] = suggested("Mara Lind met the Pilots' Guild in Port Ellery on Monday.")

    assert likeness.storyline == blockade.pk
    assert {"Mara Lind", "Port Ellery"} <= {trait.shown for trait in likeness.shared}


def test_a_story_without_shared_names_is_suggested_for_nothing(blockade):
    assert suggested("A cow has won the prize of the village. The blockade and its director were not there.") == []


def test_what_it_belongs_to_already_is_not_suggested_and_explains_what_it_shares(blockade):
    twin = make_storyline("Port of Ellery")
    make_story_in(twin, lede=f"<p>{BLOCKADE}</p>")

    assert suggested(BLOCKADE, beside=[blockade.pk]) == []


def test_a_story_that_goes_is_forgotten(blockade):
    for place in blockade.places.all():
        stories.unpublish(story=place.story, by=None)

    assert not StoryTraits.objects.exists()
    assert not ProfileTrait.objects.exists()
    assert suggested(BLOCKADE) == []


def test_a_story_that_is_taken_out_leaves_the_profile_and_is_still_known(blockade):
    for place in blockade.places.all():
        actions.take_out(story=place.story, storyline=blockade, by=None, at=timezone.now())

    assert StoryTraits.objects.count() == 3
    assert suggested(BLOCKADE) == []


def test_a_storyline_that_went_into_another_is_suggested_as_that_one(blockade):
    into = make_storyline("Pilots' strike")

    actions.merge(storyline=blockade, into=into, by=None, at=timezone.now())

    assert [one.storyline for one in suggested(BLOCKADE)] == [into.pk]


def test_what_many_stories_name_is_counted_and_counts_for_less(blockade):
    before = suggested(BLOCKADE)[0].sure
    for number in range(40):
        make_story(f"Fair {number}", lede=f"<p>{BLOCKADE}</p>")

    profiles.count_common()

    assert CommonTrait.objects.get(key=CommonTrait.TOTAL).stories == 43
    assert CommonTrait.objects.get(key="mara lind").stories == 43
    assert all(one.sure < before for one in suggested(BLOCKADE))


def test_counting_forgets_old_stories_in_no_storyline_and_only_these(blockade, monkeypatch):
    old = make_story("Old fair", at=timezone.now() - timezone.timedelta(days=900))
    make_story_in(blockade, "Old blockade", at=timezone.now() - timezone.timedelta(days=901))
    monkeypatch.setattr(profiles, "COUNTED", 3)

    profiles.count_common()

    assert not StoryTraits.objects.filter(story=old).exists()
    assert StoryTraits.objects.count() == 4


def test_a_suggestion_asks_the_database_twice_however_many_storylines(blockade, django_assert_num_queries):
    for number in range(12):
        make_story_in(make_storyline(f"Other {number}"), lede=f"<p>{BLOCKADE}</p>")
    traits = profiles.traits_of(draft(BLOCKADE))

    with django_assert_num_queries(2):
        profiles.suggest(traits)
