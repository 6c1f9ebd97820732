"""A third carrier: amounts as terms, so that the interpreter writes down how it came to them.

A term knows its value on the path at hand and how it follows from other terms; typed-over inputs
give it another value. What a workbook's cells say are these terms.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from zhirong.core.errors import ModelError
from zhirong.securitization.plan.conventions import Rounding
from zhirong.securitization.waterfall.carriers import OnePath, Ratio
from zhirong.securitization.waterfall.measures import UNLIMITED


class OpenTermError(ModelError):
    """The interpreter branches on an amount itself: a mistake of its own, never of a plan."""

    code = "error.plan_open_term"


class Kind(StrEnum):
    """What a term is: whole fen, a plain count, a rate (a share), or a truth value."""

    FEN = "fen"
    COUNT = "count"
    RATE = "rate"
    TRUTH = "truth"


class Op(StrEnum):
    """How a term follows from its arguments."""

    INPUT = "input"
    ADD = "add"
    SUBTRACT = "subtract"
    TIMES = "times"  # by a whole number
    LEAST = "least"
    GREATEST = "greatest"
    IF = "if"
    SCALED = "scaled"  # by an exact factor, rounded
    AT_RATE = "at_rate"  # by a rate and an exact part of a year, rounded
    PART = "part"  # first * second / third, rounded
    EXCEEDS = "exceeds"
    BELOW = "below"
    AT_MOST = "at_most"
    EQUAL = "equal"
    BOTH = "both"
    EITHER = "either"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class RateRatio:
    """A factor that is a rate of the workbook times an exact part of a year."""

    rate: "Term"
    fraction: Fraction


Argument: TypeAlias = Any
"""A term, or a plain number or truth value."""


@dataclass(eq=False, slots=True)
class Term:
    """One amount or truth value; `ratio` goes with scaled terms, `cuts` with those that round."""

    op: Op
    arguments: tuple[Argument, ...]
    kind: Kind
    value: Any
    ratio: tuple[int, int] = (1, 1)
    cuts: bool = False

    def __bool__(self) -> bool:
        raise OpenTermError("Whether a term holds depends on what is typed; ask the carrier.")

    def __add__(self, other: Argument) -> Argument:
        return self if _is(other, 0) else _amount(Op.ADD, self, other)

    def __radd__(self, other: Argument) -> Argument:
        return self if _is(other, 0) else _amount(Op.ADD, other, self)

    def __sub__(self, other: Argument) -> Argument:
        return self if _is(other, 0) else _amount(Op.SUBTRACT, self, other)

    def __rsub__(self, other: Argument) -> Argument:
        return _amount(Op.SUBTRACT, other, self)

    def __neg__(self) -> Argument:
        return _amount(Op.SUBTRACT, 0, self)

    def __mul__(self, other: Argument) -> Argument:
        """An amount by a whole number, or what of it counts where a truth value holds."""
        if self.kind is Kind.TRUTH:
            return _chosen(self, other, 0)
        if isinstance(other, bool) or (isinstance(other, Term) and other.kind is Kind.TRUTH):
            return _chosen(other, self, 0)
        return _amount(Op.TIMES, self, other)

    __rmul__ = __mul__

    def __lt__(self, other: Argument) -> "Term":
        return _test(Op.BELOW, self, other)

    def __le__(self, other: Argument) -> "Term":
        return _test(Op.AT_MOST, self, other)

    def __gt__(self, other: Argument) -> "Term":
        return _test(Op.BELOW, other, self)

    def __ge__(self, other: Argument) -> "Term":
        return _test(Op.AT_MOST, other, self)

    def __eq__(self, other: object) -> Any:  # noqa: ANN401 - a term, as comparisons of arrays are
        return _test(Op.EQUAL, self, other)

    def __ne__(self, other: object) -> Any:  # noqa: ANN401 - a term
        return _test(Op.NOT, _test(Op.EQUAL, self, other))

    __hash__ = object.__hash__

    def __and__(self, other: Argument) -> Argument:
        if isinstance(other, bool):
            return self if other else False
        return _test(Op.BOTH, self, other)

    __rand__ = __and__

    def __or__(self, other: Argument) -> Argument:
        if isinstance(other, bool):
            return True if other else self
        return _test(Op.EITHER, self, other)

    __ror__ = __or__

    def __xor__(self, other: Argument) -> Argument:
        assert isinstance(other, bool), "only a negation is ever asked for"
        return _test(Op.NOT, self) if other else self

    __rxor__ = __xor__


def typed(value: Any, kind: Kind) -> Term:  # noqa: ANN401 - fen, a count, a rate or a truth value
    """An input: what a person may type over."""
    return Term(Op.INPUT, (), kind, value)


def _is(argument: Argument, number: int) -> bool:
    return isinstance(argument, int) and argument == number


def _kind(arguments: tuple[Argument, ...]) -> Kind:
    for each in arguments:
        if isinstance(each, Term) and each.kind is not Kind.TRUTH:
            return each.kind
    return Kind.FEN


def _made(op: Op, arguments: tuple[Argument, ...], kind: Kind, **more: Any) -> Term:  # noqa: ANN401 - fields of a term
    term = Term(op, arguments, kind, None, **more)
    term.value = _worked(term, tuple(_now(each) for each in arguments))
    return term


def _now(argument: Argument) -> Any:  # noqa: ANN401 - a value
    return argument.value if isinstance(argument, Term) else argument


def _amount(op: Op, *arguments: Argument) -> Term:
    return _made(op, arguments, _kind(arguments))


def _test(op: Op, *arguments: Argument) -> Term:
    return _made(op, arguments, Kind.TRUTH)


def _chosen(condition: Argument, yes: Argument, no: Argument) -> Argument:
    if isinstance(condition, bool):
        return yes if condition else no
    if yes is no:
        return yes
    return _made(Op.IF, (condition, yes, no), _kind((yes, no)))


_PLAIN: Mapping[Op, Callable[..., Any]] = {
    Op.ADD: lambda a, b: a + b,
    Op.SUBTRACT: lambda a, b: a - b,
    Op.TIMES: lambda a, b: a * b,
    Op.LEAST: min,
    Op.GREATEST: max,
    Op.IF: lambda condition, yes, no: yes if condition else no,
    Op.BELOW: lambda a, b: a < b,
    Op.AT_MOST: lambda a, b: a <= b,
    Op.EQUAL: lambda a, b: a == b,
    Op.BOTH: lambda a, b: a and b,
    Op.EITHER: lambda a, b: a or b,
    Op.NOT: lambda a: not a,
}


def _worked(term: Term, values: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a value
    if term.op in _PLAIN:
        return _PLAIN[term.op](*values)
    ints = OnePath(Rounding.TRUNCATE if term.cuts else Rounding.HALF_UP)
    if term.op is Op.SCALED:
        return ints.scaled(values[0], term.ratio)
    if term.op is Op.AT_RATE:
        return ints.scaled(values[0], (values[1] * Fraction(*term.ratio)).as_integer_ratio())
    if term.op is Op.PART:
        return ints.part(*values)
    return ints.exceeds(values[0], term.ratio, values[1])


def valued(terms: tuple[Argument, ...], given: Mapping[Term, Any]) -> tuple[Any, ...]:
    """What terms come to where some inputs are typed over."""
    found: dict[Term, Any] = dict(given)
    stack = [each for each in terms if isinstance(each, Term)]
    while stack:
        term = stack[-1]
        if term in found:
            stack.pop()
            continue
        open_ones = [
            each for each in term.arguments if isinstance(each, Term) and each not in found
        ]
        if open_ones:
            stack.extend(open_ones)
            continue
        values = tuple(found[each] if isinstance(each, Term) else each for each in term.arguments)
        found[term] = term.value if term.op is Op.INPUT else _worked(term, values)
        stack.pop()
    return tuple(found[each] if isinstance(each, Term) else each for each in terms)


@dataclass(slots=True)
class TermCarrier:
    """The carrier of terms; what would break the books is kept in `checks`."""

    rounding: Rounding
    checks: list[Argument] = field(default_factory=list)
    is_one_path: bool = False

    def least(self, first: Argument, second: Argument) -> Argument:
        """The smaller of two amounts; no limit is no bound."""
        if isinstance(first, int) and isinstance(second, int):
            return min(first, second)
        for each, other in ((first, second), (second, first)):
            if isinstance(each, int) and each >= UNLIMITED:
                return other
        return _amount(Op.LEAST, first, second)

    def greatest(self, first: Argument, second: Argument) -> Argument:
        """The larger of two amounts."""
        if isinstance(first, int) and isinstance(second, int):
            return max(first, second)
        return _amount(Op.GREATEST, first, second)

    def where(self, condition: Argument, yes: Argument, no: Argument) -> Argument:
        """One of two amounts by a condition."""
        return _chosen(condition, yes, no)

    def scaled(self, amount: Argument, ratio: Ratio | RateRatio) -> Argument:
        """The amount times an exact factor, or a rate and a part of a year; rounded."""
        if isinstance(ratio, RateRatio):
            of_year = ratio.fraction.as_integer_ratio()
            return self._rounded(Op.AT_RATE, (amount, ratio.rate), of_year)
        if not isinstance(amount, Term):
            return OnePath(self.rounding).scaled(amount, ratio)
        if ratio[0] == 0:
            return 0
        return amount if ratio[0] == ratio[1] else self._rounded(Op.SCALED, (amount,), ratio)

    def part(self, amount: Argument, share: Argument, whole: Argument) -> Argument:
        """Amount * share / whole, rounded; where the whole is zero, zero."""
        if isinstance(share, int) and isinstance(whole, int):
            return self.scaled(amount, (share, whole)) if whole else 0
        return self._rounded(Op.PART, (amount, share, whole), (1, 1))

    def _rounded(self, op: Op, arguments: tuple[Argument, ...], ratio: Ratio) -> Term:
        cuts = self.rounding is Rounding.TRUNCATE
        return _made(op, arguments, Kind.FEN, ratio=ratio, cuts=cuts)

    def any(self, condition: Argument) -> bool:
        """Whether a condition may hold: what is typed decides."""
        return True if isinstance(condition, Term) else bool(condition)

    def breaks(self, condition: Argument) -> bool:
        """Whether something that must never hold does so with the values at hand."""
        if not isinstance(condition, Term):
            return bool(condition)
        self.checks.append(condition)
        return bool(condition.value)

    def exceeds(self, first: Argument, ratio: Ratio, second: Argument) -> Argument:
        """Whether first * denominator > second * numerator, exactly."""
        if isinstance(first, int) and isinstance(second, int):
            return OnePath(self.rounding).exceeds(first, ratio, second)
        return _made(Op.EXCEEDS, (first, second), Kind.TRUTH, ratio=ratio)

    def cutting(self) -> "TermCarrier":
        """The carrier of terms that cuts to the fen; it keeps the same checks."""
        return TermCarrier(Rounding.TRUNCATE, self.checks)
