"""Predictions of the shipped coefficients for invented rights, pinned in golden.csv."""

import csv
from pathlib import Path

import numpy as np

from zhirong.valuation.survival import conditional_survival
from zhirong.valuation.survival_inputs import SurvivalFeatures, SurvivalModel

HORIZON_YEARS = 10
FLAGS = ("is_domestic", "has_company", "has_university", "has_priority", "is_pct", "has_agency")
COUNTS = ("claims", "inventors", "ipc_symbols", "grant_lag_years")
INPUTS = ("case", *FLAGS, *COUNTS, "main_ipc", "age_at_valuation")
YEARS = tuple(f"survival_{year}" for year in range(1, HORIZON_YEARS + 1))

# One line a right, in the order of INPUTS; an empty cell is unknown.
CASES = """
domestic company,1,1,0,0,0,1,8,3,2,3.2,A61K31/00,5.5
domestic university,1,0,1,0,0,1,5,5,3,2.8,A61K35/78,5.5
domestic individual,1,0,0,0,0,0,2,1,1,2.5,A47J27/08,5.5
foreign company by PCT,0,1,0,1,1,1,20,4,4,5.1,A61K9/20,6.0
foreign company with priority,0,1,0,1,0,1,15,2,2,4.4,A23L1/00,12.25
just granted,1,1,0,0,0,1,6,2,2,3.0,A01N25/00,3.0
third fee after grant next,1,1,0,0,0,1,6,2,2,3.0,A01N25/00,5.0
grant date unknown,1,1,0,0,0,1,6,2,2,,A01N25/00,5.0
another section,1,1,0,0,0,1,8,3,2,3.2,C02F1/44,7.4
claims and inventors unknown,1,1,0,0,0,1,,,2,3.2,A61K31/00,7.4
nothing known,,,,,,,,,,,,8.0
past the last fee year seen,0,1,0,1,0,1,12,3,2,4.0,A61B5/00,15.9
""".strip()


def rows() -> list[dict[str, str]]:
    """The invented rights as texts."""
    return [dict(zip(INPUTS, line.split(","), strict=True)) for line in CASES.splitlines()]


def features(cases: list[dict[str, str]]) -> SurvivalFeatures:
    """The invented rights as columns; an empty cell is unknown."""

    def column(name: str) -> np.ndarray:
        return np.array([float(row[name] or "nan") for row in cases])

    return SurvivalFeatures(
        is_invention=np.ones(len(cases), dtype=np.bool_),
        main_ipc=tuple(row["main_ipc"] for row in cases),
        **{name: column(name) for name in (*FLAGS, *COUNTS)},
    )


def write(path: Path, model: SurvivalModel) -> None:
    """Inputs and predictions, one line a right."""
    cases = rows()
    survival = conditional_survival(
        features(cases),
        model=model,
        age_at_valuation=np.array([float(row["age_at_valuation"]) for row in cases]),
        horizon_years=HORIZON_YEARS,
    )
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=(*INPUTS, *YEARS), lineterminator="\n")
        writer.writeheader()
        for row, values in zip(cases, survival, strict=True):
            named = zip(YEARS, values, strict=True)
            writer.writerow(row | {year: f"{value:.10f}" for year, value in named})
