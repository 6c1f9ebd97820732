"""A run of the appraisal on a matter's files, and the rights it found."""

from typing import ClassVar

from django.db import models


class AppraisalRun(models.Model):
    """One run: asked for, done by a job, kept with everything it gave."""

    class State(models.TextChoices):
        """Where a run stands."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    job = models.OneToOneField("operations.Job", on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    valuation_date = models.DateField()
    debt_term_end = models.DateField(null=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    input_hashes = models.JSONField(default=list)
    report_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    market_value_fen = models.BigIntegerField(null=True)
    low_fen = models.BigIntegerField(null=True)
    high_fen = models.BigIntegerField(null=True)
    pledge_value_fen = models.BigIntegerField(
        null=True, help_text="market value of the pledged set"
    )
    covered_fen = models.BigIntegerField(null=True, help_text="caps x market value of the set")
    summary = models.JSONField(default=dict)
    failure = models.JSONField(default=dict, help_text="code and facts")

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)


class RunFile(models.Model):
    """A file that a run gave."""

    run = models.ForeignKey(AppraisalRun, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)

    MATTER = "run__matter"


class AppraisedRight(models.Model):
    """A right as a run saw it: what it is, how it stands, its part of the value."""

    run = models.ForeignKey(AppraisalRun, on_delete=models.CASCADE, related_name="rights")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=40)
    score = models.FloatField(null=True)
    value_fen = models.BigIntegerField()
    is_registrable = models.BooleanField()
    term_end = models.DateField(null=True)
    fee_due_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)

    MATTER = "run__matter"

    class Meta:
        ordering = ("-value_fen", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="right_once_a_run")
        ]
