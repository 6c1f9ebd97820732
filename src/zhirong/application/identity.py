"""What identifies a report: number, validity, and a code by which a reader can verify it."""

from datetime import date

from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.diligence_result import DiligenceResult
from zhirong.application.result import ReportHead, Valuation
from zhirong.core.calendar import anniversary
from zhirong.core.codec import canonical, encode
from zhirong.core.hashes import sha256
from zhirong.parameters.reader import TreeHashes

# A value is valid for one year from the valuation date (Chinese professional standards).
VALID_YEARS = 1
CODE_CHARACTERS = 16
NUMBER_CHARACTERS = 6


def report_head(
    case: CaseFile,
    options: AppraisalOptions,
    *,
    engine_version: str,
    hashes: TreeHashes,
    findings: DiligenceResult,
    valuation: Valuation | None,
) -> ReportHead:
    """The head of a report; the verification code changes with every byte of its content."""
    parts = (case, options, findings, valuation)
    content = sha256(canonical([encode(part) for part in parts]))
    return ReportHead(
        number=options.report_number or _number(options.valuation_date, content),
        version=options.version,
        status="issued",
        valuation_date=options.valuation_date,
        report_date=options.report_date,
        valid_until=anniversary(options.valuation_date, VALID_YEARS),
        verification_code=_grouped(content[:CODE_CHARACTERS].upper()),
        engine_version=engine_version,
        parameters_hash=hashes.whole,
        shipped_parameters_hash=None if hashes.house is None else hashes.shipped,
        house_parameters_hash=hashes.house,
    )


def _number(valuation_date: date, content: str) -> str:
    return f"ZR-{valuation_date:%Y%m%d}-{content[-NUMBER_CHARACTERS:].upper()}"


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
