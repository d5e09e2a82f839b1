"""Which part of the newsroom answers which address."""

from django.urls import include, path
from wagtail.admin import urls as desk_urls

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("media/", include("nutgraf.media.urls")),
    # Last, because a section may have any name that is not taken above.
    path("", include("nutgraf.reader.urls")),
]
