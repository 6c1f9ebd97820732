"""Another engine's statistics, limits and conditions as formulas of a plan."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Limit, LimitKind
from zhirong.securitization.plan.formulas import Condition, Formula, Quantity, Relation

Node = Any
COLLECTED = {
    "CollectedInterest": "interest",
    "CollectedPrincipal": "principal",
    "CollectedPrepayment": "prepaid",
    "CollectedRecoveries": "recovered",
}


def fen(amount: float) -> int:
    """An amount of CNY in fen."""
    return round(Fraction(str(amount)) * 100)


def share(rate: float) -> Fraction:
    """A rate exactly as it is printed."""
    return Fraction(str(rate))


def tagged(node: Node) -> tuple[str, Node]:
    """The name of a value and what it holds."""
    return (node, None) if isinstance(node, str) else (node["tag"], node.get("contents"))


class UnknownTagError(ValueError):
    """The deal says something that this reader does not know."""


class Formulas:
    """Reads formulas; sums over everything need the names of what there is."""

    def __init__(self, bonds: tuple[str, ...]) -> None:
        self.bonds = bonds

    def amount(self, node: Node) -> Formula:
        """A statistic that is an amount."""
        tag, inner = tagged(node)
        handler = self._table().get(tag.removesuffix("At"))
        if handler is None:
            raise UnknownTagError(tag)
        return handler(inner)

    def _table(self) -> Mapping[str, Callable[[Node], Formula]]:
        return {
            "Constant": lambda x: f.Constant(fen(x)),
            "CurrentPoolBalance": lambda _: f.Measure(Quantity.POOL_BALANCE),
            "FutureCurrentPoolBalance": lambda _: f.Measure(Quantity.POOL_BALANCE),
            "OriginalPoolBalance": lambda _: f.Measure(Quantity.POOL_BALANCE_AT_START),
            "CurrentBondBalance": lambda _: self._bonds(Quantity.TRANCHE_BALANCE, self.bonds),
            "CurrentBondBalanceOf": lambda x: self._bonds(Quantity.TRANCHE_BALANCE, x),
            "OriginalBondBalance": lambda _: self._bonds(
                Quantity.TRANCHE_BALANCE_AT_START, self.bonds
            ),
            "OriginalBondBalanceOf": lambda x: self._bonds(Quantity.TRANCHE_BALANCE_AT_START, x),
            "CurrentDueBondInt": lambda x: self._bonds(Quantity.INTEREST_DUE, x),
            "CurrentDueBondIntTotal": lambda x: self._bonds(Quantity.INTEREST_DUE, x),
            "LastBondIntPaid": lambda x: self._bonds(Quantity.INTEREST_PAID, x),
            "LastBondPrinPaid": lambda x: self._bonds(Quantity.PRINCIPAL_PAID, x),
            "CurrentDueFee": lambda x: f.Measure(Quantity.FEE_DUE, tuple(x)),
            "LastFeePaid": lambda x: f.Measure(Quantity.FEE_PAID, tuple(x)),
            "FeeTxnAmt": lambda x: f.Measure(Quantity.ALL_FEE_PAID, tuple(x[0])),
            "AccBalance": lambda x: f.Measure(Quantity.ACCOUNT_BALANCE, tuple(x)),
            "ReserveBalance": lambda x: f.Measure(Quantity.ACCOUNT_TARGET, tuple(x)),
            "ReserveGap": lambda x: f.Measure(Quantity.ACCOUNT_GAP, _last_list(x)),
            "ReserveAccGap": lambda x: f.Measure(Quantity.ACCOUNT_GAP, _last_list(x)),
            "ReserveExcess": lambda x: f.Measure(Quantity.ACCOUNT_EXCESS, _last_list(x)),
            "LiqCredit": lambda x: f.Measure(Quantity.SUPPORT_AVAILABLE, tuple(x)),
            "LiqBalance": lambda x: f.Measure(Quantity.SUPPORT_OWED, tuple(x)),
            "PoolCumCollection": lambda x: _collected("all_collected", x),
            "PoolCurCollection": lambda x: _collected("collected", x),
            "PoolCollectionInt": lambda _: f.Measure(Quantity.COLLECTED_INTEREST),
            "PoolCollectionIncome": lambda x: _collected("collected", [[x], None]),
            "CumulativePoolDefaultedBalance": lambda _: f.Measure(Quantity.ALL_DEFAULTED),
            "CumulativePoolRecoveriesBalance": lambda _: f.Measure(
                Quantity.ALL_COLLECTED_RECOVERED
            ),
            "CumulativeNetLoss": lambda _: f.Measure(Quantity.ALL_LOST),
            "Factor": lambda x: f.Share(self.rate(x[1]), self.amount(x[0])),
            "Multiply": lambda x: f.Share(self.rate(x[1]), self.amount(x[0])),
            "Sum": lambda x: f.Total(tuple(self.amount(each) for each in x)),
            "Substract": self._difference,
            "Subtract": self._difference,
            "Max": lambda x: f.Greatest(tuple(self.amount(each) for each in x)),
            "Min": lambda x: f.Least(tuple(self.amount(each) for each in x)),
            "FloorWithZero": lambda x: f.Greatest((f.Constant(0), self.amount(x))),
            "FloorWith": lambda x: f.Greatest((self.amount(x[0]), self.amount(x[1]))),
            "CapWith": lambda x: f.Least((self.amount(x[0]), self.amount(x[1]))),
            "Excess": self._excess,
        }

    def _bonds(self, quantity: Quantity, names: Node) -> Formula:
        return f.Measure(quantity, tuple(names))

    def _difference(self, parts: Node) -> Formula:
        first, *others = (self.amount(each) for each in parts)
        return f.Difference(first, f.Total(tuple(others)))

    def _excess(self, parts: Node) -> Formula:
        return f.Greatest((f.Constant(0), self._difference(parts)))

    def rate(self, node: Node) -> Fraction:
        """A statistic that is a constant rate."""
        if isinstance(node, int | float):
            return share(node)
        tag, inner = tagged(node)
        if tag != "Constant":
            raise UnknownTagError(tag)
        return share(inner)

    def limit(self, node: Node) -> Limit | None:
        """A limit that is an amount or a share of what is due; targets are the action's own."""
        if node is None:
            return None
        tag, inner = tagged(node)
        if tag == "DuePct":
            return Limit(kind=LimitKind.SHARE_OF_DUE, share=share(inner))
        if tag == "DueCapAmt":
            return Limit(kind=LimitKind.AMOUNT, amount=f.Constant(fen(inner)))
        if tag == "DS":
            return Limit(kind=LimitKind.AMOUNT, amount=self.amount(inner))
        if tag == "Multiple":
            found = self.limit(inner[0])
            if found is None or found.amount is None:
                raise UnknownTagError(tag)
            return Limit(kind=found.kind, amount=f.Share(share(inner[1]), found.amount))
        raise UnknownTagError(tag)

    def condition(self, node: Node) -> Condition:
        """A condition of an action or trigger."""
        tag, inner = tagged(node)
        if tag in ("All", "Any"):
            parts = tuple(self.condition(each) for each in inner)
            return f.AllOf(parts) if tag == "All" else f.AnyOf(parts)
        if tag == "IfNot":
            return f.Negation(self.condition(inner))
        if tag in ("If", "IfZero"):
            return self._amounts(tag, inner)
        if tag == "IfDate":
            return _on_day(inner)
        if tag == "IfRate":
            return self._ratio(inner)
        if tag == "Always":
            first = f.FromDay(date.min)
            return first if inner else f.Negation(first)
        raise UnknownTagError(tag)

    def _amounts(self, tag: str, inner: Node) -> Condition:
        if tag == "IfZero":
            return f.AmountTest(self.amount(inner), Relation.AT_MOST, f.Constant(0))
        compare, left, right = inner
        second = f.Constant(fen(right)) if isinstance(right, int | float) else self.amount(right)
        return f.AmountTest(self.amount(left), _RELATIONS[compare], second)

    def _ratio(self, inner: Node) -> Condition:
        compare, ratio, level = inner
        tag, parts = tagged(ratio)
        found = {
            "CumulativePoolDefaultedRate": (
                f.Measure(Quantity.ALL_DEFAULTED),
                f.Measure(Quantity.POOL_BALANCE_AT_START),
            ),
            "PoolFactor": (
                f.Measure(Quantity.POOL_BALANCE),
                f.Measure(Quantity.POOL_BALANCE_AT_START),
            ),
            "BondFactor": (
                f.Measure(Quantity.TRANCHE_BALANCE, self.bonds),
                f.Measure(Quantity.TRANCHE_BALANCE_AT_START, self.bonds),
            ),
        }.get(tag)
        if tag in ("Divide", "Avg"):
            found = (self.amount(parts[0]), self.amount(parts[1]))
        if found is None:
            raise UnknownTagError(tag)
        return f.RatioTest(*found, _RELATIONS[compare], (f.Step(None, share(level)),))


_RELATIONS = {
    "G": Relation.ABOVE,
    "GE": Relation.AT_LEAST,
    "L": Relation.BELOW,
    "LE": Relation.AT_MOST,
}


def _on_day(inner: Node) -> Condition:
    compare, text = inner
    day = date.fromisoformat(text)
    next_day = date.fromordinal(day.toordinal() + 1)
    return {
        "G": f.FromDay(next_day),
        "GE": f.FromDay(day),
        "L": f.BeforeDay(day),
        "LE": f.BeforeDay(next_day),
    }[compare]


def _last_list(node: Node) -> tuple[str, ...]:
    lists = [each for each in node if isinstance(each, list)]
    return tuple(lists[-1] if lists else [each for each in node if isinstance(each, str)])


def _collected(prefix: str, node: Node) -> Formula:
    kinds = node[0] if node and isinstance(node[0], list) else node
    words = [COLLECTED.get(kind) for kind in kinds]
    quantities = [Quantity(prefix if word is None else f"{prefix}_{word}") for word in words]
    return f.Total(tuple(f.Measure(quantity) for quantity in quantities))
