"""What readers are told of changes: notes on the story, its versions compared, the corrections page and what is gone."""

import datetime
import json
import re

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.reader import changes
from nutgraf.stories import actions, samples
from nutgraf.stories.models import ChangeKind, HouseStyle, Story
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
SENTENCE = "An earlier version said that 2,500 soldiers would come; it is 2,000."


@pytest.fixture
def corrected(noon):
    story = make_story("Harbour", point("Why it matters", "2,500 soldiers come."), at=noon)
    return rewrite(story, "2,000 soldiers come.", at=noon + HOUR, change=ChangeKind.CORRECTION, sentence=SENTENCE)


def rewrite(story, text, **how):
    return samples.rewrite(story, point("Why it matters", text), **how)


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_correction_stands_above_the_lede_or_below_the_story_as_house_style_has_it(client, corrected):
    above = page_of(client, corrected.url)
    HouseStyle.objects.create(notes_stand=HouseStyle.Place.FOOT)
    below = page_of(client, corrected.url)

    assert above.index(SENTENCE, above.index("<main")) < above.index('class="story__lede"')
    assert below.index(SENTENCE, below.index("<main")) > below.index('class="story__body"')


def test_machines_are_told_of_the_correction_too(client, corrected, noon):
    page = page_of(client, corrected.url)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert data["@type"] == "NewsArticle"
    assert data["dateModified"] == (noon + HOUR).isoformat()
    assert [one["text"] for one in data["correction"]] == [SENTENCE]


def test_nothing_written_by_an_editor_can_end_the_data_for_machines(client, noon):
    story = make_story('Harbour </script><script>alert("1")</script>', at=noon)

    page = page_of(client, story.url)

    assert "</script><script>alert" not in page


def test_a_story_that_was_not_changed_has_no_link_to_its_changes_and_a_page_that_says_so(client, noon):
    story = make_story("Harbour", at=noon)

    assert "What changed" not in page_of(client, story.url)
    assert "Nothing has changed" in page_of(client, f"{story.url}changes/")


def test_the_latest_two_versions_are_compared_word_by_word(client, corrected):
    page = page_of(client, f"{corrected.url}changes/")

    assert "<del>2,500</del> <ins>2,000</ins>" in page
    assert page == page_of(client, f"{corrected.url}changes/?from=1&to=2").replace("?from=1&to=2", "")


def test_any_two_versions_can_be_compared(client, corrected, noon):
    rewrite(corrected, "2,000 soldiers come on Monday.", at=noon + 2 * HOUR)

    page = page_of(client, f"{corrected.url}changes/?from=1&to=3")

    assert "<del>2,500</del> <ins>2,000</ins>" in page
    assert "on Monday" in page


@pytest.mark.parametrize("query", ["from=0&to=1", "from=2&to=1", "from=1&to=9", "from=x&to=2", "from=1&to=1"])
def test_versions_that_there_are_not_are_not_found(client, corrected, query):
    assert client.get(f"{corrected.url}changes/?{query}").status_code == 404


def test_the_corrections_page_and_its_feeds_tell_of_it(client, corrected):
    assert SENTENCE in page_of(client, "/corrections/")
    for form in ("rss", "atom"):
        feed = feedparser.parse(client.get(f"/corrections/feed.{form}").content)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["Correction: Harbour"]
    assert client.get("/corrections/feed.json").json()["items"][0]["title"] == "Correction: Harbour"


def test_the_corrections_of_a_story_that_is_a_draft_again_are_not_told(client, corrected):
    actions.unpublish(story=corrected, by=None)

    assert SENTENCE not in page_of(client, "/corrections/")


def test_a_withdrawal_is_told_for_as_long_as_it_is_the_last_word(client, corrected, noon):
    reason = "We could not confirm it."
    actions.withdraw(story=corrected, reason=reason, by=None, at=noon + 2 * HOUR)
    assert reason in page_of(client, "/corrections/")

    story, said = Story.objects.get(pk=corrected.pk), "It is confirmed now."
    back = rewrite(story, "2,000 soldiers come.", at=noon + 3 * HOUR, change=ChangeKind.UPDATE, sentence=said)
    assert reason in page_of(client, "/corrections/")

    actions.unpublish(story=back, by=None)
    assert reason not in page_of(client, "/corrections/")


def test_corrections_behind_many_that_are_not_told_are_told(client, corrected, noon, monkeypatch):
    monkeypatch.setattr(changes, "TOLD_AT_ONCE", 2)
    draft = make_story("Ferry", point("Why it matters", "2 boats sail."), at=noon)
    for number in range(3, 8):
        kind = ChangeKind.CORRECTION
        rewrite(draft, f"{number} boats sail.", at=noon + number * HOUR, change=kind, sentence=f"It is {number} now.")
    actions.unpublish(story=draft, by=None)

    told = page_of(client, "/corrections/")

    assert SENTENCE in told
    assert "It is 7 now." not in told


def test_earlier_corrections_are_a_page_further(client, corrected, noon):
    for number in range(1, 22):
        corrected = rewrite(
            corrected,
            f"{number} soldiers come.",
            at=noon + HOUR * (1 + number),
            change=ChangeKind.CORRECTION,
            sentence=f"It is {number} now.",
        )

    first = page_of(client, "/corrections/")
    second = page_of(client, "/corrections/" + re.search(r'href="(\?before=\d+)"', first)[1])

    assert "It is 21 now." in first
    assert SENTENCE not in first
    assert SENTENCE in second
    assert client.get("/corrections/?before=nonsense").status_code == 404


def test_a_withdrawn_story_answers_410_with_the_reason_and_without_its_words(client, corrected, noon):
    address = corrected.url
    actions.withdraw(story=corrected, reason="We could not confirm it.", by=None, at=noon + 2 * HOUR)

    for path in (address, f"{address}changes/"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "We could not confirm it." in answer.content.decode()
        assert "soldiers" not in answer.content.decode()
    for path in ("/", "/world/", "/feed.rss", "/search/?q=come"):
        assert address not in client.get(path).content.decode(), path
    corrections = page_of(client, "/corrections/")
    assert "We could not confirm it." in corrections
    assert "Harbour<" not in corrections


def test_a_story_that_is_only_a_draft_again_is_not_found(client, corrected):
    actions.unpublish(story=corrected, by=None)

    assert client.get(f"/world/2026/11/22/{corrected.slug}/").status_code == 404


def test_a_page_asks_for_the_versions_once_and_for_the_moments_once(client, corrected):
    with CaptureQueriesContext(connection) as asked:
        page_of(client, corrected.url)

    assert sum('FROM "stories_publicversion"' in query["sql"] for query in asked.captured_queries) == 2
