"""Which addresses mail can reach, and which are the same."""

import pytest
from django.core.exceptions import ValidationError
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.audience import addresses

LEGAL = [
    "ada@example.org",
    "Ada.Lovelace+news@Mail.Example.ORG",
    "o'hara@example.org",
    "!#$%&'*+-/=?^_`{|}~@example.org",
    "x@example.co.uk",
    "1@example.museum",
    '"ada lovelace"@example.org',
    '"a@b"@example.org',
    "ada@bücher.example",
    "ada@xn--bcher-kva.example",
    "用户@例子.广告",
    "a" * 64 + "@example.org",
    "ada@" + "a" * 63 + ".example.org",
]
ILLEGAL = [
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@example",
    "ada@@example.org",
    "a@b@example.org",
    ".ada@example.org",
    "ada.@example.org",
    "a..da@example.org",
    "ada@-example.org",
    "ada@example-.org",
    "ada@example..org",
    "ada@.example.org",
    "ada@exam_ple.org",
    "ada@example.org.",
    "ada lovelace@example.org",
    "Ada <ada@example.org>",
    "mailto:ada@example.org",
    "ada@example.org, bob@example.org",
    "ada@example.org;bob@example.org",
    "ada@example.org\nBcc: all@example.org",
    "ada@example.org\r\n\r\nHello",
    "ada\x00@example.org",
    "ada@127.0.0.1",
    "ada@[127.0.0.1]",
    "ada@localhost",
    "ada@desk.local",
    "a" * 65 + "@example.org",
    "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".org",
    "\u202eada@example.org",
    "=cmd|'/c calc'!A1",
]


@pytest.mark.parametrize("address", LEGAL)
def test_every_legal_oddity_is_an_address(address):
    mailed, compared = addresses.parse(f"  {address} ")

    assert mailed.rpartition("@")[0] == address.rpartition("@")[0]
    assert compared == compared.lower()


@pytest.mark.parametrize("address", ILLEGAL)
def test_what_no_mail_can_reach_is_refused_in_a_sentence(address):
    with pytest.raises(ValidationError) as refused:
        addresses.parse(address)

    assert refused.value.messages[0].endswith(".")


def test_capitals_and_the_spelling_of_a_domain_make_no_other_address():
    assert addresses.parse("Ada@EXAMPLE.org")[1] == addresses.parse("ada@example.org")[1]
    assert addresses.parse("ada@bücher.example")[1] == addresses.parse("ada@xn--bcher-kva.example")[1]


def test_dots_and_what_follows_a_plus_make_another_address():
    assert len({addresses.parse(one)[1] for one in ["a.da@example.org", "ada@example.org", "ada+x@example.org"]}) == 3


@given(st.from_regex(r"[A-Za-z0-9._+-]{1,70}@[A-Za-z0-9.-]{1,70}\.(com|org|de|local|test)", fullmatch=True))
def test_the_quick_look_lets_nothing_through_that_the_long_one_would_not(typed):
    try:
        mailed, _compared = addresses.parse(typed)
    except ValidationError:
        return

    try:
        validate_email(mailed, check_deliverability=False, allow_quoted_local=True)
    except EmailNotValidError as error:
        raise AssertionError(typed) from error
