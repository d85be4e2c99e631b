"""The append-only trail of what was done to money, decisions, status and publishing."""

from django.db import models


class AuditRow(models.Model):
    """One thing that happened. Holds ids, codes and amounts, never names or free text (ADR 4)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    programme_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject", "number"], name="audit_subject"),
            models.Index(fields=["programme_id", "number"], name="audit_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class AuditAbout(models.Model):
    """Another object that a row concerns, so that an object's story is one query."""

    row = models.ForeignKey(AuditRow, on_delete=models.PROTECT, related_name="about")
    subject = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["subject", "row"], name="audit_about_subject")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.subject}"


class AuditHead(models.Model):
    """How long the chain is and its last hash: one locked row, so that a cut-off end is seen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    rows = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.rows} {self.hash}"
