"""The outbox: what each transaction touched, written by that transaction itself."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """What one transaction changed that pages may show; kept for a day, so that every store can catch up."""

    touched = models.TextField(help_text="Keys, tables and places in lists, as JSON.")
    token = models.CharField(
        max_length=16, help_text="Tells this change from one of the same number in a restored copy."
    )
    # Numbers are given before a transaction commits, so on PostgreSQL a lower one may appear after a higher.
    xid = models.CharField(max_length=20, blank=True, help_text="The transaction's own number, where there is one.")
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "change"

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M:%S}"
