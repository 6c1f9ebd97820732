"""Every check has a passing, a failing and a 'not known' case; a new check without them fails."""

import pytest

from tests.unit.diligence.dossiers import CASES, complete, empty
from zhirong.diligence.checks.table import CHECKS, Check, finding, run
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier, Finding, Scope, Severity, State
from zhirong.parameters.reader import catalog, table
from zhirong.rights.law import shipped

LAW = shipped()


def found(check: Check, dossier: Dossier, subject: str) -> Finding:
    return finding(check, Grounds(dossier=dossier, law=LAW), subject)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
class TestChecks:
    def test_passes_the_complete_dossier(self, check: Check) -> None:
        subject, _, _ = CASES[check.code]

        seen = found(check, complete(), subject)

        assert (seen.state, seen.severity) == (State.PASS, Severity.PASS)

    def test_fails_what_is_wrong_with_evidence_or_facts(self, check: Check) -> None:
        subject, wrong, _ = CASES[check.code]

        seen = found(check, wrong(), subject)

        assert seen.state is State.FAIL
        assert seen.severity is check.severity
        assert seen.condition is not None
        assert seen.evidence or len(seen.message.facts) > 1

    def test_does_not_know_what_the_file_does_not_say(self, check: Check) -> None:
        subject, _, silent = CASES[check.code]

        seen = found(check, silent(), subject)

        assert seen.state is State.NOT_KNOWN
        assert seen.question in table("diligence_questions")

    def test_is_worded_in_both_languages(self, check: Check) -> None:
        words = catalog()
        subject, wrong, silent = CASES[check.code]

        for dossier in (complete(), wrong(), silent()):
            seen = found(check, dossier, subject)
            messages = [seen.message, *([seen.condition] if seen.condition else [])]
            for message in messages:
                assert words.text(message, "zh") != words.text(message, "en")
            assert words.label(seen.law, "zh") != words.label(f"check.{check.code}.title", "zh")

    def test_has_a_law_of_known_standing(self, check: Check) -> None:
        assert check.law in table("diligence_laws")


class TestRun:
    def test_passes_everything_when_everything_is_known_and_in_order(self) -> None:
        findings = run(Grounds(dossier=complete(), law=LAW))

        assert [item for item in findings if item.state is not State.PASS] == []

    def test_passes_nothing_by_silence(self) -> None:
        findings = run(Grounds(dossier=empty(), law=LAW))

        passed = {item.code for item in findings if item.state is not State.NOT_KNOWN}

        # The empty dossier still says that the right was granted.
        assert passed == {"P12"}

    def test_looks_at_every_subject_of_each_scope(self) -> None:
        dossier = complete()
        findings = run(Grounds(dossier=dossier, law=LAW))

        counts = {Scope.FIRM: 1, Scope.PRODUCT: 1, Scope.RIGHT: len(dossier.patents)}

        assert len(findings) == sum(counts[check.scope] for check in CHECKS)

    def test_has_one_row_a_code(self) -> None:
        assert len({check.code for check in CHECKS}) == len(CHECKS) == len(CASES)
