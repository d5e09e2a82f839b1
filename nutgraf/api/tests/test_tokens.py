"""Who may ask: a token that is known, valid and its owner's; how often; and what is kept of it."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import APIToken

from nutgraf.api import actions
from nutgraf.api.models import Grant, KeptAnswer, Scope
from nutgraf.api.samples import Program, make_token

pytestmark = pytest.mark.django_db


def test_without_a_token_that_holds_there_are_no_drafts(eli) -> None:
    for token in ("", "rubbish", APIToken.generate_token(), "é" * 40):
        answer = Program(token).get("drafts")

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer["Content-Type"] == "application/problem+json"


def test_the_token_itself_is_nowhere_kept(eli) -> None:
    token = make_token(eli)

    kept = APIToken.objects.get()

    assert token not in str(vars(kept))
    assert kept.key_hash == APIToken.hash_token(token)


def test_a_token_that_was_withdrawn_has_ended_or_whose_owner_has_left_does_not_hold(
    eli, noon: datetime.datetime
) -> None:
    with time_machine.travel(noon, tick=False):
        token = make_token(eli, expires_at=noon + datetime.timedelta(days=1))
        program = Program(token)
        assert program.get("drafts").status_code == 200
    with time_machine.travel(noon + datetime.timedelta(days=1), tick=False):
        assert program.get("drafts").status_code == 401
    Grant.objects.update(expires_at=None)
    assert program.get("drafts").status_code == 200

    eli.is_active = False
    eli.save()
    assert program.get("drafts").status_code == 401
    eli.is_active = True
    eli.save()
    actions.withdraw_token(token=APIToken.objects.get(), by=eli)
    assert program.get("drafts").status_code == 401


def test_a_token_of_wagtails_own_that_was_granted_nothing_may_do_nothing(eli) -> None:
    _token, secret = APIToken.create_token(user=eli, name="Bare")

    assert Program(secret).get("drafts").status_code == 401


def test_a_session_is_no_token(eli, client) -> None:
    client.force_login(eli)

    assert client.get("/api/drafts").status_code == 401


def test_its_use_is_noted_once_a_day(eli, noon: datetime.datetime) -> None:
    program = Program(make_token(eli))
    for hours in (0, 1, 24):
        with time_machine.travel(noon + datetime.timedelta(hours=hours), tick=False):
            program.get("drafts")
            assert APIToken.objects.get().last_used_at == noon + datetime.timedelta(hours=24 if hours == 24 else 0)


def test_a_token_is_made_for_something_and_not_for_the_past(eli) -> None:
    now = timezone.now()
    for scopes, ends in (([], None), (["everything"], None), ([Scope.PUBLISH], now)):
        with pytest.raises(ValidationError):
            actions.make_token(owner=eli, name="x", scopes=scopes, by=eli, at=now, expires_at=ends)
    assert APIToken.objects.count() == 0


def test_whoever_asks_too_often_is_told_to_wait(eli, settings) -> None:
    from nutgraf.api import drafts

    pace = drafts.PACE
    pace.num_requests, before = 3, pace.num_requests
    program, other = Program(make_token(eli)), Program(make_token(eli, name="Other"))
    try:
        answers = [program.get("drafts").status_code for _ in range(4)]
        late = program.get("drafts")

        assert answers == [200, 200, 200, 429]
        assert int(late["Retry-After"]) > 0
        assert late["Content-Type"] == "application/problem+json"
        assert other.get("drafts").status_code == 200
    finally:
        pace.num_requests = before


def test_answers_are_forgotten_after_a_day(eli, noon: datetime.datetime) -> None:
    token = actions.make_token(owner=eli, name="x", scopes=[Scope.PUBLISH], by=eli, at=noon)[0].token
    for key, age in (("new", 1), ("old", 25)):
        KeptAnswer.objects.create(token=token, key=key, asked="", at=noon - datetime.timedelta(hours=age))

    with time_machine.travel(noon, tick=False):
        actions.tidy(at=timezone.now())

    assert [kept.key for kept in KeptAnswer.objects.all()] == ["new"]
