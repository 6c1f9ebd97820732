"""The section `money` of a plan file: accounts, wallets, invoices, swaps, pledges that go over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zhirong.adapters.intake.plans.attempts import Attempts, one_of
from zhirong.adapters.intake.plans.money_sheet import MoneySheets, read_sheets
from zhirong.adapters.intake.plans.nodes import Entry, Fields, parsed
from zhirong.adapters.intake.plans.reader import OTHERS, SECTIONS, UNITS, PlanFileError
from zhirong.application.plans.money_terms import Holders, MoneyTerms
from zhirong.application.plans.records import PlanInputs
from zhirong.core.daycounts import DayCount
from zhirong.core.errors import InputError
from zhirong.ledger.rails import Party
from zhirong.securitization.dates.bridge import Keeper
from zhirong.securitization.money import pledges
from zhirong.securitization.money.hops import HopKind, MoneyRail
from zhirong.securitization.money.pledges import PledgeEvent, PledgeEventError, PledgeState, Tracker
from zhirong.securitization.money.swaps import Substitute, Swap, SwapReason
from zhirong.securitization.pool.records import Pool

TapeReader = Callable[[Path, date], tuple[Pool, Mapping[str, str]]]
FIELDS = (
    "invoices",
    "loans_on",
    "goods",
    "use_by",
    "interest_paid_until",
    "day_count",
    "bridge_to",
    "kept",
    "rails",
    "accounts",
    "wallets",
    "swaps",
    "pledges",
)
# What the rails of this house carry; a subscription in bank money goes through the settlement of
# the securities or not.
CARRIED = {
    HopKind.SUBSCRIPTION: (MoneyRail.SETTLEMENT, MoneyRail.BANK),
    HopKind.PRICE: (MoneyRail.BANK,),
    HopKind.LOAN: (MoneyRail.ECNY,),
    HopKind.INVOICE: (MoneyRail.ECNY,),
}
LENDER = "lender"
_EVENTS = {each.value: each for each in PledgeState if each is not PledgeState.WITH_SELLER}


class NoMoneySectionError(InputError):
    """A plan file that says nothing of its money."""

    code = "error.plans.no_money"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no section money.", name=name)


def has_money(path: Path) -> bool:
    """Whether the plan file has a section `money`."""
    return "money" in parsed(path.read_bytes()).keyed()


def read_money(path: Path, inputs: PlanInputs, read_tape: TapeReader) -> MoneyTerms:
    """What a plan file that was read says of its money, with the files that it names.

    Raises:
        NoMoneySectionError: The file has no such section.
        PlanFileError: The section has problems, each named with its line.
        TapeError: Rows of the invoices or of the reserve tape are refused.
    """
    top = parsed(path.read_bytes()).fields(*SECTIONS, *OTHERS)
    entry = top.get("money")
    if entry is None:
        raise NoMoneySectionError(path.name)
    unit_entry = top.get("amounts_in")
    unit = UNITS["yuan"] if unit_entry is None else unit_entry.word(UNITS)
    attempts = Attempts()
    section = attempts.make(
        lambda: _Section(entry.fields(*FIELDS), inputs, path.parent, read_tape, unit, attempts)
    )
    terms = None if section is None else section.terms()
    if terms is None or attempts.problems:
        problems = sorted(attempts.problems, key=lambda each: int(str(each.facts["line"])))
        raise PlanFileError(path.name, tuple(problems))
    return terms


@dataclass(slots=True)
class _Section:
    fields: Fields
    inputs: PlanInputs
    folder: Path
    read_tape: TapeReader
    unit: int
    attempts: Attempts

    def terms(self) -> MoneyTerms | None:
        """The records; None where something could not be read."""
        make, needed = self.attempts.make, self.fields.needed
        swaps = self.attempts.each(self.fields.get("swaps"), self._swap)
        coming = [each.substitute for each in swaps if each.substitute is not None]
        rail = make(self._rails)
        holders = make(lambda: self._holders(coming))
        goods = make(self._goods)
        sheets = make(lambda: self._sheets(coming))
        loans_on = make(lambda: needed("loans_on").day())
        use_by = make(lambda: needed("use_by").day())
        paid_until = make(lambda: needed("interest_paid_until").day())
        count = make(lambda: needed("day_count").word({each.value: each for each in DayCount}))
        keeper = make(lambda: needed("bridge_to").word({each.value: each for each in Keeper}))
        kept = self.fields.get("kept")
        kept_fen = 0 if kept is None else make(lambda: kept.fen(self.unit))
        trackers = make(lambda: self._trackers(coming))
        if self.attempts.problems:
            return None
        # Whatever could not be read has left a problem.
        assert rail is not None
        assert holders is not None
        assert goods is not None
        assert sheets is not None
        assert loans_on is not None
        assert use_by is not None
        assert paid_until is not None
        assert count is not None
        assert keeper is not None
        assert kept_fen is not None
        assert trackers is not None
        return MoneyTerms(
            holders=holders,
            subscribed_over=rail,
            loans_on=loans_on,
            goods=goods,
            use_by=use_by,
            interest_paid_until=paid_until,
            day_count=count,
            bridge_to=keeper,
            kept_fen=kept_fen,
            invoices=sheets.invoices,
            uses=sheets.uses,
            swaps=swaps,
            pledges=trackers,
        )

    def _goods(self) -> tuple[str, ...]:
        place = self.fields.needed("goods")
        if not place.names():
            raise place.wrong("plan.problem.single")
        return place.names()

    def _file(self, place: Entry) -> Path:
        path = (self.folder / place.text()).resolve()
        # A plan file may come from outside: it names a file beside it, and no other.
        if not (path.is_file() and path.is_relative_to(self.folder.resolve())):
            raise place.wrong("plan.problem.no_file", value=place.text())
        return path

    def _sheets(self, coming: list[Substitute]) -> MoneySheets:
        claims = {each.claim_id for each in self.inputs.pool.claims}
        claims |= {each.claim.claim_id for each in coming}
        path = self._file(self.fields.needed("invoices"))
        return read_sheets(path, claims, self.inputs.plan.dates.closing)

    def _rails(self) -> MoneyRail:
        rails = self.fields.needed("rails").fields(*(kind.value for kind in CARRIED))
        found = {
            kind: rails.needed(kind.value).word({each.value: each for each in carried})
            for kind, carried in CARRIED.items()
        }
        return found[HopKind.SUBSCRIPTION]

    def _holders(self, coming: list[Substitute]) -> Holders:
        accounts = self.fields.needed("accounts").fields("subscription", "plan", "seller")
        wallets = self.fields.needed("wallets")
        given = wallets.keyed()
        owing = {each.obligor_id for each in self.inputs.pool.obligors}
        owing |= {each.obligor.obligor_id for each in coming}
        for name, each in given.items():
            if name != LENDER:
                one_of(each, owing, "pool")
            if list(map(Entry.text, given.values())).count(each.text()) > 1:
                raise each.wrong("plan.problem.wallet_twice", word=each.text())
        for name in (LENDER, *sorted(owing)):
            if name not in given:
                raise wallets.wrong("plan.problem.missing", word=name)
        lender = self.inputs.parties.get(LENDER)
        if lender is None:
            raise given[LENDER].wrong("plan.problem.unknown_name", word=LENDER, section="parties")
        return Holders(
            subscription=_account(accounts.needed("subscription")),
            plan=_account(accounts.needed("plan")),
            seller=_account(accounts.needed("seller")),
            lender=Party(account=given[LENDER].text(), name=lender),
            firms={name: each.text() for name, each in given.items() if name != LENDER},
        )

    def _swap(self, key: str, entry: Entry) -> Swap:
        one_of(entry, {each.claim_id for each in self.inputs.pool.claims}, "pool")
        fields = entry.fields("reason", "note", "by", "on", "in", "tape")
        inward = fields.get("in")
        return Swap(
            out=key,
            reason=fields.needed("reason").word({each.value: each for each in SwapReason}),
            note=fields.needed("note").text(),
            by=fields.needed("by").text(),
            on=fields.needed("on").day(),
            substitute=None if inward is None else self._substitute(inward, fields.needed("tape")),
        )

    def _substitute(self, inward: Entry, tape: Entry) -> Substitute:
        pool, _ = self.read_tape(self._file(tape), self.inputs.plan.dates.cut_off)
        claims = {each.claim_id: each for each in pool.claims}
        if inward.text() not in claims:
            raise inward.unknown(inward.text(), claims)
        claim = claims[inward.text()]
        sets = {each.collateral_id: each for each in pool.collateral}
        return Substitute(
            claim=claim,
            obligor=pool.obligor(claim.obligor_id),
            collateral=sets[claim.collateral_id] if claim.collateral_id else None,
        )

    def _trackers(self, coming: list[Substitute]) -> tuple[Tracker, ...]:
        entry = self.fields.get("pledges")
        if entry is None:
            return ()
        fields = entry.fields(*_EVENTS, "rights")
        usual = [_event(fields.needed(name), name) for name in _EVENTS if fields.get(name)]
        rights = fields.get("rights")
        own = {} if rights is None else rights.keyed()
        pool = self.inputs.pool
        sets = tuple(each.collateral for each in coming if each.collateral is not None)
        known = pledges.trackers(replace(pool, collateral=(*pool.collateral, *sets)))
        for each in own.values():
            one_of(each, {tracker.right for tracker in known}, "pool")
        found = []
        for tracker in known:
            place = own.get(tracker.right, entry)
            events = [*usual, *_own_events(own.get(tracker.right))]
            try:
                found.append(replace(tracker, events=tuple(events)))
            except PledgeEventError as wrong:
                state = f"securitization.pledge.state.{wrong.facts['state']}"
                raise place.wrong(
                    "plan.problem.pledge_event", word=tracker.right, state=state
                ) from None
        return tuple(found)


def _own_events(entry: Entry | None) -> Iterator[PledgeEvent]:
    for name, each in {} if entry is None else entry.fields(*_EVENTS).found.items():
        yield _event(each, name)


def _event(entry: Entry, name: str) -> PledgeEvent:
    fields = entry.fields("on", "evidence", "by")
    by = fields.get("by")
    return PledgeEvent(
        state=_EVENTS[name],
        on=fields.needed("on").day(),
        evidence=fields.needed("evidence").text(),
        by="" if by is None else by.text(),
    )


def _account(entry: Entry) -> Party:
    fields = entry.fields("account", "bank", "holder")
    return Party(
        account=fields.needed("account").text(),
        name=fields.needed("holder").text(),
        bank=fields.needed("bank").text(),
    )
