"""Tell Django about the desk, and give the models of lower apps what editors see of them."""

from typing import Any

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nutgraf.desk"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Desk"

    def ready(self) -> None:
        from django.apps import apps
        from wagtail.signals import init_new_page

        from nutgraf.briefings.models import Edition
        from nutgraf.desk import edition_form, event_form, filing, panels, permissions  # noqa: F401 (events are told how to be shown)
        from nutgraf.stories.models import Archive, ArchiveMonth, Story

        # Set from here, so that stories need not know that there is a desk.
        Story.edit_handler = panels.STORY
        Story.preview_sizes = panels.PREVIEW_SIZES
        Story.permissions_for_user = permissions.of_story
        Archive.permissions_for_user = ArchiveMonth.permissions_for_user = permissions.of_folder
        Edition.show_preview = staticmethod(edition_form.show_preview)
        Edition.preview_sizes = panels.PREVIEW_SIZES
        init_new_page.connect(filing.on_new_page, dispatch_uid="desk.begin_story")

        # Wagtail's documented way to other forms for accounts, without another entry in the settings.
        accounts: Any = apps.get_app_config("wagtailusers")
        accounts.user_viewset = "nutgraf.desk.users.DeskUserViewSet"
