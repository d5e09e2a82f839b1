"""Questions about pictures and what shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ReferenceIndex

from nutgraf.media.models import Picture


def shown_in(pictures: Iterable[Picture]) -> dict[Picture, list[Model]]:
    """Return the stories, authors and whatever else shows each picture, in as many queries as there are kinds."""
    by_key = {str(picture.pk): picture for picture in pictures}
    references = (
        ReferenceIndex.get_references_to_in_bulk(list(by_key.values()))
        .values_list("base_content_type_id", "object_id", "to_object_id")
        .distinct()
    )
    shown_by_kind: dict[int, dict[str, list[Picture]]] = defaultdict(lambda: defaultdict(list))
    for kind, key, picture_key in references:
        shown_by_kind[kind][key].append(by_key[picture_key])
    places: dict[Picture, list[Model]] = {picture: [] for picture in by_key.values()}
    for kind, shown in shown_by_kind.items():
        for place in ContentType.objects.get_for_id(kind).get_all_objects_for_this_type(pk__in=list(shown)):
            for picture in shown[str(place.pk)]:
                places[picture].append(place)
    return places
