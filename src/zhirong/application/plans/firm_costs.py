"""What the money costs each firm, before and after dated subsidies, and where the line breaks."""

from dataclasses import dataclass

from zhirong.application.plans.records import FirmCosts, PlanInputs
from zhirong.securitization.analytics import all_in_cost
from zhirong.securitization.analytics.all_in_cost import Cell, FirmCost, FirmLoan, Subsidies
from zhirong.securitization.pool.records import Claim

_FEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRow:
    """One firm's cost; `simple_sum` is the quoted sum of yearly rates without dates."""

    obligor_id: str
    name: str
    balance_fen: int
    cost: FirmCost
    simple_sum: float
    is_within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTables:
    """Every firm, and for the largest one the table of loan rate, fee and subsidy."""

    line: float
    payer: str
    firms: tuple[FirmRow, ...]
    table: tuple[Cell, ...]


def cost_tables(inputs: PlanInputs) -> CostTables | None:
    """The costs of all firms; None where the plan file says nothing of them."""
    terms = inputs.costs
    if terms is None:
        return None
    largest = max(inputs.pool.claims, key=lambda each: each.balance_fen)
    return CostTables(
        line=terms.line,
        payer=terms.subsidy_payer,
        firms=tuple(_row(inputs, claim, terms) for claim in inputs.pool.claims),
        table=_table(largest, terms),
    )


def firm_loan(claim: Claim, terms: FirmCosts) -> FirmLoan:
    """A claim as its firm pays it, in CNY."""
    return FirmLoan(
        drawn_on=claim.made_on,
        dues=tuple(
            (due.on, due.principal_fen / _FEN, due.interest_fen / _FEN) for due in claim.dues
        ),
        guarantee_fee_rate=terms.guarantee_fee,
        other_costs=terms.appraisal_fee_fen / _FEN,
        subsidies=Subsidies(
            interest_share=terms.interest_share,
            fee_share=terms.fee_share,
            days_after_end=terms.days_after_end,
        ),
    )


def _row(inputs: PlanInputs, claim: Claim, terms: FirmCosts) -> FirmRow:
    found = all_in_cost.of_firm(firm_loan(claim, terms))
    subsidy = claim.rate * terms.interest_share + terms.guarantee_fee * terms.fee_share
    simple = all_in_cost.simple_sum(coupon=claim.rate, fees=terms.guarantee_fee, subsidy=subsidy)
    return FirmRow(
        obligor_id=claim.obligor_id,
        name=inputs.pool.obligor(claim.obligor_id).name,
        balance_fen=claim.balance_fen,
        cost=found,
        simple_sum=simple,
        is_within=found.after_subsidy <= terms.line,
    )


def _table(claim: Claim, terms: FirmCosts) -> tuple[Cell, ...]:
    if not (terms.loan_rates and terms.guarantee_fees and terms.interest_shares):
        return ()
    return all_in_cost.table(
        firm_loan(claim, terms),
        loan_rates=terms.loan_rates,
        guarantee_fee_rates=terms.guarantee_fees,
        interest_subsidy_shares=terms.interest_shares,
        line=terms.line,
    )
