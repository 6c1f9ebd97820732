"""From the actions of a plan to the steps of a program: one builder a verb."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zhirong.securitization.plan.actions import Action, LimitKind, Verb
from zhirong.securitization.plan.conventions import Split
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.tranches import AccruesWhen
from zhirong.securitization.waterfall import credits as book
from zhirong.securitization.waterfall import transfers
from zhirong.securitization.waterfall.accruals import Accrual, FeeAccrual, accrue
from zhirong.securitization.waterfall.carriers import Carrier, Cell, Ratio, Sharing
from zhirong.securitization.waterfall.measures import Names, Reading, condition_of
from zhirong.securitization.waterfall.payments import (
    Credit,
    Draw,
    Payment,
    Step,
    account_draw,
    limited_by,
)
from zhirong.securitization.waterfall.state import State
from zhirong.securitization.waterfall.supports import support_draw
from zhirong.securitization.waterfall.triggers import TriggerTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What builders need: the plan, its names, and what was compiled before the waterfalls."""

    plan: Plan
    names: Names
    carrier: Carrier
    fees: tuple[FeeAccrual, ...]
    interest: list[tuple[Accrual, ...]]
    hedge_factors: tuple[tuple[Fraction, ...], ...]
    tests: tuple[TriggerTest, ...]

    @property
    def sharing(self) -> Sharing:
        """How short amounts are shared, by the plan's convention."""
        to_first = self.plan.conventions.split is Split.REMAINDER_TO_FIRST
        return Sharing(self.carrier, to_first, self.carrier.cutting())


@dataclass(frozen=True, slots=True)
class Line:
    """One action ready to run: its key, its condition (None: always), its steps."""

    key: str
    when: Reading | None
    steps: tuple[Step, ...]

    def run_where(self, state: State, mask: Cell) -> None:
        """Runs the steps on the paths on which the condition holds, and closes the books."""
        holds = True if self.when is None else self.when(state)
        if not state.carrier.any(holds):
            return
        if not state.carrier.is_one_path:
            mask = holds if mask is None else mask & holds
        for step in self.steps:
            step(state, mask)
        state.close(self.key)


def line_of(action: Action, grounds: Grounds) -> Line:
    """An action as a line of the program."""
    when = None if action.when is None else condition_of(action.when, grounds.names)
    return Line(action.key, when, tuple(_BUILDERS[action.verb](action, grounds)))


def _payment(action: Action, grounds: Grounds, dues: Sequence[Reading], credit: Credit) -> Payment:
    names = grounds.names
    account = action.account or ""
    if action.limit is not None and action.limit.kind is LimitKind.SHARE_OF_DUE:
        # Each claim's share is rounded by itself; the step wants their sum.
        share = action.limit.share
        ratio = (share.numerator, share.denominator)
        dues = [_scaled(due, ratio, grounds.carrier) for due in dues]
        action = replace(action, limit=None)
    return Payment(
        key=action.key,
        account=names.accounts[account],
        account_key=account,
        payees=action.names or (action.verb.value,),
        dues=tuple(dues),
        limit=limited_by(action, names),
        draws=tuple(_draw(key, grounds) for key in action.supports),
        order=action.order,
        sharing=grounds.sharing,
        credit=credit,
    )


def _scaled(due: Reading, ratio: Ratio, carrier: Carrier) -> Reading:
    return lambda state: carrier.scaled(due(state), ratio)


def _draw(key: str, grounds: Grounds) -> Draw:
    names = grounds.names
    if key in names.accounts:
        return account_draw(names.accounts[key], key)
    return support_draw(grounds.plan.supports[names.supports[key]], names.supports[key])


def _calculate(action: Action, grounds: Grounds) -> list[Step]:
    return [grounds.fees[grounds.names.fees[key]].calculate for key in action.names]


def _pay_fees_due(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.fees[key] for key in action.names]
    dues = [_payable(grounds, place, above_cap=action.above_cap) for place in places]
    return [_payment(action, grounds, dues, book.fees(places))]


def _payable(grounds: Grounds, place: int, *, above_cap: bool) -> Reading:
    fee, carrier = grounds.plan.fees[place], grounds.carrier
    caps = (fee.cap_each_date_fen, fee.cap_each_year_fen)
    if above_cap or caps == (None, None):
        return lambda state: state.fee_due[place]

    def read(state: State) -> Cell:
        due = state.fee_due[place]
        if caps[0] is not None:
            due = carrier.least(due, carrier.greatest(caps[0] - state.fee_today[place], 0))
        if caps[1] is not None:
            due = carrier.least(due, carrier.greatest(caps[1] - state.fee_year[place], 0))
        return due

    return read


def _pay_fees(action: Action, grounds: Grounds) -> list[Step]:
    return [*_calculate(action, grounds), *_pay_fees_due(action, grounds)]


