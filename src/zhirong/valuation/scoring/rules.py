"""All rules by id, and their settings on a day."""

from collections.abc import Mapping
from datetime import date

from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.leaves import Rule
from zhirong.valuation.scoring.rules_economic import ECONOMIC_RULES
from zhirong.valuation.scoring.rules_legal import LEGAL_RULES
from zhirong.valuation.scoring.rules_technical import TECHNICAL_RULES
from zhirong.valuation.scoring.tables import RuleTable, rule_table
from zhirong.valuation.scoring.tree import ANALYST, Tree

RULES: Mapping[str, Rule] = {
    rule.key: rule for rule in (*LEGAL_RULES, *TECHNICAL_RULES, *ECONOMIC_RULES)
}


class UnknownRuleError(InputError):
    """A tree names a rule that this version does not have."""

    code = "error.scoring_rule_unknown"

    def __init__(self, tree: str, *, leaf: str, rule: str) -> None:
        super().__init__(
            f"Tree {tree}, leaf {leaf}: no rule {rule!r}.", tree=tree, leaf=leaf, rule=rule
        )


def tables_of(tree: Tree, *, parameters: Parameters, on: date) -> Mapping[str, RuleTable]:
    """The settings in force on the day of every rule that the tree uses, by rule id.

    Raises:
        UnknownRuleError: The tree names a rule that is not there.
        ParameterNotFoundError: No settings in force on the day.
    """
    tables: dict[str, RuleTable] = {}
    for leaf in tree.leaves():
        if leaf.rule == ANALYST:
            continue
        if leaf.rule not in RULES:
            raise UnknownRuleError(tree.tree, leaf=leaf.node, rule=leaf.rule)
        path = f"scoring.rules.{leaf.rule}"
        tables[leaf.rule] = rule_table(path, parameters.get(path, on=on).value)
    return tables
