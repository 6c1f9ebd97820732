"""Gates: one more rule never opens what was shut."""

from hypothesis import given
from hypothesis import strategies as some

from zhirong.diligence.gating import STRICTNESS, Answer, Rule, Use, gate

RULES = some.builds(
    Rule,
    row=some.sampled_from(("in_force", "pledged", "A3")),
    answer=some.sampled_from(Answer),
    law=some.just("law.patent_14"),
    condition=some.sampled_from(("", "committee", "resolution")),
)


@given(some.lists(RULES, min_size=1), RULES)
def test_one_more_rule_never_opens_a_gate(rules: list[Rule], more: Rule) -> None:
    before = gate(Use.DISBURSE, right="R", rules=rules)
    after = gate(Use.DISBURSE, right="R", rules=[*rules, more])

    assert STRICTNESS.index(after.answer) <= STRICTNESS.index(before.answer)


@given(some.lists(RULES, min_size=1), some.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_rules(rules: list[Rule], chance) -> None:  # noqa: ANN001 - hypothesis's own generator
    shuffled = list(rules)
    chance.shuffle(shuffled)

    one, other = (gate(Use.POOL, right="R", rules=order) for order in (rules, shuffled))

    assert one.answer is other.answer
    assert set(one.conditions) == set(other.conditions)
