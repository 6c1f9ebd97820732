"""What the register and the signed matrix say about the economic side of a right."""

import numpy as np

from zhirong.valuation.scoring.columns import FloatArray, ScoringColumns
from zhirong.valuation.scoring.leaves import Case, LeafColumn, Rule, by_cases
from zhirong.valuation.scoring.tables import RuleTable

_ACTS = ("licenses", "transfers", "pledges")


def remaining_life(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Years of legal life left on the valuation date."""
    years = columns.fact("remaining_life_years")
    score = table.curve("remaining_life_years").read(years)
    return by_cases((Case(~np.isnan(years), score, "remaining_life"),), count=columns.count)


def mapped_sales_share(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The share of the firm's sales that the signed matrix maps to the right."""
    share = columns.fact("mapped_sales_share")
    score = table.curve("mapped_sales_share").read(share)
    return by_cases((Case(~np.isnan(share), score, "mapped_sales_share"),), count=columns.count)


def operation_record(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Licenses, transfers and pledges on the register, each counted with its weight.

    What is known to have happened counts; "none" is said only where all three are known.
    """
    acts: FloatArray = np.zeros(columns.count)
    is_known = np.ones(columns.count, dtype=np.bool_)
    for name in _ACTS:
        happened = columns.fact(name)
        acts += table.number(name) * np.nan_to_num(happened)
        is_known &= ~np.isnan(happened)
    score = table.curve("weighted_acts").read(acts)
    return by_cases(
        (
            Case(acts > 0, score, "operation_record"),
            Case(is_known, score, "operation_none"),
        ),
        count=columns.count,
    )


def license_record(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Licenses on the register."""
    licenses = columns.fact("licenses")
    score = table.curve("licenses").read(licenses)
    return by_cases((Case(~np.isnan(licenses), score, "license_record"),), count=columns.count)


def suits_and_awards(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Cases won and prizes: the better of the two; "none" only where both are known."""
    suits, awards = columns.fact("suits_won"), columns.fact("awards")
    by_suits = table.curve("suits_won").read(suits)
    by_awards = table.curve("awards").read(awards)
    better = np.fmax(by_suits, by_awards)
    return by_cases(
        (
            Case((suits > 0) | (awards > 0), better, "suits_and_awards"),
            Case((suits == 0) & (awards == 0), better, "suits_and_awards_none"),
        ),
        count=columns.count,
    )


ECONOMIC_RULES = (
    Rule(key="economic.remaining_life", compute=remaining_life, facts=("remaining_life_years",)),
    Rule(
        key="economic.mapped_sales_share",
        compute=mapped_sales_share,
        facts=("mapped_sales_share",),
    ),
    Rule(
        key="economic.operation_record",
        compute=operation_record,
        facts=_ACTS,
    ),
    Rule(key="economic.license_record", compute=license_record, facts=("licenses",)),
    Rule(key="economic.suits_and_awards", compute=suits_and_awards, facts=("suits_won", "awards")),
)
