"""All checks in one plain table, and the one way to run them.

Severities and laws follow the project's rules of due diligence; severities are a house policy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhirong.core.identifiers import patents as numbers
from zhirong.core.messages import Fact, Message
from zhirong.diligence.checks import (
    documents,
    encumbrances,
    firm,
    forecast,
    owner_kind,
    ownership,
    people,
    sales,
    stability,
    standing,
)
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Finding, Outcome, Scope, Severity, State

BLOCK, HIGH, MEDIUM, NOTE = Severity.BLOCK, Severity.HIGH, Severity.MEDIUM, Severity.NOTE
FIRM, PRODUCT, RIGHT = Scope.FIRM, Scope.PRODUCT, Scope.RIGHT


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        code: As in the rules of due diligence; E codes are the desk's own.
        function: From the grounds and the subject (a right's number, a product's id or "").
        severity: When it fails, unless the outcome says otherwise.
        law: Code of the words of the legal source.
        question: Asked when the file is silent.
    """

    code: str
    function: Callable[[Grounds, str], Outcome]
    scope: Scope
    severity: Severity
    law: str
    question: str


CHECKS: tuple[Check, ...] = (
    Check("A1", ownership.is_registered_owner, RIGHT, BLOCK, "law.pledge_461_11_1", "A1"),
    Check("A2", ownership.has_unbroken_chain, RIGHT, HIGH, "law.patent_10", "A2"),
    Check("A3", ownership.has_consent_of_co_owners, RIGHT, BLOCK, "law.patent_14", "A3"),
    Check("A4", standing.is_in_force_to_maturity, RIGHT, BLOCK, "law.pledge_461_11_6", "A4"),
    Check("A5", encumbrances.is_free_of_pledge, RIGHT, BLOCK, "law.pledge_461_11_9", "R1"),
    Check("A6", encumbrances.is_free_of_preservation, RIGHT, BLOCK, "law.pledge_461_11_5", "R1"),
    Check("A7", encumbrances.is_free_of_invalidation, RIGHT, HIGH, "law.pledge_461_11_11", "R1"),
    Check("A8", firm.is_free_of_litigation, FIRM, HIGH, "law.litigation", "A8"),
    Check("A9", encumbrances.is_free_of_licenses, RIGHT, HIGH, "law.rules_15", "R1"),
    Check("A10", firm.has_corporate_power, FIRM, BLOCK, "law.company_law_15", "A10"),
    Check("A11", firm.is_free_of_bad_credit, FIRM, HIGH, "law.credit_lists", "A11"),
    Check("A12", firm.is_value_fresh, FIRM, MEDIUM, "law.value_validity", "A12"),
    Check("A13", owner_kind.follows_state_asset_rules, FIRM, HIGH, "law.state_assets", "A13"),
    Check("P1", standing.is_fee_paid, RIGHT, BLOCK, "law.pledge_461_11_4", "P1"),
    Check("P2", stability.has_evaluation_report, RIGHT, HIGH, "law.patent_66", "P2"),
    Check("P3", stability.is_free_of_same_day_filing, RIGHT, BLOCK, "law.rules_47", "P3"),
    Check("P4", people.is_free_of_employee_claims, RIGHT, MEDIUM, "law.rules_13", "P4"),
    Check("P5", standing.is_not_secret, RIGHT, BLOCK, "law.defense_patents", "P5"),
    Check("P6", encumbrances.is_free_of_open_license, RIGHT, MEDIUM, "law.rules_86", "P6"),
    Check("P7", forecast.serves_a_product, FIRM, HIGH, "law.core_product", "P7"),
    Check("P8", firm.is_free_of_exports, FIRM, HIGH, "law.export_control", "P8"),
    Check("P9", firm.is_free_of_public_funding, RIGHT, MEDIUM, "law.public_funding", "P9"),
    Check("P10", firm.is_free_of_abnormal_filings, FIRM, HIGH, "law.abnormal_filings", "P10"),
    Check("P11", people.are_key_inventors_there, FIRM, MEDIUM, "law.key_persons", "P11"),
    Check("P12", standing.is_granted, RIGHT, BLOCK, "law.pledge_461_11_3", "R1"),
    Check("E1", sales.agrees_with_tax_filings, PRODUCT, HIGH, "law.practice_sales", "E1"),
    Check("E2", forecast.grows_as_before, PRODUCT, MEDIUM, "law.practice_growth", "E2"),
    Check("E3", forecast.is_matrix_signed, FIRM, HIGH, "law.practice_matrix", "E3"),
    Check("E4", people.is_spread_over_inventors, FIRM, MEDIUM, "law.key_persons", "E4"),
    Check("E5", documents.is_extract_fresh, RIGHT, MEDIUM, "law.register_extract", "R1"),
    Check("E6", owner_kind.may_give_security, FIRM, BLOCK, "law.security_interpretation_5", "E6"),
    Check("E7", sales.has_accounts_as_filed, FIRM, MEDIUM, "law.practice_sales", "E7"),
    Check("E8", sales.fits_into_revenue, FIRM, MEDIUM, "law.practice_sales", "E8"),
    Check("E9", documents.are_certificates_valid, FIRM, NOTE, "law.certificates", "E9"),
)

OF_ENDED_RIGHTS = ("A4",)


def run(grounds: Grounds) -> tuple[Finding, ...]:
    """Each check on each of its subjects, in the table's and the dossier's order.

    Of a right that has ended only `OF_ENDED_RIGHTS` speak: nothing else about it matters any more.
    """
    return tuple(_findings(grounds))


def _findings(grounds: Grounds) -> Iterator[Finding]:
    for check in CHECKS:
        for subject in _subjects(grounds, check):
            yield finding(check, grounds, subject)


def _subjects(grounds: Grounds, check: Check) -> tuple[str, ...]:
    match check.scope:
        case Scope.FIRM:
            return ("",)
        case Scope.PRODUCT:
            # Without any product the check still says that it does not know.
            return grounds.products or ("",)
        case Scope.RIGHT:
            return tuple(
                right
                for right in grounds.patents
                if check.code in OF_ENDED_RIGHTS or not grounds.has_ended(right)
            )


def finding(check: Check, grounds: Grounds, subject: str) -> Finding:
    """What one check says of one subject."""
    outcome = check.function(grounds, subject)
    facts = {**_named(grounds, check.scope, subject), **outcome.facts}
    severity = outcome.severity or check.severity
    is_open = outcome.state is State.NOT_KNOWN
    return Finding(
        code=check.code,
        scope=check.scope,
        state=outcome.state,
        severity=Severity.PASS if outcome.state is State.PASS else severity,
        subject=subject,
        message=Message(f"check.{check.code}.{outcome.text}", facts),
        law=outcome.law or check.law,
        evidence=outcome.evidence,
        condition=Message(f"condition.{outcome.condition}", facts) if outcome.condition else None,
        question=check.question if is_open else "",
    )


def _named(grounds: Grounds, scope: Scope, subject: str) -> dict[str, Fact]:
    match scope:
        case Scope.FIRM:
            return {"firm": grounds.dossier.firm.name}
        case Scope.PRODUCT:
            names = {item.product: item.name for item in grounds.dossier.products}
            return {"product": subject, "name": names.get(subject) or subject or None}
        case Scope.RIGHT:
            patent = grounds.patents[subject]
            return {"right": numbers.display(subject), "title": patent.title}
