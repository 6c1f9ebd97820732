import numpy as np
import pytest

from zhirong.valuation.scoring.patent_asset_index import (
    PatentAssetIndex,
    PatentAssetIndexError,
    patent_asset_index,
)


def index(
    citations: list[float], mean: list[float], coverage: list[float], active: list[bool]
) -> PatentAssetIndex:
    return patent_asset_index(
        np.array(citations),
        cohort_mean=np.array(mean),
        market_coverage=np.array(coverage),
        is_active=np.array(active),
    )


class TestPatentAssetIndex:
    def test_is_the_sum_of_relevance_times_coverage(self) -> None:
        result = index([6, 2], [3, 4], [1.5, 0.8], [True, True])

        assert result.technology_relevance.tolist() == [2.0, 0.5]
        assert result.competitive_impact.tolist() == [3.0, 0.4]
        assert result.index == pytest.approx(3.4)

    def test_counts_an_inactive_family_as_nothing(self) -> None:
        result = index([6, 2], [3, 4], [1.5, 0.8], [False, True])

        assert result.index == pytest.approx(0.4)
        assert result.competitive_impact[0] == 0

    def test_tells_what_it_does_not_know_instead_of_reading_zero(self) -> None:
        result = index([6, 2, np.nan], [3, 0, 4], [1.5, 0.8, 1], [True, True, True])

        assert (result.index, result.unknown) == (3.0, 2)
        assert np.isnan(result.competitive_impact[1:]).all()

    def test_is_the_number_of_average_families_in_the_reference_market(self) -> None:
        assert index([4] * 5, [4] * 5, [1] * 5, [True] * 5).index == 5

    def test_refuses_columns_that_do_not_fit(self) -> None:
        with pytest.raises(PatentAssetIndexError):
            index([1], [1, 2], [1], [True])
        with pytest.raises(PatentAssetIndexError):
            index([-1], [1], [1], [True])
