"""What a total would leave out in silence: groups without value, statements that nobody read."""

from collections.abc import Iterator, Sequence

from zhirong.application.case.groups import declared_groups
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import MethodRun
from zhirong.core.messages import Fact, Message

NAMED_MAX = 5  # statements named in one note; the rest is counted


def unvalued_groups(ground: Ground, runs: Sequence[MethodRun]) -> tuple[Message, ...]:
    """A breach for each group that no value stands behind, with the reason."""
    context = ground.context
    found = {group.group: row for row, group in enumerate(context.groups)}
    covered = {row for run in runs for row in run.rows}
    breaches: list[Message] = []
    for asset in declared_groups(context.case):
        row = found.get(asset.group)
        basis = ground.bases.get(asset.product)
        if row is None:
            code = "breach.group_without_right"
        elif basis is not None and basis.used <= 0:
            code = "breach.sales_not_positive"
        elif row in covered:
            continue
        else:
            code = "breach.group_without_sales" if basis is None else "breach.group_not_valued"
        breaches.append(Message(code, {"group": asset.name}))
    return tuple(breaches)


def split_growth(ground: Ground) -> tuple[Message, ...]:
    """A breach for each product whose sales grow otherwise for one group than for another."""
    context = ground.context
    paths: dict[str, set[tuple[object, ...]]] = {}
    for group in context.groups:
        years = range(1, context.years + 1)
        found = (context.book.find("growth", group.scopes, year=year) for year in years)
        path = tuple(None if item is None else item.central for item in found)
        if any(rate is not None for rate in path):
            paths.setdefault(group.product.name, set()).add(path)
    return tuple(
        Message("breach.growth_differs", {"product": product})
        for product, own in paths.items()
        if len(own) > 1
    )


def unread_statements(ground: Ground) -> tuple[Message, ...]:
    """A note of the assumptions that no method read: a wrong key or scope, or a method not run."""
    unread = ground.context.book.unused()
    if not unread:
        return ()
    names = tuple(f"{item.key} ({item.scope})" if item.scope else item.key for item in unread)
    shown = tuple(dict.fromkeys(names))
    facts: dict[str, Fact] = {"count": len(shown), "names": shown[:NAMED_MAX]}
    return (Message("note.assumptions_unread", facts),)


def unknown_scopes(ground: Ground) -> tuple[Message, ...]:
    """A breach for each assumption on a group, product or right that the file does not have."""
    case = ground.context.case
    known = {"", *(item.product for item in case.products), *_groups(ground)}
    known |= {patent.app_no for patent in case.patents}
    strangers = dict.fromkeys((a.key, a.scope) for a in case.assumptions if a.scope not in known)
    return tuple(
        Message("breach.assumption_scope", {"key": key, "scope": scope}) for key, scope in strangers
    )


def _groups(ground: Ground) -> Iterator[str]:
    return (asset.group for asset in declared_groups(ground.context.case))
