"""The example's money over the sandbox: lent, used, raised, bought, held to the fen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhirong import bootstrap_plans
from zhirong.adapters.intake.plans.money_section import read_money
from zhirong.adapters.intake.plans.tape import read_pool
from zhirong.adapters.rails.in_process import InProcessRails
from zhirong.application.plans.money_document import money_document
from zhirong.application.plans.money_run import MoneyRun, carry_out
from zhirong.application.plans.money_terms import MoneyTerms
from zhirong.application.plans.records import PlanInputs
from zhirong.parameters.reader import catalog
from zhirong.securitization.money.hops import HopKind, MoneyRail
from zhirong.securitization.money.swaps import Swap, SwapReason

EXAMPLE = Path(__file__).resolve().parents[4] / "examples/ningbo-plan/plan.yaml"
RAISED = 138_000_000_00
BOOKED = (HopKind.SUBSCRIPTION, HopKind.PRICE, HopKind.LOAN, HopKind.INVOICE)


@pytest.fixture(scope="module")
def inputs() -> PlanInputs:
    return bootstrap_plans.read_plan(EXAMPLE)


@pytest.fixture(scope="module")
def terms(inputs: PlanInputs) -> MoneyTerms:
    return read_money(EXAMPLE, inputs, read_pool)


def carried(inputs: PlanInputs, terms: MoneyTerms, folder: Path) -> MoneyRun:
    rails = InProcessRails(folder=folder, seed=1)
    try:
        return carry_out(inputs, terms, rails)
    finally:
        rails.close()


class TestCarryOut:
    def test_reconciles_the_example_to_the_fen(
        self, inputs: PlanInputs, terms: MoneyTerms, tmp_path: Path
    ) -> None:
        found = carried(inputs, terms, tmp_path)

        assert found.is_reconciled
        assert found.penetration.is_clean
        assert found.penetration.raised_fen == found.penetration.invoiced_fen == RAISED
        by_kind = {kind: [hop for hop in found.hops if hop.kind is kind] for kind in BOOKED}
        assert [len(hops) for hops in by_kind.values()] == [2, 11, 11, 33]
        assert {sum(hop.amount_fen for hop in hops) for hops in by_kind.values()} == {RAISED}
        assert {hop.rail for hop in by_kind[HopKind.SUBSCRIPTION]} == {MoneyRail.SETTLEMENT}
        assert len({hop.hash for hop in found.hops}) == len(found.hops)
        assert sum(each.moved_fen for each in found.held) == 0
        assert all(each.opening_fen + each.moved_fen >= 0 for each in found.held)
        assert found.open_pledges == ()

    def test_shows_each_refusal_with_its_reason(
        self, inputs: PlanInputs, terms: MoneyTerms, tmp_path: Path
    ) -> None:
        found = carried(inputs, terms, tmp_path)

        told = money_document(found, catalog(), "en")["refused"]
        assert {each["reference"]: each["codes"] for each in told} == {
            "U-L01-wages": ["GOODS"],
            "U-L01-other": ["PAYEE"],
            "U-L02-bare": ["EVIDENCE"],
            "U-L03-again": ["CAP"],
        }
        assert all(each["reasons"] for each in told)

    def test_does_not_reconcile_where_more_was_raised_than_was_bought(
        self, inputs: PlanInputs, terms: MoneyTerms, tmp_path: Path
    ) -> None:
        gone = Swap(
            out="L11",
            reason=SwapReason.REPAID,
            note="企业提前还清",
            by="计划管理人",
            on=date(2024, 11, 25),
        )
        short = carried(inputs, replace(terms, swaps=(gone,)), tmp_path / "short")
        balance = inputs.pool.claims[10].balance_fen
        kept = replace(terms, swaps=(gone,), kept_fen=balance)
        mended = carried(inputs, kept, tmp_path / "kept")

        assert not short.is_reconciled
        codes = [each.code for each in short.penetration.unreconciled]
        assert codes == ["securitization.money.differs.raised"]
        assert mended.is_reconciled
        assert mended.swaps[0].cash_fen == balance
        assert len(mended.trackers) == 57

    def test_shows_what_waits_in_a_wallet_and_what_is_open(
        self, inputs: PlanInputs, terms: MoneyTerms, tmp_path: Path
    ) -> None:
        unused = [each for each in terms.uses if each.claim_id != "L01"]
        found = carried(inputs, replace(terms, uses=tuple(unused), pledges=()), tmp_path)

        assert found.is_reconciled
        assert not found.penetration.is_clean
        assert found.penetration.waiting_fen == inputs.pool.claims[0].balance_fen
        assert len(found.open_pledges) == 60
