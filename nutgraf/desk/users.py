"""Accounts in the desk: a publisher gives and takes roles, but makes nobody an administrator and touches none."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.forms import Field
from django.http import HttpRequest
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet


class AsksWhoIsAsking:
    """A form of an account that offers to make an administrator only to one."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, by: AbstractUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)


class TakeOnForm(AsksWhoIsAsking, UserCreationForm):
    """A new account."""


class AccountForm(AsksWhoIsAsking, UserEditForm):
    """An account that exists."""


class SaysWhoIsAsking:
    """A view that tells its form for whom it is."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]  # the view comes after us
        return kwargs | {"by": self.request.user}


class TakeOn(SaysWhoIsAsking, CreateView):
    """Make an account."""


class EditAccount(SaysWhoIsAsking, EditView):
    """Change an account."""


class DeskUserViewSet(UserViewSet):
    """Wagtail's accounts, with a lid on what can be given away."""

    add_view_class = TakeOn
    edit_view_class = EditAccount

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm | UserEditForm]:
        return AccountForm if for_update else TakeOnForm


def protect_administrators(request: HttpRequest, user: AbstractUser) -> None:
    """Raise PermissionDenied where somebody else wants to change or delete an administrator's account."""
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


def protect_administrators_from_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Raise PermissionDenied where an administrator's account is among many that somebody else wants to change."""
    for one in objects:
        if isinstance(one, AbstractUser):
            protect_administrators(request, one)
