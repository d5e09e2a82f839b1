"""Points, quotes, numbers and events as rows: mirrored from published stories, so that nobody queries JSON.

Each row keeps the id of the block it mirrors. A block that stays keeps its row,
so other tables may point at a fact for as long as readers can see it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """What every mirrored row has: its story, its block and its place in the story."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="%(class)ss")
    block_id = models.CharField(max_length=36)
    position = models.PositiveSmallIntegerField()
    # Since when readers have had it, and the moment of its last change of meaning: a typo does not move it.
    public_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["story", "position"]
        constraints = [models.UniqueConstraint(fields=["story", "block_id"], name="one_%(class)s_a_block")]


class PointQuerySet(models.QuerySet["Point"]):
    """Questions about points."""

    def openings(self) -> PointQuerySet:
        """Labelled points, those first that say why it matters: what a card may open with."""
        return self.exclude(label_text="").order_by("-is_nut_graf", "position")


class Point(Fact):
    """A paragraph with its label; one without a label has an empty one."""

    label_text = models.CharField(max_length=60, blank=True)
    label = models.ForeignKey("stories.Label", on_delete=models.SET_NULL, null=True, blank=True, related_name="points")
    text = models.TextField()
    html = models.TextField()
    # Whether it says why the story matters: as its label does, or did when that was deleted. Kept here because each card
    # asks for it; whoever changes the job of labels without saving each has it kept by the next publication.
    is_nut_graf = models.BooleanField(default=False)

    objects = PointQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.label_text}: {self.text}" if self.label_text else self.text


class Bullet(Fact):
    """A bullet under a point, or under another bullet."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="bullets")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="bullets")
    text = models.TextField()
    html = models.TextField()

    def __str__(self) -> str:
        return self.text


class PointFact(Fact):
    """A fact that stands alone, or inside the text of a point."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss")

    class Meta(Fact.Meta):
        abstract = True


class Quote(PointFact):
    """Words in quotation marks, and the person who said them."""

    words = models.TextField()
    speaker = models.CharField(max_length=120, db_index=True)
    role = models.CharField(max_length=160, blank=True)
    affiliation = models.CharField(max_length=160, blank=True)
    said_to = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return f"{self.speaker}: “{self.words}”"


class Number(PointFact):
    """A value or range, its unit, what it counts, as of when and according to whom."""

    value = models.DecimalField(max_digits=24, decimal_places=6)
    value_to = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    wording = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    counts = models.CharField(max_length=160)
    as_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        figure = self.wording or f"{self.value.normalize():f}"
        return " ".join(filter(None, [figure, self.unit, self.counts]))


class Event(PointFact):
    """Something with a date (or a month, a year, a range) and a place."""

    class Precision(models.TextChoices):
        DAY = "DAY", _("on that day")
        MONTH = "MONTH", _("some time in that month")
        YEAR = "YEAR", _("some time in that year")

    what = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    starts = models.DateField(db_index=True)
    time = models.TimeField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    is_expected = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.starts}: {self.what}"

    @property
    def is_of_one_day(self) -> bool:
        """Whether it is known on which day it is, and it is over on the same."""
        return self.precision == self.Precision.DAY and self.ends in (None, self.starts)
