import numpy as np
import pytest

from zhirong.securitization.behavior import joint_defaults, latent
from zhirong.securitization.behavior.joint_defaults import FactorsError
from zhirong.securitization.behavior.latent import Latent


def law(loadings: list[list[float]], *, degrees: float | None = None) -> Latent:
    pds = np.array([[0.05], [0.08], [0.03], [0.10]])[: len(loadings)]
    return Latent(cumulative_pd=pds, loadings=np.array(loadings), degrees=degrees)


def counted(given: Latent, rows: list[int], *, paths: int = 2_000_000) -> float:
    rng = np.random.default_rng(11)
    factors = latent.common_draws(given, rng, paths=paths)
    happened = latent.events(given, factors, rng)
    count = np.zeros(paths)
    for row in rows:
        count[happened.path[happened.obligor == row]] += 1
    return float(np.mean(count == len(rows)))


class TestProbability:
    def test_of_one_is_its_own_and_of_none_is_certain(self) -> None:
        given = law([[0.5, 0.3], [0.4, 0.0]])

        assert joint_defaults.probability(given, [0]) == pytest.approx(0.05, abs=1e-9)
        assert joint_defaults.probability(given, []) == 1.0

    def test_of_independent_obligors_is_the_product(self) -> None:
        given = law([[0.0], [0.0], [0.0]])

        assert joint_defaults.probability(given, [0, 1, 2]) == pytest.approx(0.05 * 0.08 * 0.03)

    @pytest.mark.parametrize("degrees", [None, 4.0])
    def test_is_as_often_as_drawn(self, degrees: float | None) -> None:
        given = law([[0.5, 0.4, 0.0], [0.5, 0.4, 0.0], [0.5, 0.0, 0.4]], degrees=degrees)

        for rows in ([0, 1], [0, 2], [0, 1, 2]):
            found = joint_defaults.probability(given, rows)
            error = (found / 2_000_000) ** 0.5
            assert found == pytest.approx(counted(given, rows), abs=4 * error + 1e-5)

    def test_is_greater_in_one_industry(self) -> None:
        given = law([[0.4, 0.5, 0.0], [0.4, 0.5, 0.0], [0.4, 0.0, 0.5], [0.4, 0.0, 0.5]])

        assert joint_defaults.probability(given, [0, 1]) > 1.5 * joint_defaults.probability(
            law([[0.4, 0.5, 0.0], [0.4, 0.0, 0.5]]), [0, 1]
        )

    def test_refuses_two_factors_beside_the_common_one(self) -> None:
        with pytest.raises(FactorsError):
            joint_defaults.probability(law([[0.4, 0.3, 0.3], [0.4, 0.0, 0.0]]), [0, 1])
