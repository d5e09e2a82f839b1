"""The house style in the desk: labels, lengths, kinds of story, words, and which rules are on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nutgraf.copydesk.rules import RULES
from nutgraf.desk.samples import filled_house_style
from nutgraf.stories.models import HouseStyle, RuleSwitch

pytestmark = pytest.mark.django_db
URL = "house-style:edit"


def test_it_closes_the_vocabulary(at_desk, priya):
    at_desk(priya).post(reverse(URL), filled_house_style(only_house_labels="on"))

    assert HouseStyle.load().only_house_labels


def test_saving_it_as_it_came_leaves_no_row_for_any_rule(at_desk, eli):
    response = at_desk(eli).post(reverse(URL), filled_house_style())

    assert response.status_code == 302
    assert not RuleSwitch.objects.exists()


def test_a_rule_is_switched_off_and_on_again(at_desk, eli):
    client = at_desk(eli)
    client.post(reverse(URL), filled_house_style(rule_passive=""))

    assert RuleSwitch.objects.get().rule == "passive"
    assert not RuleSwitch.objects.get().is_on
    assert "checked" not in str(client.get(reverse(URL)).context["form"]["rule_passive"])

    client.post(reverse(URL), filled_house_style())
    assert not RuleSwitch.objects.exists()


def test_a_rule_is_tuned(at_desk, eli):
    client = at_desk(eli)

    client.post(reverse(URL), {**filled_house_style(), "limit_headline-length": "8"})

    assert RuleSwitch.objects.get().limit == 8
    assert client.get(reverse(URL)).context["form"]["limit_headline-length"].value() == 8


def test_a_limit_that_is_none_is_refused(at_desk, eli):
    response = at_desk(eli).post(reverse(URL), {**filled_house_style(), "limit_headline-length": "-2"})

    assert "limit_headline-length" in response.context["form"].errors
    assert not RuleSwitch.objects.exists()


def test_words_and_kinds_are_kept(at_desk, eli):
    kinds = [{"name": "Brief", "most_words": "120"}]
    words = [{"words": "e-mail", "preferred": "email", "reason": "It is shorter."}]

    at_desk(eli).post(reverse(URL), filled_house_style(kinds=kinds, words=words))

    style = HouseStyle.load()
    assert [(kind.name, kind.most_words) for kind in style.kinds.all()] == [("Brief", 120)]
    assert [(word.words, word.preferred) for word in style.words.all()] == [("e-mail", "email")]


def test_every_rule_is_on_the_page(at_desk, eli):
    page = at_desk(eli).get(reverse(URL)).content.decode()

    # Twice would be worse than not at all: the second would undo the first.
    assert {page.count(f'name="rule_{rule.key}"') for rule in RULES} == {1}
    assert {page.count(f'name="limit_{rule.key}"') for rule in RULES if rule.limit is not None} == {1}
    assert all(rule.about in page.replace("&#x27;", "'") for rule in RULES)


def test_nobody_touches_it_but_editors_and_publishers(client, at_desk, rosa):
    for one in (client, at_desk(rosa)):
        one.post(reverse(URL), filled_house_style(only_house_labels="on"))

    assert not HouseStyle.load().only_house_labels
