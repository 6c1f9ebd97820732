import numpy as np

from tests.plan_kit import loan_deals
from tests.plan_kit.loan_deals import ON, WHOLE
from zhirong.securitization.behavior import given_defaults, obligor_flows, obligor_paths
from zhirong.securitization.behavior.given_defaults import Course

GIVEN = loan_deals.behavior(loan_deals.loans(), pd=0.2)
FLOWS = GIVEN.flows


class TestCollected:
    def test_is_the_contract_where_nobody_fails(self) -> None:
        never = Course(fails_in=np.full((11, 2), len(ON)))
        found = given_defaults.collected(FLOWS, GIVEN.recoveries, never)
        contract = obligor_flows.undisturbed(FLOWS)

        for kind in ("interest", "principal", "balance", "defaulted", "recovered", "lost"):
            for ours, theirs in zip(getattr(found, kind), getattr(contract, kind), strict=True):
                assert ours.tolist() == [theirs, theirs]

    def test_is_a_path_of_the_simulation_but_for_what_comes_back(self) -> None:
        block = obligor_paths.block(GIVEN, paths=500, seed=np.random.SeedSequence(3))
        seen = block.collections
        # Who failed when follows from what is left of each firm's own dues: loans differ in size.
        fails_in = np.full((11, 500), len(ON))
        defaulted = np.stack(seen.defaulted)
        for path in range(500):
            for period in range(4):
                left = defaulted[period, path]
                if not left:
                    continue
                alone = [i for i in range(11) if FLOWS.balance[i, period] == left]
                if len(alone) == 1:
                    fails_in[alone[0], path] = period
        single = np.flatnonzero((fails_in < len(ON)).sum(axis=0) == block.defaults)
        course = Course(fails_in=fails_in[:, single])

        found = given_defaults.collected(FLOWS, GIVEN.recoveries, course)

        assert len(single) > 100
        for kind in ("interest", "principal", "defaulted", "balance"):
            for ours, theirs in zip(getattr(found, kind), getattr(seen, kind), strict=True):
                assert (ours == theirs[single]).all()

    def test_loses_no_fen(self) -> None:
        course = given_defaults.one_by_one(11, len(ON))
        found = given_defaults.collected(FLOWS, GIVEN.recoveries, course)

        gone = sum(found.principal) + sum(found.defaulted)
        assert (gone + found.balance[-1] == WHOLE).all()
        assert (sum(found.recovered) + sum(found.lost) >= sum(found.defaulted)).all()


class TestOneByOne:
    def test_lets_each_fail_once_in_each_period(self) -> None:
        course = given_defaults.one_by_one(3, 2)

        assert course.fails_in.T.tolist() == [
            [2, 2, 2],
            [0, 2, 2],
            [2, 0, 2],
            [2, 2, 0],
            [1, 2, 2],
            [2, 1, 2],
            [2, 2, 1],
        ]


class TestTogether:
    def test_lets_the_marked_fail_in_the_period(self) -> None:
        course = given_defaults.together(
            np.array([[True, False], [True, True]]), period=1, periods=4
        )

        assert course.fails_in.tolist() == [[1, 4], [1, 1]]
        assert course.paths == 2
