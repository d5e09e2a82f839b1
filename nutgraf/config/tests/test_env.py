"""A setting has a type, and what is wrong with it is said in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nutgraf.config.env import Env, SettingError

BAD_VALUES: list[tuple[str, Callable[[Env], Any], str]] = [
    ("maybe", lambda env: env.bool("NUTGRAF_X"), "1, true, yes, on, 0, false, no or off"),
    ("1,5", lambda env: env.int("NUTGRAF_X"), "a whole number"),
    ("staging", lambda env: env.choice("NUTGRAF_X", ["test", "production"], default="test"), "one of test, production"),
    ("Mars/Olympus", lambda env: env.time_zone("NUTGRAF_X", default="UTC"), "a time zone such as Europe/Lisbon"),
    ("../etc/passwd", lambda env: env.time_zone("NUTGRAF_X", default="UTC"), "a time zone such as Europe/Lisbon"),
    ("news.example.org", lambda env: env.url("NUTGRAF_X"), "an address such as https://news.example.org"),
    ("https://example.org/news", lambda env: env.url("NUTGRAF_X"), "an address such as https://news.example.org"),
]


@pytest.mark.parametrize(("value", "read", "expected"), BAD_VALUES)
def test_a_bad_value_is_refused_with_its_name_and_what_was_expected(
    value: str, read: Callable[[Env], Any], expected: str
) -> None:
    env = Env({"NUTGRAF_X": value})

    with pytest.raises(SettingError) as refused:
        read(env)

    assert str(refused.value) == f"NUTGRAF_X is “{value}”, expected {expected}."


def test_values_have_types() -> None:
    env = Env({"A": "yes", "B": "8", "C": " a, b,,", "D": "https://example.org/"})

    assert env.bool("A") is True
    assert env.int("B") == 8
    assert env.list("C") == ["a", "b"]
    assert env.url("D") == "https://example.org"


def test_an_empty_value_is_no_value() -> None:
    env = Env({"A": ""})

    assert env.int("A", default=3) == 3


def test_a_name_that_nobody_asked_for_is_refused_and_the_nearest_proposed() -> None:
    env = Env({"NUTGRAF_TIMEZONE": "UTC", "HOME": "/"})
    env.text("NUTGRAF_TIME_ZONE")

    with pytest.raises(SettingError, match=r"NUTGRAF_TIMEZONE .* did you mean NUTGRAF_TIME_ZONE\?"):
        env.refuse_unknown()


def test_a_name_like_no_other_is_refused_with_where_to_look() -> None:
    env = Env({"NUTGRAF_PIGEONS": "12"})

    with pytest.raises(SettingError, match=r"no such setting; .*docs/settings\.md"):
        env.refuse_unknown()


def test_the_environment_has_the_last_word_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "newsroom.env").write_text("# Ours.\n\nNUTGRAF_A=file\nNUTGRAF_B='file too'\n")
    env = Env({"NUTGRAF_A": "environment"})

    env.add_file(tmp_path / "newsroom.env")

    assert env.text("NUTGRAF_A") == "environment"
    assert env.text("NUTGRAF_B") == "file too"


def test_an_empty_value_in_the_environment_leaves_the_word_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "newsroom.env").write_text("NUTGRAF_A=file\n")
    env = Env({"NUTGRAF_A": ""})

    env.add_file(tmp_path / "newsroom.env")

    assert env.text("NUTGRAF_A") == "file"


def test_a_line_of_the_file_that_sets_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "newsroom.env").write_text("NUTGRAF_A=1\nNUTGRAF_B\n")

    with pytest.raises(SettingError, match=r"newsroom\.env, line 2, is “NUTGRAF_B”, expected NAME=value\."):
        Env({}).add_file(tmp_path / "newsroom.env")


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("between us\n")
    env = Env({"NUTGRAF_KEY_FILE": str(tmp_path / "key")})

    assert env.secret("NUTGRAF_KEY") == "between us"
    env.refuse_unknown()


def test_a_secret_in_a_file_that_is_missing_is_refused() -> None:
    env = Env({"NUTGRAF_KEY_FILE": "/nowhere/key"})

    with pytest.raises(SettingError, match="NUTGRAF_KEY_FILE is “/nowhere/key”, expected a file that can be read"):
        env.secret("NUTGRAF_KEY")


def test_a_database_is_read_from_its_address() -> None:
    env = Env({"DATABASE_URL": "postgres://rosa:p%40ss@db.example.org:5433/news?sslmode=require"})

    database = env.database("DATABASE_URL", default=Path("main.sqlite3"))

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "rosa",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_postgresql_without_its_package_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # An entry of None is how Python itself marks a module that is not to be found.
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(SettingError, match=r"psycopg is missing: install what requirements-postgres\.lock lists"):
        Env({"DATABASE_URL": "postgres://eli@db/news"}).database("DATABASE_URL", default=Path("main.sqlite3"))


def test_without_an_address_the_database_is_a_file() -> None:
    database = Env({}).database("DATABASE_URL", default=Path("main.sqlite3"))

    assert database == {"ENGINE": "django.db.backends.sqlite3", "NAME": Path("main.sqlite3")}


@pytest.mark.parametrize("address", ["mysql://a:secret@host/name", "postgres://a:secret@host", "postgres://h:secret/n"])
def test_a_database_that_we_do_not_know_is_refused_without_showing_its_password(address: str) -> None:
    with pytest.raises(SettingError, match=r"DATABASE_URL is “\w+://…”, expected postgres://") as refused:
        Env({"DATABASE_URL": address}).database("DATABASE_URL", default=Path("main.sqlite3"))

    assert "secret" not in str(refused.value)


def test_caches_are_named_in_one_setting():
    env = Env({"NUTGRAF_PURGE": "varnish://127.0.0.1:6081, cloudflare://zone,cloudfront://E1"})

    found = env.caches("NUTGRAF_PURGE", token="secret")

    assert {name: one["BACKEND"].rpartition(".")[2] for name, one in found.items()} == {
        "varnish-1": "Varnish",
        "cloudflare-2": "Cloudflare",
        "cloudfront-3": "CloudFront",
    }


@pytest.mark.parametrize("value", ["varnish", "varnish://", "squid://127.0.0.1", "varnish://a/b", "cloudflare://zone"])
def test_a_cache_that_we_do_not_know_is_refused(value):
    with pytest.raises(SettingError, match="NUTGRAF_PURGE"):
        Env({"NUTGRAF_PURGE": value}).caches("NUTGRAF_PURGE", token="")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", {"kind": "files"}),
        ("files", {"kind": "files"}),
        (
            "smtps://a%40b@mail.example.org",
            {
                "kind": "smtp",
                "host": "mail.example.org",
                "port": 465,
                "user": "a@b",
                "password": "s3cret",
                "security": "tls",
            },
        ),
        (
            "smtp://a@mail.example.org",
            {
                "kind": "smtp",
                "host": "mail.example.org",
                "port": 587,
                "user": "a",
                "password": "s3cret",
                "security": "starttls",
            },
        ),
        (
            "anymail://mailgun?sender_domain=news.example.org",
            {"kind": "anymail", "esp": "mailgun", "secret": "s3cret", "options": {"sender_domain": "news.example.org"}},
        ),
    ],
)
def test_who_takes_our_mail_is_named_in_one_setting(value, found):
    read = Env({"NUTGRAF_MAIL": value}).mail("NUTGRAF_MAIL", secret="s3cret", connections=3)

    assert read == (found if found["kind"] == "files" else found | {"connections": 3})


@pytest.mark.parametrize(
    "value",
    [
        "smtp",
        "mail.example.org",
        "smtp://",
        "smtp://a:hidden@mail.example.org",
        "smtp://mail.example.org/path",
        "smtp://mail.example.org:hidden",
        "smtp://mail.example.org?x=1",
        "smtp+plain://mail.example.org",
        "anymail://nobody",
        "http://mail.example.org",
    ],
)
def test_mail_that_we_cannot_send_is_refused_without_showing_a_password(value):
    with pytest.raises(SettingError, match="NUTGRAF_MAIL is “.*…”, expected files, smtp://") as refused:
        Env({"NUTGRAF_MAIL": value}).mail("NUTGRAF_MAIL", secret="s3cret", connections=3)

    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    "value", ["imaps://a@mail.example.org/Bounces", "imap://a@127.0.0.1:1143", "maildir:/var/mail/b"]
)
def test_a_mailbox_is_where_it_says(value):
    assert Env({"NUTGRAF_MAIL_BOUNCES": value}).mailbox("NUTGRAF_MAIL_BOUNCES") == value


@pytest.mark.parametrize(
    "value", ["mail.example.org", "imaps://mail.example.org", "imaps://a:hidden@b", "maildir:mail"]
)
def test_what_is_no_mailbox_is_refused_without_showing_a_password(value):
    with pytest.raises(SettingError, match="NUTGRAF_MAIL_BOUNCES") as refused:
        Env({"NUTGRAF_MAIL_BOUNCES": value}).mailbox("NUTGRAF_MAIL_BOUNCES")

    assert "hidden" not in str(refused.value)


def test_rates_are_numbers_by_domain():
    env = Env({"NUTGRAF_MAIL_DOMAIN_RATES": "Gmail.com=20, outlook.com = 0.5"})

    assert env.rates("NUTGRAF_MAIL_DOMAIN_RATES") == {"gmail.com": 20.0, "outlook.com": 0.5}


@pytest.mark.parametrize(
    "value", ["gmail.com", "gmail.com=fast", "gmail.com=0", "=3", "gmail.com=inf", "gmail.com=nan"]
)
def test_what_is_no_rate_is_refused(value):
    with pytest.raises(SettingError, match="NUTGRAF_MAIL_DOMAIN_RATES"):
        Env({"NUTGRAF_MAIL_DOMAIN_RATES": value}).rates("NUTGRAF_MAIL_DOMAIN_RATES")
