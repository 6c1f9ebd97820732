"""What the register says about the legal side of a right.

Each function turns columns into one leaf's column by the settings of its table; the scores are
those of the dated parameter `scoring.rules.<rule>`, never of this file.
"""

import numpy as np

from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.columns import (
    FAVORABLE,
    PARTLY_FAVORABLE,
    UNFAVORABLE,
    FloatArray,
    ScoringColumns,
)
from zhirong.valuation.scoring.leaves import Case, LeafColumn, Rule, by_cases
from zhirong.valuation.scoring.tables import RuleTable

DESIGN, INVENTION = PatentKind.DESIGN, PatentKind.INVENTION


def examination_history(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Substantive examination and what became of requests for invalidation.

    Silence of the register about requests is no finding that there were none: then the score is
    that of the examination alone.
    """
    is_invention = columns.is_kind(INVENTION)
    survived = columns.fact("invalidations_survived") > 0
    return by_cases(
        (
            Case(columns.fact("is_challenged") == 1, table.number("challenged"), "challenged"),
            Case(
                columns.fact("is_partly_invalid") == 1,
                table.number("partly_invalid"),
                "partly_invalid",
            ),
            Case(survived, table.number("survived"), "survived"),
            Case(is_invention, table.number("examined"), "examined"),
            Case(~is_invention, table.number("unexamined"), "unexamined"),
        ),
        count=columns.count,
    )


def evaluation_report(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The patent evaluation report of a utility model or design; there is none for inventions."""
    has = columns.fact("has_evaluation_report")
    conclusion = columns.fact("report_conclusion")
    return by_cases(
        (
            Case(columns.is_kind(INVENTION), None, "no_report_for_inventions"),
            Case(has == 0, table.number("none"), "report_none"),
            Case(conclusion == FAVORABLE, table.number("favorable"), "report_favorable"),
            Case(
                conclusion == PARTLY_FAVORABLE,
                table.number("partly_favorable"),
                "report_partly_favorable",
            ),
            Case(conclusion == UNFAVORABLE, table.number("unfavorable"), "report_unfavorable"),
        ),
        count=columns.count,
    )


def claim_breadth(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The length of the first claim, else of a claim on average: each feature narrows the scope.

    The first claim is independent, so its length is that of the widest scope; the average also
    counts the short claims that depend on it. There are no claims in designs.
    """
    length, first = columns.fact("claim_length"), columns.fact("first_claim_length")
    by_first = table.curve("first_claim_length").read(first)
    return by_cases(
        (
            Case(columns.is_kind(DESIGN), None, "no_claims_in_designs"),
            Case(first > 0, by_first, "first_claim_breadth"),
            Case(length > 0, table.curve("claim_length").read(length), "claim_breadth"),
        ),
        count=columns.count,
    )


def claim_layering(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The number of claims and of independent claims; the total alone where no more is known."""
    total, independent = columns.fact("claims_total"), columns.fact("claims_independent")
    by_total = table.curve("claims_total").read(total)
    weight = table.number("independent_weight")
    both = (1 - weight) * by_total + weight * table.curve("claims_independent").read(independent)
    return by_cases(
        (
            Case(columns.is_kind(DESIGN), None, "no_claims_in_designs"),
            Case(~np.isnan(both), both, "claim_layering"),
            Case(~np.isnan(by_total), by_total, "claims_total"),
        ),
        count=columns.count,
    )


def family_coverage(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """The number of countries other than China that the family reaches."""
    countries = columns.fact("foreign_countries")
    score = table.curve("foreign_countries").read(countries)
    return by_cases((Case(~np.isnan(countries), score, "family_coverage"),), count=columns.count)


def claim_type(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Whether infringement shows on a product: product claims, method claims, or both.

    Utility models and designs are for products by law.
    """
    product, method = columns.fact("covers_product"), columns.fact("covers_method")
    return by_cases(
        (
            Case(~columns.is_kind(INVENTION), table.number("product_by_law"), "product_by_law"),
            Case((product == 1) & (method == 1), table.number("both"), "product_and_method"),
            Case(product == 1, table.number("product"), "product"),
            Case((product == 0) & (method == 1), table.number("method"), "method"),
        ),
        count=columns.count,
    )


def ownership_limits(columns: ScoringColumns, table: RuleTable) -> LeafColumn:
    """Co-owners and encumbrances, each taken off the full score; missing unless all are known."""
    owners = columns.fact("owners")
    score: FloatArray = table.curve("owners").read(owners)
    for name in ("is_pledged", "is_preserved", "is_exclusively_licensed"):
        score = score - table.number(name) * columns.fact(name)
    score = np.maximum(score, 0.0)
    known = (owners > 0) & ~np.isnan(score)
    is_free = table.curve("owners").score[0]
    return by_cases(
        (
            Case(known & (score >= is_free), score, "unencumbered"),
            Case(known, score, "ownership_limited"),
        ),
        count=columns.count,
    )


_REPORT = ("has_evaluation_report", "report_conclusion")
_LIMITS = ("owners", "is_pledged", "is_preserved", "is_exclusively_licensed")
LEGAL_RULES = (
    Rule(
        key="legal.examination_history",
        compute=examination_history,
        facts=("invalidations_survived", "is_challenged", "is_partly_invalid"),
    ),
    Rule(key="legal.evaluation_report", compute=evaluation_report, facts=_REPORT),
    Rule(
        key="legal.claim_breadth",
        compute=claim_breadth,
        facts=("first_claim_length", "claim_length"),
    ),
    Rule(
        key="legal.claim_layering",
        compute=claim_layering,
        facts=("claims_total", "claims_independent"),
    ),
    Rule(key="legal.family_coverage", compute=family_coverage, facts=("foreign_countries",)),
    Rule(key="legal.claim_type", compute=claim_type, facts=("covers_product", "covers_method")),
    Rule(key="legal.ownership_limits", compute=ownership_limits, facts=_LIMITS),
)
