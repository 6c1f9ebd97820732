"""Every error, reason and note of the market side can be said in both languages."""

from datetime import date
from typing import get_args

import pytest

from tests.unit.valuation.test_comparables_book import RULES, deal
from tests.unit.valuation.test_royalty_evidence import LIMITS, grid
from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog
from zhirong.valuation import reconciliation as r
from zhirong.valuation.ageing import CarrierError
from zhirong.valuation.comparables_book import Payment, select
from zhirong.valuation.cost_steps import PriceIndexError
from zhirong.valuation.deal_price import DealPriceError
from zhirong.valuation.disposal import DisposalTermsError
from zhirong.valuation.keep_or_drop import UpkeepError
from zhirong.valuation.premises import (
    ExposureError,
    PledgePolicyError,
    PremiseError,
    PrudenceTwiceError,
)
from zhirong.valuation.royalty_evidence import (
    AdjustmentError,
    ConversionError,
    adjustment_notes,
)

ON = date(2026, 6, 30)
LANGUAGES: tuple[Language, ...] = get_args(Language)
ERRORS: tuple[ZhirongError, ...] = (
    CarrierError("rust"),
    PriceIndexError(2021),
    *(
        DealPriceError(problem)
        for problem in ("meanings_differ", "unknown_dependence", "draws_differ", "no_sales")
    ),
    DisposalTermsError("haircut", 1.2),
    UpkeepError("201920000000X", fees=3),
    ExposureError(0.0),
    PledgePolicyError("none"),
    PremiseError(wanted="market_value", given="liquidation"),
    PrudenceTwiceError(),
    AdjustmentError("date"),
    ConversionError(term_years=None, sales_years=0),
    r.ReconciliationError("weights_mismatch", detail="cost_reproduction"),
)


def reconciled() -> list[Message]:
    """Every sentence that a reconciliation can hold."""
    income = r.MethodResult(method="relief_from_royalty", family="income", value=9.0)
    cost = r.MethodResult(method="cost_reproduction", family="cost", value=1.0)
    again = r.MethodResult(method="cost_multiplier", family="cost", value=1.1)
    sentences: list[Message] = []
    for results, policy in (
        ((income, cost), r.Policy(ratio_max=3.0)),
        ((income, cost), r.Policy(ratio_max=3.0, written_reason="R", written_by="W")),
        ((cost, again), r.Policy(ratio_max=3.0)),
        ((income,), r.Policy(ratio_max=3.0)),
        *(((income,), r.Policy(ratio_max=3.0, single_reason=s)) for s in r.SINGLE_REASONS),
    ):
        weights = [
            r.MethodWeight(method=x.method, weight=1 / len(results), author="A", reason="B")
            for x in results
        ]
        found = r.reconcile(results, weights=weights, policy=policy)
        sentences += [*found.reasons, *found.breaches]
    return sentences


def screened() -> list[Message]:
    """Every reason and note about deals."""
    bad = deal(
        id="L2",
        dated=date(2015, 1, 1),
        payment=Payment.RUNNING,
        rate=0.9,
        rate_base="profit",
        is_affiliated=True,
        is_settlement=True,
    )
    unseen = deal(id="L3", source=None, recordal_number="", payment=Payment.LUMP, lump=None)
    free = deal(id="L4", payment=Payment.FREE, dated=date(2027, 1, 1))
    unknown = deal(id="L5", recordal_number="", is_affiliated=None)
    selection = select((bad, unseen, free, unknown), rules=RULES, valuation_date=ON)
    far = adjustment_notes(grid(date=1.5, quality=1.2), limits=LIMITS)
    reasons = [reason for refusal in selection.refused for reason in refusal.reasons]
    return [*reasons, *selection.notes, *far]


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWords:
    @pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
    def test_say_what_went_wrong(self, error: ZhirongError, lang: Language) -> None:
        message = Message(error.code, error.facts)  # type: ignore[arg-type]

        assert catalog().text(message, lang)

    def test_say_how_methods_were_reconciled(self, lang: Language) -> None:
        assert all(catalog().text(message, lang) for message in reconciled())

    def test_say_why_deals_are_not_used(self, lang: Language) -> None:
        said = {message.code for message in screened()}

        assert all(catalog().text(message, lang) for message in screened())
        words = {code for code in catalog("valuation").texts if code.startswith("comparable.")}
        assert words <= said
