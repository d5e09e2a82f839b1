"""Where a place is that stories name, where an editor has said so: it goes before what the atlas knows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.storylines.atlas import Spot, name_key


class MapPlace(models.Model):
    """A place, and where it lies."""

    name = models.CharField(
        max_length=120, help_text=_("As stories write it: “Rope Quay, Almery”, or “Almery” for all of the town.")
    )
    key = models.CharField(max_length=160, unique=True, editable=False)
    latitude = models.FloatField(
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north of the equator; with a minus sign south of it."),
    )
    longitude = models.FloatField(
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east of Greenwich; with a minus sign west of it."),
    )

    class Meta:
        verbose_name = _("place on the map")
        verbose_name_plural = _("places on the map")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Spot(self.latitude, self.longitude)

    def clean(self) -> None:
        """Refuse a name that another place has, and one without a letter, where it was typed."""
        key = name_key(self.name)
        if not key:
            raise ValidationError({"name": _("Write the name with letters.")})
        if type(self)._default_manager.filter(key=key).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("This place is on the map already.")})
