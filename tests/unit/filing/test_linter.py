"""Each ground of each register: one filing that fails it, one that passes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import filings
from zhirong.core.messages import Language
from zhirong.filing import linter
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import Filing, LintFinding, Severity
from zhirong.filing.forms import (
    Commitment,
    CommitmentKind,
    Consent,
    Insistence,
    ValueBasis,
    ValueStatement,
)
from zhirong.filing.office import Registry
from zhirong.filing.register_view import GateAnswer, GateOutcome, Owner, RightState
from zhirong.parameters.reader import Parameters, catalog, table

STRANGER = Owner(name="宁波另一家有限公司")
BASES: Mapping[Registry, Filing] = {
    Registry.PATENT: filings.filing(),
    Registry.TRADEMARK: filings.mark_filing(),
    Registry.COPYRIGHT: filings.copyright_filing(),
    Registry.DATA: filings.data_filing(),
}
Mutation = Callable[[Filing], Filing]


def gated(law: str, answer: GateAnswer = GateAnswer.NO, **more: Any) -> Mutation:
    outcome = GateOutcome(row="row", answer=answer, law=law, **more)
    return seen(gates=(outcome,))


def seen(**changes: Any) -> Mutation:
    return lambda base: replace(
        base, register=tuple(replace(view, **changes) for view in base.register)
    )


def formed(**changes: Any) -> Mutation:
    return lambda base: replace(base, form=replace(base.form, **changes))


def contracted(**changes: Any) -> Mutation:
    return lambda base: formed(contract=replace(base.form.contract, **changes))(base)


def listed(**changes: Any) -> Mutation:
    return lambda base: formed(
        rights=tuple(replace(right, **changes) for right in base.form.rights)
    )(base)


def without(kind: DocumentKind) -> Mutation:
    return lambda base: replace(
        base, documents=tuple(item for item in base.documents if item.kind is not kind)
    )


def unsigned(kind: DocumentKind) -> Mutation:
    return lambda base: replace(
        base,
        documents=tuple(
            replace(item, signed_by=filings.BOTH[:1]) if item.kind is kind else item
            for item in base.documents
        ),
    )


def twice(base: Filing) -> Filing:
    return formed(rights=base.form.rights * 2)(base)


def many(base: Filing) -> Filing:
    numbers = [f"2021114346{count:02d}.X" for count in range(11)]
    rights = tuple(filings.right(number=number) for number in numbers)
    made = replace(base, register=tuple(filings.view(number) for number in numbers))
    contract = filings.contract(rights_count=11)
    return formed(rights=rights, contract=contract)(made)


def abroad(base: Filing) -> Filing:
    return formed(pledgee=replace(base.form.pledgee, is_abroad=True))(base)


def foreign(base: Filing) -> Filing:
    first, *rest = base.documents
    return replace(base, documents=(replace(first, is_foreign=True), *rest))


SHORT = formed(period_to=date(2027, 1, 31))
CO_OWNED = seen(owners=(Owner(name=filings.PLEDGOR.name), STRANGER))
EXPIRED = seen(state=RightState.EXPIRED)
PLEDGED = seen(live_pledges=("Y2025000001",))
STALE = seen(seen_on=date(2026, 5, 1))
LONG = contracted(debt_to=date(2040, 1, 1))
APPRAISED = formed(value=ValueStatement(amount_fen=1, how=ValueBasis.APPRAISAL))
UNSCOPED = contracted(scope=filings.contract().scope[:1])
SHARED = {
    "register_view": STALE,
    "repeated": twice,
    "contract": contracted(claim_kind=None),
    "documents": without(DocumentKind.PLEDGE_CONTRACT),
    "signatures": unsigned(DocumentKind.PLEDGE_CONTRACT),
    "identity": without(DocumentKind.COMMITMENT),
    "authorization": without(DocumentKind.AUTHORIZATION),
}
FAILING: Mapping[str, Mutation] = {
    "461.11.1": seen(owners=(STRANGER,)),
    "461.11.2": gated("law.pledge_461_11_2"),
    "461.11.3": gated("law.pledge_461_11_3"),
    "461.11.4": gated("law.pledge_461_11_4"),
    "461.11.5": gated("law.pledge_461_11_5"),
    "461.11.6": LONG,
    "461.11.7": SHARED["contract"],
    "461.11.8": CO_OWNED,
    "461.11.9": PLEDGED,
    "461.11.10": gated(
        "law.pledge_461_11_10", GateAnswer.CONDITIONAL, condition="same_day_declaration"
    ),
    "461.11.11": gated(
        "law.pledge_461_11_11", GateAnswer.CONDITIONAL, condition="invalidation_declaration"
    ),
    "461.11.12": gated("law.defense_patents"),
    "461.unknown": gated("law.pledge_461_11_5", GateAnswer.NOT_KNOWN),
    "461.8.as_registered": seen(grant_date=date(2022, 5, 11)),
    "461.5": abroad,
    "461.7.documents": SHARED["documents"],
    "461.7.signatures": SHARED["signatures"],
    "461.7.identity": SHARED["identity"],
    "461.7.authorization": SHARED["authorization"],
    "461.7.appraisal": APPRAISED,
    "461.same_day_statement": without(DocumentKind.SAME_DAY_STATEMENT),
    "461.electronic_list": many,
    "461.register_view": STALE,
    "461.repeated": twice,
    "461.scope": UNSCOPED,
    "358.name": seen(owners=(STRANGER,)),
    "358.state": EXPIRED,
    "358.seized": seen(is_seized=True),
    "358.family": seen(family=(filings.MARK, "12345679")),
    "358.family_unknown": seen(family=()),
    "358.other": listed(kind="invention"),
    "358.contract": listed(classes=()),
    "358.documents": without(DocumentKind.MAIN_CONTRACT),
    "358.signatures": SHARED["signatures"],
    "358.commitment": SHARED["identity"],
    "358.authorization": SHARED["authorization"],
    "358.co_owners": CO_OWNED,
    "358.period": formed(period_to=None),
    "358.period_short": SHORT,
    "358.term": LONG,
    "358.rank": PLEDGED,
    "358.unknown": seen(state=None),
    "358.register_view": STALE,
    "358.repeated": twice,
    "358.scope": UNSCOPED,
    "order8.owner": seen(owners=(STRANGER,)),
    "order8.ended": seen(term_end=date(2026, 1, 1)),
    "order8.term": LONG,
    "order8.other": seen(is_seized=True),
    "order8.contract": SHARED["contract"],
    "order8.documents": SHARED["documents"],
    "order8.signatures": SHARED["signatures"],
    "order8.identity": SHARED["identity"],
    "order8.authorization": SHARED["authorization"],
    "order8.consent": CO_OWNED,
    "order8.licenses": seen(licenses=("XK-1",)),
    "order8.appraisal": APPRAISED,
    "order8.translation": foreign,
    "order8.rank": PLEDGED,
    "order8.unknown": seen(is_seized=None),
    "order8.register_view": STALE,
    "order8.repeated": twice,
    "order8.scope": UNSCOPED,
    "data.effect_statement": without(DocumentKind.EFFECT_STATEMENT),
    "data.holder": seen(owners=(STRANGER,)),
    "data.certificate": EXPIRED,
    "data.term": LONG,
    "data.fingerprint": seen(hash_matches=False),
    "data.fingerprint_unknown": seen(hash_matches=None),
    "data.other": listed(kind="software"),
    "data.contract": SHARED["contract"],
    "data.documents": without(DocumentKind.CERTIFICATE),
    "data.signatures": SHARED["signatures"],
    "data.identity": SHARED["identity"],
    "data.authorization": SHARED["authorization"],
    "data.unknown": seen(state=None),
    "data.register_view": STALE,
    "data.repeated": twice,
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def registry_of(code: str) -> Registry:
    return next(registry for registry, grounds in linter.GROUNDS.items() if code in grounds)


def found(filing: Filing) -> tuple[LintFinding, ...]:
    return linter.lint(filing, parameters=Parameters())


class TestLint:
    @pytest.mark.parametrize("code", FAILING)
    def test_finds_the_ground_where_it_holds(self, code: str) -> None:
        broken = FAILING[code](BASES[registry_of(code)])

        assert code in {finding.code for finding in found(broken)}

    @pytest.mark.parametrize("registry", BASES)
    def test_finds_nothing_in_a_clean_filing(self, registry: Registry) -> None:
        told = {finding.code for finding in found(BASES[registry])}

        assert told == ({"data.effect"} if registry is Registry.DATA else set())

    def test_tries_each_ground_of_each_register(self) -> None:
        codes = {code for grounds in linter.GROUNDS.values() for code in grounds}

        assert set(FAILING) == codes - {"data.effect"}
        assert {c for c in table("filing_grounds") if not c.startswith("later.")} == codes

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("code", FAILING)
    def test_says_what_was_found_and_how_to_mend_it(self, code: str, lang: Language) -> None:
        words = catalog()
        broken = FAILING[code](BASES[registry_of(code)])

        for finding in found(broken):
            for message in (finding.title, finding.found, finding.mend):
                assert words.text(message, lang)
            assert words.label(finding.law, lang)
            assert finding.source

    def test_puts_the_gravest_first(self) -> None:
        broken = UNSCOPED(STALE(LONG(filings.filing())))

        severities = [finding.severity for finding in found(broken)]

        assert severities == [Severity.REFUSE, Severity.CORRECT, Severity.WARN]

    def test_names_the_right_that_a_ground_concerns(self) -> None:
        (finding,) = found(PLEDGED(filings.filing()))

        assert finding.right == "202111434680.4"


class TestDeclarations:
    """Grounds that fall away once both parties, told of them, insist."""

    @pytest.mark.parametrize(
        ("law", "ground", "code"),
        [
            ("law.pledge_461_11_10", "same_day_invention", "461.11.10"),
            ("law.pledge_461_11_11", "under_invalidation", "461.11.11"),
        ],
    )
    def test_open_the_way(self, law: str, ground: str, code: str) -> None:
        insists = (Insistence(right="202111434680.4", ground=ground),)
        insisted = formed(insists=insists)(gated(law)(filings.filing()))
        shown = replace(
            insisted,
            documents=(*insisted.documents, filings.paper(DocumentKind.INSISTENCE)),
        )

        assert {finding.code for finding in found(insisted)} == {
            law[4:].replace("pledge_", "").replace("_", ".")
        }
        assert found(shown) == ()

    def test_of_due_diligence_are_no_paper_before_the_office(self) -> None:
        fulfilled = gated(
            "law.pledge_461_11_10",
            GateAnswer.YES,
            condition="same_day_declaration",
            is_fulfilled=True,
        )

        assert [item.code for item in found(fulfilled(filings.filing()))] == ["461.11.10"]


class TestConditions:
    @pytest.mark.parametrize("condition", ["recent_extract", "debt_within_term"])
    def test_that_the_filing_itself_fulfills_are_not_asked_again(self, condition: str) -> None:
        law = "law.pledge_461_11_6" if condition == "debt_within_term" else "law.register_extract"
        conditional = gated(law, GateAnswer.CONDITIONAL, condition=condition)

        assert found(conditional(filings.filing())) == ()
        assert found(STALE(conditional(filings.filing()))) != ()

    def test_that_nobody_fulfilled_stand_in_the_way(self) -> None:
        conditional = gated(
            "law.security_interpretation_6", GateAnswer.CONDITIONAL, condition="approval"
        )

        assert [item.code for item in found(conditional(filings.filing()))] == ["461.unknown"]


class TestConsents:
    def test_of_all_co_owners_open_the_way(self) -> None:
        consents = (Consent(right="202111434680.4", by=STRANGER.name),)
        agreed = formed(consents=consents)(CO_OWNED(filings.filing()))
        shown = replace(agreed, documents=(*agreed.documents, filings.paper(DocumentKind.CONSENT)))

        assert [item.code for item in found(agreed)] == ["461.7.documents"]
        assert found(shown) == ()


class TestElectronicList:
    def test_agrees_patent_by_patent_without_the_dot(self) -> None:
        base = formed(electronic_list="list.xlsx")(many(filings.filing()))
        numbers = tuple(right.number.replace(".", "") for right in base.form.rights)

        def with_list(lists: tuple[str, ...]) -> Filing:
            item = filings.paper(DocumentKind.ELECTRONIC_LIST, name="list.xlsx", lists=lists)
            return replace(base, documents=(*base.documents, item))

        assert found(with_list(numbers)) == ()
        assert [f.code for f in found(with_list(numbers[:-1]))] == ["461.electronic_list"]
        dotted = tuple(right.number for right in base.form.rights)
        assert [f.code for f in found(with_list(dotted))] == ["461.electronic_list"]


class TestMarkFamilies:
    def test_may_be_promised_where_nobody_searched(self) -> None:
        base = seen(family=())(filings.mark_filing())
        promise = Commitment(by=filings.PLEDGOR.identifier, kind=CommitmentKind.MARKS_TOGETHER)

        promised = formed(commitments=(*base.form.commitments, promise))(base)

        assert [finding.code for finding in found(base)] == ["358.family_unknown"]
        assert found(promised) == ()


class TestMayFile:
    def test_minds_all_but_notes(self) -> None:
        assert linter.may_file(found(UNSCOPED(filings.filing())))
        assert not linter.may_file(found(STALE(filings.filing())))
