"""Drafts for programs: made, read, revised, submitted and published by the verbs and the checks of the desk."""

# Without postponed annotations: what wraps a view here would have the framework look for their names in another module.

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router

from nutgraf.api import news_objects, standing, writing
from nutgraf.api.auth import PUBLISHES, READS, WRITES, Pace, by
from nutgraf.api.once import Key, once
from nutgraf.api.problems import Mistake, Problem
from nutgraf.api.reading import Cursor, Pk
from nutgraf.api.schemas.lists import Page
from nutgraf.api.schemas.stories import Draft, DraftInShort, FiledCopy, NewDraft, Status, ToPublish, ToWithdraw, Written
from nutgraf.newsroom.addresses import whole
from nutgraf.stories.models import Story

PACE = Pace()

router = Router(tags=["Writing"], throttle=[PACE])

Match = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="The ETag of the draft that you have seen, so that nobody's work is lost. Without one: 428.",
    ),
]
WithStatus = Annotated[Status | Literal[""], Query(description="How far they are; all, if none is named.")]
# Of an operation whose body is copy, and not JSON: see `openapi`.
COPY = {"copy": True}


@router.get("drafts", auth=READS, response=Page[DraftInShort], summary="The drafts that you may edit")
def drafts(request: HttpRequest, status: WithStatus = "", cursor: Cursor = "") -> Any:
    """Stories as the newsroom has them, those made last first; of one status if one is named."""
    return standing.listed(by=by(request), status=status, cursor=cursor)


@router.post("drafts", auth=WRITES, response={201: Draft}, summary="Make a story")
@once
def make(request: HttpRequest, draft: NewDraft, key: Key = None) -> HttpResponse:
    """A new story as a draft. It may be unfinished; what is written must not be malformed."""
    made = writing.make(draft, by=by(request), at=timezone.now())
    return _answer(request, made, status=201)


@router.get("drafts/{int:pk}", auth=READS, response=Draft, summary="The newest draft of a story")
def draft(request: HttpRequest, pk: Pk) -> HttpResponse:
    """A draft with what stands in the way of publishing it, and its ETag."""
    return _answer(request, standing.read(pk, by=by(request)))


@router.patch("drafts/{int:pk}", auth=WRITES, response=Draft, summary="Revise a story")
@once
def revise(request: HttpRequest, pk: Pk, draft: Written, match: Match = None, key: Key = None) -> HttpResponse:
    """Replace the fields that are sent; readers see nothing of it yet."""
    story = standing.take(pk, by=by(request), match=match)
    return _answer(request, writing.revise(story, draft, by=by(request)))


