"""What the register says about the technical side of a right."""

import numpy as np

from zhirong.valuation.scoring.columns import FloatArray, ScoringColumns
from zhirong.valuation.scoring.leaves import Case, LeafColumn, Rule, by_cases
from zhirong.valuation.scoring.tables import RuleTable


def forward_citations(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Later documents that cite it, against its cohort's mean where that is given, else a year.

    A right younger than the table's `age_min` is missing: nobody had the time to cite it.
    """
    cites, cohort = columns.fact("citations_forward"), columns.fact("cohort_citations")
    age = columns.fact("age_years")
    is_comparable = cohort > 0
    relative: FloatArray = np.divide(
        cites, cohort, out=np.full(columns.count, np.nan), where=is_comparable
    )
    is_old = age >= table.number("age_min")
    yearly: FloatArray = np.divide(cites, age, out=np.full(columns.count, np.nan), where=is_old)
    return by_cases(
        (
            Case(
                ~np.isnan(relative),
                table.curve("times_cohort_mean").read(relative),
                "citations_of_cohort",
            ),
            Case(
                ~np.isnan(yearly), table.curve("citations_a_year").read(yearly), "citations_a_year"
            ),
        ),
        count=columns.count,
    )


def subclasses(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The number of distinct subclasses: fields in which the right may be used."""
    count = columns.fact("subclasses")
    score = table.curve("subclasses").read(count)
    return by_cases((Case(count > 0, score, "subclasses"),), count=columns.count)


def products_served(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The number of the firm's products whose features the right covers, by the signed matrix."""
    count = columns.fact("products_served")
    score = table.curve("products_served").read(count)
    return by_cases((Case(~np.isnan(count), score, "products_served"),), count=columns.count)


TECHNICAL_RULES = (
    Rule(
        key="technical.forward_citations",
        compute=forward_citations,
        facts=("citations_forward", "cohort_citations", "age_years"),
    ),
    Rule(key="technical.subclasses", compute=subclasses, facts=("subclasses",)),
    Rule(key="technical.products_served", compute=products_served, facts=("products_served",)),
)
