"""Where renditions are: below /media/, each under an address that never changes its content."""

from django.urls import path

from nutgraf.media import views

urlpatterns = [
    path("pictures/<int:picture_id>/desk/<str:file_name>", views.desk_rendition, name="desk_rendition"),
    path("pictures/<int:picture_id>/<str:version>/<str:file_name>", views.rendition, name="rendition"),
]
