"""What all steps of one appraisal read: the case, its options, the law, statuses and groups."""

import math
from dataclasses import dataclass
from datetime import date

from zhirong.application.case.assumption_book import AssumptionBook
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.groups import Group
from zhirong.application.case.options import AppraisalOptions
from zhirong.core.sources import FactOrigin, ParameterOrigin, Source
from zhirong.parameters.reader import Parameter, Parameters
from zhirong.rights.fees import AnnualFee
from zhirong.rights.law import PatentLaw
from zhirong.rights.status import LegalStatus

# An income is not forecast further than a patent lives.
FORECAST_YEARS_MAX = 20
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What all steps of one appraisal read.

    Args:
        statuses: Legal status of each patent on the valuation date, in the case's order.
        groups: The groups with rights that may be valued, in the order of axis "asset".
        book: The assumptions, accepted proposals included.
        fees: Annual fees ahead of each patent, in the case's order.
    """

    case: CaseFile
    options: AppraisalOptions
    law: PatentLaw
    statuses: tuple[LegalStatus, ...]
    groups: tuple[Group, ...]
    book: AssumptionBook
    fees: tuple[tuple[AnnualFee, ...], ...]

    @property
    def parameters(self) -> Parameters:
        """The published values."""
        return self.law.parameters

    @property
    def valuation_date(self) -> date:
        """The date the value refers to."""
        return self.options.valuation_date

    @property
    def years(self) -> int:
        """Forecast years: enough for the longest economic life among the groups, at least one."""
        lives = [self.life_at_most(group) for group in self.groups]
        return max(1, min(FORECAST_YEARS_MAX, math.ceil(max(lives, default=1.0))))

    def life_at_most(self, group: Group) -> float:
        """The longest life that the assumptions and the law allow a group; 0 where unknown."""
        found = self.book.find("economic_life", group.scopes)
        if found is None:
            return 0.0
        return min(float(found.high or found.central), self.legal_life(group))

    def legal_life(self, group: Group) -> float:
        """Years to the end of the longest term among the rights of a group."""
        return max(legal_life(self.statuses[place]) for place in group.rights)

    def number(self, path: str) -> float:
        """A parameter in force on the valuation date."""
        return float(self.parameters.number(path, on=self.valuation_date))


def legal_life(status: LegalStatus) -> float:
    """Years from the valuation date to the end of a right's term."""
    return max(round(status.term.remaining_days(status.on) / DAYS_A_YEAR, 9), 0.0)


def parameter_origin(found: Parameter, on: date) -> ParameterOrigin:
    """Who published it."""
    return ParameterOrigin(path=found.path, on=on, valid_from=found.valid_from, source=found.source)


def fact_origin(source: Source | None, fallback: str) -> FactOrigin:
    """The document that answers for it; where a record bears no place, the name of the record."""
    return FactOrigin(source=source or Source(file=fallback))
