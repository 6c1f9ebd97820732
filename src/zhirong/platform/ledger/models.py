"""Accounts and transfers. One row is one transfer, so nothing out of balance can be stored.

Rows are never updated or deleted: triggers refuse. The sums of an account are columns under CHECKs,
so that no writer, however it comes, can draw more than there is.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhirong.ledger.accounts import AccountKind, Limit
from zhirong.ledger.transfers import RESOLVING, TransferKind

SUMS = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
_NONE_BELOW_ZERO = Q(**{f"{name}__gte": 0 for name in SUMS})
_CREDITS_WITHIN = Q(credits_posted__lte=F("debits_posted") - F("credits_pending"))
_DEBITS_WITHIN = Q(debits_posted__lte=F("credits_posted") - F("debits_pending"))
_RESOLVING = sorted(kind.value for kind in RESOLVING)


class Account(models.Model):
    """An account and its four sums, in fen."""

    code = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AccountKind])
    limit = models.CharField(max_length=24, choices=[(k.value, k.value) for k in Limit])
    currency = models.CharField(max_length=3)
    debits_posted = models.BigIntegerField(default=0)
    credits_posted = models.BigIntegerField(default=0)
    debits_pending = models.BigIntegerField(default=0)
    credits_pending = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_NONE_BELOW_ZERO, name="sums_not_below_zero"),
            models.CheckConstraint(
                condition=~Q(limit=Limit.CREDITS_WITHIN_DEBITS.value) | _CREDITS_WITHIN,
                name="credits_within_debits",
            ),
            models.CheckConstraint(
                condition=~Q(limit=Limit.DEBITS_WITHIN_CREDITS.value) | _DEBITS_WITHIN,
                name="debits_within_credits",
            ),
        ]


class AccountPart(models.Model):
    """A part of the sums of an account that all loans book on; the account's own are another.

    Two who book at once mostly meet different parts, so that nobody waits for the other's commit.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="parts")
    place = models.PositiveSmallIntegerField()
    debits_posted = models.BigIntegerField(default=0)
    credits_posted = models.BigIntegerField(default=0)
    debits_pending = models.BigIntegerField(default=0)
    credits_pending = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_NONE_BELOW_ZERO, name="parts_not_below_zero"),
            models.UniqueConstraint(fields=["account", "place"], name="a_place_once_an_account"),
        ]


class Transfer(models.Model):
    """One booked row."""

    number = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in TransferKind])
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debited")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credited")
    amount_fen = models.BigIntegerField()
    event = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, db_index=True)
    reference = models.CharField(max_length=60, db_index=True)
    counterparty = models.CharField(max_length=120)
    pending = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, to_field="number", related_name="resolved_by"
    )
    on = models.DateField()
    at = models.DateTimeField()
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT)

    MATTER = "matter"

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="amount_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="two_accounts"),
            models.CheckConstraint(
                condition=Q(kind__in=_RESOLVING, pending__isnull=False)
                | (~Q(kind__in=_RESOLVING) & Q(pending__isnull=True)),
                name="resolution_names_its_row",
            ),
        ]
