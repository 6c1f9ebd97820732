"""Another engine's waterfall as actions of a plan."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from tests.plan_kit.engine_formulas import Formulas, Node, UnknownTagError, share, tagged
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Action, Limit, LimitKind, Order, Verb
from zhirong.securitization.plan.formulas import Condition

_IN_ORDER = {"PayFeeBySeq", "PayIntBySeq", "AccrueAndPayIntBySeq", "PayPrinBySeq"}
_FEES = {
    "PayFee": Verb.PAY_FEES_DUE,
    "PayFeeBySeq": Verb.PAY_FEES_DUE,
    "CalcAndPayFee": Verb.PAY_FEES,
}
_INTEREST = {"PayInt", "PayIntBySeq", "AccrueAndPayInt", "AccrueAndPayIntBySeq"}
_PRINCIPAL = {
    "PayPrin": Verb.PAY_PRINCIPAL,
    "PayPrinBySeq": Verb.PAY_PRINCIPAL,
    "PayPrinWithDue": Verb.PAY_PRINCIPAL,
    "PayPrinResidual": Verb.PAY_DOWN,
}


class Actions:
    """Reads one list of actions."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas

    def of(self, nodes: Sequence[Node], when: Condition | None = None) -> tuple[Action, ...]:
        """The actions, numbered in their order."""
        found: list[Action] = []
        for node in nodes:
            found.extend(self._one(node, when))
        return tuple(
            replace(each, key=f"{number}.{each.verb.value}", when=each.when or when)
            for number, each in enumerate(found, start=1)
        )

    def _one(  # noqa: C901, PLR0911 - one case a tag
        self, node: Node, when: Condition | None
    ) -> Sequence[Action]:
        tag, inner = tagged(node)
        order = Order.IN_ORDER if tag in _IN_ORDER else Order.PRO_RATA
        if tag == "CalcFee":
            return [_act(Verb.CALCULATE_FEES, inner)]
        if tag == "CalcBondInt":
            return [_act(Verb.ACCRUE_INTEREST, inner if isinstance(inner[0], str) else inner[0])]
        if tag in _FEES:
            return [self._paid(_FEES[tag], inner, order)]
        if tag in _INTEREST:
            before = [_act(Verb.ACCRUE_INTEREST, inner[2])] if tag.startswith("Accrue") else []
            return [*before, self._paid(Verb.PAY_INTEREST, inner, order)]
        if tag in _PRINCIPAL:
            padded = inner if len(inner) > 2 else [None, *inner]
            return [self._paid(_PRINCIPAL[tag], padded, order)]
        if tag in ("PayIntResidual", "PayFeeResidual"):
            return [self._residual(inner)]
        if tag == "Transfer":
            return [self._transfer(inner)]
        if tag in ("ActionWithPre", "ActionWithPre2"):
            return self._conditional(inner, when)
        if tag.startswith("Liq"):
            return self._support(tag, inner)
        if tag in ("WatchVal", "BookBy", "CalcBondPrin"):
            return []
        raise UnknownTagError(tag)

    def _paid(self, verb: Verb, inner: Node, order: Order) -> Action:
        limit, account, names = inner[0], inner[1], inner[2]
        supports = self._supports(inner[3]) if len(inner) > 3 and inner[3] else ()
        action = _act(verb, names)
        return replace(
            action,
            account=account,
            order=order,
            limit=self.formulas.limit(limit),
            supports=supports,
        )

    def _supports(self, node: Node) -> tuple[str, ...]:
        tag, inner = tagged(node)
        if tag == "MultiSupport":
            return tuple(name for each in inner for name in self._supports(each))
        return (inner[0] if tag == "SupportAccount" else inner,)

    def _residual(self, inner: Node) -> Action:
        limit, account, name = inner
        found = None if limit is None else self.formulas.limit(limit)
        if found is not None and found.kind is LimitKind.SHARE_OF_DUE:
            found = replace(found, kind=LimitKind.SHARE_OF_CASH)
        return replace(
            _act(Verb.PAY_RESIDUAL, [name]), account=account, limit=found, shares=(Fraction(1),)
        )

    def _transfer(self, inner: Node) -> Action:
        limit, source, into = inner[0], inner[1], inner[2]
        action = replace(_act(Verb.TRANSFER, []), account=source, into=into)
        tag = None if limit is None else tagged(limit)[0]
        if tag == "TillTarget":
            return replace(action, verb=Verb.TOP_UP)
        if tag == "TillSource":
            return replace(action, verb=Verb.RELEASE)
        if tag == "DuePct":
            part = Limit(kind=LimitKind.SHARE_OF_CASH, share=share(limit["contents"]))
            return replace(action, limit=part)
        return replace(action, limit=self.formulas.limit(limit))

    def _conditional(self, inner: Node, when: Condition | None) -> Sequence[Action]:
        condition = self.formulas.condition(inner[0])
        both = condition if when is None else f.AllOf((when, condition))
        found = [*self.of(inner[1], both)]
        if len(inner) > 2:
            other: Condition = f.Negation(condition)
            found += self.of(inner[2], other if when is None else f.AllOf((when, other)))
        return found

    def _support(self, tag: str, inner: Node) -> Sequence[Action]:
        if tag == "LiqAccrue":
            return []
        if tag == "LiqSupport":
            limit, name, _, into = inner
            into = into if isinstance(into, str) else into[0]
            return [replace(_act(Verb.DRAW, [name]), into=into, limit=self.formulas.limit(limit))]
        account, name = inner[-2], inner[-1]
        verb = Verb.REPAY_SUPPORT if tag == "LiqRepay" else Verb.PAY_RESIDUAL
        return [replace(_act(verb, [name]), account=account)]


def _act(verb: Verb, names: Sequence[str]) -> Action:
    return Action(key=verb.value, verb=verb, names=tuple(names))
