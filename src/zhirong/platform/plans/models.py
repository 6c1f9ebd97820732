"""An asset-backed plan on the platform: what it is, what was run on its files, its issue."""

from typing import ClassVar

from django.db import models


class Plan(models.Model):
    """A plan of an arranger. Its files say everything else; each run reads them anew."""

    class State(models.TextChoices):
        """How far a plan is."""

        DRAFT = "draft"
        OFFERED = "offered"
        ISSUED = "issued"
        ENDED = "ended"

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    offered_on = models.DateField(null=True, help_text="day of the first published structure")
    issued_on = models.DateField(null=True, help_text="day on which the last step was done")

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)


class PlanRun(models.Model):
    """A structure, or the reports of a payment date: asked for, done by a job, kept whole."""

    class Kind(models.TextChoices):
        """What was run."""

        STRUCTURE = "structure"
        REPORT = "report"

    class State(models.TextChoices):
        """Where a run stands."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    job = models.OneToOneField("operations.Job", on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    payment_on = models.DateField(null=True, help_text="of a report: the payment date")
    scenario = models.CharField(max_length=60, blank=True, help_text="of a report: whose events")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    input_hashes = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    failure = models.JSONField(default=dict, help_text="code, facts, and problems line by line")
    published_on = models.DateField(null=True, help_text="since when investors read it")
    published_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)


class PlanRunFile(models.Model):
    """A file that a run gave."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)

    MATTER = "run__matter"

    class Meta:
        ordering = ("id",)


class PlanStep(models.Model):
    """A step of the issue: bookbuilding, no-objection, filing, listing; done with its document."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    due_on = models.DateField()
    by = models.CharField(max_length=120)
    documents = models.JSONField(default=list, help_text="what the step asks for, by name")
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT)

    MATTER = "matter"

    class Meta:
        ordering = ("place",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "key"], name="a_step_once_a_plan")
        ]
