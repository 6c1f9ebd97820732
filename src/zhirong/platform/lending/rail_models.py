"""What goes over rails beside the loan itself, and what proves it.

Refunds, money bound to a purpose, stuck answers; contracts and invoices of entrusted payments.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhirong.platform.accounts.fields import EncryptedTextField


class StuckAnswer(models.Model):
    """A rail's word on an order that could not be booked; those behind it were."""

    rail = models.CharField(max_length=12)
    number = models.BigIntegerField(help_text="the rail's own, of its telling")
    status = models.JSONField(help_text="what the rail said")
    problem = models.JSONField(help_text="code and facts of why it was not booked")
    told_on = models.DateField()
    settled_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rail", "number"], name="an_answer_sticks_once")
        ]


class Refund(models.Model):
    """What was paid beyond the debt, on its way back to the firm."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed"
        ORDERED = "ordered"
        PAID = "paid"
        REFUSED = "refused"

    draw = models.ForeignKey("lending.DrawDown", on_delete=models.PROTECT, related_name="refunds")
    reference = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    amount_fen = models.BigIntegerField()
    rail = models.CharField(max_length=12)
    made_on = models.DateField()
    proposed_by = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who booked the payment by hand; he does not release",
    )
    released_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    refusal = models.CharField(max_length=300, blank=True)

    MATTER = "draw__facility__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_above_zero"),
            models.UniqueConstraint(
                fields=["draw"],
                condition=Q(state="proposed") | Q(state="ordered"),
                name="one_refund_at_a_time",
            ),
        ]


class PurposeLock(models.Model):
    """What the digital yuan of a draw-down is bound to; its number is the loan's."""

    draw = models.OneToOneField("lending.DrawDown", on_delete=models.PROTECT, related_name="lock")
    goods = models.CharField(max_length=80)
    expires_on = models.DateField()
    conditions = models.JSONField(default=list)
    returned_fen = models.BigIntegerField(default=0, help_text="went back when its time was over")

    MATTER = "draw__facility__matter"


class NamedPayee(models.Model):
    """A supplier that money bound to a purpose may be paid to."""

    lock = models.ForeignKey(PurposeLock, on_delete=models.PROTECT, related_name="payees")
    name = models.CharField(max_length=120)
    wallet = EncryptedTextField()

    MATTER = "lock__draw__facility__matter"

    class Meta:
        ordering = ("id",)


class SupplierPayment(models.Model):
    """A payment out of bound money that the firm asked for, with every reason of a refusal."""

    class State(models.TextChoices):
        """How far it is."""

        ORDERED = "ordered"
        PAID = "paid"
        REFUSED = "refused"

    lock = models.ForeignKey(PurposeLock, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    payee_name = models.CharField(max_length=120)
    payee_wallet = EncryptedTextField()
    goods = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField()
    invoice_number = models.CharField(max_length=40, blank=True)
    asked_on = models.DateField()
    ended_on = models.DateField(null=True)
    reasons = models.JSONField(default=list, help_text="code and facts of each reason of ours")
    refusal = models.CharField(max_length=300, blank=True, help_text="the operator's words")

    MATTER = "lock__draw__facility__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_above_zero"),
            models.UniqueConstraint(fields=["lock", "key"], name="a_key_pays_once"),
        ]


class TradePaper(models.Model):
    """A purchase contract or an invoice that proves what a draw-down pays for."""

    class Kind(models.TextChoices):
        """What it is."""

        CONTRACT = "contract"
        INVOICE = "invoice"

    draw = models.ForeignKey("lending.DrawDown", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=60, help_text="as it is compared")
    seller = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField(default=0, help_text="of a contract: paid on it before")
    is_live = models.BooleanField(default=True, help_text="the payment was not refused")

    MATTER = "draw__facility__matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="paper_above_zero"),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(kind="invoice", is_live=True),
                name="an_invoice_proves_once",
            ),
        ]
