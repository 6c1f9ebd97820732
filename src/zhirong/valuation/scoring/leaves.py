"""Scores of one leaf: a column of scores, what does not apply, and the evidence in words.

Each right has one of three answers: a score of 0 to 100, "not applicable" (the leaf's weight goes
to its neighbors), or nothing (the weight goes to its neighbors and coverage falls). Missing is
never zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.sources import Source
from zhirong.valuation.scoring.columns import BoolArray, FloatArray, ScoringColumns
from zhirong.valuation.scoring.tables import RuleTable

CodeArray = NDArray[np.int8]
AnswerArray = NDArray[np.int32]
NO_ANSWER = -1


class LeafAnswerError(InputError):
    """An analyst's answer that cannot be used."""

    code = "error.scoring_answer"

    def __init__(self, leaf: str, *, author: str, reason: str) -> None:
        super().__init__(
            f"Answer of {author!r} to {leaf}: {reason}.", leaf=leaf, author=author, reason=reason
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafAnswer:
    """An analyst's answer to a leaf of a tree.

    Attributes:
        leaf: Id of the leaf.
        score: 0 to 100; None says that the leaf does not apply.
        rights: Places of the rights it is about; None says all.
        author: Who answers for it.
        reason: Why.
    """

    leaf: str
    score: float | None
    rights: tuple[int, ...] | None = None
    author: str
    reason: str
    source: Source | None = None

    def __post_init__(self) -> None:
        if self.score is not None and not 0 <= self.score <= 100:
            self.refuse("is_out_of_range")
        if not self.author.strip() or not self.reason.strip():
            self.refuse("has_no_author_or_reason")

    def refuse(self, reason: str) -> None:
        """Raise the error of this answer.

        Raises:
            LeafAnswerError: Always.
        """
        raise LeafAnswerError(self.leaf, author=self.author, reason=f"score.answer.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafColumn:
    """What is known of one leaf for all rights; shape (right,).

    Attributes:
        score: 0 to 100; NaN where missing or not applicable.
        applies: False where the leaf does not apply.
        evidence: Place in `codes` of the words of the evidence.
        codes: Codes of the messages.
        answer: Place of the analyst's answer that decided, -1 where none did.
    """

    score: FloatArray
    applies: BoolArray
    evidence: CodeArray
    codes: tuple[str, ...]
    answer: AnswerArray

    @property
    def is_missing(self) -> BoolArray:
        """Where the leaf applies but nothing is known."""
        missing: BoolArray = self.applies & np.isnan(self.score)
        return missing


@dataclass(frozen=True, slots=True)
class Case:
    """One branch of a rule: where it holds, the score there, and the code of the evidence.

    A score of None says that the leaf does not apply there; NaN says missing.
    """

    where: BoolArray
    score: FloatArray | float | None
    code: str


def by_cases(cases: Sequence[Case], *, count: int) -> LeafColumn:
    """The column of a leaf from its branches; the first that holds decides, none says missing."""
    score = np.full(count, np.nan)
    applies = np.ones(count, dtype=np.bool_)
    evidence = np.zeros(count, dtype=np.int8)
    is_open = np.ones(count, dtype=np.bool_)
    for place, case in enumerate(cases, start=1):
        here = is_open & case.where
        evidence[here] = place
        if case.score is None:
            applies[here] = False
        else:
            values: FloatArray = np.broadcast_to(case.score, (count,))
            score[here] = values[here]
        is_open &= ~case.where
    evidence[applies & np.isnan(score)] = 0
    codes = ("score.evidence.missing", *(f"score.evidence.{case.code}" for case in cases))
    return LeafColumn(
        score=score, applies=applies, evidence=evidence, codes=codes, answer=no_answers(count)
    )


def no_answers(count: int) -> AnswerArray:
    """The column that says that no analyst decided; takes no memory."""
    return np.broadcast_to(np.int32(NO_ANSWER), (count,))


def missing(count: int) -> LeafColumn:
    """The column of a leaf about which nothing is known."""
    return by_cases((), count=count)


def answered(column: LeafColumn, answers: Sequence[tuple[int, LeafAnswer]]) -> LeafColumn:
    """The column after the analyst's answers, which stand before what a rule computed.

    Args:
        column: What the rule gave.
        answers: The answers to this leaf, each with its place among all answers. An answer for
            fewer rights stands before one for more: right before group, group before all.

    Raises:
        LeafAnswerError: A right that is not there, or two answers of the same width for one right.
    """
    if not answers:
        return column
    count = len(column.score)
    score, applies = column.score.copy(), column.applies.copy()
    chosen = column.answer.copy()
    width = np.full(count, count + 1)
    for place, item in answers:
        rights = _places(item, count)
        own = count + 1 if item.rights is None else len(rights)
        if bool((chosen[rights] != NO_ANSWER).any()) and bool(
            (width[rights][chosen[rights] != NO_ANSWER] == own).any()
        ):
            item.refuse("is_given_twice")
        narrower = rights[(chosen[rights] == NO_ANSWER) | (width[rights] > own)]
        score[narrower] = np.nan if item.score is None else item.score
        applies[narrower] = item.score is not None
        chosen[narrower], width[narrower] = place, own
    return LeafColumn(
        score=score, applies=applies, evidence=column.evidence, codes=column.codes, answer=chosen
    )


def _places(item: LeafAnswer, count: int) -> NDArray[np.intp]:
    if item.rights is None:
        return np.arange(count)
    places = np.unique(np.asarray(item.rights, dtype=np.intp))
    if len(places) and (places[0] < 0 or places[-1] >= count):
        item.refuse("is_about_no_right")
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the register answers a leaf.

    Attributes:
        key: Id of the rule, kept with every score; its table is the parameter
            `scoring.rules.<key>`.
        compute: The function from columns and table to the leaf's column.
        facts: The columns it reads: the facts of its evidence.
    """

    key: str
    compute: Callable[[ScoringColumns, RuleTable], LeafColumn]
    facts: tuple[str, ...]


def evidence(
    column: LeafColumn, *, facts: Sequence[str], columns: ScoringColumns, right: int
) -> Message:
    """The evidence of one right in words: the code and the facts that the rule read."""
    values: dict[str, float | None] = {}
    for name in facts:
        value = float(columns.fact(name)[right])
        values[name] = None if np.isnan(value) else value
    return Message(column.codes[int(column.evidence[right])], values)
