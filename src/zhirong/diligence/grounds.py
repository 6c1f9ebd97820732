"""What every check stands on: the dossier, prepared for look-ups, and the house's limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from zhirong.diligence.answers import chosen, read_date
from zhirong.diligence.records import Dossier, RegisterExtract, Reply
from zhirong.rights.events import EventKind, RegisterEvent, known_by
from zhirong.rights.fee_position import AmountDue, amount_due
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent
from zhirong.rights.status import BaseState, LegalStatus, status_on

YES_NO = ("yes", "no")


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """A dossier with its look-ups; not a record to keep, so without slots.

    Args:
        dossier: What the file says.
        law: Published values, the house's limits and the working days.
    """

    dossier: Dossier
    law: PatentLaw

    @cached_property
    def patents(self) -> Mapping[str, Patent]:
        """The patents by number."""
        return {patent.app_no: patent for patent in self.dossier.patents}

    @cached_property
    def products(self) -> tuple[str, ...]:
        """The ids of the products that the list, the sales or the matrix name."""
        dossier = self.dossier
        named = [item.product for item in dossier.products]
        named += [item.product for item in dossier.sales]
        named += [item.product for item in dossier.coverage]
        return tuple(dict.fromkeys(named))

    @cached_property
    def statuses(self) -> Mapping[str, LegalStatus]:
        """Legal status, term and fees of each right on the valuation date, by number.

        As known on the day of the check.
        """
        on, known_on = self.dossier.valuation_date, self.dossier.day
        return {
            number: status_on(patent, self._events[number], on=on, known_on=known_on, law=self.law)
            for number, patent in self.patents.items()
        }

    @cached_property
    def _events(self) -> Mapping[str, tuple[RegisterEvent, ...]]:
        found: dict[str, list[RegisterEvent]] = {number: [] for number in self.patents}
        for event in self.dossier.events:
            if event.right in found:
                found[event.right].append(event)
        day = self.dossier.day
        return {number: known_by(events, day, number) for number, events in found.items()}

    @cached_property
    def _replies(self) -> Mapping[tuple[str, str], Reply]:
        given = [reply for reply in self.dossier.replies if (reply.value or "").strip()]
        return {(reply.question, reply.subject): reply for reply in given}

    def amount_due(self, right: str) -> AmountDue | None:
        """What the next annual fee of a right costs on the valuation date; None without one."""
        fees = self.statuses[right].fees
        patent = self.patents[right]
        return amount_due(patent, self._events[right], standing=fees, law=self.law)

    def is_pending(self, right: str) -> bool:
        """Whether the right is an application that may still be granted."""
        return self.statuses[right].base is BaseState.PENDING

    def has_ended(self, right: str) -> bool:
        """Whether the right has come to an end, granted or not."""
        return not self.statuses[right].is_alive and not self.is_pending(right)

    def limit(self, name: str) -> Decimal:
        """A limit of `parameters/tree/diligence/`, in force on the valuation date."""
        return self.law.parameters.number(f"diligence.{name}", on=self.dossier.valuation_date)

    def events(self, right: str, *kinds: EventKind) -> tuple[RegisterEvent, ...]:
        """The events of a right known on the day of the check, of these kinds (all: none given)."""
        return tuple(event for event in self._events[right] if not kinds or event.kind in kinds)

    def reply(self, question: str, subject: str = "") -> Reply | None:
        """The answer for the subject, else the one given for all."""
        return self._replies.get((question, subject)) or self._replies.get((question, ""))

    def choice(
        self, question: str, subject: str = "", options: tuple[str, ...] = YES_NO
    ) -> str | None:
        """The option answered; None when unanswered or not understood."""
        reply = self.reply(question, subject)
        return chosen(reply.value, options) if reply else None

    def confirms(self, question: str, subject: str = "") -> bool:
        """Whether the answer is yes and a paper is named that proves it."""
        reply = self.reply(question, subject)
        return bool(reply and reply.document and self.choice(question, subject) == "yes")

    def extract(self, right: str) -> RegisterExtract | None:
        """The newest register extract that holds the right, from the files or an answer."""
        held = [item for item in self.dossier.extracts if item.right in {"", right}]
        reply = self.reply("R1", right)
        answered = read_date(reply.value) if reply else None
        if reply and answered and reply.document:
            held.append(RegisterExtract(right=right, retrieved_on=answered, source=reply.source))
        known = [item for item in held if item.retrieved_on <= self.dossier.day]
        return max(known, key=lambda item: item.retrieved_on, default=None)

    def is_register_read(self, right: str) -> bool:
        """Whether the register's entries on the right are at hand, so that silence means none.

        An extract was retrieved, or the events of the right came with a dated source.
        """
        return self.register_read_on(right) is not None

    def is_status_dated(self, right: str) -> bool:
        """Whether the file says of which day the right's legal status is."""
        return self.patents[right].as_of is not None or self.is_register_read(right)

    def register_read_on(self, right: str) -> date | None:
        """The day up to which the register's entries on the right are at hand."""
        extract = self.extract(right)
        days = [extract.retrieved_on] if extract else []
        days += [
            event.source.as_of
            for event in self._events[right]
            if event.source is not None and event.source.as_of is not None
        ]
        return max(days, default=None)
