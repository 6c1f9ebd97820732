"""Steps of a plan file's waterfalls."""

from collections.abc import Sequence
from fractions import Fraction

from zhirong.adapters.intake.plans.formulas import amount, condition
from zhirong.adapters.intake.plans.nodes import Entry, Fields
from zhirong.securitization.plan.actions import Action, Limit, LimitKind, Order, Verb

_VERBS = {verb.value: verb for verb in Verb}
_FROM = "from"
_ABOUT = (_FROM, "into", "order", "limit", "support", "when", "above_cap", "step")
_SHARES = {each.value: each for each in (LimitKind.SHARE_OF_DUE, LimitKind.SHARE_OF_CASH)}
_ORDERS = {each.value: each for each in Order}
_MOVES = {Verb.TRANSFER, Verb.TOP_UP, Verb.RELEASE}
_WITHOUT_ACCOUNT = {
    Verb.CALCULATE_FEES,
    Verb.ACCRUE_INTEREST,
    Verb.DRAW,
    Verb.WRITE_DOWN,
    Verb.TEST_TRIGGERS,
}


def action(entry: Entry, first_account: str | None, unit: int) -> Action:
    """One step: a verb with what it is about, and where from, how much, when."""
    fields = entry.fields(*_VERBS, *_ABOUT)
    verbs = [word for word in fields.found if word in _VERBS]
    if len(verbs) != 1:
        raise entry.wrong("plan.problem.verb", word=", ".join(verbs) or "-")
    verb, inner = _VERBS[verbs[0]], fields.found[verbs[0]]
    names, shares = _names(verb, inner)
    account, into = _accounts(verb, names, fields, first_account)
    limit, when, order = fields.get("limit"), fields.get("when"), fields.get("order")
    support, above = fields.get("support"), fields.get("above_cap")
    step = fields.get("step")
    names = () if verb in _MOVES or verb is Verb.BUY_ASSETS else names
    return Action(
        key=_key(entry, verb, names, step),
        verb=verb,
        names=names,
        account=account,
        into=into,
        order=Order.PRO_RATA if order is None else order.word(_ORDERS),
        limit=None if limit is None else _limit(limit, unit),
        supports=() if support is None else support.names(),
        when=None if when is None else condition(when, unit),
        shares=shares,
        above_cap=above is not None and above.flag(),
    )


def _key(entry: Entry, verb: Verb, names: Sequence[str], step: Entry | None) -> str:
    if step is not None:
        return step.text()
    return ".".join((entry.path[-1], verb.value, *names[:3]))


def _names(verb: Verb, inner: Entry) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
    """The names of a step; a residual gives each its share."""
    if verb is Verb.PAY_RESIDUAL and inner.is_mapping:
        shares = {name: value.share() for name, value in inner.keyed().items()}
        return tuple(shares), tuple(shares.values())
    found = inner.names()
    if not found:
        raise inner.wrong("plan.problem.missing", word=verb.value)
    return found, ()


def _accounts(
    verb: Verb, names: tuple[str, ...], fields: Fields, first_account: str | None
) -> tuple[str | None, str | None]:
    """The account that pays and the one that is paid into."""
    source, into = fields.get(_FROM), fields.get("into")
    account = first_account if source is None else source.text()
    target = None if into is None else into.text()
    match verb:
        case Verb.TOP_UP:
            return account, names[0]
        case Verb.TRANSFER | Verb.RELEASE:
            return names[0], fields.needed("into").text()
        case Verb.BUY_ASSETS:
            return names[0], None
        case Verb.DRAW:
            return None, first_account if target is None else target
    return (None if verb in _WITHOUT_ACCOUNT else account), target


def _limit(entry: Entry, unit: int) -> Limit:
    if entry.is_mapping:
        keys = entry.keyed()
        if len(keys) == 1:
            ((word, value),) = keys.items()
            if word in _SHARES:
                return Limit(kind=_SHARES[word], share=value.share())
    return Limit(kind=LimitKind.AMOUNT, amount=amount(entry, unit))
