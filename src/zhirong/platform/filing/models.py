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
    expires_on = models.DateField(
        null=True, db_index=True, help_text="last day of the registration's own period"
    )
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


class Amendment(models.Model):
    """A change or an extension of a registration, from its papers to the office's answer."""

    class State(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared"
        FILED = "filed"
        DONE = "done"
        REFUSED = "refused"
        DROPPED = "dropped"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="amendments")
    act = models.CharField(max_length=12, help_text="its papers' own act: change-1")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    items = models.JSONField(default=list, help_text="what changes, as the pure room encodes it")
    form = models.JSONField(help_text="the application, as the pure room encodes it")
    event_on = models.DateField(help_text="day of the agreement or event")
    due_on = models.DateField(null=True, help_text="last day to file it")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    MATTER = "filing__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "act"], name="an_amendment_once"),
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(state__in=["prepared", "filed"]),
                name="one_open_amendment_a_filing",
            ),
        ]


class CorrectedField(models.Model):
    """A fact of a filing that was corrected, with the paper that shows it."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="corrected")
    subject = models.CharField(max_length=40, help_text="number of a right, or of a party")
    field = models.CharField(max_length=16)
    before = models.CharField(max_length=300)
    after = models.CharField(max_length=300)
    source = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    made_on = models.DateField()

    MATTER = "filing__matter"

    class Meta:
        ordering = ("id",)


class HeldRight(models.Model):
    """A mark, copyright or data certificate of the firm, as its register's extract shows it."""

    class Basis(models.TextChoices):
        """What its value rests on."""

        AGREED = "agreed"
        APPRAISAL = "appraisal"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    registry = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=24)
    classes = models.JSONField(default=list)
    registered_on = models.DateField()
    term_end = models.DateField()
    owners = models.JSONField(help_text="as the register spells them")
    state = models.CharField(max_length=12)
    is_seized = models.BooleanField()
    family = models.JSONField(default=list, help_text="similar marks on similar goods, by number")
    fingerprint_holds = models.BooleanField(null=True, help_text="of data: recomputed and equal")
    value_fen = models.BigIntegerField()
    basis = models.CharField(max_length=10, choices=Basis.choices)
    valued_on = models.DateField()
    report_number = models.CharField(max_length=60, blank=True)
    seen_on = models.DateField(help_text="day of the extract")
    extract = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    entered_on = models.DateField()
    is_withdrawn = models.BooleanField(default=False, help_text="entered anew")

    MATTER = "matter"

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value_fen__gte=0), name="held_value_not_below_zero"),
            models.UniqueConstraint(
                fields=["matter", "number"],
                condition=Q(is_withdrawn=False),
                name="a_held_right_once_a_matter",
            ),
        ]


class PledgedRight(models.Model):
    """A right of a filing. While it lives, no second pledge of an exclusive kind can.

    Where an office takes several pledges of a right (marks), a bank still holds one at a time.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="rights")
    pledgee = models.CharField(max_length=20, blank=True, help_text="identifier of the bank")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=300)
    value_fen = models.BigIntegerField()
    is_exclusive = models.BooleanField(help_text="one live pledge at a time")
    is_live = models.BooleanField(default=False, help_text="before the office, or registered")
    released_on = models.DateField(null=True, help_text="taken out, the others stay pledged")
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
            models.UniqueConstraint(
                fields=["number", "pledgee"],
                condition=Q(is_live=True),
                name="one_live_pledge_a_right_and_bank",
            ),
            models.UniqueConstraint(fields=["filing", "number"], name="a_right_once_a_filing"),
        ]


class RightsList(models.Model):
    """A list of rights that was taken in: what became of each of its rows."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    account = models.JSONField(help_text="of each sheet its rows, with reasons where refused")
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    taken_on = models.DateField()

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)
