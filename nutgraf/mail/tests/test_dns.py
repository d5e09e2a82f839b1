"""What a sender's domain says is judged as mail servers judge it, and explained."""

from __future__ import annotations

import base64
import email
import re
import subprocess

import dkim as library
import pytest

from nutgraf.mail import signing
from nutgraf.mail.dns import dkim, dmarc, spf
from nutgraf.mail.dns.asking import Asking
from nutgraf.mail.dns.checks import check_sender
from nutgraf.mail.dns.findings import Level
from nutgraf.mail.samples import make_audience, make_delivery
from nutgraf.mail.tests.name_servers import knowing

GOOD, WEAK, BAD, UNKNOWN = Level.GOOD, Level.WEAK, Level.BAD, Level.UNKNOWN
CHAIN = {f"{n}.example": [f"v=spf1 include:{n + 1}.example ~all"] for n in range(12)}
LONG_KEY = base64.b64encode(b"k" * 294).decode()
SHORT_KEY = base64.b64encode(b"k" * 162).decode()


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], BAD),
        (["something else"], BAD),
        (["v=spf1 include:_spf.mail.example ~all"], GOOD),
        (["V=SPF1 ip4:192.0.2.1 -ALL"], GOOD),
        (["v=spf1 redirect=_spf.mail.example"], GOOD),
        (["v=spf1 include:_spf.mail.example"], WEAK),
        (["v=spf1 ?all"], WEAK),
        (["v=spf1 +all"], BAD),
        (["v=spf1 all"], BAD),
        (["v=spf1 -all", "v=spf1 ~all"], BAD),
        (["v=spf1 include:0.example ~all"], BAD),
        (["v=spf1 include:harbour.example include:HARBOUR.example ~all"], GOOD),
        (["v=spf1 " + "mx " * 11 + "~all"], BAD),
        (["v=spf10 ~all"], BAD),
    ],
)
def test_a_list_of_servers_is_judged(records, level):
    with knowing({"harbour.example": records, "_spf.mail.example": ["v=spf1 ip4:192.0.2.1 ~all"], **CHAIN}) as resolver:
        assert spf.check("harbour.example", Asking(resolver)).level == level


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], BAD),
        (["v=DKIM1; k=rsa; p="], BAD),
        ([f"v=DKIM1; k=rsa; p={LONG_KEY}"], GOOD),
        ([f"p={LONG_KEY}"], GOOD),
        ([f"v=DKIM1; p={SHORT_KEY}"], WEAK),
        (["v=DKIM1; p=aaaa"], BAD),
        (["v=DKIM1; p=!!"], BAD),
        (["v=DKIM1; k=ed25519; p=" + base64.b64encode(b"k" * 32).decode()], GOOD),
        ([f"v=DKIM1; p={LONG_KEY}", f"v=DKIM1; p={SHORT_KEY}"], BAD),
    ],
)
def test_a_key_is_judged(records, level):
    with knowing({"news._domainkey.harbour.example": records}) as resolver:
        assert dkim.check("harbour.example", "news", Asking(resolver)).level == level


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ({}, BAD),
        ({"_dmarc.harbour.example": ["v=DMARC1; p=none"]}, WEAK),
        ({"_dmarc.harbour.example": ["v=DMARC1; p=reject; rua=mailto:a@harbour.example"]}, GOOD),
        ({"_dmarc.harbour.example": ["v=DMARC1"]}, BAD),
        ({"_dmarc.harbour.example": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, BAD),
    ],
)
def test_a_policy_is_judged(records, level):
    with knowing(records) as resolver:
        assert dmarc.check("harbour.example", Asking(resolver)).level == level


def test_a_part_of_a_domain_has_the_policy_of_the_whole():
    with knowing({"_dmarc.harbour.example": ["v=DMARC1; p=reject; sp=none"]}) as resolver:
        assert dmarc.check("news.harbour.example", Asking(resolver)).level == WEAK


def test_name_servers_that_fail_are_not_taken_for_a_domain_without_records():
    with knowing({}, fails="harbour.example") as resolver:
        found = {finding.name: finding.level for finding in check_sender("a@harbour.example", resolver=resolver)}

    assert found == {"SPF": UNKNOWN, "DKIM": UNKNOWN, "DMARC": BAD}


def test_what_is_no_address_is_told_before_anybody_is_asked():
    assert [finding.level for finding in check_sender("nobody")] == [BAD]


@pytest.fixture
def key(tmp_path) -> str:
    return subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def signer(key, settings):
    settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR = key, "news"
    signing.the_signer.cache_clear()
    yield signing.the_signer()
    signing.the_signer.cache_clear()


def test_the_record_that_is_advised_is_the_one_that_the_check_wants(signer):
    with knowing({}) as resolver:
        missing = check_sender("a@harbour.example", resolver=resolver)[1]
    with knowing({"news._domainkey.harbour.example": [missing.record]}) as resolver:
        there = check_sender("a@harbour.example", resolver=resolver)[1]
    with knowing({"news._domainkey.harbour.example": [f"v=DKIM1; p={LONG_KEY}"]}) as resolver:
        other = check_sender("a@harbour.example", resolver=resolver)[1]

    assert (missing.level, there.level, other.level) == (BAD, GOOD, BAD)


def test_a_signed_mail_is_verified_with_the_advised_record_and_not_if_it_was_changed(
    make_engine, noon, smtp, mail_server, signer
):
    make_audience(2)
    make_delivery(at=noon)
    make_engine(smtp()).work()
    record = f"v=DKIM1; k=rsa; p={signer.public}".encode()

    def verifies(content: bytes) -> bool:
        return library.verify(content, dnsfunc=lambda name, timeout=5: record)

    mails = [content for _sender, _to, content in mail_server.taken]
    assert [verifies(content) for content in mails] == [True, True]
    assert not verifies(mails[0].replace(b"Five stories", b"Four stories"))
    assert not verifies(mails[0].replace(b"Good morning", b"Bad morning"))
    # The library refuses two senders by itself; others go by what was signed, which is that there is no second one.
    assert not verifies(b"From: forged@x.example\r\n" + mails[0])
    signature = email.message_from_bytes(mails[0])["DKIM-Signature"]
    signed = re.search(r"\bh=([^;]*)", "".join(signature.split()))[1]
    assert signed.lower().split(":").count("from") == 2


@pytest.mark.parametrize("text", ["", "s3cret", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(signing.BadKey):
        signing.Signer(text, "news")
