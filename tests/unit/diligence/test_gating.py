"""The gating table, and how its rows combine."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import event
from tests.unit.diligence.dossiers import (
    FIRM,
    INVENTION,
    MODEL,
    OWNER,
    PARTNER,
    complete,
    empty,
    reply,
    with_event,
    with_patent,
    with_reply,
)
from zhirong.diligence.checks.table import CHECKS, run
from zhirong.diligence.gating import Answer, Gate, Rule, Use, gate, gates, registrability
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier
from zhirong.parameters.reader import catalog, table
from zhirong.rights.events import EventKind, LicenseKind
from zhirong.rights.law import shipped
from zhirong.rights.overlays import Overlay
from zhirong.rights.status import BaseState

LAW = shipped()
TABLE = table("diligence_gating")
FEBRUARY = date(2026, 2, 1)


def gated(dossier: Dossier, right: str) -> dict[Use, Gate]:
    grounds = Grounds(dossier=dossier, law=LAW)
    return {item.use: item for item in gates(grounds, run(grounds)) if item.right == right}


def answers(dossier: Dossier, right: str) -> list[str]:
    found = gated(dossier, right)
    return [str(found[use].answer) for use in Use]


class TestTable:
    def test_has_a_row_for_each_state_and_overlay(self) -> None:
        assert set(TABLE["states"]) == {str(state) for state in BaseState}
        assert set(TABLE["overlays"]) == {str(overlay) for overlay in Overlay}

    def test_answers_each_use_in_each_row_of_status(self) -> None:
        for row in (*TABLE["states"].values(), *TABLE["overlays"].values()):
            assert set(row) == {*map(str, Use), "law"}

    def test_names_words_for_every_cell_row_and_law(self) -> None:
        words = catalog()
        rows = {**TABLE["states"], **TABLE["overlays"]}
        cells = [dict(row) for row in rows.values()]
        cells += [dict(row) for item in TABLE["findings"].values() for row in item.values()]

        for row in (*rows, *TABLE["findings"]):
            assert words.has(f"gate.row.{row}")
        for cell in cells:
            assert words.has(cell.pop("law"))
            for value in cell.values():
                is_answer = value in set(Answer)
                assert words.has(f"gate.{'answer' if is_answer else 'condition'}.{value}")

    def test_names_findings_that_a_check_can_say(self) -> None:
        codes = {check.code for check in CHECKS}
        said = catalog().texts

        for code, variants in TABLE["findings"].items():
            assert code in codes
            for variant in variants:
                assert f"check.{code}.{variant}" in said

    def test_asks_questions_that_exist(self) -> None:
        assert set(TABLE["fulfilled_by"].values()) <= set(table("diligence_questions"))


class TestGates:
    def test_open_all_uses_of_a_right_in_order(self) -> None:
        assert answers(complete(), INVENTION) == ["yes"] * 5

    # Rows of the rules' table: value, register, disburse, insure, pool.
    @pytest.mark.parametrize(
        ("dossier", "right", "expected"),
        [
            (with_patent(MODEL, fee_paid_through_year=6), MODEL,
             ["conditional", "no", "no", "no", "no"]),
            (with_patent(INVENTION, grant_date=None), INVENTION,
             ["conditional", "no", "no", "no", "no"]),
            (with_event(EventKind.INVALIDATION_REQUESTED), INVENTION,
             ["conditional", "conditional", "conditional", "no", "no"]),
            (with_event(EventKind.PARTLY_INVALID), INVENTION,
             ["conditional", "yes", "yes", "yes", "yes"]),
            (with_event(EventKind.PRESERVED), INVENTION,
             ["conditional", "no", "no", "no", "no"]),
            (with_event(EventKind.PLEDGE_REGISTERED), INVENTION,
             ["yes", "no", "no", "conditional", "conditional"]),
            (with_event(EventKind.LICENSE_RECORDED, license_kind=LicenseKind.EXCLUSIVE), INVENTION,
             ["conditional", "yes", "conditional", "yes", "conditional"]),
            (with_event(EventKind.OPEN_LICENSE_DECLARED), INVENTION, ["yes"] * 5),
            (with_patent(MODEL, has_same_day_application=True), MODEL,
             ["conditional", "conditional", "conditional", "no", "no"]),
            (with_event(EventKind.INVALID_ALL), INVENTION, ["no"] * 5),
            (with_event(EventKind.EXPIRED), INVENTION, ["no"] * 5),
        ],
        ids=["fee_grace", "pending", "under_invalidation", "partly_invalid", "preserved",
             "pledged", "exclusive_license", "open_license", "same_day", "invalid", "expired"],
    )  # fmt: skip
    def test_follow_the_table(self, dossier: Dossier, right: str, expected: list[str]) -> None:
        assert answers(dossier, right) == expected

    def test_leave_the_other_rights_alone(self) -> None:
        assert answers(with_event(EventKind.PLEDGE_REGISTERED), MODEL) == ["yes"] * 5

    def test_do_not_know_what_the_checks_do_not_know(self) -> None:
        found = gated(empty(), MODEL)

        decided = {rule.row for rule in found[Use.REGISTER_PLEDGE].decided_by}
        assert found[Use.REGISTER_PLEDGE].answer is Answer.NOT_KNOWN
        assert decided == {"E6", "A1", "P5", "A3", "A4", "A5", "A6", "A7", "P1", "P3"}


class TestRegistrability:
    def decided(self, dossier: Dossier, right: str) -> tuple[str, list[str], tuple[str, ...]]:
        grounds = Grounds(dossier=dossier, law=LAW)
        found = {item.right: item for item in registrability(grounds, run(grounds))}[right]
        return str(found.answer), [rule.law for rule in found.decided_by], found.conditions

    def test_names_the_rule_that_decides(self) -> None:
        no_consent = with_patent(INVENTION, owners=(OWNER, PARTNER))
        refused = replace(no_consent, replies=(reply("A3", "no"),))

        assert self.decided(refused, INVENTION) == ("no", ["law.pledge_461_11_8"], ())

    def test_names_all_rules_of_the_strictest_answer(self) -> None:
        events = (
            event(EventKind.PLEDGE_REGISTERED, FEBRUARY, right=INVENTION),
            event(EventKind.PRESERVED, FEBRUARY, right=INVENTION),
            event(EventKind.INVALIDATION_REQUESTED, FEBRUARY, right=INVENTION),
        )

        assert self.decided(complete(events=events), INVENTION) == (
            "no",
            ["law.pledge_461_11_5", "law.pledge_461_11_9"],
            (),
        )

    def test_refuses_a_debt_beyond_the_term(self) -> None:
        late = complete(debt_term_end=date(2038, 3, 15))

        assert self.decided(late, INVENTION)[:2] == ("no", ["law.pledge_461_11_6"])

    def test_asks_for_a_maturity_within_the_term(self) -> None:
        answer, _, conditions = self.decided(complete(debt_term_end=None), INVENTION)

        assert (answer, conditions) == ("conditional", ("debt_within_term",))

    def test_refuses_an_owner_that_must_not_give_security(self) -> None:
        office = complete(firm=replace(FIRM, kind="state_organ"))

        assert self.decided(office, INVENTION)[:2] == ("no", ["law.security_interpretation_5"])

    def test_opens_once_the_declaration_is_on_file(self) -> None:
        disputed = with_event(EventKind.INVALIDATION_REQUESTED)
        declared = replace(
            disputed, replies=(*disputed.replies, reply("A7", "yes", INVENTION, "both.pdf"))
        )

        assert self.decided(disputed, INVENTION)[0] == "conditional"
        assert self.decided(declared, INVENTION)[0] == "yes"

    def test_keeps_the_condition_when_only_said(self) -> None:
        disputed = with_event(EventKind.INVALIDATION_REQUESTED)
        said = replace(disputed, replies=(*disputed.replies, reply("A7", "yes", INVENTION)))

        assert self.decided(said, INVENTION)[0] == "conditional"

    def test_is_not_touched_by_the_resolution_that_disbursement_waits_for(self) -> None:
        undecided = with_reply("A10", "no")

        assert self.decided(undecided, INVENTION)[0] == "yes"
        assert gated(undecided, INVENTION)[Use.DISBURSE].answer is Answer.NO


class TestGate:
    def test_takes_the_strictest_and_joins_conditions(self) -> None:
        def rule(answer: Answer, condition: str = "") -> Rule:
            return Rule(row="row", answer=answer, law="law", condition=condition)

        first, second = rule(Answer.CONDITIONAL, "a"), rule(Answer.CONDITIONAL, "b")
        joined = gate(Use.INSURE, right="R", rules=(rule(Answer.YES), first, second, first))
        refused = gate(Use.INSURE, right="R", rules=(first, rule(Answer.NO)))

        assert (joined.answer, joined.conditions) == (Answer.CONDITIONAL, ("a", "b"))
        assert (refused.answer, refused.conditions) == (Answer.NO, ())
