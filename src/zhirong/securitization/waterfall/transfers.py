"""Steps that pay nobody or more than is owed: between accounts, purchases, hedges, write-downs."""

from collections.abc import Sequence
from fractions import Fraction

from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.waterfall.carriers import Carrier, Cell
from zhirong.securitization.waterfall.measures import Names, Reading
from zhirong.securitization.waterfall.payments import Draw, Payment, Step, limited_by
from zhirong.securitization.waterfall.state import UNIT_FACTOR, State


def transfer(action: Action, names: Names) -> Step:
    """Cash from one account to another: all of it, up to a target, or above a target."""
    source, into = names.accounts[action.account or ""], names.accounts[action.into or ""]
    limit, key = limited_by(action, names), action.key
    account_key = action.account or ""
    wanted = _wanted(action, names, source, into)
    is_top_up = action.verb is Verb.TOP_UP
    payee = (action.into or "",)

    def step(state: State, mask: Cell) -> None:
        carrier = state.carrier
        available = state.cash[source]
        due = wanted(state)
        if limit is not None:
            due = limit(state, due)
        if mask is not None:
            due = due * mask
        paid = carrier.least(due, available)
        if carrier.any(paid):
            state.move(source, -paid, key)
            state.move(into, paid, key)
        if state.rows is not None:
            due = due if is_top_up else paid
            parts = ((payee[0], paid),)
            row = (state.on, state.waterfall, key, account_key)
            state.rows.append((*row, due, available, paid, 0, due - paid, parts))

    return step


def _wanted(action: Action, names: Names, source: int, into: int) -> Reading:
    carrier = names.carrier
    if action.verb is Verb.TOP_UP:
        target = names.targets[into]
        assert target is not None, "validation asks for the target of an account topped up"
        return lambda state: carrier.greatest(target(state) - state.cash[into], 0)
    if action.verb is Verb.RELEASE:
        floor = names.targets[source]
        assert floor is not None, "validation asks for the target of an account released from"
        return lambda state: carrier.greatest(state.cash[source] - floor(state), 0)
    return lambda state: state.cash[source]


def draw_into(action: Action, draws: Sequence[Draw], names: Names) -> Step:
    """From supports into an account, up to the limit or to the account's target."""
    into = names.accounts[action.into or ""]
    limit, key = limited_by(action, names), action.key
    target = names.targets[into]
    carrier = names.carrier

    def step(state: State, mask: Cell) -> None:
        short = state.zero
        if target is not None:
            short = carrier.greatest(target(state) - state.cash[into], 0)
        if limit is not None:
            # The limit states the amount; a target only bounds it where there is one.
            ample = short if target is not None else state.zero + UNIT_FACTOR * UNIT_FACTOR
            short = limit(state, ample)
        if mask is not None:
            short = short * mask
        wanted, got = short, state.zero
        for draw in draws:
            part = draw(state, short)
            short, got = short - part, got + part
        if carrier.any(got):
            state.move(into, got, key)
        if state.rows is not None:
            parts = ((action.into or "", got),)
            row = (state.on, state.waterfall, key, action.into or "")
            state.rows.append((*row, wanted, 0, got, got, wanted - got, parts))

    return step


def share_reading(
    carrier: Carrier, account: int, shares: Sequence[Fraction], place: int
) -> Reading:
    """One payee's share of an account's cash: the running total is rounded, differences paid."""
    before = sum(shares[:place], Fraction(0))
    upto = before + shares[place]
    low, high = (before.numerator, before.denominator), (upto.numerator, upto.denominator)

    def read(state: State) -> Cell:
        cash = state.cash[account]
        if place == 0:
            return carrier.scaled(cash, high)
        return carrier.scaled(cash, high) - carrier.scaled(cash, low)

    return read


def hedge_accrual(factors: Sequence[Fraction], place: int, account: int, key: str) -> Step:
    """The net of a period: received into the account, or due to be paid from it."""
    ratios = [(abs(each).numerator, each.denominator) for each in factors]
    receives = [each > 0 for each in factors]

    def step(state: State, mask: Cell) -> None:
        net = state.carrier.scaled(state.hedge_mark[place], ratios[state.payment])
        if mask is not None:
            net = net * mask
        if receives[state.payment]:
            state.move(account, net, key)
            state.brought_in = state.brought_in + net
            state.hedge_in_today[place] = state.hedge_in_today[place] + net
        else:
            state.hedge_due[place] = state.hedge_due[place] + net

    return step


def purchasable(carrier: Carrier, account: int) -> Reading:
    """What can be spent on assets: all cash, where there is a pool to add to."""

    def read(state: State) -> Cell:
        return carrier.where(state.pool_balance > 0, state.cash[account], 0)

    return read


def growing(pay: Payment) -> Step:
    """Pays for assets at par and lets the pool grow in the proportions it has.

    From then on collections are those given times a factor, kept in billionths so that both
    carriers round it alike.
    """

    def step(state: State, mask: Cell) -> None:
        before = state.bought_today
        pay(state, mask)
        spent = state.bought_today - before
        if not state.carrier.any(spent):
            return
        old = state.zero + UNIT_FACTOR if state.factor is None else state.factor
        grown = state.pool_balance + spent
        whole = state.carrier.greatest(state.pool_balance, 1)
        more = state.carrier.part(old, grown, whole)
        state.factor = state.carrier.where(spent > 0, more, old)
        state.pool_balance = grown

    return step


def write_down(action: Action, names: Names) -> Step:
    """Losses taken to balances, the first name first, up to the amount of the limit."""
    places = [names.tranches[key] for key in action.names]
    limit = limited_by(action, names)
    assert limit is not None, "validation asks for the amount of a write-down"

    def step(state: State, mask: Cell) -> None:
        carrier = state.carrier
        total = state.zero
        for place in places:
            total = total + state.balance[place]
        left = limit(state, total)
        if mask is not None:
            left = left * mask
        for place in places:
            part = carrier.least(left, state.balance[place])
            state.balance[place] = state.balance[place] - part
            state.loss_today[place] = state.loss_today[place] + part
            left = left - part

    return step
