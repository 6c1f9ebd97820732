from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from zhirong.core.messages import Language
from zhirong.filing import applications, linter_later
from zhirong.filing.applications import Extension, How, Release
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import LintFinding
from zhirong.filing.forms import CancelGround, Change, ChangeSubject, OnBehalf
from zhirong.filing.linter_later import LaterFiling
from zhirong.filing.office import Registry
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters, catalog, table

NUMBER = "Y2026000001"
ON = date(2026, 8, 10)
HOW = How()
CONTRACT = filings.pledge()
PAPERS = (
    filings.paper(DocumentKind.APPLICATION),
    filings.paper(DocumentKind.CHANGE_AGREEMENT),
    filings.paper(DocumentKind.PROOF),
    filings.paper(DocumentKind.GUARANTEE_LETTER),
)
CHANGES = (Change(subject=ChangeSubject.AMOUNT, before="500000000", after="2"),)
OTHER = (Change(subject=ChangeSubject.RIGHTS, before=filings.RIGHT, after="1 2"),)
SAME = (Change(subject=ChangeSubject.AMOUNT, before="1", after="1"),)
LONGER = Extension(
    period_to=date(2027, 6, 29), new_period_to=date(2028, 6, 29), is_creditor_alone=True
)
SHORTER = replace(LONGER, new_period_to=date(2027, 1, 1))
ENDED = replace(LONGER, period_to=date(2026, 8, 9))
PAID = Release(ground=CancelGround.DEBT_PAID, ground_on=ON, rights=(filings.RIGHT,))
BEHALF = How(
    on_behalf=OnBehalf(
        filer=filings.PLEDGEE.identifier, authorized_by=(filings.PLEDGOR.identifier,)
    )
)


def change(changes: tuple[Change, ...] = CHANGES, day: date = ON, how: How = HOW) -> LaterFiling:
    form = applications.change(CONTRACT, NUMBER, changes, changed_on=day, how=how)
    return LaterFiling(form=form, documents=PAPERS, progress=filings.registered(), on=ON)


def extend(extension: Extension = LONGER, registry: Registry = Registry.TRADEMARK) -> LaterFiling:
    form = applications.extend(CONTRACT, NUMBER, extension, how=HOW)
    held = filings.registered(registry, expires_on="2027-06-29")
    return LaterFiling(form=form, documents=PAPERS, progress=held, on=ON)


def cancel(release: Release = PAID) -> LaterFiling:
    form = applications.cancel(CONTRACT, NUMBER, release, how=HOW)
    return LaterFiling(form=form, documents=PAPERS, progress=filings.registered(), on=ON)


def without(filing: LaterFiling, *kinds: DocumentKind) -> LaterFiling:
    kept = tuple(item for item in filing.documents if item.kind not in kinds)
    return replace(filing, documents=kept)


FAILING: Mapping[str, Callable[[], LaterFiling]] = {
    "later.registration": lambda: replace(cancel(), progress=filings.submitted()),
    "later.signatures": lambda: without(cancel(), DocumentKind.APPLICATION),
    "later.authorization": lambda: change(how=BEHALF),
    "later.change_late": lambda: change(day=date(2026, 7, 1)),
    "later.change_same": lambda: change(SAME),
    "later.change_proof": lambda: without(
        change(), DocumentKind.CHANGE_AGREEMENT, DocumentKind.PROOF
    ),
    "later.extend_without_period": lambda: extend(registry=Registry.PATENT),
    "later.extend_late": lambda: extend(ENDED),
    "later.extend_short": lambda: extend(SHORTER),
    "later.extend_proof": lambda: without(extend(), DocumentKind.GUARANTEE_LETTER),
    "later.change_before": lambda: change(OTHER),
    "later.cancel_rights": lambda: cancel(replace(PAID, rights=("1",))),
    "later.cancel_proof": lambda: without(cancel(), DocumentKind.PROOF),
}


def found(filing: LaterFiling) -> tuple[LintFinding, ...]:
    return linter_later.lint_later(filing, parameters=Parameters(), calendar=china())


class TestExtension:
    def test_by_both_is_agreed_in_writing(self) -> None:
        together = extend(replace(LONGER, is_creditor_alone=False))

        assert found(together) == ()
        lacking = found(without(together, DocumentKind.CHANGE_AGREEMENT))
        assert [item.code for item in lacking] == ["later.extend_proof"]


class TestLintLater:
    @pytest.mark.parametrize("code", FAILING)
    def test_finds_the_ground_where_it_holds(self, code: str) -> None:
        findings = found(FAILING[code]())

        assert code in {item.code for item in findings}
        languages: tuple[Language, ...] = ("zh", "en")
        for lang in languages:
            for item in findings:
                texts = (item.title, item.found, item.mend)
                assert all(catalog().text(text, lang) for text in texts)
                assert catalog().label(item.law, lang)

    @pytest.mark.parametrize("made", [change, extend, cancel])
    def test_finds_nothing_in_a_clean_act(self, made: Callable[[], LaterFiling]) -> None:
        assert found(made()) == ()

    def test_tries_each_ground(self) -> None:
        assert set(FAILING) == set(linter_later.GROUNDS)
        assert set(linter_later.GROUNDS) == {
            code for code in table("filing_grounds") if code.startswith("later.")
        }
