import pytest

from tests.plan_kit import loan_deals
from tests.plan_kit.loan_deals import ON
from zhirong.securitization.analytics import break_even
from zhirong.securitization.analytics.break_even import BreakEvenError
from zhirong.securitization.behavior import obligor_flows
from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall import interpreter


def failing(share: float) -> Collections:
    """A share of every loan fails in the first period and brings nothing back."""
    flows = obligor_flows.undisturbed(obligor_flows.contractual(loan_deals.loans(), ON))
    owed = int(sum(flows.principal))

    def left(amounts: object) -> list[int]:
        return [int(each * (1.0 - share)) for each in amounts]  # type: ignore[attr-defined]

    none = [0] * (len(ON) - 1)
    return Collections(
        on=ON,
        interest=left(flows.interest),
        principal=left(flows.principal),
        prepaid=[0] * len(ON),
        recovered=[0] * len(ON),
        defaulted=[round(owed * share), *none],
        lost=[round(owed * share), *none],
        balance=left(flows.balance),
    )


class TestDefaultRate:
    def test_is_where_the_buffers_of_the_plan_end(self) -> None:
        plan = loan_deals.guaranteed(limit=0)

        def lost(rate: float) -> float:
            run = interpreter.run(plan, failing(rate), rates={})
            return float(sum(run.tranches["senior"].loss))

        found = break_even.default_rate(lost, most=1.0, precision=1e-6)

        assert found.rate is not None
        assert found.first_loss_rate is not None
        assert lost(found.rate) == 0.0 < lost(found.first_loss_rate) == found.first_loss_fen
        # 7 m of 138 m subordinate, 0.5 m of reserve, and about 1 % of interest left over.
        assert 0.054 < found.rate < 0.068
        assert found.first_loss_rate - found.rate <= 1e-6

    def test_says_that_it_loses_from_the_start_or_never(self) -> None:
        always = break_even.default_rate(lambda _: 5.0, most=1.0, precision=0.1)
        never = break_even.default_rate(lambda _: 0.0, most=1.0, precision=0.1)

        assert (always.rate, always.first_loss_rate, always.first_loss_fen) == (None, 0.0, 5.0)
        assert (never.rate, never.first_loss_rate) == (1.0, None)

    def test_refuses_bounds_without_room(self) -> None:
        with pytest.raises(BreakEvenError):
            break_even.default_rate(lambda _: 0.0, most=0.0, precision=0.1)
