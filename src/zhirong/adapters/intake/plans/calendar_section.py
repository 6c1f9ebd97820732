"""The section `calendar` of a plan file: how payment dates roll, and the chain before each."""

from zhirong.adapters.intake.plans.attempts import whole
from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.core.rolling import Roll
from zhirong.securitization.dates.chain import ChainRuleError, ChainTerms, Link


def calendar(entry: Entry) -> ChainTerms:
    """`{roll: following, chain: {calculation: 4, ..., payment: 0}}`; without a chain the usual one.

    Raises:
        PlanEntryError: A word that is none, or links that are not in order.
    """
    fields = entry.fields("roll", "chain")
    roll, days = fields.get("roll"), fields.get("chain")
    links = {} if days is None else days.fields(*(link.value for link in Link)).found
    try:
        return ChainTerms(
            roll=Roll.FOLLOWING if roll is None else roll.word({each.value: each for each in Roll}),
            before=tuple((Link(word), whole(value)) for word, value in links.items()),
        )
    except ChainRuleError as wrong:
        place = entry if days is None else days
        raise place.wrong("plan.problem.chain", word=str(wrong.facts["link"])) from None
