"""The clock of a demonstration, the action log and its seals, the outbox, the jobs people watch."""

from typing import ClassVar

from django.db import models


class DemonstrationClock(models.Model):
    """The day that a demonstration stands on; one row, or none in production."""

    today = models.DateField()


class LogEntry(models.Model):
    """One act of one person or of the house itself, written in the act's own transaction.

    Nothing updates or deletes it: triggers refuse. `digest` is over the canonical content.
    """

    recorded_at = models.DateTimeField()
    on = models.DateField(help_text="the day by the platform's clock")
    action = models.CharField(max_length=80, db_index=True)
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    organization = models.ForeignKey("accounts.Organization", null=True, on_delete=models.PROTECT)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)


class Seal(models.Model):
    """A Merkle root over the log entries since the last seal, chained to it."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    chained = models.CharField(max_length=64, help_text="SHA-256 of the last seal's chain and root")
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Outbox(models.Model):
    """Work that a committed transaction asks for; the relay starts it, the worker does it.

    State and work commit together, so none is lost and none is started for what was rolled back.
    """

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=1, help_text="grows when it is begun anew")
    not_before = models.DateTimeField(null=True, help_text="put off: a counterparty was away")
    failed_at = models.DateTimeField(null=True, help_text="given up until a person begins it anew")
    failure = models.JSONField(default=dict, help_text="code and facts of why it was given up")

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(done_at=None), name="outbox_not_done")
        ]


class Step(models.Model):
    """A step of some work that was done; its transaction cannot be done twice."""

    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    answer = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outbox", "name"], name="step_once")
        ]


class Job(models.Model):
    """Long work as people see it: what, how far, how it ended."""

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    outbox = models.OneToOneField(Outbox, on_delete=models.PROTECT)
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=80, help_text="code of its words")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.JSONField(default=dict, help_text="code and facts of what it says last")
    is_cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)


class Cursor(models.Model):
    """How far what a counterparty says was read."""

    source = models.CharField(max_length=60, unique=True)
    after = models.BigIntegerField(default=0)

    def advance(self, number: int) -> None:
        """Move on; what is told out of order never moves it back."""
        Cursor.objects.filter(pk=self.pk, after__lt=number).update(after=number)


class ActKey(models.Model):
    """A caller's own key of an act that was done, with what it gave: the same key acts once."""

    scope = models.CharField(max_length=80, help_text="the act and whose it is")
    key = models.CharField(max_length=80)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="an_act_key_once")
        ]
