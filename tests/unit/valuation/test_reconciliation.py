import pytest

from zhirong.parameters.reader import catalog
from zhirong.valuation import reconciliation
from zhirong.valuation.reconciliation import (
    MethodResult,
    MethodWeight,
    Policy,
    ReconciliationError,
    reconcile,
)

POLICY = Policy(ratio_max=3.0)


def result(method: str, value: float, family: str = "income") -> MethodResult:
    return MethodResult(method=method, family=family, value=value)


def weight(method: str, share: float) -> MethodWeight:
    return MethodWeight(method=method, weight=share, author="A", reason="B")


INCOME = result("relief_from_royalty", 900.0)
COST = result("cost_reproduction", 500.0, "cost")
WEIGHTS = (weight("relief_from_royalty", 0.7), weight("cost_reproduction", 0.3))


class TestReconcile:
    def test_weighs_the_methods(self) -> None:
        conclusion = reconcile((INCOME, COST), weights=WEIGHTS, policy=POLICY)

        assert conclusion.value == pytest.approx(0.7 * 900 + 0.3 * 500)
        assert conclusion.kind == "weighted"
        assert conclusion.ratio == pytest.approx(1.8)
        assert conclusion.breaches == ()

    def test_matches_weights_by_method_not_by_place(self) -> None:
        conclusion = reconcile((INCOME, COST), weights=WEIGHTS[::-1], policy=POLICY)

        assert conclusion.weights == {"relief_from_royalty": 0.7, "cost_reproduction": 0.3}

    def test_refuses_to_average_what_contradicts(self) -> None:
        far = result("cost_reproduction", 200.0, "cost")

        conclusion = reconcile((INCOME, far), weights=WEIGHTS, policy=POLICY)

        assert conclusion.kind == "selected"
        assert conclusion.value == 900.0
        assert [m.code for m in conclusion.breaches] == ["reconciliation.average_refused"]

    def test_averages_what_contradicts_with_a_written_reason(self) -> None:
        far = result("cost_reproduction", 200.0, "cost")
        policy = Policy(ratio_max=3.0, written_reason="R", written_by="W")

        conclusion = reconcile((INCOME, far), weights=WEIGHTS, policy=policy)

        assert conclusion.value == pytest.approx(690.0)
        assert conclusion.breaches == ()
        assert "reconciliation.written" in [m.code for m in conclusion.reasons]

    def test_averages_at_the_limit_itself(self) -> None:
        at_limit = result("cost_reproduction", 300.0, "cost")

        assert reconcile((INCOME, at_limit), weights=WEIGHTS, policy=POLICY).kind == "weighted"

    def test_shows_a_far_method_of_no_weight_without_a_breach(self) -> None:
        far = result("cost_reproduction", 1.0, "cost")
        weights = (weight("relief_from_royalty", 1.0), weight("cost_reproduction", 0.0))

        conclusion = reconcile((INCOME, far), weights=weights, policy=POLICY)

        assert conclusion.value == 900.0
        assert conclusion.breaches == ()

    def test_takes_a_zero_as_contradiction(self) -> None:
        nothing = result("cost_reproduction", 0.0, "cost")

        conclusion = reconcile((INCOME, nothing), weights=WEIGHTS, policy=POLICY)

        assert conclusion.ratio == float("inf")
        assert conclusion.kind == "selected"

    def test_lets_one_method_stand_with_its_coded_reason(self) -> None:
        conclusion = reconcile(
            (INCOME,),
            weights=(weight("relief_from_royalty", 1.0),),
            policy=Policy(ratio_max=3.0, single_reason="no_comparables"),
        )

        assert conclusion.kind == "single"
        assert conclusion.breaches == ()
        assert conclusion.reasons[-1].code == "reconciliation.single.no_comparables"

    def test_reports_one_method_without_a_reason(self) -> None:
        conclusion = reconcile(
            (INCOME,), weights=(weight("relief_from_royalty", 1.0),), policy=POLICY
        )

        assert [m.code for m in conclusion.breaches] == ["reconciliation.single_unreasoned"]

    def test_reports_two_methods_of_one_approach(self) -> None:
        other = result("profit_split", 800.0)
        weights = (weight("relief_from_royalty", 0.5), weight("profit_split", 0.5))

        conclusion = reconcile((INCOME, other), weights=weights, policy=POLICY)

        assert [m.code for m in conclusion.breaches] == ["reconciliation.one_approach"]

    @pytest.mark.parametrize(
        ("results", "weights", "problem"),
        [
            ((), (), "no_methods"),
            ((INCOME, COST), WEIGHTS[:1], "weights_mismatch"),
            ((INCOME, INCOME), WEIGHTS, "weights_mismatch"),
            ((INCOME,), (weight("relief_from_royalty", 0.9),), "weights_sum"),
            ((result("x", -1.0),), (weight("x", 1.0),), "negative_value"),
            ((result("x", float("nan")),), (weight("x", 1.0),), "negative_value"),
            ((result("x", 1.0, "magic"),), (weight("x", 1.0),), "unknown_family"),
        ],
    )
    def test_refuses(
        self,
        results: tuple[MethodResult, ...],
        weights: tuple[MethodWeight, ...],
        problem: str,
    ) -> None:
        with pytest.raises(ReconciliationError) as raised:
            reconcile(results, weights=weights, policy=POLICY)

        assert raised.value.facts["problem"] == f"reconciliation.problem.{problem}"
        assert catalog().has(f"reconciliation.problem.{problem}")

    def test_refuses_a_reason_outside_the_list(self) -> None:
        policy = Policy(ratio_max=3.0, single_reason="because")

        with pytest.raises(ReconciliationError):
            reconcile((INCOME,), weights=(weight("relief_from_royalty", 1.0),), policy=policy)

    def test_has_words_for_every_reason(self) -> None:
        codes = [f"reconciliation.single.{r}" for r in reconciliation.SINGLE_REASONS]
        codes += [f"reconciliation.why.{f}" for f in reconciliation.FAMILIES]

        assert all(catalog().has(code) for code in codes)
