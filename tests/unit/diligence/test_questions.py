"""The form of questions, and answers that flow back."""

from dataclasses import replace

from tests.unit.diligence.dossiers import (
    INVENTION,
    MODEL,
    READ,
    complete,
    empty,
    reply,
    with_event,
    with_reply,
)
from zhirong.diligence.checks.table import CHECKS
from zhirong.diligence.questions import Question
from zhirong.diligence.records import Dossier, Severity
from zhirong.diligence.review import review
from zhirong.parameters.reader import catalog, table
from zhirong.rights.events import EventKind
from zhirong.rights.law import shipped

LAW = shipped()
FORM = table("diligence_questions")


def asked(dossier: Dossier) -> dict[tuple[str, str], Question]:
    return {(item.code, item.subject): item for item in review(dossier, law=LAW).questions}


class TestForm:
    def test_has_a_row_and_words_for_each_question_of_the_checks(self) -> None:
        words = catalog()

        assert {check.question for check in CHECKS} <= set(FORM)
        for code, row in FORM.items():
            assert words.label(f"question.{code}", "zh") != words.label(f"question.{code}", "en")
            assert words.has(f"question_kind.{row['kind']}")
            for option in row.get("options", ()):
                assert words.has(f"answer.{option}")

    def test_has_no_question_that_nobody_waits_for(self) -> None:
        declared = set(table("diligence_gating")["fulfilled_by"].values())

        assert set(FORM) == {check.question for check in CHECKS} | declared


class TestQuestions:
    def test_asks_nothing_when_all_is_known(self) -> None:
        assert asked(complete()) == {}

    def test_asks_once_for_all_rights(self) -> None:
        form = asked(complete(extracts=()))
        shared = form["R1", ""]

        assert set(shared.subjects) == {p.app_no for p in complete().patents}
        assert shared.checks == ("A5", "A6", "A7", "A9", "E5")
        assert shared.severity is Severity.BLOCK

    def test_asks_the_heaviest_first(self) -> None:
        weights = [item.severity for item in review(empty(), law=LAW).questions]

        assert weights == sorted(weights, key=list(Severity).index)

    def test_asks_for_the_declaration_that_would_open_a_gate(self) -> None:
        form = asked(with_event(EventKind.INVALIDATION_REQUESTED))

        assert form["A7", INVENTION].checks == ("under_invalidation",)

    def test_says_what_a_given_answer_lacks(self) -> None:
        assert asked(with_reply("A8", "perhaps"))["A8", ""].shortfall == "not_understood"
        assert asked(with_reply("A10", "yes"))["A10", ""].shortfall == "no_document"
        assert asked(with_reply("A8", None))["A8", ""].shortfall == ""

    def test_is_answered_by_replies_to_its_own_rows(self) -> None:
        silent = replace(complete(replies=()), extracts=())
        form = review(silent, law=LAW).questions
        good = {"A10": "yes", "A8": "none", "R1": str(READ), "A2": "yes"}

        replies = tuple(
            reply(item.code, good.get(item.code, "no"), item.subject, "paper.pdf") for item in form
        )

        assert asked(replace(silent, replies=replies)) == {}

    def test_lets_an_answer_for_one_right_overrule_the_one_for_all(self) -> None:
        base = with_reply("P9", "no")
        exception = replace(base, replies=(*base.replies, reply("P9", "yes", MODEL)))

        failed = {
            item.subject
            for item in review(exception, law=LAW).findings
            if item.code == "P9" and item.state == "fail"
        }

        assert failed == {MODEL}
