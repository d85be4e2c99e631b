"""Rows that people edit in forms, so that two who edit at once do not overwrite each other."""

from django.db import models


class Versioned(models.Model):
    """Carries the number that an edit form sends back; see `core.editing`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
