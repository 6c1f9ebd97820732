"""The penetration report: every fen from investor to invoice, and whatever does not reconcile."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhirong.securitization.dates.bridge import Price
from zhirong.securitization.money.hops import Hop, HopError, HopKind, MoneyRail, Place
from zhirong.securitization.money.penetration import Invoice, Path, penetration

LENT, CLOSING = date(2024, 11, 20), date(2024, 11, 27)
INVESTOR = Place(account="INV", holder="投资者")
PLAN = Place(account="PLAN", holder="专项计划")
LENDER = Place(account="LENDER", holder="贷款人")
RAIL = {
    HopKind.SUBSCRIPTION: MoneyRail.SETTLEMENT,
    HopKind.PRICE: MoneyRail.BANK,
}


def hop(kind: HopKind, ends: tuple[Place, Place], fen: int, key: str, **changes: object) -> Hop:
    made = Hop(
        reference=f"{kind}-{key}",
        kind=kind,
        rail=RAIL.get(kind, MoneyRail.ECNY),
        payer=ends[0],
        payee=ends[1],
        amount_fen=fen,
        on=CLOSING if kind in RAIL else LENT,
        claim_id="" if kind is HopKind.SUBSCRIPTION else key.partition("/")[0],
        rail_reference=f"{kind}-{key}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def at_par(key: str, fen: int) -> Price:
    return Price(
        claim_id=key,
        principal_fen=fen,
        accrued_days=0,
        accrued_fen=0,
        bridge_days=7,
        bridge_fen=0,
        handed_on_fen=0,
    )


def firm(key: str) -> Place:
    return Place(account=f"W-{key}", holder=f"企业{key}")


def supplier(number: str) -> Place:
    return Place(account=f"S-{number}", holder=f"供应商{number}")


def path(loans: dict[str, list[int]]) -> Path:
    """A whole path: each claim has invoices of these amounts, and is lent their sum."""
    hops, invoices, prices = [], [], []
    for key, parts in loans.items():
        fen = sum(parts)
        prices.append(at_par(key, fen))
        hops.append(hop(HopKind.LOAN, (LENDER, firm(key)), fen, key))
        hops.append(hop(HopKind.PRICE, (PLAN, LENDER), fen, key))
        for i, part in enumerate(parts):
            number = f"{key}/{i}"
            invoices.append(
                Invoice(
                    number=number,
                    claim_id=key,
                    supplier=supplier(number).holder,
                    wallet=supplier(number).account,
                    amount_fen=part,
                )
            )
            ends = (firm(key), supplier(number))
            hops.append(hop(HopKind.INVOICE, ends, part, number, invoice=number))
    raised = sum(sum(parts) for parts in loans.values())
    hops.append(hop(HopKind.SUBSCRIPTION, (INVESTOR, PLAN), raised, "all"))
    return Path(
        hops=tuple(hops),
        prices=tuple(prices),
        invoices=tuple(invoices),
        refused=(),
        closing=CLOSING,
        kept_fen=0,
    )


WHOLE = path({"L1": [300_00, 700_00], "L2": [500_01]})


def changed(kind: HopKind, place: int = 0, **changes: object) -> Path:
    """The whole path with one hop of a kind otherwise."""
    hops = list(WHOLE.hops)
    at = [i for i, each in enumerate(hops) if each.kind is kind][place]
    hops[at] = replace(hops[at], **changes)  # type: ignore[arg-type]
    return replace(WHOLE, hops=tuple(hops))


def rules(given_: Path) -> set[str]:
    found = penetration(given_).unreconciled
    return {each.code.removeprefix("securitization.money.") for each in found}


class TestPenetration:
    def test_traces_every_yuan_to_its_invoice(self) -> None:
        found = penetration(WHOLE)

        assert found.is_clean
        assert found.raised_fen == found.price_fen == found.lent_fen == found.invoiced_fen
        assert [trail.claim_id for trail in found.trails] == ["L1", "L2"]

    @pytest.mark.parametrize(
        ("given_", "rule"),
        [
            (replace(WHOLE, kept_fen=1), "differs.raised"),
            (changed(HopKind.SUBSCRIPTION, amount_fen=1_500_00), "differs.raised"),
            (changed(HopKind.PRICE, amount_fen=999_99), "differs.price"),
            (changed(HopKind.LOAN, amount_fen=1_000_01), "differs.lent"),
            (changed(HopKind.INVOICE, amount_fen=300_01), "differs.invoice"),
            (changed(HopKind.INVOICE, amount_fen=300_01), "differs.used"),
            (changed(HopKind.INVOICE, payer=supplier("x")), "hop.wallet"),
            (changed(HopKind.INVOICE, on=date(2024, 11, 19)), "hop.before_loan"),
            (changed(HopKind.INVOICE, invoice="?"), "hop.no_invoice"),
            (changed(HopKind.INVOICE, payee=supplier("x")), "hop.other_invoice"),
            (changed(HopKind.INVOICE, rail_reference=""), "hop.untold"),
            (changed(HopKind.INVOICE, reference="loan-L1"), "hop.twice"),
            (changed(HopKind.INVOICE, claim_id="L9"), "hop.no_claim"),
            (changed(HopKind.PRICE, on=LENT), "hop.before_closing"),
            (changed(HopKind.SUBSCRIPTION, rail=MoneyRail.ECNY), "hop.rail"),
            (changed(HopKind.PRICE, rail=MoneyRail.ECNY), "hop.rail"),
            (replace(WHOLE, invoices=(*WHOLE.invoices, WHOLE.invoices[0])), "same_invoice"),
        ],
    )
    def test_lists_what_does_not_reconcile(self, given_: Path, rule: str) -> None:
        assert rule in rules(given_)

    def test_shows_what_waits_in_a_wallet_apart_from_what_is_wrong(self) -> None:
        hops = tuple(each for each in WHOLE.hops if each.invoice != "L1/0")

        found = penetration(replace(WHOLE, hops=hops))

        assert (found.waiting_fen, found.unreconciled, found.is_clean) == (300_00, (), False)

    def test_counts_what_came_back(self) -> None:
        hops = tuple(each for each in WHOLE.hops if each.invoice != "L1/0")
        back = hop(HopKind.RETURN, (firm("L1"), LENDER), 300_00, "L1")

        found = penetration(replace(WHOLE, hops=(*hops, back)))

        assert found.is_clean
        assert found.returned_fen == 300_00

    @given(
        loans=st.dictionaries(
            st.sampled_from([f"L{i}" for i in range(6)]),
            st.lists(st.integers(1, 10**11), min_size=1, max_size=4),
            min_size=1,
        ),
        data=st.data(),
    )
    def test_finds_a_fen_that_is_missing_anywhere(
        self, loans: dict[str, list[int]], data: st.DataObject
    ) -> None:
        whole = path(loans)
        assert penetration(whole).is_clean
        at = data.draw(st.integers(0, len(whole.hops) - 1))
        more = replace(whole.hops[at], amount_fen=whole.hops[at].amount_fen + 1)

        found = penetration(replace(whole, hops=(*whole.hops[:at], more, *whole.hops[at + 1 :])))

        assert found.unreconciled


class TestHop:
    def test_has_another_hash_once_anything_changes(self) -> None:
        one = WHOLE.hops[0]

        assert one.hash == replace(one).hash
        assert len({one.hash, replace(one, amount_fen=1).hash, replace(one, at="09:30").hash}) == 3

    @pytest.mark.parametrize("changes", [{"amount_fen": 0}, {"payee": LENDER}])
    def test_refuses_what_moves_nothing(self, changes: dict[str, object]) -> None:
        with pytest.raises(HopError):
            replace(WHOLE.hops[0], **changes)  # type: ignore[arg-type]
