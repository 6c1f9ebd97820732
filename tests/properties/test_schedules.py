from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.loans import conventions, due, rule
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Money, Rounding, allocate, total
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.lending import schedules
from zhirong.lending.due_dates import due_periods
from zhirong.lending.rates import RatePath, RateStep
from zhirong.lending.schedules import Conventions, Form, PeriodCount, Residue, Terms

FEN = st.integers(1, 10**11)
RATES = st.decimals("0", "0.36", places=4)
DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@st.composite
def all_conventions(draw: st.DrawFn) -> Conventions:
    residue = draw(st.sampled_from(Residue))
    steps = [1] if residue is Residue.SPREAD else [1, 10, 100, 10_000]
    return conventions(
        day_count=draw(st.sampled_from(DayCount)),
        period_count=draw(st.sampled_from(PeriodCount)),
        interest_rounding=draw(st.sampled_from(Rounding)),
        installment_rounding=draw(st.sampled_from(Rounding)),
        installment_step=Money.of_fen(draw(st.sampled_from(steps))),
        residue=residue,
    )


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    start = draw(DAYS)
    term = Period(start, start + timedelta(days=draw(st.integers(40, 1500))))
    periods = due_periods(
        term,
        every_months=draw(st.sampled_from([1, 3, 6, 12])),
        due_day=draw(st.none() | st.integers(1, 31)),
        rule=rule(roll=draw(st.sampled_from(Roll)), moves_interest=draw(st.booleans())),
    )
    later = start + timedelta(days=draw(st.integers(1, 900)))
    form = draw(st.sampled_from(Form))
    principal = Money.of_fen(draw(FEN))
    weights = [draw(st.integers(0, 5)) for _ in periods[1:]]
    return Terms(
        principal=principal,
        form=form,
        periods=periods,
        path=RatePath((RateStep(start, draw(RATES)), RateStep(later, draw(RATES)))),
        conventions=draw(all_conventions()),
        parts=allocate(principal, [*weights, 1]) if form is Form.CUSTOM else (),
    )


class TestSchedule:
    @given(all_terms())
    def test_repays_the_principal_to_the_fen(self, terms: Terms) -> None:
        plan = schedules.schedule(terms)

        assert total(line.principal for line in plan.installments) == terms.principal
        assert plan.installments[-1].balance == Money(Decimal(0))

    @given(all_terms())
    def test_never_lets_the_debt_grow(self, terms: Terms) -> None:
        lines = schedules.schedule(terms).installments

        assert all(line.principal.fen >= 0 and line.interest.fen >= 0 for line in lines)
        assert all(line.balance.fen >= 0 for line in lines)

    @given(all_terms())
    def test_charges_interest_within_a_fen_a_line_of_the_exact_sum(self, terms: Terms) -> None:
        plan = schedules.schedule(terms)
        exact, owed = Fraction(0), terms.principal
        for line in plan.installments:
            factor = (
                schedules.factor(line.due, terms.path, terms.conventions)
                if terms.form is not Form.BULLET
                else None
            )
            if factor is None:
                return
            exact += Fraction(owed.amount) * factor
            owed = line.balance

        # Spread amounts follow exact balances, which are off by less than a fen each.
        assert abs(Fraction(plan.interest.amount) - exact) <= Fraction(len(plan.installments), 50)

    @given(all_terms(), st.data())
    def test_can_be_repriced_on_any_day_and_still_repays_all(
        self, terms: Terms, data: st.DataObject
    ) -> None:
        plan = schedules.schedule(terms)
        start, end = terms.periods[0].period.start, terms.periods[-1].end
        on = data.draw(st.dates(start, end - timedelta(days=1)))
        done = total(line.principal for line in plan.paid_by(on))
        if done == terms.principal:
            return
        rest = schedules.repriced(plan, on=on, path=RatePath((RateStep(start, Decimal("0.05")),)))

        assert done + total(line.principal for line in rest.installments) == terms.principal


class TestDuePeriods:
    @given(all_terms())
    def test_join_without_gap_or_overlap(self, terms: Terms) -> None:
        ends = [due.end for due in terms.periods]

        assert [due.period.start for due in terms.periods[1:]] == ends[:-1]
        assert all(due.period.days for due in terms.periods)


class TestLevelInstallment:
    @given(FEN, st.integers(1, 60), st.decimals("0.0001", "0.36", places=4))
    def test_is_the_textbook_formula_for_equal_months(
        self, fen: int, months: int, rate: Decimal
    ) -> None:
        principal, i = Money.of_fen(fen), Fraction(rate) / 12
        terms = Terms(
            principal=principal,
            form=Form.ANNUITY,
            periods=due(months=months),
            path=RatePath((RateStep(date(2024, 1, 1), rate),)),
            conventions=conventions(),
        )
        grown = (1 + i) ** months

        assert schedules.level_installment(terms) == (
            Fraction(principal.amount) * i * grown / (grown - 1)
        )
