"""What is missing, as one form: due diligence's questions and the assumptions nobody made."""

from collections.abc import Sequence
from typing import cast

from zhirong.application.case.questions import AnswerKind, Question
from zhirong.application.diligence import Diligence
from zhirong.application.result import ProposalRecord
from zhirong.core.messages import Fact, Message
from zhirong.diligence import questions as asked
from zhirong.diligence.records import Severity

SALES = "base_sales"  # asked for as sales of a product, not as an assumption


def open_questions(found: Diligence, proposals: Sequence[ProposalRecord]) -> tuple[Question, ...]:
    """The form, heaviest first; assumptions that a person must state come last."""
    form = asked.questions(found.grounds, found.findings, found.gates)
    return (
        *(_of_diligence(item) for item in form),
        *(_of_proposal(item) for item in proposals if not item.is_accepted),
    )


def _of_diligence(item: asked.Question) -> Question:
    return Question(
        code=item.code,
        subject=item.subject,
        message=item.message,
        kind=cast("AnswerKind", item.kind),  # the table of questions holds no other
        options=item.options,
        subjects=item.subjects,
        needs_document=item.needs_document,
        is_urgent=item.severity is Severity.BLOCK,
        gap=Message(f"question_gap.{item.shortfall}") if item.shortfall else None,
    )


def _of_proposal(item: ProposalRecord) -> Question:
    if item.key == SALES:
        return Question(
            code="product_sales",
            subject=item.scope,
            message=Message("question.product_sales", {"product": item.scope}),
            kind="number",
        )
    facts: dict[str, Fact] = {
        "key": f"input.{item.key}",
        "group": item.scope,
        "year": item.year,
        "central": item.central,
    }
    code = "question.assumption" if item.central is None else "question.assumption_proposed"
    return Question(
        code=f"assumption:{item.key}",
        subject=item.scope,
        message=Message(code, facts),
        kind="number",
    )
