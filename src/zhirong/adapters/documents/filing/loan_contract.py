"""The loan contract: a loan or a line, secured by pledges of rights."""

from datetime import date

from zhirong.adapters.documents.blocks import Pair, Pairs, Prose
from zhirong.adapters.documents.filing.deed import Clause, Deed, Head, Speech, deed
from zhirong.core.messages import Fact
from zhirong.filing.contracts import LoanContract, Repricing

Article = tuple[str, tuple[str, ...]]


def loan_contract(contract: LoanContract, speech: Speech, *, dated_on: date) -> Deed:
    """The contract with facility, rate, repayment, breach, order of payments, entrusted payment."""
    kind = "line" if contract.is_revolving else "loan"
    return deed(
        speech,
        Head(
            title=speech.say(f"deed.loan.title.{kind}"),
            number=contract.number,
            issued_on=dated_on,
            author=contract.lender.name,
        ),
        speech.party("deed.lender", contract.lender),
        speech.party("deed.borrower", contract.borrower),
        Prose(speech.say("deed.loan.preamble")),
        _summary(contract, speech),
        *_clauses(contract, speech),
        Pairs(
            columns=1,
            items=(Pair(speech.say("deed.signed_on"), speech.day(contract.signed_on)),),
        ),
        speech.signatures(
            speech.signature("deed.lender", contract.lender),
            speech.signature("deed.borrower", contract.borrower),
        ),
    )


def _summary(contract: LoanContract, speech: Speech) -> Pairs:
    """The terms in a box: what both look up later."""
    facts = _facts(contract, speech)
    names = ("amount", "purpose", "available", "maturity", "rate", "repayment", "security")
    return Pairs(
        title=speech.say("deed.loan.summary"),
        columns=1,
        items=tuple(
            Pair(
                speech.say(f"deed.loan.summary.{name}"),
                speech.say(f"deed.loan.summary.{name}.text", **facts),
            )
            for name in names
        ),
    )


def _clauses(contract: LoanContract, speech: Speech) -> tuple[Clause, ...]:
    kind = "line" if contract.is_revolving else "loan"
    is_fixed = contract.rate.repricing is Repricing.FIXED
    facts = _facts(contract, speech)

    def article(name: str, *texts: str, more: tuple[str, ...] = ()) -> Article:
        title = speech.say(f"deed.loan.{name}.title")
        own = tuple(speech.say(f"deed.loan.{text}", **facts) for text in texts)
        return title, (*own, *more)

    return speech.clauses(
        article("facility", f"facility.{kind}", "facility.2"),
        article("purpose", "purpose.1", "purpose.2"),
        article("drawing", "drawing.1", "drawing.2", "drawing.3", more=contract.conditions),
        article("rate", "rate.1", "rate.fixed" if is_fixed else "rate.floating", "rate.3"),
        article(
            "payment",
            "payment.1",
            "payment.2",
            "payment.3",
            *(("payment.ecny",) if contract.wallet else ()),
        ),
        article("repayment", f"repayment.{contract.repayment}", "repayment.2", "repayment.3"),
        article("penalty", "penalty.1", "penalty.2", "penalty.3"),
        article("order", "order.1", "order.2"),
        article("security", "security.1", "security.2"),
        article("duties", "duties.1", "duties.2", "duties.3"),
        article("default", "default.1", "default.2"),
        article("data", "data.1"),
        article("disputes", "disputes.1"),
        article("form", "form.1", "form.2"),
    )


def _facts(contract: LoanContract, speech: Speech) -> dict[str, Fact]:
    rate, breach = contract.rate, contract.breach
    sign = "plus" if rate.spread_bp >= 0 else "minus"
    return {
        "amount": speech.amount(contract.amount_fen),
        "purpose": contract.purpose,
        "available_from": speech.day(contract.available_from),
        "available_to": speech.day(contract.available_to),
        "last_maturity": speech.day(contract.last_maturity),
        "lpr_term": speech.say(f"deed.loan.lpr.{rate.lpr_term}"),
        "lpr_on": speech.day(rate.lpr_on),
        "lpr": rate.lpr,
        "spread": speech.say(f"deed.loan.spread.{sign}", points=abs(rate.spread_bp)),
        "rate": rate.rate,
        "repricing": speech.say(f"deed.loan.repricing.{rate.repricing}"),
        "basis": rate.day_count_basis,
        "settled": speech.say(f"deed.loan.settled.{rate.settled_every_months}"),
        "settlement_day": rate.settlement_day,
        "form": speech.say(f"deed.loan.form_of.{contract.repayment}"),
        "overdue": breach.overdue_margin,
        "misuse": breach.misuse_margin,
        "order": _order(contract, speech),
        "prepayment_days": contract.prepayment_notice_days,
        "entrusted": speech.yuan(contract.entrusted_above_fen),
        "wallet": contract.wallet,
        "pledges": contract.pledge_numbers or (speech.say("deed.loan.no_pledge"),),
    }


def _order(contract: LoanContract, speech: Speech) -> str:
    kinds = tuple(speech.say(f"deed.loan.claim.{kind}") for kind in contract.breach.order)
    return speech.joined(kinds)
