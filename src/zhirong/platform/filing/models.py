"""A filing with its papers, the acts sent, the notices heard, and the rights it binds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Filing(models.Model):
    """The registration of one pledge contract with one register."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    number = models.CharField(max_length=40, unique=True)
    registry = models.CharField(max_length=12)
    contract = models.JSONField(help_text="the pledge contract, as the pure room encodes it")
    extras = models.JSONField(default=dict, help_text="statements, insistences, consents")
    progress = models.JSONField(help_text="acts, notices, state, as the pure room encodes them")
    state = models.CharField(max_length=24, db_index=True)
    registration_no = models.CharField(max_length=60, blank=True)
    registered_on = models.DateField(null=True)
    decision_due_on = models.DateField(null=True)
    respond_by = models.DateField(null=True)

    MATTER = "matter"

    class Meta:
        ordering = ("id",)


class FilingDocument(models.Model):
    """A paper of a filing: a deed to be signed, or a file that nobody signs."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="papers")
    act = models.CharField(max_length=12, help_text="kind of the act it belongs to")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    deed = models.ForeignKey("documents.Deed", null=True, on_delete=models.PROTECT)
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT)
    lists = models.JSONField(default=list)
    is_withdrawn = models.BooleanField(default=False, help_text="made anew after a correction")

    MATTER = "filing__matter"

    class Meta:
        ordering = ("id",)


class SentAct(models.Model):
    """An act, written down before it goes out, so that a crash loses none."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="acts")
    client_reference = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12)
    body = models.JSONField(help_text="form, registration and what it answers")
    files = models.JSONField(help_text="name and hash of every file, the manifest included")
    office_reference = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    made_on = models.DateField()

    MATTER = "filing__matter"

    class Meta:
        ordering = ("id",)


class HeardNotice(models.Model):
    """A notice of the office, once a number."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="heard")
    notice_no = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=16)
    disposition = models.CharField(max_length=12)
    dated_on = models.DateField()
    heard_on = models.DateField()
    grounds = models.JSONField(default=list)
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT)

    MATTER = "filing__matter"

    class Meta:
        ordering = ("id",)


class StrayNotice(models.Model):
    """A notice that fits no filing yet; it is offered again until one fits."""

    notice_no = models.CharField(max_length=60, unique=True)
    body = models.JSONField()
    heard_on = models.DateField()


class PledgedRight(models.Model):
    """A right of a filing. While it lives, no second pledge of an exclusive kind can."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="rights")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=300)
    value_fen = models.BigIntegerField()
    is_exclusive = models.BooleanField(help_text="one live pledge at a time")
    is_live = models.BooleanField(default=False, help_text="before the office, or registered")
    fee_due_on = models.DateField(null=True)
    fee_paid_until = models.DateField(null=True)
    fee_proof = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT)

    MATTER = "filing__matter"

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(is_live=True, is_exclusive=True),
                name="one_live_pledge_a_right",
            ),
            models.UniqueConstraint(fields=["filing", "number"], name="a_right_once_a_filing"),
        ]
