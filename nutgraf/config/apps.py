"""Tell Django about the configuration, so that its checks run, and count what is published."""

from typing import Any

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "nutgraf.config"
    verbose_name = "Configuration"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from nutgraf.config import checks  # noqa: F401 (importing registers them)

        page_published.connect(_count, dispatch_uid=_count)


def _count(**kwargs: Any) -> None:
    from nutgraf.published.meters import meters

    meters().publishes.inc()
