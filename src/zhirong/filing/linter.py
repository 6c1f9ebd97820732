"""The pre-filing linter: every ground on which an office refuses or asks for a correction.

Grounds are functions, one file a register; severity and legal source of each are data
(`parameters/tables/filing_grounds.yaml`); words stand under filing.ground.<words>.
"""

from collections.abc import Iterable, Mapping

from zhirong.filing import grounds_copyright, grounds_data, grounds_patent, grounds_trademark
from zhirong.filing.findings import Filing, GroundCheck, Hit, Limits, LintFinding, Severity
from zhirong.filing.office import Registry
from zhirong.parameters.reader import Parameters, table

GROUNDS: Mapping[Registry, Mapping[str, GroundCheck]] = {
    Registry.PATENT: grounds_patent.GROUNDS,
    Registry.TRADEMARK: grounds_trademark.GROUNDS,
    Registry.COPYRIGHT: grounds_copyright.GROUNDS,
    Registry.DATA: grounds_data.GROUNDS,
}
_ORDER = tuple(Severity)


def lint(filing: Filing, *, parameters: Parameters) -> tuple[LintFinding, ...]:
    """All grounds that hold for a filing, the gravest first, then in the register's order.

    An empty answer means that nothing is known against it, not that the office will agree.
    """
    limits = Limits(
        electronic_list_above=int(parameters.number("filing.electronic_list_above", on=filing.on)),
        extract_age_days_max=int(parameters.number("diligence.extract_age_days_max", on=filing.on)),
    )
    return in_order(
        finding(code, hit)
        for code, check in GROUNDS[filing.registry].items()
        for hit in check(filing, limits)
    )


def finding(code: str, hit: Hit) -> LintFinding:
    """A hit with its ground's severity and source from the table."""
    row = table("filing_grounds")[code]
    return LintFinding(
        code=code,
        severity=Severity(row["severity"]),
        right=hit.right,
        words=row.get("words", code),
        law=row["law"],
        source=row["source"],
        facts=hit.facts,
    )


def in_order(found: Iterable[LintFinding]) -> tuple[LintFinding, ...]:
    """Findings, the gravest first, otherwise as they came."""
    return tuple(sorted(found, key=lambda item: _ORDER.index(item.severity)))


def may_file(findings: Iterable[LintFinding]) -> bool:
    """Whether nothing stands against filing but warnings."""
    return all(item.severity is Severity.WARN for item in findings)
