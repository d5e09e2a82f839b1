"""A story is suggested for a storyline by the names it shares with it, never without one, and with what is shared."""

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.storylines import corpus
from nutgraf.storylines.corpus.scoring import PRECISION_AIM, RECALL_AIM, score_stories
from nutgraf.storylines.likeness import Commonness, Profile, Trait, TraitKind, name_key, suggest, traits_of

NAMES = st.sampled_from(["lena marsh", "otto brandel", "corvane", "harrow lane"])
WORDS = st.sampled_from(["~strike", "~depot", "~roster", "~mediator"])
TRAITS = st.one_of(
    st.builds(lambda key: Trait(TraitKind.PERSON, key, key.title()), NAMES),
    st.builds(lambda key: Trait(TraitKind.WORD, key, key[1:]), WORDS),
)
PROFILES = st.dictionaries(
    st.integers(1, 4),
    st.builds(Profile, st.just(5), st.dictionaries(st.one_of(WORDS, NAMES), st.integers(3, 5), min_size=4)),
    min_size=1,
)


@given(st.lists(TRAITS, unique_by=lambda trait: trait.key), PROFILES)
def test_nothing_is_suggested_without_a_shared_name(traits, profiles):
    for likeness in suggest(traits, profiles, Commonness(1000, {})):
        assert any(one.is_name for one in likeness.shared)
        assert all(one.key in profiles[likeness.storyline].counts for one in likeness.shared)
        assert 0 <= likeness.sure <= 1


def test_words_alone_are_no_reason_however_many():
    words = [Trait(TraitKind.WORD, f"~{number}", str(number)) for number in range(50)]
    profiles = {1: Profile(10, {word.key: 10 for word in words})}

    assert suggest(words, profiles, Commonness(1000, {})) == []


def test_it_says_what_is_shared():
    story = traits_of(
        headline="Depot stays shut",
        text="Lena Marsh of the Drivers' Union said no bus would leave the depot at Harrow Lane. A passenger sighed.",
    )
    before = traits_of(headline="Strike", text="Lena Marsh spoke for the Drivers' Union at the depot of Harrow Lane.")
    profiles = {7: Profile(3, {trait.key: 3 for trait in before})}

    [likeness] = suggest(story, profiles, Commonness(100, {}))

    assert likeness.storyline == 7
    assert likeness.is_sure
    assert {"Lena Marsh", "Harrow Lane", "depot"} <= {trait.shown for trait in likeness.shared}
    assert "passenger" not in {trait.shown for trait in likeness.shared}


def test_what_every_story_names_says_little():
    story = [Trait(TraitKind.PLACE, "corvane", "Corvane")]
    profiles = {1: Profile(5, {"corvane": 5})}

    assert suggest(story, profiles, Commonness(1000, {"corvane": 900})) == []
    assert suggest(story, profiles, Commonness(1000, {"corvane": 5})) != []


def test_a_second_storyline_is_named_only_for_what_the_first_does_not_explain():
    story = [Trait(TraitKind.PERSON, name, name) for name in ("ruth", "henrik", "clara", "otto")]
    everything = {"ruth": 10, "henrik": 10, "clara": 10}

    beside = suggest(story, {1: Profile(10, everything), 2: Profile(10, {"clara": 5})}, Commonness(1000, {}))
    both = suggest(story, {1: Profile(10, everything), 3: Profile(10, {"otto": 10})}, Commonness(1000, {}))

    assert [one.storyline for one in beside] == [1]
    assert {one.storyline for one in both} == {1, 3}


def test_a_name_is_one_whatever_its_case_and_its_article():
    assert name_key("The  Water Authority’s") == name_key("water AUTHORITY")


def test_a_headline_in_capitals_makes_no_names():
    names = [trait.shown for trait in traits_of(headline="Drivers Vote To Strike", text="It begins.") if trait.is_name]

    assert names == []


def test_the_practice_stories_are_suggested_as_well_as_promised():
    tally = score_stories(corpus.stories("practice"), part="practice")

    assert tally.precision >= PRECISION_AIM
    assert tally.recall >= RECALL_AIM


def test_the_set_is_as_large_as_promised_and_says_nothing_twice():
    stories = [*corpus.stories("practice"), *corpus.stories("test")]

    assert len(stories) >= 100
    assert len({story.headline for story in stories}) == len(stories)
    assert len({name for story in stories for name in story.storylines}) == 8
