"""Tokens for programs: made for somebody with what each may do and until when, shown once, named, and withdrawn."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import APIToken
from wagtail.users.utils import user_can_manage_token
from wagtail.users.views import api_tokens

from nutgraf.api import actions
from nutgraf.api.models import Scope
from nutgraf.newsroom.days import ends_at


class TokenForm(api_tokens.APITokenForm):
    """Whose token it is, what it may do, and until when."""

    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("May"),
        help_text=gettext_lazy("Never more than its owner may. What is public is read without a token."),
    )
    until = forms.DateField(
        required=False,
        widget=AdminDateInput,
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Leave empty for no end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("What uses it: “Wire desk import”.")
        self.fields["user"].label = _("Owner")
        self.fields["user"].help_text = _("What the program does is done in this name.")

    def clean_until(self) -> datetime.date | None:
        until: datetime.date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(_("That has passed: choose a later day."))
        return until


class TokenListing(api_tokens.IndexView):
    """Every token that one may manage."""

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)("name", label=_("Name"), get_url=self.get_edit_url),
            Column("user", label=_("Owner"), accessor=lambda token: token.user.get_full_name() or token.user.username),
            Column("scopes", label=_("May"), accessor=_scopes),
            Column("state", label=_("Until"), accessor=_state),
            Column("last_used_at", label=_("Last used"), accessor=_last_used),
        ]

    def get_queryset(self) -> QuerySet[APIToken]:
        found: QuerySet[APIToken] = super().get_queryset()
        return found.select_related("user", "grant").order_by("revoked_at", "-pk")

    def get_list_more_buttons(self, instance: APIToken) -> list[Any]:
        return [] if instance.revoked_at else super().get_list_more_buttons(instance)


class MakeToken(api_tokens.CreateView):
    """The form of a new one, and the only page that shows it."""

    def form_valid(self, form: TokenForm) -> HttpResponse:
        data, by = form.cleaned_data, cast(User, self.request.user)
        if not user_can_manage_token(by, data["user"], "wagtailcore.add_apitoken"):
            raise PermissionDenied
        grant, secret = actions.make_token(
            owner=data["user"],
            name=data["name"],
            scopes=data["scopes"],
            by=by,
            at=timezone.now(),
            expires_at=data["until"] and ends_at(data["until"]),
        )
        self.object = grant.token
        context = self.get_created_context(secret)
        return TemplateResponse(
            self.request,
            "wagtailusers/api_tokens/created.html",
            context,
            headers={"Cache-Control": "private, no-store"},
        )


class TokenViewSet(api_tokens.APITokenViewSet):
    """Tokens and their place in the menu, in the way of Wagtail's own, which knows no scopes."""

    url_prefix = "tokens"
    index_results_template_name = "desk/tokens/index_results.html"
    index_view_class = TokenListing
    add_view_class = MakeToken

    def get_form_class(self, for_update: bool = False) -> Any:
        return super().get_form_class(for_update=True) if for_update else TokenForm


def _scopes(token: APIToken) -> str:
    return token.grant.scope_names if hasattr(token, "grant") else _("nothing")


def _state(token: APIToken) -> str:
    if token.revoked_at:
        return _("withdrawn on %(day)s") % {"day": _day(token.revoked_at)}
    until = token.grant.expires_at if hasattr(token, "grant") else None
    return _day(until - datetime.timedelta(seconds=1)) if until else _("no end")


def _last_used(token: APIToken) -> str:
    return _day(token.last_used_at) if token.last_used_at else _("never")


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
