"""The money of a plan as plain data: `money.json`, amounts in whole fen, days as text."""

from collections.abc import Callable
from typing import Any

from zhirong.application.plans.money_run import Held, MoneyRun
from zhirong.core.messages import Catalog, Language, Message
from zhirong.securitization.money.hops import Hop, RefusedUse
from zhirong.securitization.money.pledges import Tracker

KIND = "zhirong.plan_money"
SCHEMA_VERSION = 1
Plain = Any


def money_document(found: MoneyRun, words: Catalog, lang: Language) -> dict[str, Plain]:
    """The document of a plan's money; what does not reconcile is said in the language."""
    told = found.penetration

    def said(message: Message) -> str:
        return words.text(message, lang)

    def label(code: str) -> str:
        return words.label(code, lang)

    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "plan": found.inputs.plan.key,
        "name": found.inputs.plan.name,
        "currency": "CNY",
        "amounts_in": "fen",
        "closing": str(found.inputs.plan.dates.closing),
        "is_reconciled": found.is_reconciled,
        "raised": told.raised_fen,
        "prices": told.price_fen,
        "kept": told.kept_fen,
        "lent": told.lent_fen,
        "invoiced": told.invoiced_fen,
        "returned": told.returned_fen,
        "waiting": told.waiting_fen,
        "unreconciled": [said(each) for each in told.unreconciled],
        "orders_waiting": list(found.waiting),
        "trails": _trails(found),
        "hops": [_hop(each, label) for each in found.hops],
        "refused": [_refused(each, said) for each in told.refused],
        "swaps": [
            {
                "out": each.swap.out,
                "in": each.swap.substitute.claim.claim_id if each.swap.substitute else "",
                "on": str(each.swap.on),
                "reason": each.swap.reason.value,
                "words": said(each.message),
                "out_balance": each.out_fen,
                "in_balance": each.in_fen,
                "cash": each.cash_fen,
            }
            for each in found.swaps
        ],
        "pledges": [_pledge(each, found, label) for each in found.trackers],
        "open_pledges": [said(each) for each in found.open_pledges],
        "accounts": [_held(each, label) for each in found.held],
    }


def _trails(found: MoneyRun) -> list[dict[str, Plain]]:
    firms = {each.claim_id: found.pool.obligor(each.obligor_id).name for each in found.pool.claims}
    prices = {each.claim_id: each for each in found.prices}
    return [
        {
            "claim": each.claim_id,
            "firm": firms[each.claim_id],
            "price": each.price_fen,
            "principal": each.par_fen,
            "accrued": prices[each.claim_id].accrued_fen,
            "bridge_days": prices[each.claim_id].bridge_days,
            "bridge": prices[each.claim_id].bridge_fen,
            "lent": each.lent_fen,
            "invoiced": each.invoiced_fen,
            "returned": each.returned_fen,
            "waiting": each.waiting_fen,
            "hops": [hop.reference for hop in each.hops],
        }
        for each in found.penetration.trails
    ]


def _hop(hop: Hop, label: Callable[[str], str]) -> dict[str, Plain]:
    return {
        "reference": hop.reference,
        "kind": hop.kind.value,
        "kind_words": label(f"securitization.money.kind.{hop.kind}"),
        "rail": hop.rail.value,
        "rail_words": label(f"securitization.money.rail.{hop.rail}"),
        "payer": {"account": hop.payer.account, "holder": hop.payer.holder},
        "payee": {"account": hop.payee.account, "holder": hop.payee.holder},
        "amount": hop.amount_fen,
        "on": str(hop.on),
        "at": hop.at,
        "claim": hop.claim_id,
        "purpose": hop.purpose,
        "invoice": hop.invoice,
        "rail_reference": hop.rail_reference,
        "sha256": hop.hash,
    }


def _refused(use: RefusedUse, said: Callable[[Message], str]) -> dict[str, Plain]:
    return {
        "reference": use.reference,
        "claim": use.claim_id,
        "payee": {"account": use.payee.account, "holder": use.payee.holder},
        "amount": use.amount_fen,
        "on": str(use.on),
        "invoice": use.invoice,
        "codes": [str(each.facts["reason"]) for each in use.reasons],
        "reasons": [said(Message(f"rail_sandbox.{each.facts['reason']}")) for each in use.reasons],
    }


def _pledge(each: Tracker, found: MoneyRun, label: Callable[[str], str]) -> dict[str, Plain]:
    closing = found.inputs.plan.dates.closing
    last = each.events[-1].on if each.events else closing
    now = each.state(max(last, closing))
    state = each.state(closing)
    return {
        "right": each.right,
        "set": each.collateral_id,
        "at_closing": state.value,
        "at_closing_words": label(f"securitization.pledge.state.{state}"),
        "now": now.value,
        "now_words": label(f"securitization.pledge.state.{now}"),
        "events": [
            {
                "state": event.state.value,
                "words": label(f"securitization.pledge.state.{event.state}"),
                "on": str(event.on),
                "evidence": event.evidence,
                "by": event.by,
            }
            for event in each.events
        ],
    }


def _held(each: Held, label: Callable[[str], str]) -> dict[str, Plain]:
    found = each.reconciliation
    return {
        "account": each.party.account,
        "holder": each.party.name,
        "rail": each.rail.value,
        "rail_words": label(f"securitization.money.rail.{each.rail}"),
        "opening": each.opening_fen,
        "moved": each.moved_fen,
        "closing": each.opening_fen + each.moved_fen,
        "lines": len(found.lines),
        "difference": found.difference_fen,
        "is_clean": found.is_clean,
    }
