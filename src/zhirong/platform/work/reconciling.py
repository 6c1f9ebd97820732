"""The ledger's cash held against the statements of bank and operator, to the fen, as of now."""

from collections.abc import Callable
from dataclasses import dataclass

from zhirong.ledger import chart
from zhirong.ledger.rails import Rail, RailAnswerError, RailDownError
from zhirong.ledger.reconciliation import Compared, Match, Reconciliation, reconcile
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.payment_desk import need_keeper
from zhirong.platform.lending.receiving import BANK, ECNY
from zhirong.platform.work import polling

SHOWN = 50  # matched references; all others are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RailReport:
    """One rail's statement against the ledger, in fen.

    Attributes:
        rail: "bank" or "ecny".
        is_set: Whether there is such a rail.
        found: None where it is not set or does not answer.
        told: Total of the rail's entries.
        booked: Total of the ledger's postings.
    """

    rail: str
    is_set: bool
    found: Reconciliation | None
    told: int
    booked: int

    @property
    def matched(self) -> int:
        """How many references match."""
        return len(self.found.of(Match.MATCHED)) if self.found else 0

    @property
    def open_lines(self) -> tuple[Compared, ...]:
        """What does not match."""
        lines = self.found.lines if self.found else ()
        return tuple(line for line in lines if line.match is not Match.MATCHED)

    @property
    def last_lines(self) -> tuple[Compared, ...]:
        """The last of what matches."""
        return self.found.of(Match.MATCHED)[-SHOWN:] if self.found else ()


def reports(viewer: Viewer) -> tuple[RailReport, ...]:
    """Every rail's report.

    Raises:
        NotFoundError: Another organization's accounts.
    """
    need_keeper(viewer)
    return (_report(BANK, polling.rail), _report(ECNY, polling.operator))


def _report(name: str, find: Callable[[], Rail | None]) -> RailReport:
    line = find()
    postings = ledger.postings_of(chart.cash(name))
    booked = sum(posting.amount_fen for posting in postings)
    told, found = 0, None
    if line is not None:
        try:
            entries = [entry for _, entry in line.entries(after=0)]
        except (RailDownError, RailAnswerError):
            entries = None
        if entries is not None:
            found = reconcile(postings, entries)
            told = booked + found.difference_fen
    return RailReport(rail=name, is_set=line is not None, found=found, told=told, booked=booked)
