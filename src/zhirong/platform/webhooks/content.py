"""What is told of an event, and the signature by which a receiver knows it is ours."""

import hashlib
import hmac

from zhirong.core.codec import canonical
from zhirong.platform.operations.models import LogEntry

SIGNATURE = "Zhirong-Signature"
EVENT = "Zhirong-Event"
DELIVERY = "Zhirong-Delivery"


def body_of(entry: LogEntry) -> str:
    """An entry of the log as it is told: the event, its matter, its day and its facts."""
    told = {
        "event": entry.action,
        "number": entry.pk,
        "matter": entry.matter.number if entry.matter else None,
        "at": entry.recorded_at.isoformat(),
        "on": entry.on.isoformat(),
        "facts": entry.facts,
    }
    return canonical(told).decode("utf-8")


def signature(body: str, *, secret: str, at: int) -> str:
    """The header's content: the second since 1970, and HMAC-SHA256 over it, a dot and the body."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
