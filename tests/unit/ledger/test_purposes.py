from datetime import date, timedelta
from typing import Any

import pytest

from zhirong.core.messages import Language
from zhirong.ledger import purposes
from zhirong.ledger.purposes import Condition, Fallback, Purpose, PurposeError, Release
from zhirong.parameters.reader import catalog

LAST = date(2026, 6, 30)


def purpose(**changes: Any) -> Purpose:
    given: dict[str, Any] = {
        "number": "P-1",
        "payer": "lender",
        "payees": ("supplier",),
        "goods": ("steel", "castings"),
        "cap_fen": 1_000,
        "expires_on": LAST,
        "conditions": (Condition.INVOICE,),
        "fallback": Fallback.RETURN,
    }
    return Purpose(**(given | changes))


def release(**changes: Any) -> Release:
    given: dict[str, Any] = {
        "payee": "supplier",
        "goods": "steel",
        "amount_fen": 400,
        "on": LAST,
        "shown": (Condition.INVOICE,),
    }
    return Release(**(given | changes))


class TestPurpose:
    @pytest.mark.parametrize(
        "changes", [{"payees": ()}, {"goods": ()}, {"cap_fen": 0}, {"number": ""}]
    )
    def test_allows_something(self, changes: dict[str, Any]) -> None:
        with pytest.raises(PurposeError):
            purpose(**changes)


class TestRefusals:
    def test_are_none_on_the_last_day_for_the_last_fen(self) -> None:
        asked = release(amount_fen=600)

        assert purposes.refusals(purpose(), asked, released_fen=400) == ()

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"payee": "cousin"}, "payee"),
            ({"goods": "wine"}, "goods"),
            ({"amount_fen": 601}, "cap"),
            ({"amount_fen": 0}, "cap"),
            ({"on": LAST + timedelta(days=1)}, "expired"),
            ({"shown": (Condition.DELIVERY,)}, "condition"),
        ],
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_say_each_reason_in_words(
        self, changes: dict[str, Any], code: str, lang: Language
    ) -> None:
        (found,) = purposes.refusals(purpose(), release(**changes), released_fen=400)

        assert found.code == f"purpose.refused.{code}"
        assert "P-1" in catalog("ledger").text(found, lang)

    def test_say_all_of_them_at_once(self) -> None:
        asked = release(payee="cousin", goods="wine", shown=())

        assert len(purposes.refusals(purpose(), asked, released_fen=0)) == 3


class TestFallsBackFen:
    def test_is_the_bound_rest_behind_the_last_day(self) -> None:
        day = LAST + timedelta(days=1)
        facts = {"released_fen": 300, "bound_fen": 1_000}

        assert purposes.falls_back_fen(purpose(), on=LAST, **facts) == 0
        assert purposes.falls_back_fen(purpose(), on=day, **facts) == 700

    def test_is_nothing_where_the_money_is_held(self) -> None:
        held = purpose(fallback=Fallback.HOLD)
        day = LAST + timedelta(days=1)

        assert purposes.falls_back_fen(held, released_fen=0, bound_fen=9, on=day) == 0
