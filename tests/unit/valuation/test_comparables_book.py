from datetime import date
from typing import Any

import pytest

from zhirong.core.sources import Source
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation.comparables_book import (
    Comparable,
    Deal,
    Payment,
    Query,
    read_rules,
    refusal_reasons,
    search,
    select,
)

ON = date(2026, 6, 30)
RULES = read_rules(Parameters(), on=ON)


def deal(**fields: Any) -> Comparable:
    facts: dict[str, Any] = {
        "id": "L1",
        "kind": "invention",
        "industry": "C3911",
        "deal": Deal.EXCLUSIVE_LICENSE,
        "dated": date(2024, 3, 1),
        "payment": Payment.LUMP,
        "lump": 1.66e6,
        "recordal_number": "2024330000001",
        "source": Source(file="licenses.xlsx", row=4),
        "is_affiliated": False,
    }
    return Comparable(**(facts | fields))


class TestSearch:
    BOOK = (
        deal(),
        deal(id="L2", industry="C26", dated=date(2025, 1, 1)),
        deal(id="L3", kind="utility_model", dated=date(2023, 1, 1)),
        deal(id="L4", deal=Deal.TRANSFER, payment=Payment.RUNNING, rate=0.02),
    )

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (Query(), ["L2", "L1", "L4", "L3"]),
            (Query(industry="C39"), ["L1", "L4", "L3"]),
            (Query(kinds=("utility_model",)), ["L3"]),
            (Query(deals=(Deal.TRANSFER,)), ["L4"]),
            (Query(payments=(Payment.LUMP,), dated_from=date(2024, 1, 1)), ["L2", "L1"]),
            (Query(dated_to=date(2023, 12, 31)), ["L3"]),
        ],
    )
    def test_finds_by_industry_kind_and_date(self, query: Query, found: list[str]) -> None:
        assert [entry.id for entry in search(self.BOOK, query=query)] == found


class TestRefusalReasons:
    def test_has_nothing_against_a_sound_deal(self) -> None:
        assert refusal_reasons(deal(), rules=RULES, valuation_date=ON) == ()

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"dated": date(2026, 7, 1)}, "after_valuation_date"),
            ({"dated": date(2021, 1, 1)}, "too_old"),
            ({"source": None, "recordal_number": ""}, "no_source"),
            ({"is_affiliated": True}, "affiliated"),
            ({"is_settlement": True}, "settlement"),
            ({"payment": Payment.FREE, "lump": None}, "free"),
            ({"lump": None}, "no_price"),
            ({"lump": 0.0}, "no_price"),
            ({"payment": Payment.RUNNING, "rate": None}, "no_price"),
            ({"payment": Payment.MIXED, "rate": None}, "no_price"),
            ({"payment": Payment.RUNNING, "rate": 0.2, "rate_base": "profit"}, "other_base"),
            ({"payment": Payment.RUNNING, "rate": 2.5}, "rate_too_high"),
        ],
    )
    def test_says_why_not(self, fields: dict[str, Any], reason: str) -> None:
        reasons = refusal_reasons(deal(**fields), rules=RULES, valuation_date=ON)

        assert [message.code for message in reasons] == [f"comparable.{reason}"]
        assert "L1" in catalog().text(reasons[0], "zh")

    def test_names_every_reason(self) -> None:
        bad = deal(is_affiliated=True, dated=date(2015, 1, 1))

        assert len(refusal_reasons(bad, rules=RULES, valuation_date=ON)) == 2


class TestSelect:
    def test_keeps_the_refused_with_their_reasons(self) -> None:
        selection = select(
            (deal(), deal(id="L2", recordal_number="2", is_affiliated=True)),
            rules=RULES,
            valuation_date=ON,
        )

        assert [entry.id for entry in selection.accepted] == ["L1"]
        assert [entry.comparable.id for entry in selection.refused] == ["L2"]

    def test_counts_one_contract_once(self) -> None:
        selection = select((deal(), deal(id="L1 again")), rules=RULES, valuation_date=ON)

        assert [m.code for m in selection.refused[0].reasons] == ["comparable.duplicate"]

    def test_notes_few_deals_and_what_is_not_known(self) -> None:
        unknown = deal(is_affiliated=None, recordal_number="")

        codes = {m.code for m in select((unknown,), rules=RULES, valuation_date=ON).notes}

        assert codes == {
            "comparable.affiliation_unknown",
            "comparable.not_recorded",
            "comparable.too_few",
        }

    def test_loses_no_deal(self) -> None:
        deals = tuple(deal(id=f"L{i}", recordal_number=str(i // 2)) for i in range(9))

        selection = select(deals, rules=RULES, valuation_date=ON)

        assert len(selection.accepted) + len(selection.refused) == len(deals)
