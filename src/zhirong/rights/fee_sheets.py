"""All about the fees of one right on a day: term, next fee, every later one, restoration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhirong.core.money import Money
from zhirong.rights import fee_position, fees, terms
from zhirong.rights.events import RegisterEvent
from zhirong.rights.fee_position import AmountDue, FeeStage, FeeStanding, Restoration
from zhirong.rights.fees import AnnualFee
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeSheet:
    """The fees of one right on a day.

    Attributes:
        patent_year: The patent year of the day.
        due: What the next fee costs; None when nothing is due or nothing is known.
        remaining: Every fee not known to be paid, to the end of life. Where payments are not known
            at all, the fees that fall due behind the day.
        remaining_total: Their sum when each is paid on time.
        restoration: What a lapsed right costs to restore.
    """

    patent: Patent
    on: date
    term: terms.Term
    patent_year: int
    standing: FeeStanding
    due: AmountDue | None
    remaining: tuple[AnnualFee, ...]
    remaining_total: Money
    restoration: Restoration | None = None

    @property
    def is_expired(self) -> bool:
        """Whether the term is over."""
        return self.on >= self.term.expires_on


def fee_sheet(
    patent: Patent,
    events: Iterable[RegisterEvent] = (),
    *,
    on: date,
    law: PatentLaw,
    notice_received_on: date | None = None,
) -> FeeSheet:
    """The fees of a right on a day, when its payments are known up to that day.

    `notice_received_on` is the day on which the owner got the notice of a lapse.
    """
    own = tuple(events)
    term = terms.term(patent, own, law=law)
    standing = fee_position.standing(patent, own, on=on, evidence_on=on, law=law)
    due = fee_position.amount_due(patent, own, standing=standing, law=law)
    year = fees.patent_year(patent.filing_date, on)
    remaining: tuple[AnnualFee, ...] = ()
    if on < term.expires_on:
        # Of a pending application the year of its grant will be paid with the grant.
        unknown = year - 1 if standing.stage is FeeStage.PENDING else year
        paid = standing.paid_through if standing.paid_through is not None else unknown
        remaining = fees.remaining_fees(patent, own, paid_through_year=paid, on=on, law=law)
    restoration = None
    if standing.stage is FeeStage.LAPSED and due is not None and on < term.expires_on:
        restoration = fee_position.restoration(
            due.fee, notice_received_on=notice_received_on, on=on, law=law
        )
    return FeeSheet(
        patent=patent,
        on=on,
        term=term,
        patent_year=year,
        standing=standing,
        due=due,
        remaining=remaining,
        remaining_total=fees.payable_total(remaining),
        restoration=restoration,
    )