def _accrue(action: Action, grounds: Grounds) -> list[Step]:
    places = frozenset(
        grounds.names.tranches[key]
        for key in action.names
        if grounds.plan.tranche(key).accrues is AccruesWhen.BY_ACTION
    )
    by_event = [
        tuple(each for each in accruals if each[0] in places) for accruals in grounds.interest
    ]
    return [lambda state, mask: accrue(state, by_event[state.event], mask)] if places else []


def _pay_interest(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.tranches[key] for key in action.names]
    dues = [_interest_due(place) for place in places]
    return [_payment(action, grounds, dues, book.interest(places))]


def _interest_due(place: int) -> Reading:
    def read(state: State) -> Cell:
        unpaid = state.unpaid_due[place]
        due = state.interest_due[place]
        return due if unpaid is state.zero else due + unpaid

    return read


def _pay_principal(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.tranches[key] for key in action.names]
    dues = [grounds.names.principal_due[place] for place in places]
    return [_payment(action, grounds, dues, book.principal(places))]


def _pay_down(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.tranches[key] for key in action.names]
    dues = [_listed("balance", place) for place in places]
    return [_payment(action, grounds, dues, book.principal(places))]


def _listed(attribute: str, place: int) -> Reading:
    def read(state: State) -> Cell:
        return getattr(state, attribute)[place]

    return read


def _pay_residual(action: Action, grounds: Grounds) -> list[Step]:
    names = grounds.names
    account = names.accounts[action.account or ""]
    payees = [_payee(key, names) for key in action.names]
    shares = action.shares or tuple(Fraction(1, len(payees)) for _ in payees)
    readings = [
        transfers.share_reading(grounds.carrier, account, shares, place)
        for place in range(len(shares))
    ]
    return [_payment(action, grounds, readings, book.residual(payees))]


def _payee(key: str, names: Names) -> tuple[str, int | None]:
    if key in names.tranches:
        return "tranche", names.tranches[key]
    return ("fee", names.fees[key]) if key in names.fees else ("other", None)


def _repay_support(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.supports[key] for key in action.names]
    revolving = [grounds.plan.supports[place].revolves for place in places]
    dues = [_listed("support_owed", place) for place in places]
    return [_payment(action, grounds, dues, book.support_repayment(places, revolving))]


def _pay_support_costs(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.supports[key] for key in action.names]
    dues = [_listed("support_cost", place) for place in places]
    return [_payment(action, grounds, dues, book.support_costs(places))]


def _settle_hedge(action: Action, grounds: Grounds) -> list[Step]:
    places = [grounds.names.hedges[key] for key in action.names]
    account = grounds.names.accounts[action.account or ""]
    steps: list[Step] = [
        transfers.hedge_accrual(grounds.hedge_factors[place], place, account, action.key)
        for place in places
    ]
    dues = [_listed("hedge_due", place) for place in places]
    return [*steps, _payment(action, grounds, dues, book.hedges(places))]


def _buy_assets(action: Action, grounds: Grounds) -> list[Step]:
    account = grounds.names.accounts[action.account or ""]
    want = transfers.purchasable(grounds.carrier, account)
    pay = _payment(action, grounds, [want], book.assets())
    return [transfers.growing(pay)]


def _test(action: Action, grounds: Grounds) -> list[Step]:
    tests = [grounds.tests[grounds.names.triggers[key]] for key in action.names]
    return [test.run for test in tests]


def _moved(action: Action, grounds: Grounds) -> list[Step]:
    return [transfers.transfer(action, grounds.names)]


def _drawn(action: Action, grounds: Grounds) -> list[Step]:
    draws = [_draw(key, grounds) for key in action.names]
    return [transfers.draw_into(action, draws, grounds.names)]


def _written_down(action: Action, grounds: Grounds) -> list[Step]:
    return [transfers.write_down(action, grounds.names)]


_BUILDERS: dict[Verb, Callable[[Action, Grounds], list[Step]]] = {
    Verb.CALCULATE_FEES: _calculate,
    Verb.PAY_FEES: _pay_fees,
    Verb.PAY_FEES_DUE: _pay_fees_due,
    Verb.ACCRUE_INTEREST: _accrue,
    Verb.PAY_INTEREST: _pay_interest,
    Verb.PAY_PRINCIPAL: _pay_principal,
    Verb.PAY_DOWN: _pay_down,
    Verb.PAY_RESIDUAL: _pay_residual,
    Verb.TRANSFER: _moved,
    Verb.TOP_UP: _moved,
    Verb.RELEASE: _moved,
    Verb.DRAW: _drawn,
    Verb.REPAY_SUPPORT: _repay_support,
    Verb.PAY_SUPPORT_COSTS: _pay_support_costs,
    Verb.SETTLE_HEDGE: _settle_hedge,
    Verb.BUY_ASSETS: _buy_assets,
    Verb.WRITE_DOWN: _written_down,
    Verb.TEST_TRIGGERS: _test,
}
