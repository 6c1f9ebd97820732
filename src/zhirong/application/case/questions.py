"""A question to the firm, as the form of questions carries it out and answers bring it back."""

from dataclasses import dataclass
from typing import Literal

from zhirong.core.messages import Message

AnswerKind = Literal["yes_no", "choice", "date", "number", "text", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the form.

    Attributes:
        code: What the answer names, e.g. "A3".
        subject: A right's number or a product's id; "" for the firm, or for all of `subjects`.
        message: The question in words.
        kind: How it is answered.
        options: Codes of the answers to choose from (words: answer.<code>).
        subjects: The rights or products that one answer serves; for the reader of the form.
        needs_document: A word alone does not settle it; a paper must be named.
        is_urgent: Something is blocked until it is answered.
        gap: What a given answer lacks; None while unanswered.
    """

    code: str
    message: Message
    kind: AnswerKind
    subject: str = ""
    options: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    needs_document: bool = False
    is_urgent: bool = False
    gap: Message | None = None
