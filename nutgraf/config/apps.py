"""Tell Django about the configuration, so that its checks run."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "nutgraf.config"
    verbose_name = "Configuration"

    def ready(self) -> None:
        from nutgraf.config import checks  # noqa: F401 (importing registers them)
