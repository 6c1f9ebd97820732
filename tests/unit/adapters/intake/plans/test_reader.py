"""The plan file: what it gives, and what is said of each kind of mistake, with its line."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from zhirong.adapters.intake.plans.reader import (
    SIZE_MAX,
    PlanFileError,
    PlanReading,
    load_plan,
    read_plan,
)
from zhirong.parameters.reader import catalog
from zhirong.securitization.plan.actions import Action, LimitKind, Verb
from zhirong.securitization.plan.fees import FeeKind
from zhirong.securitization.plan.formulas import Measure, Quantity, Share
from zhirong.securitization.plan.records import Plan, Stage
from zhirong.securitization.plan.tranches import PrincipalKind

TEXT = """\
plan: small
name: small plan
dates:
  cut_off: 2024-11-15
  closing: 2024-11-27
  payments: {first: 2025-02-27, every: quarter, last: 2025-11-27}
conventions: {rounding: half_up, split: running_total, day_count: act/365, interest_on_unpaid: none}
accounts:
  cash: {}
  reserve: {target: {share: 1%, of: {tranche_balance: [senior]}}}
collections: {interest: cash, principal: cash, prepaid: cash, recovered: cash}
tranches:
  senior: {balance: 1_000, rate: 2.25%, principal: pass_through}
  junior: {balance: 200, principal: residual}
fees:
  custody: {annual_rate: 0.01%, of: pool_balance, cap_each_year: 5}
waterfalls:
  normal:
    - pay_fees: [custody]
    - pay_interest: [senior]
      support: [reserve]
    - top_up: reserve
    - pay_principal: [senior]
      limit: {share_of_cash: 50%}
    - pay_principal: [junior]
      when: {amount: {tranche_balance: [senior]}, at_most: 0}
    - pay_residual: {junior: 70%, sponsor: 30%}
