"""The kinds of fact that a storyline assembles into entries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an entry is about: somebody who speaks, something that is counted, something that happens."""

    VOICE = "VOICE", _("voice")
    NUMBER = "NUMBER", _("number")
    EVENT = "EVENT", _("event")
