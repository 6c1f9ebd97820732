"""Keeps what each payment date did, and hands it over as the record of the run."""

from dataclasses import dataclass, field

from zhirong.securitization.plan.tranches import PrincipalKind
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.program import Program
from zhirong.securitization.waterfall.results import (
    AccountRun,
    FeeRun,
    HedgeRun,
    PlanRun,
    SupportRun,
    TrancheRun,
)
from zhirong.securitization.waterfall.state import ConservationError, State

_COLUMNS = {
    "interest_paid": "interest_today",
    "principal_paid": "principal_today",
    "residual_paid": "residual_today",
    "balance": "balance",
    "interest_due": "interest_due",
    "unpaid_due": "unpaid_due",
    "loss": "loss_today",
    "cash": "cash",
    "fee_paid": "fee_today",
    "fee_due": "fee_due",
    "support_paid": "support_today",
    "support_repaid": "support_repaid_today",
    "support_owed": "support_owed",
    "hedge_in": "hedge_in_today",
    "hedge_out": "hedge_out_today",
    "flags": "flags",
}
"""What is kept of each date, by the state's list that it is read from."""


@dataclass(slots=True)
class Record:
    """By column, one list a payment date, of one amount a tranche, account, fee ..."""

    program: Program
    kept: dict[str, list[list[Cell]]] = field(
        default_factory=lambda: {column: [] for column in _COLUMNS}
    )
    stages: list[Cell] = field(default_factory=list)
    residual: list[Cell] = field(default_factory=list)
    bought: list[Cell] = field(default_factory=list)
    targets: list[list[Cell]] = field(default_factory=list)
    turned: dict[str, list[tuple[Cell, ...]]] = field(default_factory=dict)
    paid_before: Cell = 0

    def note(self, state: State, levels: Cell) -> None:
        """Keeps a date, and holds what the payees got against what left the plan.

        Raises:
            ConservationError: The two differ.
        """
        for column, attribute in _COLUMNS.items():
            self.kept[column].append(list(getattr(state, attribute)))
        rest = state.other_residual
        for each in state.residual_today:
            rest = rest + each
        got = rest + state.bought_today
        for paid in (
            state.interest_today,
            state.principal_today,
            state.fee_today,
            state.support_repaid_today,
            state.hedge_out_today,
        ):
            for each in paid:
                got = got + each
        self.residual.append(rest)
        self.bought.append(state.bought_today)
        self.stages.append(state.zero + levels)
        self.targets.append(
            [
                state.zero if target is None else target(state)
                for target in self.program.names.targets
            ]
        )
        if state.carrier.breaks(got != state.paid_out - self.paid_before):
            raise ConservationError("payees", state.on)
        self.paid_before = state.paid_out

    def _column(self, name: str, place: int) -> tuple[Cell, ...]:
        found = self.turned.get(name)
        if found is None:
            found = self.turned[name] = list(zip(*self.kept[name], strict=True))
        return found[place]

    def _tranche(self, place: int) -> TrancheRun:
        unpaid = self._column("unpaid_due", place)
        due = self._column("interest_due", place)
        balance = self._column("balance", place)
        loss = self._column("loss", place)
        terms = self.program.plan.tranches[place].principal
        if loss and terms.kind is not PrincipalKind.INTEREST_ONLY:
            loss = (*loss[:-1], loss[-1] + balance[-1])
        return TrancheRun(
            rate=self.program.rates[place],
            interest_paid=self._column("interest_paid", place),
            principal_paid=self._column("principal_paid", place),
            residual_paid=self._column("residual_paid", place),
            balance=balance,
            interest_short=tuple(a + b for a, b in zip(due, unpaid, strict=True)),
            unpaid_interest_due=unpaid,
            loss=loss,
        )

    def result(self, state: State) -> PlanRun:
        """The record of the run."""
        plan = self.program.plan
        return PlanRun(
            on=plan.dates.payments,
            tranches={each.key: self._tranche(place) for place, each in enumerate(plan.tranches)},
            accounts={
                each.key: AccountRun(
                    balance=self._column("cash", place),
                    target=tuple(row[place] for row in self.targets),
                )
                for place, each in enumerate(plan.accounts)
            },
            fees={
                each.key: FeeRun(
                    paid=self._column("fee_paid", place), due_after=self._column("fee_due", place)
                )
                for place, each in enumerate(plan.fees)
            },
            supports={
                each.key: SupportRun(
                    paid=self._column("support_paid", place),
                    repaid=self._column("support_repaid", place),
                    owed_after=self._column("support_owed", place),
                )
                for place, each in enumerate(plan.supports)
            },
            hedges={
                each.key: HedgeRun(
                    received=self._column("hedge_in", place), paid=self._column("hedge_out", place)
                )
                for place, each in enumerate(plan.hedges)
            },
            triggers={
                each.key: self._column("flags", place) for place, each in enumerate(plan.triggers)
            },
            stage=tuple(self.stages),
            residual=tuple(self.residual),
            bought=tuple(self.bought),
            raw_rows=state.rows or (),
            raw_entries=state.entries or (),
        )
