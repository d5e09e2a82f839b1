"""Refuse to run a public newsroom that lacks what the public needs, and say what to set."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from nutgraf.config.settings import DEVELOPMENT_KEY


@register(Tags.security)
def check_production(**kwargs: Any) -> list[CheckMessage]:
    """Ask for a secret key, hosts and a public address wherever NUTGRAF_ENV is production."""
    if settings.ENV != "production":
        return []
    messages: list[CheckMessage] = []
    if settings.SECRET_KEY == DEVELOPMENT_KEY or len(settings.SECRET_KEY) < 32:
        messages.append(
            Error(
                "NUTGRAF_SECRET_KEY is missing or shorter than 32 characters.",
                hint="Set it, or NUTGRAF_SECRET_KEY_FILE, to 50 random characters; `nutgraf init` writes one for you.",
                id="nutgraf.E001",
            )
        )
    if not settings.PUBLIC_URL:
        messages.append(
            Error(
                "NUTGRAF_PUBLIC_URL is missing.",
                hint="Set it to the address at which readers reach you, such as https://news.example.org.",
                id="nutgraf.E002",
            )
        )
    elif settings.PUBLIC_URL.startswith("http://"):
        messages.append(
            Warning(
                "NUTGRAF_PUBLIC_URL is not https, so passwords travel in the clear.",
                hint="Put the newsroom behind a server that speaks https, and set NUTGRAF_PROXY=1.",
                id="nutgraf.W001",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        messages.append(
            Error(
                "NUTGRAF_HOSTS does not name the hosts that this newsroom answers to.",
                hint="Set it to their names with commas between them, such as news.example.org,example.org.",
                id="nutgraf.E003",
            )
        )
    return messages


@register()
def check_copies(**kwargs: Any) -> list[CheckMessage]:
    """Refuse two kinds of copies at once: files carry no tags, so a cache before them could not be told by tag."""
    if not (settings.SHELF and settings.WAGTAILFRONTENDCACHE):
        return []
    return [
        Error(
            "NUTGRAF_SHELF and NUTGRAF_PURGE are both set.",
            hint="Have pages read from the shelf by a web server, or kept by a cache that is told what changed; not both.",
            id="nutgraf.E004",
        )
    ]


@register(Tags.security)
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """Ask for a key to sign with that is one, and for a return path that can be one."""
    from nutgraf.mail import signing, wording

    messages: list[CheckMessage] = []
    try:
        signing.the_signer()
    except signing.BadKey as error:
        messages.append(
            Error(
                f"NUTGRAF_MAIL_DKIM_KEY can't be used. {error}",
                hint="Set it, or NUTGRAF_MAIL_DKIM_KEY_FILE, to what `openssl genrsa 2048` writes.",
                id="nutgraf.E010",
            )
        )
    try:
        if settings.MAIL_RETURN:
            wording.plain_address(settings.MAIL_RETURN.replace("{}", "1"))
    except wording.BadAddress:
        messages.append(
            Error(
                f"NUTGRAF_MAIL_RETURN is “{settings.MAIL_RETURN}”, which is no address.",
                hint="Set it to one such as bounces+{}@news.example.org.",
                id="nutgraf.E011",
            )
        )
    return messages
