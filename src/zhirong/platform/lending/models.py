"""What is asked, proposed and decided; the facility; what is drawn, due and paid."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhirong.platform.accounts.fields import EncryptedTextField
from zhirong.platform.lending import rail_models

StuckAnswer = rail_models.StuckAnswer
Refund = rail_models.Refund
PurposeLock = rail_models.PurposeLock
NamedPayee = rail_models.NamedPayee
SupplierPayment = rail_models.SupplierPayment
TradePaper = rail_models.TradePaper


class Application(models.Model):
    """What the firm asks for: one a matter, complete once submitted."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT)
    product = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    tenor_months = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=20, help_text="form of repayment")
    every_months = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=200)
    has_credit_query_consent = models.BooleanField()
    account = EncryptedTextField(help_text="where the firm is paid")
    pay_by = models.CharField(max_length=8, default="bank", help_text="the rail of the draw-downs")
    wallet = EncryptedTextField(default="", help_text="the firm's corporate wallet of e-CNY")
    submitted_on = models.DateField()

    MATTER = "matter"


class Qualification(models.Model):
    """The check before anything is worked on: every point with its outcome."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    points = models.JSONField(help_text="code, outcome and facts of every point")
    is_passed = models.BooleanField()
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    checked_on = models.DateField()

    MATTER = "matter"

    class Meta:
        ordering = ("-id",)


class Proposal(models.Model):
    """A version of limit, price and conditions, with the sheet it stands on."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        APPROVED = "approved"
        RETURNED = "returned"
        REFUSED = "refused"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    run = models.ForeignKey("appraisals.AppraisalRun", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    limit_fen = models.BigIntegerField()
    covered_fen = models.BigIntegerField()
    uncovered_fen = models.BigIntegerField()
    needs_second = models.BooleanField()
    tenor_months = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=20)
    every_months = models.PositiveSmallIntegerField()
    lpr_tenor = models.CharField(max_length=4)
    spread_bp = models.DecimalField(max_digits=7, decimal_places=2)
    quoted_rate = models.DecimalField(max_digits=9, decimal_places=6)
    rights = models.JSONField(help_text="numbers of the rights to be pledged")
    conditions = models.JSONField(help_text="texts that must be met before money goes out")
    reason = models.TextField()
    sheet = models.JSONField(help_text="the limit sheet, in fen, with reasons")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    proposed_on = models.DateField()

    MATTER = "matter"

    class Meta:
        ordering = ("-version",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "version"], name="version_once_a_matter"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="open"), name="one_open_proposal_a_matter"
            ),
        ]


class Decision(models.Model):
    """What one officer decided of a proposal; the author never decides, nobody decides twice."""

    class Verdict(models.TextChoices):
        """What an officer may say."""

        APPROVE = "approve"
        RETURN = "return"
        REFUSE = "refuse"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    is_second = models.BooleanField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField()
    decided_on = models.DateField()

    MATTER = "proposal__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "officer"], name="one_decision_a_person")
        ]


class Facility(models.Model):
    """The line that was granted: one a matter."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    number = models.CharField(max_length=40, unique=True)
    limit_fen = models.BigIntegerField()
    available_from = models.DateField()
    available_until = models.DateField()
    last_maturity = models.DateField()
    is_revolving = models.BooleanField(default=False)
    lpr_tenor = models.CharField(max_length=4)
    spread_bp = models.DecimalField(max_digits=7, decimal_places=2)
    form = models.CharField(max_length=20)
    every_months = models.PositiveSmallIntegerField()
    day_count = models.CharField(max_length=12)
    repricing_months = models.PositiveSmallIntegerField(
        null=True, help_text="the rate follows the reference rate every so many months, or never"
    )
    overdue_margin = models.DecimalField(max_digits=5, decimal_places=3)
    misuse_margin = models.DecimalField(max_digits=5, decimal_places=3)
    closed_on = models.DateField(null=True)

    MATTER = "matter"


class Condition(models.Model):
    """A condition of the approval, ticked with the document that shows it."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="conditions")
    text = models.CharField(max_length=300)
    document = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT)
    ticked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    ticked_on = models.DateField(null=True)

    MATTER = "facility__matter"

    class Meta:
        ordering = ("id",)


