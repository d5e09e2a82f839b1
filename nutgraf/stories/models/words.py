"""The words that public stories open with, from which a misspelt one is guessed when a search finds nothing."""

from __future__ import annotations

from django.db import models


class Word(models.Model):
    """A word of some headline, lede or byline, in small letters."""

    text = models.CharField(max_length=40, primary_key=True)
    # Its first letter without accents, and how long it is: what a misspelt word mostly has right.
    initial = models.CharField(max_length=4)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["initial", "length"], name="stories_word_by_initial")]

    def __str__(self) -> str:
        return self.text
