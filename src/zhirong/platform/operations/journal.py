"""The action log: one entry an act, in the act's own transaction, sealed soon after.

A hash chain inside the transaction would make writers wait for each other; so entries are appended
unlinked and sealed in the order of their numbers by a Merkle root that is chained to the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from zhirong.core.codec import canonical
from zhirong.core.hashes import sha256
from zhirong.core.merkle import root
from zhirong.platform.operations import clock
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.models import LogEntry, Seal
from zhirong.platform.operations.writing import write

# Entries younger than this may still be joined by one with a smaller number that commits later.
SETTLED_AFTER = timedelta(seconds=2)
BATCH = 2_000


def record(
    action: str,
    *,
    by: Actor | None,
    matter_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> LogEntry:
    """Write one act to the log, inside the transaction that it belongs to; arguments as `entry`."""
    return write(entry(action, by=by, matter_id=matter_id, facts=facts))


def entry(
    action: str,
    *,
    by: Actor | None,
    matter_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> LogEntry:
    """One act as it is written to the log together with what it changes (`write_together`).

    Args:
        action: Code of its words, `log.<action>`.
        by: Who acted; None for the house's own work.
        matter_id: The matter that it belongs to.
        facts: What the words are filled with; JSON.
    """
    assert connection.in_atomic_block, "an act and its entry commit together"
    made = LogEntry(
        recorded_at=clock.real_now(),
        on=clock.today(),
        action=action,
        matter_id=matter_id,
        actor_id=by.user_id if by else None,
        organization_id=by.organization_id if by else None,
        facts=dict(facts or {}),
    )
    made.digest = sha256(content(made))
    return made


def content(entry: LogEntry) -> bytes:
    """What the digest of an entry is over: all but its number, canonically."""
    return canonical(
        {
            "recorded_at": entry.recorded_at.astimezone(clock.CHINA).isoformat(),
            "on": entry.on.isoformat(),
            "action": entry.action,
            "matter": entry.matter_id,
            "actor": entry.actor_id,
            "organization": entry.organization_id,
            "facts": entry.facts,
        }
    )


def _chained(previous: str, sealed_root: str) -> str:
    return sha256(f"{previous}{sealed_root}".encode("ascii"))


@transaction.atomic
def seal(*, settled_by: datetime) -> Seal | None:
    """Seal the entries since the last seal, recorded by a moment; None where there are none.

    Args:
        settled_by: The house passes a moment long enough ago that slower transactions have ended.
    """
    last = Seal.objects.select_for_update().last()
    after = last.last_entry if last else 0
    waiting = LogEntry.objects.filter(id__gt=after).order_by("id")[:BATCH]
    settled: list[LogEntry] = []
    for entry in waiting:
        if entry.recorded_at > settled_by:
            break
        settled.append(entry)
    if not settled:
        return None
    sealed_root = root([bytes.fromhex(entry.digest) for entry in settled]).hex()
    return Seal.objects.create(
        first_entry=settled[0].id,
        last_entry=settled[-1].id,
        root=sealed_root,
        chained=_chained(last.chained if last else "", sealed_root),
        sealed_at=clock.real_now(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFault:
    """A place where the log is not what was sealed: reason and the first number concerned."""

    reason: str  # entry_changed, entry_lost, seal_changed
    entry: int

    @property
    def reason_code(self) -> str:
        """Code of the reason's words."""
        return f"audit.{self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAudit:
    """What the check of the log found."""

    entries: int
    seals: int
    unsealed: int
    faults: tuple[LogFault, ...]


def audit() -> LogAudit:
    """Compute every digest, root and link anew and compare them with what is stored."""
    faults: list[LogFault] = []
    previous, covered, entries = "", 0, 0
    seals = list(Seal.objects.all())
    for item in seals:
        inside = list(
            LogEntry.objects.filter(id__gt=covered, id__lte=item.last_entry).order_by("id")
        )
        entries += len(inside)
        faults += _changed(inside)
        stored = [bytes.fromhex(entry.digest) for entry in inside]
        if not stored or root(stored).hex() != item.root:
            faults.append(LogFault(reason="entry_lost", entry=item.first_entry))
        if _chained(previous, item.root) != item.chained:
            faults.append(LogFault(reason="seal_changed", entry=item.first_entry))
        previous, covered = item.chained, item.last_entry
    rest = list(LogEntry.objects.filter(id__gt=covered).order_by("id"))
    faults += _changed(rest)
    return LogAudit(
        entries=entries + len(rest), seals=len(seals), unsealed=len(rest), faults=tuple(faults)
    )


def _changed(entries: list[LogEntry]) -> list[LogFault]:
    return [
        LogFault(reason="entry_changed", entry=entry.id)
        for entry in entries
        if sha256(content(entry)) != entry.digest
    ]
