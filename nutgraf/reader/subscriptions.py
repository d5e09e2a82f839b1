"""The doors of those who are mailed: sign up, confirm, choose, pause, move, leave; nothing that they show is ever stored."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nutgraf.audience import actions, knowing, links, queries, tasks
from nutgraf.audience.models import Subscriber, Subscription
from nutgraf.published.pages import only_read, stored
from nutgraf.reader import signing_up

View = Callable[..., HttpResponse]
PAUSES = (7, 14, 30, 90)


def private(view: View) -> View:
    """Have nobody keep what a view answers, no search engine list it, and no other site learn its address.

    Who may do something is said by a signed link and never by a cookie, so there
    is nothing here that another site could have a reader's browser do.
    """

    @functools.wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except links.ExpiredLink:
            response = _notice(request, "expired", status=HTTPStatus.GONE)
        except links.BrokenLink:
            response = _notice(request, "broken", status=HTTPStatus.NOT_FOUND)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    exempt: View = csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(careful))
    return exempt


@stored()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known of readers, and what is not."""
    return render(request, "pages/privacy.html")


# To begin


@private
def subscriptions(request: HttpRequest) -> HttpResponse:
    """All that can be subscribed to, and what a sign-up form anywhere is sent to."""
    now = timezone.now()
    if request.method == "POST":
        return _sign_up(request, at=now)
    return _choose(request, lists=[], at=now)


@only_read
def stamp(request: HttpRequest) -> HttpResponse:
    """When somebody began to fill in a form, signed: for pages that are stored and cannot say so themselves."""
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(signing_up.stamp(timezone.now()), content_type="text/plain", headers=headers)


