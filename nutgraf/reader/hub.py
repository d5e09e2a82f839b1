"""Tell a WebSub hub which feeds have something new, so that whoever follows them need not ask again and again."""

from __future__ import annotations

import logging
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from nutgraf.feeds.writing import FORMS
from nutgraf.reader.addresses import whole
from nutgraf.stories.models import Label, Story
from nutgraf.storylines.queries import storylines_of

SECONDS = 10

logger = logging.getLogger(__name__)


def on_change(*, story: Story, is_restored: bool = False, **kwargs: Any) -> None:
    """Hear that a story was made public or taken from readers, and have the hub told of the feeds that it stands in."""
    if settings.WEBSUB_HUB and not is_restored:
        tell.enqueue([f"{page}feed.{form}" for page in pages_of(story) for form in FORMS])


def pages_of(story: Story) -> Iterator[str]:
    """Return the paths of the pages whose feeds a story stands in."""
    yield reverse("front")
    if story.section:
        yield story.section.get_absolute_url()
    labels = Label.objects.filter(points__story=story).distinct()
    for one in (*story.authors, *labels, *storylines_of(story)):
        yield one.get_absolute_url()


@task()
def tell(paths: list[str]) -> None:
    """Say that these feeds have something new; a hub that does not listen hears it with the next story."""
    try:
        status = _post(settings.WEBSUB_HUB, [whole(path, None) for path in paths])
    except OSError as error:
        logger.warning("The hub %s could not be told of %d feeds (%s).", settings.WEBSUB_HUB, len(paths), error)
    else:
        logger.info("The hub %s was told of %d feeds, and answered %d.", settings.WEBSUB_HUB, len(paths), status)


def _post(hub: str, addresses: Iterable[str]) -> int:
    fields = [("hub.mode", "publish"), *(("hub.url", address) for address in addresses)]
    request = urllib.request.Request(hub, data=urllib.parse.urlencode(fields).encode(), method="POST")  # noqa: S310 (a setting)
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 (http or https: see the settings)
        return int(answer.status)
