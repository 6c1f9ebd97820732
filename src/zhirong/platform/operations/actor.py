"""Who acts, by number: what the log and the outbox keep of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person of an organization; the house's own work carries the person who asked for it."""

    user_id: int
    organization_id: int
