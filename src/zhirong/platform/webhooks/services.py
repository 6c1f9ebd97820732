"""Registering an address, ending it, and seeing what was told to it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhirong.core.errors import InputError, StateError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.webhooks import reaching
from zhirong.platform.webhooks.models import EVERYTHING, KIND, Delivery, Webhook
from zhirong.platform.words import words

SECRET_BYTES = 32


class WebhookEventsError(InputError):
    """Events that there are not, or none at all."""

    code = "error.webhook_events"


class TooManyWebhooksError(StateError):
    """More addresses than an organization may register."""

    code = "error.webhooks_max"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookLine:
    """A registered address; `secret` is told once, when it is registered."""

    number: int
    url: str
    events: tuple[str, ...]
    made_at: datetime
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """What was told, how often it was tried and what the receiver said."""

    number: int
    event: str
    state: str
    tries: int
    status: int | None
    problem: str
    made_at: datetime
    delivered_at: datetime | None


@transaction.atomic
def register(url: str, events: tuple[str, ...], *, actor: Viewer) -> WebhookLine:
    """Register an address; what happens from now on is told to it.

    Raises:
        WebhookAddressError: The address has no right form.
        WebhookEventsError: No event is named, or one that there is not.
        TooManyWebhooksError: The organization has as many as it may have.
    """
    actor.need(Right.FOLLOW)
    reaching.checked(url)
    unknown = tuple(
        name for name in events if name != EVERYTHING and not words().has(f"log.{name}")
    )
    if not events or unknown:
        raise WebhookEventsError(f"No such events: {unknown}.", events=unknown)
    live = Webhook.objects.select_for_update().filter(
        organization_id=actor.organization_id, ended_at=None
    )
    most = int(Parameters().get("platform.api", on=clock.today()).value["webhooks_max"])
    if len(live) >= most:
        raise TooManyWebhooksError(f"There are {most}.", most=most)
    made = Webhook.objects.create(
        organization_id=actor.organization_id,
        url=url,
        events=sorted(set(events)),
        secret=secrets.token_urlsafe(SECRET_BYTES),
        made_by_id=actor.user_id,
        made_at=clock.real_now(),
    )
    journal.record("webhook_registered", by=actor, facts={"url": url})
    return _line(made, secret=made.secret)


@transaction.atomic
def end(number: int, *, actor: Viewer) -> None:
    """Nothing more is told to an address; what waits is given up.

    Raises:
        NotFoundError: No such address of the actor's organization.
    """
    hook = _found(number, actor)
    Webhook.objects.filter(pk=hook.pk).update(ended_at=clock.real_now())
    journal.record("webhook_ended", by=actor, facts={"url": hook.url})


@transaction.atomic
def tell_again(number: int, delivery: int, *, actor: Viewer) -> DeliveryLine:
    """Try a delivery anew that was given up; one that waits or was taken stays as it is.

    Raises:
        NotFoundError: No such delivery of the actor's organization.
    """
    rows = Delivery.objects.select_for_update().filter(pk=delivery, webhook=_found(number, actor))
    row = rows.first()
    if row is None:
        raise NotFoundError("No such delivery.", what="model.delivery")
    if row.state == Delivery.State.GIVEN_UP:
        row.state, row.tries = Delivery.State.WAITING, 0
        row.save(update_fields=["state", "tries"])
        outbox.ask(KIND, {"delivery": row.pk}, by=actor)
    return _delivery(row)


def webhooks_of(viewer: Viewer) -> tuple[WebhookLine, ...]:
    """The addresses that one's organization registered."""
    viewer.need(Right.FOLLOW)
    rows = Webhook.objects.filter(organization_id=viewer.organization_id, ended_at=None)
    return tuple(_line(row) for row in rows)


def deliveries_of(number: int, viewer: Viewer, *, most: int = 100) -> tuple[DeliveryLine, ...]:
    """What was told to an address, newest first.

    Raises:
        NotFoundError: No such address of the viewer's organization.
    """
    hook = _found(number, viewer)
    return tuple(_delivery(row) for row in hook.deliveries.all()[:most])


def _found(number: int, viewer: Viewer) -> Webhook:
    viewer.need(Right.FOLLOW)
    row = Webhook.objects.filter(
        pk=number, organization_id=viewer.organization_id, ended_at=None
    ).first()
    if row is None:
        raise NotFoundError("No such address.", what="model.webhook")
    return row


def _line(row: Webhook, *, secret: str | None = None) -> WebhookLine:
    return WebhookLine(
        number=row.pk, url=row.url, events=tuple(row.events), made_at=row.made_at, secret=secret
    )


def _delivery(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        number=row.pk,
        event=row.event,
        state=row.state,
        tries=row.tries,
        status=row.status,
        problem=row.problem,
        made_at=row.made_at,
        delivered_at=row.delivered_at,
    )
