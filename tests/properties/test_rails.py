"""What the sandbox operator can never do: make money, lose it, or free what is bound."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.payments import DAY, order
from tests.rail_worlds import FUNDS, Day, account, client, control, counterparty, rail_of
from zhirong.adapters.rails.sandbox.app import RailsApp
from zhirong.ledger.purposes import Condition, Fallback, Purpose
from zhirong.ledger.rails import OrderState, Party, PaymentOrder

NAMES = ("W0", "W1", "W2", "W3")
PARTIES = {name: Party(account=name, name=f"holder of {name}") for name in NAMES}


@dataclass(frozen=True)
class Step:
    """A payment between two wallets, bound, released or free; days pass before it."""

    pair: tuple[str, str]
    fen: int
    binds: bool
    releases: int | None
    days: int


STEPS = st.builds(
    Step,
    pair=st.permutations(NAMES).map(lambda names: (names[0], names[1])),
    fen=st.integers(1, FUNDS),
    binds=st.booleans(),
    releases=st.none() | st.integers(0, 5),
    days=st.integers(0, 3),
)


def order_of(place: int, step: Step) -> PaymentOrder:
    payer, payee = (PARTIES[name] for name in step.pair)
    purpose = Purpose(
        number=f"P{place}",
        payer=payer.account,
        payees=NAMES[:2],
        goods=("goods",),
        cap_fen=step.fen,
        expires_on=DAY + timedelta(days=4),
        conditions=(Condition.INVOICE,),
        fallback=Fallback.RETURN if place % 2 else Fallback.HOLD,
    )
    return order(
        f"R{place}",
        payer=payer,
        payee=payee,
        amount_fen=step.fen,
        purpose=purpose if step.binds and step.releases is None else None,
        releases=None if step.releases is None else f"P{step.releases}",
        goods="goods",
        evidence=("invoice",),
    )


class TestOperator:
    @given(st.lists(STEPS, max_size=8))
    def test_keeps_every_fen(self, steps: list[Step]) -> None:
        with TemporaryDirectory() as folder:
            day = Day()
            app = RailsApp(counterparty=counterparty(Path(folder), today=day), has_control=True)
            line = client(app)
            rows = [account("ecny", party) for party in PARTIES.values()]
            control(line, "accounts", {"accounts": rows})
            paid = 0
            for place, step in enumerate(steps):
                day.forward(step.days)
                found = rail_of("ecny", line).send(order_of(place, step))
                paid += found.state is OrderState.PAID
                store, rules = app.counterparty.store, app.counterparty.rules
                wallets = [store.account("ecny", name) for name in NAMES]
                balances = [store.balance_fen(wallet) for wallet in wallets if wallet]
                free = [rules.free_fen(wallet) for wallet in wallets if wallet]

                assert sum(balances) == FUNDS * len(NAMES)
                assert min(*balances, *free) >= 0
            moved = [rail_of("ecny", line, name).entries(after=0) for name in NAMES]
            references = [e.reference for page in moved for _, e in page]
            assert (
                len([r for r in references if r.startswith("R") and r[1].isdecimal()]) == 2 * paid
            )
            app.counterparty.store.close()
