"""Wagtail's sentences reach editors in the newsroom's words."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import TaskState

from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

FOLDER = Path(__file__).parents[1] / "locale" / "en" / "LC_MESSAGES"


def written():
    """Return the sentences of the file that people write, as pairs of Wagtail's and ours."""
    text = (FOLDER / "django.po").read_text(encoding="utf-8").partition("\n\n")[2]
    found = re.findall(r'^msgid (".*")\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? (".*")$', text, re.MULTILINE)
    return {ast.literal_eval(theirs): ast.literal_eval(ours) for theirs, ours in found}


def test_what_was_written_was_compiled():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert len(written()) > 100
    for theirs, ours in written().items():
        assert ours in (compiled.gettext(theirs), compiled.ngettext(theirs, theirs, 1))


def test_every_placeholder_stays():
    for theirs, ours in written().items():
        kept = set(re.findall(r"%\(\w+\)s", ours))
        assert kept <= set(re.findall(r"%\(\w+\)s", theirs)), theirs


def test_wagtail_speaks_our_words():
    with translation.override("en"):
        assert translation.gettext("Choose an image") == "Choose a picture"
        assert translation.gettext("View live") == "View"


@pytest.fixture
def submitted(founded, rosa, form):
    story = make_story(is_draft=True)
    actions.submit(story=story, by=rosa)
    return story


def decide(client, story, form, decision, comment=""):
    data = form() | {
        "action-workflow-action": "true",
        "workflow-action-name": decision,
        "workflow-action-extra-data": f'{{"comment": "{comment}"}}',
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data, follow=True).content.decode()


def test_approving_a_story_says_that_it_is_published(at_desk, eli, submitted, form):
    page = decide(at_desk(eli), submitted, form, "approve")

    assert f"“{submitted.title}” is published." in page
    assert Story.objects.get().live


def test_sending_a_story_back_says_so_and_keeps_the_comment(at_desk, eli, submitted, form):
    page = decide(at_desk(eli), submitted, form, "reject", "Shorter, please.")

    assert f"“{submitted.title}” is sent back." in page
    assert TaskState.objects.get().comment == "Shorter, please."
