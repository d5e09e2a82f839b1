"""Tell Django about the newsroom app."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "nutgraf.newsroom"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from nutgraf.newsroom.models import Author

        # Wagtail then knows which authors show a picture, and says so before it is deleted.
        ReferenceIndex.register_model(Author)
