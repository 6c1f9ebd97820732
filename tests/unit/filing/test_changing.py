"""Parts of a registration that change, and what contract and application say then."""

from datetime import date

import pytest

from tests import filings
from zhirong.filing.changing import (
    ChangedPart,
    ChangeItem,
    ChangeItemError,
    changed,
    changes_of,
    taken_out,
)
from zhirong.filing.forms import Change, ChangeSubject, ClaimKind, Scope

PLEDGE = filings.pledge()
OTHER = filings.right(number="202111434681.X")
TWO = filings.pledge(rights=(filings.right(), OTHER), items=filings.contract(rights_count=2))


def item(part: ChangedPart, after: str, of: str = "") -> ChangeItem:
    return ChangeItem(part=part, after=after, of=of)


class TestChanged:
    def test_renames_a_party_wherever_it_stands(self) -> None:
        firm = filings.PLEDGOR.identifier
        made = changed(PLEDGE, (item(ChangedPart.NAME, " 新名称 ", firm),))

        assert (made.pledgors[0].name, made.debtor.name) == ("新名称", "新名称")
        assert made.pledgee == PLEDGE.pledgee

    def test_moves_a_party(self) -> None:
        bank = filings.PLEDGEE.identifier
        assert changed(PLEDGE, (item(ChangedPart.ADDRESS, "某路", bank),)).pledgee.address == "某路"

    def test_changes_what_is_secured(self) -> None:
        made = changed(
            PLEDGE,
            (
                item(ChangedPart.AMOUNT, "7"),
                item(ChangedPart.TERM, "2028-01-31"),
                item(ChangedPart.CLAIM_KIND, "credit_line"),
                item(ChangedPart.SCOPE, "interest principal"),
            ),
        ).items

        assert (made.amount_fen, made.debt_to) == (7, date(2028, 1, 31))
        assert made.claim_kind is ClaimKind.CREDIT_LINE
        assert made.scope == (Scope.PRINCIPAL, Scope.INTEREST)

    def test_keeps_the_count_of_the_rights_that_stay(self) -> None:
        left = (item(ChangedPart.RIGHTS, OTHER.number),)

        assert changed(TWO, left).items.rights_count == 1
        assert taken_out(TWO, left) == (filings.RIGHT,)

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            (item(ChangedPart.NAME, "甲", "NOBODY"), "party"),
            (item(ChangedPart.NAME, " ", filings.PLEDGOR.identifier), "value"),
            (item(ChangedPart.AMOUNT, "0"), "value"),
            (item(ChangedPart.AMOUNT, "1.5"), "value"),
            (item(ChangedPart.TERM, "soon"), "value"),
            (item(ChangedPart.TERM, "2020-01-01"), "value"),
            (item(ChangedPart.CLAIM_KIND, "gift"), "value"),
            (item(ChangedPart.SCOPE, "principal luck"), "value"),
            (item(ChangedPart.SCOPE, ""), "value"),
            (item(ChangedPart.RIGHTS, ""), "no_rights_left"),
            (item(ChangedPart.RIGHTS, f"{filings.RIGHT} ZL1"), "rights_added"),
        ],
    )
    def test_refuses_what_the_register_does_not_change(
        self, wrong: ChangeItem, reason: str
    ) -> None:
        with pytest.raises(ChangeItemError) as refused:
            changed(PLEDGE, (wrong,))
        assert refused.value.facts["reason"] == f"error.change_item.{reason}"


class TestChangesOf:
    def test_says_before_and_after(self) -> None:
        assert changes_of(PLEDGE, (item(ChangedPart.AMOUNT, "7"),)) == (
            Change(subject=ChangeSubject.AMOUNT, before="500000000", after="7"),
        )

    def test_counts_one_change_upon_another(self) -> None:
        firm = filings.PLEDGOR.identifier
        names = [item(ChangedPart.NAME, name, firm) for name in ("甲", "乙")]
        assert [change.before for change in changes_of(PLEDGE, names)] == [
            filings.PLEDGOR.name,
            "甲",
        ]

    def test_needs_something_that_changes(self) -> None:
        with pytest.raises(ChangeItemError, match="nothing"):
            changes_of(PLEDGE, ())
        with pytest.raises(ChangeItemError, match="same"):
            changes_of(PLEDGE, (item(ChangedPart.AMOUNT, "500000000"),))
