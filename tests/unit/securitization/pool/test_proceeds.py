"""Proceeds of a sale after default from a mean or from three quantiles."""

import numpy as np
import pytest

from zhirong.securitization.pool import proceeds
from zhirong.securitization.pool.proceeds import ProceedsError, Quantiles

MEANING = proceeds.meaning(lag_months=18)


class TestFromMean:
    @pytest.mark.parametrize("no_sale", [0.0, 0.4, 0.95])
    def test_keeps_the_mean_of_the_whole(self, no_sale: float) -> None:
        found = proceeds.from_mean(300_000.0, variation=0.6, no_sale=no_sale, of=MEANING)

        assert np.mean(found.cells) == pytest.approx(300_000.0, rel=1e-9)

    def test_gives_nothing_in_the_share_of_no_sale(self) -> None:
        cells = proceeds.from_mean(100.0, variation=0.5, no_sale=0.25, of=MEANING).cells

        assert sum(cell == 0 for cell in cells) / len(cells) == pytest.approx(0.25, abs=0.01)

    def test_gives_one_sum_without_variation(self) -> None:
        cells = proceeds.from_mean(100.0, variation=0.0, no_sale=0.0, of=MEANING).cells

        assert cells == pytest.approx([100.0] * len(cells))

    def test_spreads_what_is_got_by_the_variation(self) -> None:
        cells = np.array(proceeds.from_mean(100.0, variation=0.6, no_sale=0.0, of=MEANING).cells)

        # Cells average out the far tail, so a little of the spread is lost.
        assert np.std(cells) / np.mean(cells) == pytest.approx(0.6, rel=0.05)

    @pytest.mark.parametrize(
        ("mean", "no_sale", "rule"), [(-1.0, 0.0, "negative"), (1.0, 1.0, "no_sale")]
    )
    def test_refuses_what_is_no_distribution(self, mean: float, no_sale: float, rule: str) -> None:
        with pytest.raises(ProceedsError) as caught:
            proceeds.from_mean(mean, variation=0.5, no_sale=no_sale, of=MEANING)
        assert caught.value.rule == rule


class TestFromQuantiles:
    def test_passes_through_the_quantiles(self) -> None:
        given = Quantiles(p10=50.0, p50=100.0, p90=250.0)
        found = proceeds.from_quantiles(given, no_sale=0.0, of=MEANING)

        for share, value in ((0.1, 50.0), (0.5, 100.0), (0.9, 250.0)):
            assert found.quantile(share) == pytest.approx(value, rel=0.03)

    def test_counts_no_sale_in(self) -> None:
        given = Quantiles(p10=0.0, p50=100.0, p90=200.0)
        found = proceeds.from_quantiles(given, no_sale=0.3, of=MEANING)

        assert found.quantile(0.2) == 0.0
        assert found.quantile(0.9) == pytest.approx(200.0, rel=0.03)

    @pytest.mark.parametrize(
        ("given", "no_sale", "rule"),
        [
            (Quantiles(p10=3.0, p50=2.0, p90=4.0), 0.0, "falling"),
            (Quantiles(p10=-1.0, p50=2.0, p90=4.0), 0.0, "negative"),
            (Quantiles(p10=1.0, p50=2.0, p90=4.0), 0.3, "no_sale"),
            (Quantiles(p10=0.0, p50=2.0, p90=4.0), 0.0, "no_sale"),
        ],
    )
    def test_refuses_quantiles_that_contradict_themselves(
        self, given: Quantiles, no_sale: float, rule: str
    ) -> None:
        with pytest.raises(ProceedsError) as caught:
            proceeds.from_quantiles(given, no_sale=no_sale, of=MEANING)
        assert caught.value.rule == rule
