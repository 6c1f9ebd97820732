"""The chain of each payment date of the example plan."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhirong import bootstrap_plans
from zhirong.adapters.intake.plans.calendar_section import calendar
from zhirong.adapters.intake.plans.nodes import PlanEntryError, parsed
from zhirong.application.plans.payment_dates import PaymentDates, payment_dates
from zhirong.application.plans.records import PlanInputs
from zhirong.core.rolling import Roll
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.securitization.dates.chain import Link

EXAMPLE = Path(__file__).resolve().parents[4] / "examples/ningbo-plan/plan.yaml"


@pytest.fixture(scope="module")
def inputs() -> PlanInputs:
    return bootstrap_plans.read_plan(EXAMPLE)


def dates_of(inputs: PlanInputs) -> PaymentDates:
    return payment_dates(inputs, Parameters(), china())


class TestPaymentDates:
    def test_fit_the_example_s_loans(self, inputs: PlanInputs) -> None:
        found = dates_of(inputs)

        assert (found.problems, found.provisional) == ((), ())
        assert [one.payment for one in found.chains] == list(inputs.plan.dates.payments)
        first = found.chains[0]
        assert first.day(Link.CALCULATION) == date(2025, 2, 21)
        assert first.day(Link.RECORD) == date(2025, 2, 26)

    @pytest.mark.parametrize("rule", ["dues", "calculation"])
    def test_tell_that_the_usual_chain_begins_before_the_loans_pay(
        self, inputs: PlanInputs, rule: str
    ) -> None:
        ends = inputs.plan.dates.payments if rule == "dues" else inputs.collected_on
        found = dates_of(replace(inputs, chain=None, collected_on=ends))

        assert len(found.problems) == 4
        assert found.problems[0].code.endswith(rule)
        assert found.problems[0].facts == {"first": date(2025, 2, 20), "second": date(2025, 2, 13)}

    def test_are_provisional_where_no_calendar_is_published(self, inputs: PlanInputs) -> None:
        plan = inputs.plan
        late = replace(plan.dates, payments=(*plan.dates.payments, date(2027, 2, 27)))

        found = dates_of(replace(inputs, plan=replace(plan, dates=late)))

        assert [one.is_provisional for one in found.chains] == [False] * 4 + [True]
        assert len(found.provisional) == 1


class TestCalendar:
    def test_reads_roll_and_chain(self) -> None:
        terms = calendar(parsed(b"roll: preceding\nchain: {transfer: 3, payment: 0}"))

        assert terms.roll is Roll.PRECEDING
        assert terms.before == ((Link.TRANSFER, 3), (Link.PAYMENT, 0))

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (b"roll: sideways", "plan.problem.word"),
            (b"chain: {transfer: 3}", "plan.problem.chain"),
            (b"roll: none\nchain: {report: 1, transfer: 3, payment: 0}", "plan.problem.chain"),
            (b"chain: {transfer: -1, payment: 0}", "plan.problem.whole"),
        ],
    )
    def test_names_what_is_wrong_with_its_line(self, text: bytes, code: str) -> None:
        with pytest.raises(PlanEntryError) as caught:
            calendar(parsed(text))

        assert caught.value.message.code == code
        assert caught.value.message.facts["line"] == text.count(b"\n") + 1
