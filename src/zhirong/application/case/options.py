"""What the caller of an appraisal decides: purpose, dates, seed, who accepts proposals."""

from dataclasses import dataclass
from datetime import date

SEED = 20_260_630
DRAWS = 40_000
PURPOSES = ("pledge", "transfer", "license", "management")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalOptions:
    """The options of one appraisal.

    Args:
        purpose: pledge, transfer, license or management.
        valuation_date: The date the value refers to.
        report_date: Date printed on the reports.
        debt_term_end: Planned maturity of the secured debt, where there is one.
        seed: Seed of the simulation.
        draws: Number of joint draws.
        accepted_by: Who accepts what named rules propose for missing assumptions; "" for nobody.
        report_number: Number in the house's register of reports; "" gives one from the content.
        version: Version of the report, from 1.
    """

    purpose: str
    valuation_date: date
    report_date: date
    debt_term_end: date | None = None
    seed: int = SEED
    draws: int = DRAWS
    accepted_by: str = ""
    report_number: str = ""
    version: int = 1


def readings(purpose: str) -> tuple[str, ...]:
    """The endings of words that readers for a purpose have of their own; none for a pledge.

    The words of all checks and conditions are those of a pledge; a buyer, a licensee and whoever
    keeps a portfolio read some in words for their own act.

    >>> readings("pledge"), readings("transfer")
    ((), ('for_others', 'for_transfer'))
    """
    return () if purpose == "pledge" else ("for_others", f"for_{purpose}")
