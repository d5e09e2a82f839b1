"""Write down at once what many new things refer to, as Wagtail does one by one after each is saved."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ReferenceIndex


def write_first(things: Sequence[models.Model]) -> None:
    """Write down what things of one model refer to, of which nothing is written down yet."""
    if not things or not ReferenceIndex.is_indexed(type(things[0])):
        return
    own = ContentType.objects.get_for_model(things[0], for_concrete_model=False)
    base = ReferenceIndex._get_base_content_type(type(things[0]))
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=own,
            base_content_type=base,
            object_id=thing.pk,
            to_content_type_id=to_type,
            to_object_id=to_key,
            model_path=model_path,
            content_path=path,
            content_path_hash=ReferenceIndex._get_content_path_hash(path),
        )
        for thing in things
        for to_type, to_key, model_path, path in set(ReferenceIndex._extract_references_from_object(thing))
    )