@router.get(
    "drafts/{int:pk}/copy", auth=READS, response=str, summary="A draft as copy", openapi_extra={"markdown": True}
)
def draft_copy(request: HttpRequest, pk: Pk) -> HttpResponse:
    """The newest draft in the copy format, which reads back as the same story."""
    story = standing.read(pk, by=by(request))
    headers = {
        "Content-Type": "text/markdown; charset=utf-8",
        "ETag": standing.etag(story),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(standing.as_copy(story), headers=headers)


@router.get(
    "drafts/{int:pk}/news-object", auth=READS, response=dict[str, Any], summary="A draft as a news object (ninjs)"
)
def draft_news_object(request: HttpRequest, pk: Pk) -> HttpResponse:
    """The newest draft in ninjs 3.1: withheld, or usable from the end of its embargo on; canceled if it was withdrawn."""
    return _news_object(news_objects.draft(pk, by=by(request), at=timezone.now()))


@router.get("planning", auth=READS, response=dict[str, Any], summary="What is scheduled, as a planning item (ninjs)")
def planning(request: HttpRequest) -> HttpResponse:
    """Of the drafts that you may edit those that will be published at a settled moment, the earliest first."""
    address = whole(request.path, request)
    return _news_object(news_objects.planning(by=by(request), at=timezone.now(), address=address))


@router.put(
    "drafts/{int:pk}/copy", auth=WRITES, response=FiledCopy, summary="Revise a story by copy", openapi_extra=COPY
)
@once
def revise_by_copy(request: HttpRequest, pk: Pk, match: Match = None, key: Key = None) -> HttpResponse:
    """Put what copy says in place of what the draft says; blocks keep their ids by likeness."""
    story = standing.take(pk, by=by(request), match=match)
    filed = writing.revise_by_copy(story, _copy(request), by=by(request), at=timezone.now())
    return _json(filed, headers={"ETag": standing.etag(standing.newest(pk))})


@router.post("copy", auth=WRITES, response={201: FiledCopy}, summary="File copy", openapi_extra=COPY)
@once
def file_copy(request: HttpRequest, key: Key = None) -> HttpResponse:
    """Make a draft of each story in a piece of copy: all of them or, if one cannot be made, none."""
    filed = writing.file_copy(_copy(request), by=by(request), at=timezone.now())
    return _json(filed, status=201)


@router.post("drafts/{int:pk}/submit", auth=WRITES, response=Draft, summary="Submit a story for approval")
@once
def submit(request: HttpRequest, pk: Pk, match: Match = None, key: Key = None) -> HttpResponse:
    """Ask an editor to approve the newest draft."""
    story = standing.take(pk, by=by(request), match=match)
    return _answer(request, writing.submit(story, by=by(request)))


@router.post("drafts/{int:pk}/publish", auth=PUBLISHES, response=Draft, summary="Publish a story, or schedule it")
@once
def publish(request: HttpRequest, pk: Pk, how: ToPublish, match: Match = None, key: Key = None) -> HttpResponse:
    """Make the newest draft public now or at a later moment. What it lacks is told at its field."""
    story = standing.take(pk, by=by(request), match=match)
    return _answer(request, writing.publish(story, how, by=by(request), at=timezone.now()))


@router.post("drafts/{int:pk}/unschedule", auth=PUBLISHES, response=Draft, summary="Take a schedule back")
@once
def unschedule(request: HttpRequest, pk: Pk, match: Match = None, key: Key = None) -> HttpResponse:
    """Have a draft that was scheduled not be published; until then it is locked."""
    story = standing.take(pk, by=by(request), match=match, may_be_scheduled=True)
    return _answer(request, writing.unschedule(story, by=by(request)))


@router.post("drafts/{int:pk}/withdraw", auth=PUBLISHES, response=Draft, summary="Withdraw a story")
@once
def withdraw(request: HttpRequest, pk: Pk, why: ToWithdraw, match: Match = None, key: Key = None) -> HttpResponse:
    """Take a public story from readers for good; where it was they find the reason."""
    story = standing.take(pk, by=by(request), match=match)
    return _answer(request, writing.withdraw(story, reason=why.reason, by=by(request), at=timezone.now()))


def _answer(request: HttpRequest, story: Story, status: int = 200) -> HttpResponse:
    headers = {"ETag": standing.etag(story)}
    if status == 201:
        headers["Location"] = f"{request.path}/{story.pk}"
    return _json(standing.shown(story, at=timezone.now()), status=status, headers=headers)


def _json(told: Draft | FiledCopy, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    private = {"Content-Type": "application/json", "Cache-Control": "private, no-store"} | (headers or {})
    return HttpResponse(told.model_dump_json(), status=status, headers=private)


def _news_object(found: dict[str, Any]) -> HttpResponse:
    # Without an ETag of the draft's own: what may be done with it changes without it.
    return JsonResponse(found, headers={"Cache-Control": "private, no-store"})


def _copy(request: HttpRequest) -> writing.Copy:
    form = writing.FORMS.get(request.content_type or "")
    if form is None:
        words = _("Send copy as text/markdown, text/plain or text/html.")
        raise Problem(415, words, [Mistake(detail=words, parameter="Content-Type")])
    return writing.Copy(request.body, form)