class DrawDown(models.Model):
    """Money asked for under a facility, ordered from the rail, paid or refused."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked"
        ORDERED = "ordered"
        PAID = "paid"
        REFUSED = "refused"
        REPAID = "repaid"

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="draws")
    key = models.CharField(max_length=60, help_text="of the request: never twice under a facility")
    number = models.CharField(max_length=40, unique=True, help_text="of the loan")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    amount_fen = models.BigIntegerField()
    is_entrusted = models.BooleanField()
    payee_name = models.CharField(max_length=120)
    payee_account = EncryptedTextField()
    invoice_number = models.CharField(max_length=40, blank=True)
    contract_number = models.CharField(max_length=60, blank=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    released_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    matures_on = models.DateField()
    rail = models.CharField(max_length=12)
    rail_reference = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    charged_to = models.DateField(null=True, help_text="charges are booked up to this day")

    MATTER = "facility__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="draw_above_zero"),
            models.UniqueConstraint(fields=["facility", "key"], name="a_key_draws_once"),
            models.UniqueConstraint(
                fields=["invoice_number"],
                condition=~Q(invoice_number="") & ~Q(state="refused"),
                name="an_invoice_is_paid_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["facility"], condition=Q(state="asked"), name="asked_draw_downs"),
        ]


# Of an installment: what was paid of principal and interest together is less than both.
UNPAID = Q(
    principal_fen__gt=models.F("paid_principal_fen")
    - models.F("interest_fen")
    + models.F("paid_interest_fen")
)


class Installment(models.Model):
    """A line of a loan's schedule; what is paid of it stands in the ledger and here together."""

    draw = models.ForeignKey(DrawDown, on_delete=models.PROTECT, related_name="installments")
    number = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField()
    due_on = models.DateField()
    principal_fen = models.BigIntegerField()
    interest_fen = models.BigIntegerField()
    paid_principal_fen = models.BigIntegerField(default=0)
    paid_interest_fen = models.BigIntegerField(default=0)
    penalty_fen = models.BigIntegerField(default=0, help_text="booked on this line so far")
    compound_fen = models.BigIntegerField(default=0, help_text="booked on this line so far")
    paid_penalty_fen = models.BigIntegerField(default=0)
    paid_compound_fen = models.BigIntegerField(default=0)

    MATTER = "draw__facility__matter"

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "number"], name="installment_once"),
            models.CheckConstraint(
                condition=Q(paid_principal_fen__gte=0)
                & Q(paid_principal_fen__lte=models.F("principal_fen"))
                & Q(paid_interest_fen__gte=0),
                name="paid_within_due",
            ),
            models.CheckConstraint(
                condition=Q(paid_penalty_fen__gte=0)
                & Q(paid_penalty_fen__lte=models.F("penalty_fen"))
                & Q(paid_compound_fen__gte=0)
                & Q(paid_compound_fen__lte=models.F("compound_fen")),
                name="paid_within_charges",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=UNPAID, name="unpaid_by_day"),
        ]


class Receipt(models.Model):
    """Money that came in on a loan, and how it was laid over what is owed."""

    draw = models.ForeignKey(DrawDown, on_delete=models.PROTECT, related_name="receipts")
    reference = models.CharField(max_length=60, unique=True, help_text="of the rail: never twice")
    amount_fen = models.BigIntegerField()
    rail = models.CharField(max_length=12, default="bank")
    received_on = models.DateField()
    parts = models.JSONField()
    rest_fen = models.BigIntegerField()

    MATTER = "draw__facility__matter"

    class Meta:
        ordering = ("id",)


class DayDone(models.Model):
    """A day whose end was done: accrual, charges, what waited."""

    day = models.DateField(unique=True)


class RepaymentOrder(models.Model):
    """A payment that the firm ordered from its own account."""

    draw = models.ForeignKey(DrawDown, on_delete=models.PROTECT, related_name="repayments")
    key = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, unique=True)
    amount_fen = models.BigIntegerField()
    is_early = models.BooleanField(default=False, help_text="principal before its day, in part")
    rail = models.CharField(max_length=12, default="bank")
    asked_on = models.DateField()
    refused_on = models.DateField(null=True)
    refusal = models.CharField(max_length=300, blank=True)

    MATTER = "draw__facility__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "key"], name="a_key_repays_once")
        ]


class UnknownEntry(models.Model):
    """Money on the statement that nothing here could book; a person finds out whose it is.

    It names no loan of ours, or booking it failed: then `problem` says why.
    """

    rail = models.CharField(max_length=12, default="bank")
    number = models.CharField(max_length=60)
    reference = models.CharField(max_length=140)
    amount_fen = models.BigIntegerField()
    on = models.DateField()
    problem = models.JSONField(default=dict, help_text="code and facts of why it was not booked")
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    draw = models.ForeignKey(DrawDown, null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rail", "number"], name="an_entry_waits_once")
        ]
