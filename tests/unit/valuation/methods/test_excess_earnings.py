import numpy as np
import pytest

from tests.method_inputs import ORIGIN, figure
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import excess_earnings
from zhirong.valuation.methods.excess_earnings import CONTRIBUTORY, Contributor, Inputs

GIVEN = {
    "base_sales": [100e6],
    "growth": [[0.0, 0.10]],
    "mapped_share": 1.0,
    "obsolescence": 0.2,
    "operating_margin": 0.20,
    "life": 2.0,
    "upkeep": 0.0,
    "tax_rate": 0.25,
    "discount_rate": 0.15,
    "timing": 0.5,
}
# Share of sales, return on, return of.
ASSETS = {
    "working_capital": (0.20, 0.04, 0.0),
    "fixed_assets": (0.30, 0.06, 0.10),
    "workforce": (0.05, 0.10, 0.0),
    "other_intangibles": (0.04, 0.12, 0.25),
}


def run(
    sheet: Sheet, assets: dict[str, tuple[float, float, float]], draws: int = 0, **change: object
) -> Figure:
    given = GIVEN | change
    fixed = {key: figure(sheet, key, given[key]) for key in GIVEN}
    if draws:
        margin = np.full(draws, given["operating_margin"])
        fixed["operating_margin"] = sheet.assumption(
            "drawn_margin", margin, "share", origins=ORIGIN, axes=("draw",)
        )
    contributors = tuple(
        Contributor(
            key=key,
            intensity=figure(sheet, f"{key}_intensity", intensity),
            return_on=figure(sheet, f"{key}_return_on_rate", on),
            return_of=figure(sheet, f"{key}_return_of_rate", of),
        )
        for key, (intensity, on, of) in assets.items()
    )
    a = Inputs(contributors=contributors, year=sheet.years(2), **fixed)
    return excess_earnings.value(sheet, a=a)


class TestValue:
    def test_pays_every_contributor_before_the_right(self) -> None:
        # By hand, per 100 of sales: profit 20 - given back 3 - 1 = 16; after tax 12; asked
        # 0.8 + 1.8 + 0.5 + 0.48 = 3.58; left 8.42. Sales 100, then 110 x 0.8 = 88.
        sheet = Sheet("excess_earnings")

        value = run(sheet, ASSETS)

        assert tuple(ASSETS) == CONTRIBUTORY
        excess = sheet.lines["excess_earnings"].figure.values
        assert excess == pytest.approx(np.array([[8.42e6, 8.42e6 * 0.88]]))
        discounted = 8.42e6 / 1.15**0.5 + 8.42e6 * 0.88 / 1.15**1.5
        assert value.values == pytest.approx([discounted])

    def test_without_contributors_is_the_present_value_of_the_after_tax_cash(self) -> None:
        value = run(Sheet("excess_earnings"), {})

        cash = 0.75 * 0.20 * np.array([100e6, 110e6 * 0.8])
        assert value.values == pytest.approx([float(np.sum(cash / 1.15 ** np.array([0.5, 1.5])))])

    def test_is_zero_where_the_others_ask_for_all(self) -> None:
        sheet = Sheet("excess_earnings")

        value = run(sheet, ASSETS | {"fixed_assets": (2.0, 0.10, 0.0)})

        assert value.values.tolist() == [0.0]
        assert sheet.lines["claimed_cash"].figure.values.tolist() == [[0.0, 0.0]]

    def test_claims_before_tax_what_is_left_after_tax(self) -> None:
        sheet = Sheet("excess_earnings")

        run(sheet, ASSETS)

        claimed = sheet.lines["claimed_cash"].figure.values
        assert claimed[0, 0] == pytest.approx(8.42e6 / 0.75)

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        central = run(Sheet("excess_earnings"), ASSETS).values

        drawn = run(Sheet("excess_earnings", keep=False), ASSETS, draws=3)

        assert drawn.values == pytest.approx(np.repeat(central[:, None], 3, axis=1), rel=1e-12)
