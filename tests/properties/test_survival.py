"""Survival of rights, whatever is known of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhirong.parameters.reader import model
from zhirong.valuation.survival import conditional_survival, mean_in_force
from zhirong.valuation.survival_inputs import FloatArray, SurvivalFeatures, survival_model

Example = tuple[SurvivalFeatures, FloatArray]
SHIPPED = survival_model(model("cn_invention_survival"))
UNKNOWN = st.just(float("nan"))
FLAG = st.sampled_from([0.0, 1.0]) | UNKNOWN
COUNT = st.integers(1, 300).map(float) | UNKNOWN
IPC = st.sampled_from(["", "A61K31/00", "A61B5/00", "A47J27/08", "G06F17/30"])


@st.composite
def right(draw: st.DrawFn) -> Example:
    flags = ("is_domestic", "has_company", "has_university", "has_priority", "is_pct", "has_agency")
    columns = {name: np.array([draw(FLAG)]) for name in flags}
    columns |= {name: np.array([draw(COUNT)]) for name in ("claims", "inventors", "ipc_symbols")}
    lag = draw(st.floats(0.5, 12.0) | UNKNOWN)
    features = SurvivalFeatures(
        is_invention=np.array([True]),
        main_ipc=(draw(IPC),),
        grant_lag_years=np.array([lag]),
        **columns,
    )
    start = 0.0 if np.isnan(lag) else lag
    return features, np.array([start + draw(st.floats(0.0, 10.0))])


def survival(features: SurvivalFeatures, age: FloatArray, years: int) -> FloatArray:
    return conditional_survival(features, model=SHIPPED, age_at_valuation=age, horizon_years=years)[
        0
    ]


@given(right())
def test_falls_every_year_and_stays_between_0_and_1(example: Example) -> None:
    paid = survival(*example, 12)

    assert (paid > 0).all()
    assert (np.diff(np.concatenate([[1.0], paid])) < 0).all()


@given(right(), st.integers(1, 8), st.integers(1, 8))
def test_is_the_product_of_its_parts(example: Example, first: int, second: int) -> None:
    features, age = example

    whole = survival(features, age, first + second)
    parts = survival(features, age, first)[-1] * survival(features, age + first, second)[-1]

    np.testing.assert_allclose(whole[-1], parts, rtol=1e-9)


@given(right())
def test_is_in_force_for_a_part_of_the_year_between_its_two_ends(example: Example) -> None:
    features, age = example
    paid = survival(features, age, 6)

    share = mean_in_force(paid[None, :], age_at_valuation=age)[0]

    assert (share >= paid - 1e-12).all()
    assert (share <= np.concatenate([[1.0], paid[:-1]]) + 1e-12).all()
