"""Registered addresses and deliveries; an act and the telling of it commit together.

The act's own log entry is the event: whoever writes to the log tells nobody by name, and whoever
wants to know registers for the entry's action.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from zhirong.platform.accounts.fields import EncryptedTextField
from zhirong.platform.accounts.viewer import viewer_of
from zhirong.platform.matters.models import Participation
from zhirong.platform.matters.selectors import INTERNAL
from zhirong.platform.matters.visibility import PLAN_PARTS
from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import LogEntry
from zhirong.platform.operations.statements import cursor
from zhirong.platform.plans.access import RIGHT_OF_PART, WORKING
from zhirong.platform.plans.selectors import PUBLIC
from zhirong.platform.webhooks.content import body_of

KIND = "webhook"
EVERYTHING = "*"


class Webhook(models.Model):
    """An address of an organization and the actions it wants to be told of."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT)
    url = models.CharField(max_length=400)
    events = models.JSONField(help_text="actions of the log, or * for all")
    secret = EncryptedTextField(help_text="signs every delivery")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["organization"], condition=Q(ended_at=None), name="webhook_live")
        ]


class Delivery(models.Model):
    """An event told to an address: tried until it is taken or given up."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="what the receiver said last")
    problem = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    entry = models.ForeignKey("operations.LogEntry", on_delete=models.PROTECT)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="an_event_told_once")
        ]


def _is_anybody_told() -> bool:
    """Every act comes by here, and most houses have no address to tell."""
    with cursor() as asked:
        asked.execute("SELECT 1 FROM webhooks_webhook WHERE ended_at IS NULL LIMIT 1")
        return asked.fetchone() is not None


def _may_learn(hook: Webhook, part: str, action: str) -> bool:
    """Whether an address may learn of an act on a plan: what its maker reads on the plan's pages.

    Acts on loans, where the organization has no part of a plan, are everybody's of its own.
    """
    if not part:
        return True
    is_his = viewer_of(hook.made_by).may(RIGHT_OF_PART[Participation.Part(part)])
    return is_his and (part in WORKING or action in PUBLIC)


@receiver(post_save, sender=LogEntry)
def tell(instance: LogEntry, **_: Any) -> None:  # noqa: ANN401 - the framework's own
    """Ask for deliveries of an entry, in the transaction that writes it."""
    if instance.matter_id is None or not _is_anybody_told():
        return
    live = Participation.objects.filter(matter_id=instance.matter_id, until=None)
    if instance.action in INTERNAL:
        live = live.exclude(part=Participation.Part.BORROWER)
    hooks = Webhook.objects.filter(ended_at=None, organization__in=live.values("organization"))
    parts = dict(live.filter(part__in=PLAN_PARTS).values_list("organization_id", "part"))
    for hook in hooks.select_related("made_by"):
        if not _may_learn(hook, parts.get(hook.organization_id, ""), instance.action):
            continue
        if EVERYTHING in hook.events or instance.action in hook.events:
            delivery = Delivery.objects.create(
                webhook=hook,
                event=instance.action,
                body=body_of(instance),
                made_at=instance.recorded_at,
                entry=instance,
            )
            outbox.ask(KIND, {"delivery": delivery.pk}, by=None)
