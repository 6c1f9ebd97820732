"""Deliveries go out: signed, tried again with longer and longer pauses, given up in the end."""

import httpx
from django.db import transaction

from zhirong.core.errors import RegisterError
from zhirong.parameters.reader import Parameters
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Outbox
from zhirong.platform.webhooks import content, reaching
from zhirong.platform.webhooks.models import Delivery
from zhirong.platform.webhooks.reaching import WebhookAddressError

State = Delivery.State
AGENT = "zhirong-webhooks/1"


class ReceiverDownError(RegisterError):
    """A receiver that did not take an event; it is told again later."""

    code = "error.webhook_receiver"


def perform(item: Outbox) -> None:
    """Tell an event; told again after a crash, the receiver knows it by the delivery's number.

    Raises:
        ReceiverDownError: It was not taken; the worker puts the work off.
    """
    delivery = Delivery.objects.select_related("webhook").get(pk=item.payload["delivery"])
    if delivery.state != State.WAITING:
        return
    if delivery.webhook.ended_at is not None:
        _note(delivery, state=State.GIVEN_UP, status=None, problem="ended")
        return
    status, problem = _tell(delivery)
    if status is not None and 200 <= status < 300:
        _note(delivery, state=State.DELIVERED, status=status, problem="")
        return
    tries = int(Parameters().get("platform.api", on=clock.today()).value["webhook_tries"])
    is_last = delivery.tries + 1 >= tries
    _note(
        delivery, state=State.GIVEN_UP if is_last else State.WAITING, status=status, problem=problem
    )
    if not is_last:
        raise ReceiverDownError("The receiver did not take the event.")


def _tell(delivery: Delivery) -> tuple[int | None, str]:
    """The status that the receiver answered, or why there was none."""
    rules = Parameters().get("platform.api", on=clock.today()).value
    try:
        to = reaching.target(delivery.webhook.url)
        with client(float(rules["webhook_timeout_seconds"])) as http:
            request = http.build_request(
                "POST",
                to.url,
                content=delivery.body.encode("utf-8"),
                headers=_headers(delivery, to.host),
                extensions={"sni_hostname": to.name},
            )
            answer = http.send(request, stream=True)
            answer.close()
    except WebhookAddressError as wrong:
        return None, str(wrong.facts["reason"])
    except (httpx.HTTPError, httpx.InvalidURL) as wrong:
        return None, type(wrong).__name__
    return answer.status_code, ""


def _headers(delivery: Delivery, host: str) -> dict[str, str]:
    at = int(clock.real_now().timestamp())
    return {
        "Host": host,
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        content.EVENT: delivery.event,
        content.DELIVERY: str(delivery.pk),
        content.SIGNATURE: content.signature(delivery.body, secret=delivery.webhook.secret, at=at),
    }


def client(timeout: float) -> httpx.Client:
    """What sends: it follows no redirect and no proxy of the environment."""
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)


@transaction.atomic
def _note(delivery: Delivery, *, state: Delivery.State, status: int | None, problem: str) -> None:
    delivery.state, delivery.status, delivery.problem = state, status, problem
    delivery.tries += 1
    if state is State.DELIVERED:
        delivery.delivered_at = clock.real_now()
    delivery.save(update_fields=["state", "status", "problem", "tries", "delivered_at"])
