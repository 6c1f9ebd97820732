from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from zhirong.core.messages import Language
from zhirong.filing import disbursement, progress
from zhirong.filing.disbursement import Condition, Conditions, FeeState, MarkFamily
from zhirong.filing.office import ActKind, Registry
from zhirong.filing.progress import Progress
from zhirong.parameters.reader import catalog

ON = date(2026, 7, 6)
AGREED = Conditions(
    amount_fen=500_000_000,
    rights=(filings.RIGHT,),
    notice_no="N-2",
    notice_on=date(2026, 7, 3),
    fees=(
        FeeState(
            right=filings.RIGHT, next_due_on=date(2026, 11, 29), paid_until=date(2027, 11, 29)
        ),
    ),
)
UNPAID = FeeState(right="1", next_due_on=date(2026, 11, 29), paid_until=date(2026, 11, 29))
OPEN = Condition(code="insurance", words="保险批单", is_ticked=True, document=None)
FAMILY = MarkFamily(right=filings.RIGHT, members=(filings.RIGHT, "12345679"))
CANCELING = progress.send(filings.registered(), filings.act(ActKind.CANCEL, "C-2"), on=ON)


def codes(held: Progress, agreed: Conditions) -> list[str]:
    return [block.code for block in disbursement.disbursement_blocks(held, agreed, on=ON)]


class TestDisbursementBlocks:
    def test_are_none_when_the_register_says_what_the_contract_says(self) -> None:
        assert codes(filings.registered(), AGREED) == []
        assert disbursement.may_disburse(filings.registered(), AGREED, on=ON)

    @pytest.mark.parametrize(
        ("held", "changes", "code"),
        [
            (filings.submitted(), {}, "not_registered"),
            (CANCELING, {}, "cancel_pending"),
            (filings.registered(), {"notice_no": None}, "notice"),
            (filings.registered(amount_fen=1), {}, "amount"),
            (filings.registered(), {"rights": (filings.RIGHT, "2")}, "right_missing"),
            (filings.registered(rights=[filings.RIGHT, "2"]), {}, "right_added"),
            (filings.registered(expires_on="2026-07-05"), {}, "expired"),
            (filings.registered(), {"fees": (UNPAID,)}, "fee"),
            (filings.registered(), {"families": (FAMILY,)}, "family"),
            (filings.registered(), {"conditions": (OPEN,)}, "condition"),
        ],
    )
    def test_name_what_is_open(self, held: Progress, changes: dict[str, object], code: str) -> None:
        agreed = replace(AGREED, **changes)  # type: ignore[arg-type]

        assert codes(held, agreed) == [code]
        languages: tuple[Language, ...] = ("zh", "en")
        for block in disbursement.disbursement_blocks(held, agreed, on=ON):
            assert all(catalog().text(block.message, lang) for lang in languages)

    def test_do_not_ask_data_for_a_registration(self) -> None:
        assert codes(Progress(registry=Registry.DATA), AGREED) == []
