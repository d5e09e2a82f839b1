"""The sign-up form: what it asks, and how a person who fills it in is told from a machine without a third party's puzzle."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nutgraf.audience import actions as audience
from nutgraf.audience import addresses, limits, queries
from nutgraf.audience.models import List
from nutgraf.storylines.models import Storyline

# What stands beside every form, and is kept with each consent.
PROMISE = gettext_lazy(
    "First we mail you a link to confirm. Every mail has a link that ends it. We follow nobody, and pass addresses to nobody."
)

STORYLINE = f"{queries.STORYLINE}:"
MOST_LISTS = 50
# Nobody reads a form, types an address and sends it in less; nobody keeps one open for a day and means it.
QUICKEST = datetime.timedelta(seconds=1.5)
LONGEST = datetime.timedelta(days=1)

_signer = signing.Signer(salt="nutgraf.sign-up")


class SignUpForm(forms.Form):
    """An address, and what it asks for."""

    email = forms.CharField(
        label=gettext_lazy("Your e-mail address"),
        # Longer than any, so that the message is ours.
        max_length=1_000,
        error_messages={"required": gettext_lazy("Give your e-mail address.")},
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "email", "inputmode": "email", "autocapitalize": "off"}
        ),
    )

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        addresses.parse(typed)
        return typed


def stamp(at: datetime.datetime) -> str:
    """Return what says, in a form, when somebody began with it."""
    return _signer.sign(str(int(at.timestamp() * 1000)))


def begun_at(stamp: str, *, at: datetime.datetime) -> datetime.datetime | None:
    """Return when somebody began with a form, or None for a stamp that is not ours or too old."""
    try:
        seconds = int(_signer.unsign(stamp)) / 1000
    except (signing.BadSignature, ValueError):
        return None
    begun = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
    return begun if at - LONGEST < begun <= at else None


def chosen(request: HttpRequest) -> list[List]:
    """Return the lists that a form asks for; one of a storyline begins with the first who follows it."""
    # Of a NUL no list is made, and PostgreSQL cannot even be asked for one.
    keys = list(dict.fromkeys(key for key in request.POST.getlist("list") if "\0" not in key))[:MOST_LISTS]
    asked = {key.removeprefix(STORYLINE) for key in keys if key.startswith(STORYLINE)}
    numbers = [int(number) for number in asked if number.isdecimal() and len(number) < 18]
    storylines = Storyline.objects.standing().filter(pk__in=numbers)
    known = {one.key: one for one in queries.offered().filter(key__in=keys)}
    known |= {key: _of(one) for one in storylines if (key := f"{STORYLINE}{one.pk}")}
    return [known[key] for key in keys if key in known]


def opened(lists: list[List]) -> list[str]:
    """Return the keys of lists; one of a storyline begins with the first who follows it."""
    for one in lists:
        if one.pk is None:
            audience.open_list(key=one.key, name=one.name, promise=one.promise)
    return [one.key for one in lists]


def _of(storyline: Storyline) -> List:
    """Return the list of those who follow a storyline, which need not exist yet."""
    promise = str(_("At most one mail a day, and only when something has changed."))
    return List(key=f"{STORYLINE}{storyline.pk}", name=storyline.name, promise=promise)


def on_storyline(*, instance: Storyline, created: bool, **kwargs: Any) -> None:
    """Hear of a storyline: who follows one by mail follows what it went into, under the name that it has now."""
    key = f"{STORYLINE}{instance.pk}"
    if instance.merged_into:
        audience.pass_on(key=key, to=f"{STORYLINE}{instance.merged_into.pk}", name=instance.merged_into.name)
    elif not created:
        audience.rename_list(key=key, name=instance.name)


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether another site's page had a browser send this."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    ours = {request.get_host(), urlsplit(settings.PUBLIC_URL or "").netloc}
    return bool(origin) and urlsplit(origin or "").netloc not in ours


def network_of(request: HttpRequest) -> str | None:
    """Return the network that a request comes from, or None where all come from one server in front of ours."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if address in {"", "127.0.0.1", "::1"} or settings.BEHIND_PROXY:
        # Only the last was written by the server in front; those before it anybody can claim.
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return limits.network_of(address) if address else None


def is_too_often(request: HttpRequest, *, at: datetime.datetime) -> bool:
    """Count this sign-up, and say whether there were too many, from its network or in all."""
    network = network_of(request)
    if network and not limits.allows(limits.SIGN_UPS_FROM_A_NETWORK, network, at=at):
        return True
    return not limits.allows(limits.SIGN_UPS_IN_ALL, "", at=at)


def words_of(lists: list[List]) -> str:
    """Return the words that somebody had before them who asked for these lists."""
    names = "; ".join(f"{one.name}: {one.promise}" if one.promise else one.name for one in lists)
    return f"{_('Mail me: %(names)s') % {'names': names}}\n{PROMISE}"


def page_of(request: HttpRequest) -> str:
    """Return the page that a form stood on, as it says itself."""
    page = request.POST.get("page", "")
    return page[:200] if page.startswith("/") and page.isprintable() else "/"


def first_error(form: forms.Form) -> str:
    """Return what is wrong with a form, in one sentence."""
    return str(next(iter(form.errors.values()))[0]) if form.errors else ""


def context_of(request: HttpRequest, lists: list[List], **more: Any) -> dict[str, Any]:
    """Return what the page needs on which one chooses."""
    return {"chosen": {one.key for one in lists}, "page": page_of(request), **more}