def _sign_up(request: HttpRequest, *, at: datetime.datetime) -> HttpResponse:
    if signing_up.is_from_elsewhere(request):
        return _notice(request, "elsewhere", status=HTTPStatus.FORBIDDEN)
    form = signing_up.SignUpForm(request.POST)
    lists = signing_up.chosen(request)
    if request.POST.get("website"):
        # No person sees that field. A machine is told what it likes to hear.
        return _asked(request, request.POST.get("email", ""))
    begun = signing_up.begun_at(request.POST.get("stamp", ""), at=at)
    if not form.is_valid():
        return _choose(request, lists=lists, at=at, form=form, status=HTTPStatus.BAD_REQUEST)
    if not begun or not lists:
        is_asked_to_choose = bool(begun) and "choosing" in request.POST
        status = HTTPStatus.BAD_REQUEST if is_asked_to_choose else HTTPStatus.OK
        return _choose(request, lists=lists, at=at, form=form, is_none_chosen=is_asked_to_choose, status=status)
    if at - begun < signing_up.QUICKEST:
        return _choose(request, lists=lists, at=begun, form=form, is_too_quick=True, status=HTTPStatus.BAD_REQUEST)
    if signing_up.is_too_often(request, at=at):
        response = _notice(request, "often", status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = "3600"
        return response
    email: str = form.cleaned_data["email"]
    # Later, so that the answer takes as long whether or not the address is known.
    tasks.subscribe.enqueue(
        email=email,
        lists=signing_up.opened(lists),
        source=signing_up.page_of(request),
        words=signing_up.words_of(lists),
        at=at.isoformat(),
    )
    return _asked(request, email)


def _choose(
    request: HttpRequest,
    *,
    lists: list[Any],
    at: datetime.datetime,
    form: signing_up.SignUpForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **told: bool,
) -> HttpResponse:
    offered = list(queries.offered())
    others = [one for one in lists if one.key not in {known.key for known in offered}]
    context = {
        "form": form,
        "email": form.data.get("email", "") if form else "",
        "error": signing_up.first_error(form) if form else "",
        "lists": [*others, *offered],
        # A box that we ticked ourselves would be nobody's choice, unless there is nothing to choose from.
        "chosen": {one.key for one in lists} or ({offered[0].key} if len(offered) == 1 else set()),
        "stamp": signing_up.stamp(at),
        "page": signing_up.page_of(request),
        "promise": signing_up.PROMISE,
        **told,
    }
    return render(request, "pages/subscriptions.html", context, status=status)


def _asked(request: HttpRequest, email: str) -> HttpResponse:
    return render(request, "pages/subscription_asked.html", {"email": email.strip()[:254]})


@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The question from the mail; only a press of its button answers it, because programs open links, too."""
    at = timezone.now()
    if request.method == "POST":
        done = actions.confirm(token=token, at=at)
        return _notice(request, "confirmed", done=done, **_own(done.subscriber, at=at))
    _subscriber, asked = queries.holder(links.CONFIRM, token, at=at)
    lists = queries.named(asked.about)
    return render(request, "pages/subscription_question.html", {"kind": "confirm", "lists": lists})


@private
def move(request: HttpRequest, token: str) -> HttpResponse:
    """The question to a new address."""
    at = timezone.now()
    if request.method == "POST":
        subscriber = actions.move(token=token, at=at)
        return _notice(request, "moved", **_own(subscriber, at=at))
    subscriber, _asked = queries.holder(links.MOVE, token, at=at)
    return render(request, "pages/subscription_question.html", {"kind": "move", "email": subscriber.new_email})


@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave a list: what is posted does it, by a person or by their mail program (RFC 8058); a look at it does not."""
    at = timezone.now()
    if request.method == "POST":
        done = actions.unsubscribe(token=token, at=at)
        # As old as the link: it stands in mails that are kept for years and passed on, and must not open more than it did.
        made_at = links.Token.read(token).made_at
        is_recent = made_at + links.VALID[links.PREFERENCES] > at
        return _notice(request, "unsubscribed", done=done, **(_own(done.subscriber, at=made_at) if is_recent else {}))
    _subscriber, asked = queries.holder(links.UNSUBSCRIBE, token, at=at)
    lists = queries.named(asked.left)
    return render(request, "pages/subscription_question.html", {"kind": "unsubscribe", "lists": lists})


# To go on otherwise


@private
def send_link(request: HttpRequest) -> HttpResponse:
    """Where one asks for the way to one's own page: it is mailed, and nobody is told whether there is one."""
    at = timezone.now()
    form = signing_up.SignUpForm(request.POST or None)
    if request.method == "POST" and signing_up.is_from_elsewhere(request):
        return _notice(request, "elsewhere", status=HTTPStatus.FORBIDDEN)
    if request.method == "POST" and form.is_valid():
        if signing_up.is_too_often(request, at=at):
            return _notice(request, "often", status=HTTPStatus.TOO_MANY_REQUESTS)
        tasks.send_link.enqueue(email=form.cleaned_data["email"], at=at.isoformat())
        return _notice(request, "link", email=form.cleaned_data["email"])
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    context = {"email": form.data.get("email", ""), "error": signing_up.first_error(form)}
    return render(request, "pages/subscription_link.html", context, status=status)


@private
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """A subscriber's own page: which lists, how often, a pause, another address, what we know, and the end of it."""
    at = timezone.now()
    subscriber, _asked = queries.holder(links.PREFERENCES, token, at=at)
    if request.method != "POST":
        return _preferences(request, subscriber, at=at, done=request.GET.get("done", ""))
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return _preferences(request, subscriber, at=at, status=HTTPStatus.BAD_REQUEST)
    try:
        return act(request, subscriber, at)
    except ValidationError as error:
        message = " ".join(error.messages)
        return _preferences(request, subscriber, at=at, error=message, status=HTTPStatus.BAD_REQUEST)


def _save(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    shown = {one.key for one in _shown(subscriber)}
    wanted = set(request.POST.getlist("list"))
    often = dict(Subscription.Frequency.choices)
    choices: dict[str, str | None] = {}
    for key in shown:
        frequency = request.POST.get(f"often {key}", "")
        choices[key] = (frequency if frequency in often else Subscription.Frequency.EVERY) if key in wanted else None
    if choices:
        actions.choose(subscriber=subscriber, choices=choices, at=at, source=OWN_PAGE, words=_("My subscriptions"))
    return _done(request, "saved")


def _leave(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    actions.leave(subscriber=subscriber, at=at, source=OWN_PAGE, words=_("Unsubscribe from everything"))
    return _done(request, "left")


def _pause(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    days = request.POST.get("days", "")
    if days not in {"0", *map(str, PAUSES)}:
        raise ValidationError(_("Choose for how long."))
    actions.pause(subscriber=subscriber, until=at + datetime.timedelta(days=int(days)), at=at)
    return _done(request, "paused" if days != "0" else "resumed")


def _move(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    actions.change_address(subscriber=subscriber, email=request.POST.get("email", ""), at=at)
    return _done(request, "asked")


def _export(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    text = json.dumps(knowing.of(subscriber), indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="my-subscriptions.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _forget(request: HttpRequest, subscriber: Subscriber, at: datetime.datetime) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        raise ValidationError(_("Tick that you want to be forgotten; it cannot be taken back."))
    actions.forget(subscriber=subscriber, at=at)
    return _notice(request, "forgotten")


ACTS: dict[str, Callable[[HttpRequest, Subscriber, datetime.datetime], HttpResponse]] = {
    "save": _save,
    "leave": _leave,
    "pause": _pause,
    "move": _move,
    "export": _export,
    "forget": _forget,
}
OWN_PAGE = "own page"


def _preferences(
    request: HttpRequest,
    subscriber: Subscriber,
    *,
    at: datetime.datetime,
    error: str = "",
    done: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    choices = {one.list_id: one for one in subscriber.subscriptions.all()}
    rows = [(one, choices.get(one.pk)) for one in _shown(subscriber)]
    is_paused = bool(subscriber.paused_until and subscriber.paused_until > at)
    context = {
        "subscriber": subscriber,
        "briefings": [row for row in rows if row[0].kind == queries.BRIEFING],
        "storylines": [row for row in rows if row[0].kind != queries.BRIEFING],
        "often": Subscription.Frequency.choices,
        "pauses": PAUSES,
        "paused_until": subscriber.paused_until if is_paused else None,
        "error": error,
        "done": done,
    }
    return render(request, "pages/subscriber.html", context, status=status)


def _shown(subscriber: Subscriber) -> list[Any]:
    """Return the lists that a subscriber's own page is about: those that all may choose, and those that are theirs."""
    return list(queries.offered().order_by() | queries.chosen_by(subscriber).order_by())


def _done(request: HttpRequest, what: str) -> HttpResponse:
    return redirect(f"{request.path}?done={what}")


def _own(subscriber: Subscriber, *, at: datetime.datetime) -> dict[str, Any]:
    """Return the way to a subscriber's own page, for an answer to a link that only they had."""
    address = links.preferences(number=subscriber.pk, key=subscriber.key, at=at)
    return {"own_page": address.removeprefix(links.root())}


def _notice(request: HttpRequest, kind: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> HttpResponse:
    return render(request, "pages/subscription_notice.html", {"kind": kind, **context}, status=status)
