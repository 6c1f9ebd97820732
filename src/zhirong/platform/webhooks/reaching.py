"""Which addresses are reached from here: public ones alone, unless the house says otherwise.

The name is looked up once, every answer is checked, and the connection goes to the checked number:
a name that points elsewhere a moment later gains nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from zhirong.core.errors import InputError

PORTS = {"https": 443, "http": 80}


class WebhookAddressError(InputError):
    """An address that is not reached from here; `reason` is the code of its words."""

    code = "error.webhook_address"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The address: {reason}.", reason=f"error.webhook_address.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: the checked number, and the name that the receiver proves to be."""

    url: str
    host: str
    name: str


def may_be_private() -> bool:
    """Whether the house lets webhooks reach its own network and plain HTTP."""
    return bool(getattr(settings, "PRIVATE_WEBHOOKS", False))


def checked(url: str) -> SplitResult:
    """The parts of an address that has the right form.

    Raises:
        WebhookAddressError: It has not.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise WebhookAddressError("form") from wrong
    schemes = {"https", "http"} if may_be_private() else {"https"}
    if parts.scheme not in schemes or port == 0:
        raise WebhookAddressError("scheme")
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise WebhookAddressError("form")
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise WebhookAddressError("form")
    return parts


def target(url: str) -> Target:
    """Where to connect for an address.

    Raises:
        WebhookAddressError: It has no right form, no number, or one inside a private network.
    """
    parts = checked(url)
    port = parts.port or PORTS[parts.scheme]
    assert parts.hostname is not None, "checked"
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise WebhookAddressError("unknown") from unknown
    numbers = [ipaddress.ip_address(str(item[4][0]).partition("%")[0]) for item in found]
    if not numbers or not all(may_be_private() or is_public(number) for number in numbers):
        raise WebhookAddressError("private")
    number = numbers[0]
    place = f"[{number}]" if number.version == 6 else str(number)
    path = parts._replace(netloc=f"{place}:{port}").geturl()
    return Target(url=path, host=parts.netloc, name=parts.hostname)


def is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether a number is reached over the public network, its inner IPv4 number included."""
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    if inner is not None:
        return is_public(inner)
    return number.is_global and not number.is_multicast
