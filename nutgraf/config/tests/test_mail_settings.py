"""Each provider of mail that the documents name is let in with what they say, and believed only with what it signs."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from anymail import urls
from anymail.exceptions import AnymailWebhookValidationFailure
from django.test import RequestFactory
from django.utils.module_loading import import_string

from nutgraf.config import mail_settings
from nutgraf.config.env import Env

# What `docs/operators/mail.md` says that some want besides the key.
MORE = {
    "mailjet": "?api_key=public",
    "postal": "?api_url=https://postal.example.org",
    "scaleway": "?project_id=1",
    "unisender_go": "?api_url=https://go1.unisender.ru/ru/transactional/api/v1/",
}
# It has nothing that anymail could be told by.
SILENT = {"scaleway"}
# As each of these is shaped, without what makes it believed.
REPORTS: dict[str, object] = {"mailgun": {}, "unisender_go": {"auth": "guess", "events_by_user": []}}
DOCUMENT = Path(__file__).parents[3] / "docs/operators/mail.md"
# Anymail warns that it looks after this one no more.
pytestmark = pytest.mark.filterwarnings("ignore:django-anymail has dropped official support")


def _settings(name: str, hook_secret: str = "harbour:s3cret") -> dict[str, str]:
    env = Env({"NUTGRAF_MAIL": f"anymail://{name}{MORE.get(name, '')}"})
    return mail_settings.for_anymail(env.mail("NUTGRAF_MAIL", secret="k3y", connections=1), hook_secret)


@pytest.mark.parametrize("name", sorted(mail_settings.PROVIDERS))
def test_a_provider_is_let_in_with_what_the_documents_say(settings, name):
    settings.ANYMAIL = _settings(name)

    import_string(f"anymail.backends.{name}.EmailBackend")()

    told = f"anymail://{name}{MORE[name].partition('=')[0]}=" if name in MORE else f"`{name}`"
    assert told in DOCUMENT.read_text()


@pytest.mark.parametrize("name", sorted(mail_settings.PROVIDERS - SILENT))
def test_what_a_provider_does_not_sign_is_not_believed(settings, name):
    settings.ANYMAIL = _settings(name)
    (view,) = [one.callback for one in urls.urlpatterns if str(one.pattern) == f"{name}/tracking/"]
    report = json.dumps(REPORTS.get(name, [{}]))

    with pytest.raises(AnymailWebhookValidationFailure):
        view(RequestFactory().post("/", report, content_type="application/json"))


@pytest.mark.parametrize(("secret", "is_there"), [("harbour:s3cret", True), ("", False)])
def test_nobody_is_listened_to_without_a_secret(settings, secret, is_there):
    settings.ANYMAIL, settings.MAIL_HOOK_SECRET = _settings("postmark", secret), secret

    hooks = runpy.run_path(str(Path(__file__).parents[1] / "urls.py"))["hooks"]

    assert bool(hooks) is is_there
