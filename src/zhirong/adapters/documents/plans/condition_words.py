"""Conditions of a plan in words: what a trigger measures against which level."""

from zhirong.adapters.documents.plans.paper import Paper
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.formulas import Condition, Formula


def condition_text(paper: Paper, condition: Condition) -> str:  # noqa: PLR0911 - one case a condition
    """A condition as a short sentence without a stop."""
    match condition:
        case f.RatioTest(part, whole, relation, levels):
            return paper.say(
                "condition.ratio",
                part=formula_text(paper, part),
                whole=formula_text(paper, whole),
                relation=paper.label(relation.value).lower(),
                level=float(levels[-1].level),
            )
        case f.AmountTest(first, relation, second):
            return paper.say(
                "condition.amount",
                first=formula_text(paper, first),
                relation=paper.label(relation.value).lower(),
                second=formula_text(paper, second),
            )
        case f.Triggered(trigger):
            return paper.say("condition.trigger", name=paper.label(trigger))
        case f.Happened(event):
            # An event has no label of its own: it is named as the trigger that waits on it.
            waiting = (each for each in paper.names.plan.triggers if each.condition == condition)
            named = next((each.key for each in waiting), event)
            return paper.say("condition.event", name=paper.label(named))
        case f.FromDay(day):
            return paper.say("condition.from", day=day)
        case f.BeforeDay(day):
            return paper.say("condition.before", day=day)
        case f.Negation(inner):
            return paper.say("condition.not", inner=condition_text(paper, inner))
        case f.AllOf(parts):
            return paper.say("condition.and").join(condition_text(paper, each) for each in parts)
        case f.AnyOf(parts):
            return paper.say("condition.or").join(condition_text(paper, each) for each in parts)


def formula_text(paper: Paper, formula: Formula) -> str:  # noqa: PLR0911 - one case a formula
    """A formula in words."""
    match formula:
        case f.Constant(fen):
            return paper.money(fen)
        case f.Measure(quantity, names):
            what = paper.label(quantity.value)
            return what if not names else f"{paper.names.labels(names)} {what}"
        case f.Share(share, of):
            return f"{paper.percent(float(share))} × {formula_text(paper, of)}"
        case f.Total(parts):
            return " + ".join(formula_text(paper, each) for each in parts)
        case f.Difference(first, second):
            return f"{formula_text(paper, first)} − {formula_text(paper, second)}"
        case f.Greatest(parts) | f.Least(parts):
            word = "greatest" if isinstance(formula, f.Greatest) else "least"
            inner = " / ".join(formula_text(paper, each) for each in parts)
            return f"{paper.label(word)}({inner})"
        case f.MonthsOfInterest(tranches, months):
            owed = paper.names.labels(tranches)
            return paper.say("condition.months", months=months, names=owed)