"""


def reading(text: str = TEXT, **changes: str) -> PlanReading:
    """The text with some of its words changed: old by new, spelled with `=`."""
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return read_plan(text.encode())


def changed(old: str, new: str) -> PlanReading:
    assert old in TEXT
    return read_plan(TEXT.replace(old, new).encode())


def said(found: PlanReading) -> list[str]:
    return [catalog().text(problem, "en") for problem in found.problems]


def plan() -> Plan:
    found = read_plan(TEXT.encode())
    assert found.plan is not None, said(found)
    return found.plan


def step(number: int) -> Action:
    return plan().actions(Stage.NORMAL)[number - 1]


class TestReadPlan:
    def test_gives_dates_rates_and_amounts_exactly(self) -> None:
        found = plan()

        assert found.dates.payments == tuple(date(2025, month, 27) for month in (2, 5, 8, 11))
        assert found.tranche("senior").rate == Fraction(225, 10_000)
        assert found.tranche("senior").balance_fen == 100_000
        assert found.tranche("junior").principal.kind is PrincipalKind.RESIDUAL
        assert found.fees[0].kind is FeeKind.ANNUAL_RATE
        assert found.fees[0].cap_each_year_fen == 500

    def test_gives_formulas(self) -> None:
        measure = Measure(Quantity.TRANCHE_BALANCE, ("senior",))

        assert plan().accounts[1].target == Share(Fraction(1, 100), measure)

    def test_gives_steps_with_account_support_limit_and_condition(self) -> None:
        assert step(2).account == "cash"
        assert step(2).supports == ("reserve",)
        assert (step(3).verb, step(3).account, step(3).into) == (Verb.TOP_UP, "cash", "reserve")
        limit = step(4).limit
        assert limit is not None
        assert (limit.kind, limit.share) == (LimitKind.SHARE_OF_CASH, Fraction(1, 2))
        assert step(5).when is not None
        assert step(6).shares == (Fraction(7, 10), Fraction(3, 10))

    def test_counts_in_ten_thousands_where_the_file_says_so(self) -> None:
        found = changed("name: small plan", "name: small plan\namounts_in: wan").plan

        assert found is not None
        assert found.tranche("senior").balance_fen == 1_000_000_000


CASES = (
    # What is changed, into what, on which line the problem stands, and what is said of it.
    ("pay_interest", "pay_intrest", 20, "did you mean “pay_interest”?"),
    ("principal: residual", "principal: residuals", 14, "did you mean “residual”?"),
    ("rounding: half_up", "rounding: bankers", 7, "no word of this place"),
    ("2.25%", "two", 13, "is no number"),
    ("2.25%", "225", None, ""),
    ("balance: 200,", "balance: 200.001,", 14, "in whole fen"),
    ("closing: 2024-11-27", "closing: 2024-10-27", 5, "is before the cut-off"),
    ("closing: 2024-11-27", "closing: 2025-03-01", 6, "is not after the closing"),
    ("every: quarter", "every: 0 months", 6, "must ascend"),
    ("cut_off: 2024-11-15", "cut_off: 2024-11-31", 4, "is no day"),
    ("    - pay_principal: [senior]\n      limit: {share_of_cash: 50%}\n", "", 13, "never paid"),
    ("    - pay_interest: [senior]\n      support: [reserve]\n", "", 13, "interest"),
    ("    - top_up: reserve\n", "", 10, "No cash ever comes into the account “reserve”"),
    ("[custody]", "[trustee]", 19, "no “trustee” among the fees"),
    ("support: [reserve]", "support: [cash]", 20, "A circle: cash, cash"),
    ("    - top_up", "    - {transfer: reserve, into: cash}\n    - top_up", 23, "A circle"),
    ("    - pay_fees", "    - {pay_residual: [x]}\n    - pay_fees", 20, "never has cash"),
    ("recovered: cash", "recovered: {cash: 90%}", 11, "must sum to 100 %"),
    (", recovered: cash", "", 11, "kind “recovered” goes to no account"),
    ("  junior: {", "  senior: {", 14, "stands here twice"),
    ("  junior: {", "  cash: {", 14, "names two things"),
    ("of: pool_balance", "of: tranche_balance", 16, "must say of what"),
    ("name: small plan", "name: [", 4, "no valid YAML"),
    ("name: small plan", "nam: small plan", 2, "did you mean “name”?"),
)


class TestProblems:
    @pytest.mark.parametrize(("old", "new", "line", "words"), CASES)
    def test_name_line_and_rule(self, old: str, new: str, line: int | None, words: str) -> None:
        found = changed(old, new)
        texts = said(found)

        assert found.plan is None
        assert [text for text in texts if words in text], texts
        if line is not None:
            named = [
                p.facts["line"] for p, t in zip(found.problems, texts, strict=True) if words in t
            ]
            assert line in named

    def test_are_all_said_at_once_in_the_order_of_lines(self) -> None:
        text = TEXT.replace("2.25%", "two").replace("half_up", "up").replace("pay_fees", "pay")

        found = [int(str(problem.facts["line"])) for problem in read_plan(text.encode()).problems]

        assert found == [7, 13, 19]

    def test_have_words_in_chinese(self) -> None:
        found = changed("closing: 2024-11-27", "closing: 2024-10-27")

        assert catalog().text(found.problems[0], "zh").startswith("第5行（dates.closing）：设立日")

    def test_find_targets_that_define_each_other(self) -> None:
        target = "{target: {account_target: [reserve]}}"
        found = changed("{target: {share: 1%, of: {tranche_balance: [senior]}}}", target)

        assert "A circle: reserve, reserve" in said(found)[0]

    @pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"- 1", b"a: &x [*x]", b"\x00"])
    def test_say_of_rubbish_that_it_is_none(self, data: bytes) -> None:
        assert read_plan(data).problems

    def test_refuse_what_is_far_too_large(self) -> None:
        assert "larger" in said(read_plan(b" " * (SIZE_MAX + 1)))[0]


class TestLines:
    def test_of_a_block_are_those_of_its_key(self) -> None:
        found = changed("  normal:", "  normally:")

        assert found.problems[0].facts["line"] == 18

    def test_of_a_missing_field_are_those_of_what_lacks_it(self) -> None:
        text = TEXT.replace("  senior: {balance: 1_000, rate", "  senior:\n    {rate")
        found = read_plan(text.encode())

        assert found.problems[0].facts["line"] == 13


class TestLoadPlan:
    def test_raises_with_every_problem(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.yaml"
        path.write_text(TEXT.replace("2.25%", "two"), encoding="utf-8")

        with pytest.raises(PlanFileError) as caught:
            load_plan(path)

        assert len(caught.value.problems) == 1

    def test_reads_the_shipped_example(self, checkout: Path) -> None:
        found = load_plan(checkout / "examples" / "ningbo-plan" / "plan.yaml")

        assert sum(tranche.balance_fen for tranche in found.tranches) == 138_000_000_00
        assert found.label("senior") == "优先级"
        fixed = [due for fee in found.fees for due in fee.dues]
        assert sum(fen for _, fen in fixed) == 1_181_800_00
