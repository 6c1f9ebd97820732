"""A register of a million rights in columns: terms, fees' years, and scores in blocks."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from benchmarks.measuring import Measure, fastest
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.rights.law import PatentLaw
from zhirong.rights.portfolios import KINDS, Portfolio, from_columns
from zhirong.valuation.scoring.columns import ScoringColumns
from zhirong.valuation.scoring.portfolios import score_portfolio

RIGHTS, BLOCK, SEED = 1_000_000, 100_000, 7
ON = date(2026, 6, 30)


def _portfolio(law: PatentLaw) -> Portfolio:
    generator = np.random.default_rng(SEED)
    filing = np.datetime64("2007-01-01") + generator.integers(0, 7_000, RIGHTS)
    return from_columns(
        right=np.char.add("2007", np.arange(RIGHTS).astype(str)),
        kind=generator.integers(0, len(KINDS), RIGHTS).astype(np.int8),
        filing=filing,
        grant=filing + 900,
        compensation_days=np.zeros(RIGHTS, dtype=np.int64),
        law=law,
    )


def _facts(rights: Portfolio) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    generator = np.random.default_rng(SEED)
    return {
        "is_in_force": np.ones(RIGHTS),
        "claims_total": generator.integers(1, 30, RIGHTS).astype(float),
        "claims_independent": generator.integers(1, 4, RIGHTS).astype(float),
        "owners": generator.integers(1, 3, RIGHTS).astype(float),
        "citations_forward": generator.poisson(2, RIGHTS).astype(float),
        "cohort_citations": np.full(RIGHTS, 2.0),
        "subclasses": generator.integers(1, 5, RIGHTS).astype(float),
        "remaining_life_years": rights.remaining_life(ON),
        "licenses": generator.poisson(0.05, RIGHTS).astype(float),
        "transfers": generator.poisson(0.2, RIGHTS).astype(float),
    }


def run() -> Iterator[Measure]:
    """Rates per second; the blocks keep the scoring within memory at any size."""
    parameters = Parameters()
    law = PatentLaw(parameters=parameters, calendar=china())
    rights = _portfolio(law)

    def terms() -> None:
        rights.remaining_days(ON)
        rights.remaining_life(ON)
        rights.patent_year(ON)

    facts = _facts(rights)

    def scores() -> None:
        for start in range(0, RIGHTS, BLOCK):
            block = slice(start, start + BLOCK)
            own = {key: values[block] for key, values in facts.items()}
            columns = ScoringColumns(kind=rights.kind[block], **own)
            score_portfolio(columns, scene="pledge", parameters=parameters, on=ON, keep=False)

    for what, work, runs in (
        ("make the columns, terms included", lambda: _portfolio(law), 2),
        ("remaining life and patent year", terms, 3),
        (f"score on their trees, in blocks of {BLOCK:,}", scores, 2),
    ):
        spent = fastest(work, runs=runs)
        yield Measure(what=what, figure=f"{RIGHTS / spent / 1e6:.2f} million/s")
