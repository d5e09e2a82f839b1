"""Whatever a page asks of the database, a change of the answer is heard; and little else is."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.utils import timezone
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, Revision, Site, Workflow, WorkflowPage

from nutgraf.published import keys, recording
from nutgraf.published.outbox import Touched
from nutgraf.published.recording import Recording
from nutgraf.published.tests.world import CHANGES, QUESTIONS, build, page


def is_concerned(heard: Recording, touched: Touched) -> bool:
    """Say whether a page that read this is to be pressed again, as the store says it in SQL."""
    return bool(heard.keys & touched.keys or {keys.table_of(key) for key in heard.keys} & touched.tables)


def ask(question):
    with recording.running() as heard:
        answer = question()
    return answer, heard


def touch(change) -> Touched:
    connection.nutgraf_touched = None
    change()
    return connection.nutgraf_touched or Touched()


@pytest.fixture
def world(store):
    build()


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_of_an_answer_is_heard(world, name):
    asked = {question: ask(QUESTIONS[question]) for question in QUESTIONS}

    touched = touch(CHANGES[name])

    changed = [question for question, (answer, _) in asked.items() if answer_to(question) != answer]
    assert not [question for question in changed if not is_concerned(asked[question][1], touched)]


def test_each_question_may_be_asked(world):
    assert [question for question in QUESTIONS if ask(QUESTIONS[question])[1].refusal] == []


def answer_to(question):
    # What was asked for may be gone, which is an answer too.
    try:
        return QUESTIONS[question]()
    except (models.ObjectDoesNotExist, IndexError) as error:
        return repr(error)


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("by a slug", "a row is added, of another name"),
        ("by an owner", "a row of another owner is changed"),
        ("one of an owner's, by its name", "a row of an owner is changed"),
        ("of an owner's, the first by name", "a row of an owner is added to, out of sight"),
        ("few columns", "a slug is changed"),
        ("few columns of owners beside", "a path is changed"),
        ("how many", "rows are changed in bulk"),
        ("whether by what is not watched", "a row of an owner gets another name"),
        ("by an owner's owner, owners beside", "an owner is hidden"),
        ("the first by an owner's column", "an owner is hidden"),
        ("by whether there is one", "a row of an owner gets another name"),
        ("everything", "a draft is kept"),
        ("the owners of rows", "a page comes below"),
        ("owners beside", "a draft is kept"),
        ("columns", "a link is added"),
    ],
)
def test_what_no_answer_depends_on_is_not_heard(world, question, change):
    changes = CHANGES | {
        "a row is added, of another name": lambda: Tag.objects.create(name="other", slug="other"),
        "a row of another owner is changed": lambda: Redirect.objects.filter(old_path="/v").update(is_permanent=False),
        "a row of an owner is added to, out of sight": lambda: Redirect.objects.filter(old_path="/y").update(
            redirect_link="/x"
        ),
        "a path is changed": lambda: Document.objects.get(title="Document u").collection.add_child(name="Below"),
        "a draft is kept": lambda: page("a").save_revision(),
    }
    before, heard = ask(QUESTIONS[question])
    touched = touch(changes[change])

    assert QUESTIONS[question]() == before
    assert not is_concerned(heard, touched)


IN_SQL = {
    "where": lambda: list(Tag.objects.extra(where=["name = 'red'"])),
    "select": lambda: list(Tag.objects.extra(select={"other": "SELECT name FROM wagtailcore_collection"})),
    "tables": lambda: list(Tag.objects.extra(tables=["wagtailcore_collection"])),
    "order": lambda: list(Tag.objects.extra(order_by=["taggit_tag.name"])),
    "raw": lambda: list(Tag.objects.raw("SELECT * FROM taggit_tag")),
    "annotation": lambda: list(Tag.objects.annotate(other=RawSQL("SELECT 1", []))),
    "ordering": lambda: list(Tag.objects.order_by(RawSQL("name", []))),
    "filter": lambda: list(Tag.objects.filter(pk__in=RawSQL("SELECT 1", []))),
    "cursor": lambda: connection.cursor().execute("SELECT 1"),
}


@pytest.mark.parametrize("name", IN_SQL)
def test_what_is_asked_in_sql_is_refused(world, name):
    _, heard = ask(IN_SQL[name])

    assert heard.refusal == "it asks the database in SQL of its own"


UNFOLLOWED = {
    "luck": (lambda: list(Tag.objects.order_by("?")), "it asks the database for the time, or for luck"),
    "time": (lambda: list(Page.objects.filter(expire_at__lt=Now())), "it asks the database for the time, or for luck"),
    "housekeeping": (lambda: list(Revision.objects.all()), "it reads wagtailcore_revision, whose changes are not"),
    "beside": (lambda: list(Page.objects.select_related("owner")), "it reads auth_user"),
    "joined": (lambda: list(Group.objects.filter(user=None)), "it reads auth_"),
    "condition": (lambda: list(Page.objects.filter(draft_title="A")), "it asks by draft_title of wagtailcore_page"),
    "column": (lambda: list(Page.objects.values("draft_title")), "it asks by draft_title of wagtailcore_page"),
    "order": (lambda: list(Page.objects.order_by("latest_revision_id")), "it asks by latest_revision_id of wagtail"),
    "update": (lambda: Tag.objects.filter(name="red").update(slug="x"), "it changes the database"),
    "insert": (lambda: Tag.objects.create(name="x"), "it changes the database"),
    "delete": (lambda: Redirect.objects.all().delete(), "it changes the database"),
}


@pytest.mark.parametrize("name", UNFOLLOWED)
def test_what_cannot_be_followed_is_refused(world, name):
    question, refusal = UNFOLLOWED[name]
    Page.objects.update(owner=get_user_model().objects.create(username="somebody"))

    _, heard = ask(transaction.atomic(question))

    assert heard.refusal.startswith(refusal)


def test_nothing_is_heard_outside_a_recording_or_while_it_is_paused(world):
    with recording.running() as heard, recording.paused():
        list(Tag.objects.all())
    list(Site.objects.all())

    assert not heard.keys


def test_what_no_reader_sees_is_heard_by_whoever_asks_for_it_by_key(world):
    key = Page.objects.first().pk
    _, heard = ask(lambda: list(Page.objects.filter(pk=key).values_list("last_published_at")))

    assert is_concerned(heard, touch(lambda: Page.objects.filter(pk=key).update(last_published_at=timezone.now())))


def test_what_is_not_there_beside_a_row_is_heard_when_it_comes(world):
    key = page("a").pk
    _, heard = ask(lambda: Page.objects.select_related("workflowpage").get(pk=key))
    workflow = Workflow.objects.create(name="By an editor")

    assert is_concerned(heard, touch(lambda: WorkflowPage.objects.create(page_id=key, workflow=workflow)))


def test_a_value_that_is_long_is_named_by_its_fingerprint(world):
    path = "/" + "x" * 200

    _, heard = ask(lambda: Redirect.objects.filter(old_path=path, site=Site.objects.first()).exists())
    touched = touch(lambda: Redirect.objects.create(old_path=path, site=Site.objects.first()))

    assert is_concerned(heard, touched)
    assert max(map(len, heard.keys | touched.keys)) < 200


def test_a_moment_is_named_alike_in_every_zone():
    here = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
    there = here.astimezone(datetime.timezone(datetime.timedelta(hours=5)))

    assert keys.at("letters", "sent_at", there) == keys.at("letters", "sent_at", here)


def test_what_a_page_reads_first_speaks_for_itself_not_for_all(world):
    _, heard = ask(lambda: Tag.objects.get(name="red"))

    assert heard.keys == {"at:taggit_tag:name:red", f"row:taggit_tag:{Tag.objects.get(name='red').pk}"} | {
        "in:taggit_tag:name:red:name"
    }
