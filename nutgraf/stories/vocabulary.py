"""The house labels as one thing to ask: is this label known, forbidden, or the newsroom's own coinage?"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nutgraf.copydesk.labels import label_key
from nutgraf.stories.models import HouseStyle, Label


@dataclass(frozen=True)
class Vocabulary:
    """Labels by key, and whether a story may coin others."""

    labels: dict[str, Label]
    is_closed: bool

    @classmethod
    def load(cls) -> Vocabulary:
        """Read the labels and the house style: two queries."""
        return cls(
            labels={label.key: label for label in Label.objects.all()},
            is_closed=HouseStyle.load().only_house_labels,
        )

    def find(self, text: str) -> Label | None:
        """Return the house label that these words are, in whatever spelling."""
        return self.labels.get(label_key(text))

    def refusal(self, text: str) -> ValidationError | None:
        """Return why this label may not be published, or None."""
        label = self.find(text)
        if label and label.is_forbidden:
            return ValidationError(
                _("House style does not use the label “%(label)s”."), code="forbidden", params={"label": text}
            )
        if label is None and self.is_closed:
            return ValidationError(
                _("“%(label)s” is not in the house vocabulary; choose a label from the list."),
                code="unknown",
                params={"label": text},
            )
        return None
