"""Operations about webhooks: addresses to which events are told."""

from datetime import datetime
from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import Field

from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import Id, answers
from zhirong.platform.webhooks import services
from zhirong.platform.webhooks.services import DeliveryLine, WebhookLine

router = Router(tags=["webhooks"])


class NewWebhook(Schema):
    """An address, and the actions of the log that are told to it; `*` stands for all."""

    url: Annotated[str, Field(min_length=1, max_length=400)]
    events: Annotated[
        tuple[Annotated[str, Field(max_length=80, pattern=r"^(\*|[a-z_]+)$")], ...],
        Field(min_length=1, max_length=100),
    ]


class Webhook(Schema):
    """A registered address; its secret is told once, when it is registered."""

    number: int
    url: str
    events: list[str]
    made_at: datetime
    secret: str | None


class Delivery(Schema):
    """What was told: waiting, delivered or given up."""

    number: int
    event: str
    state: str
    tries: int
    status: int | None
    problem: str
    made_at: datetime
    delivered_at: datetime | None


@router.get("/webhooks", response=answers(list[Webhook]), operation_id="webhooks")
def webhooks(request: Asked) -> tuple[WebhookLine, ...]:
    """The addresses that one's organization registered."""
    return services.webhooks_of(request.auth)


@router.post("/webhooks", response=answers(Webhook, status=201), operation_id="register_webhook")
def register(request: Asked, body: NewWebhook) -> Status[WebhookLine]:
    """Register an address; what happens from now on is told to it, signed with its secret."""
    return Status(201, services.register(body.url, body.events, actor=request.auth))


@router.delete(
    "/webhooks/{webhook}", response=answers(None, status=204), operation_id="end_webhook"
)
def end(request: Asked, webhook: Id) -> Status[None]:
    """Nothing more is told to an address."""
    services.end(webhook, actor=request.auth)
    return Status(204, None)


@router.get(
    "/webhooks/{webhook}/deliveries", response=answers(list[Delivery]), operation_id="deliveries"
)
def deliveries(request: Asked, webhook: Id) -> tuple[DeliveryLine, ...]:
    """What was told to an address lately, newest first."""
    return services.deliveries_of(webhook, request.auth)


@router.post(
    "/webhooks/{webhook}/deliveries/{delivery}/repetition",
    response=answers(Delivery),
    operation_id="tell_again",
)
def tell_again(request: Asked, webhook: Id, delivery: Id) -> DeliveryLine:
    """Try a delivery anew that was given up."""
    return services.tell_again(webhook, delivery, actor=request.auth)
