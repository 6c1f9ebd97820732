"""Claims swapped between cut-off and closing."""

from dataclasses import replace
from datetime import date

import pytest

from tests import pools
from zhirong.securitization.money.swaps import Substitute, Swap, SwapError, SwapReason, swapped

LOANS = [pools.loan(i) for i in range(3)]
POOL = pools.pool_of(LOANS)
CLOSING = date(2024, 11, 27)
OTHER = pools.loan(7, fen=9_000_000_00)
SUBSTITUTE = Substitute(claim=OTHER.claim, obligor=OTHER.obligor, collateral=OTHER.collateral)
REPAID = Swap(
    out="L001",
    reason=SwapReason.REPAID,
    note="repaid in full on 22 November",
    by="Chen",
    on=date(2024, 11, 22),
    substitute=SUBSTITUTE,
)


class TestSwapped:
    def test_puts_another_claim_in_and_asks_for_the_difference(self) -> None:
        after, (record,) = swapped(POOL, [REPAID], closing=CLOSING)

        assert [claim.claim_id for claim in after.claims] == ["L000", "L002", "L007"]
        assert {each.obligor_id for each in after.obligors} == {"F000", "F002", "F007"}
        assert [each.collateral_id for each in after.collateral] == ["K000", "K002", "K007"]
        assert record.cash_fen == 1_000_000_00
        assert POOL.balance_fen - after.balance_fen == record.cash_fen
        assert record.message.facts["note"] == REPAID.note

    def test_takes_a_claim_out_against_cash_alone(self) -> None:
        after, (record,) = swapped(POOL, [replace(REPAID, substitute=None)], closing=CLOSING)

        assert len(after.claims) == 2
        assert record.cash_fen == 10_000_000_00

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({"out": "L9"}, "unknown"),
            ({"on": date(2024, 11, 19)}, "days"),
            ({"on": date(2024, 11, 28)}, "days"),
            ({"note": " "}, "unsaid"),
            ({"by": ""}, "unsaid"),
            (
                {"substitute": replace(SUBSTITUTE, claim=LOANS[0].claim)},
                "twice",
            ),
            ({"substitute": replace(SUBSTITUTE, collateral=None)}, "parts"),
            ({"substitute": replace(SUBSTITUTE, obligor=LOANS[0].obligor)}, "parts"),
        ],
    )
    def test_refuses_what_no_contract_allows(self, changes: dict[str, object], rule: str) -> None:
        with pytest.raises(SwapError) as caught:
            swapped(POOL, [replace(REPAID, **changes)], closing=CLOSING)  # type: ignore[arg-type]
        assert caught.value.rule == rule
