"""Which part of the newsroom answers which address."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as desk_urls

# Only of whom the settings name, and only where it can be told who speaks.
hooks = [path("mail/hooks/", include("anymail.urls"))] if settings.ANYMAIL and settings.MAIL_HOOK_SECRET else []

urlpatterns = [
    path("desk/", include(desk_urls)),
    *hooks,
    # The root of it is a page for people, which readers' addresses have.
    path("api/", include("nutgraf.api.urls")),
    path("media/", include("nutgraf.media.urls")),
    # Last, because a section may have any name that is not taken above.
    path("", include("nutgraf.reader.urls")),
]
