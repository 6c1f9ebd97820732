"""Zhirong (知融): open software for intellectual-property finance.

The names in `_HOMES` are the public face of the library; each is loaded when it is first asked for,
so that `import zhirong` and small commands start at once. Their types stand in `__init__.pyi`.

>>> import zhirong
>>> zhirong.identify("ZL 2017 1 0601862.3").canonical
'2017106018623'
"""

import importlib

__version__ = "0.1.0"

# name → the module where it lives
_HOMES = {
    "AnnualFee": "zhirong.rights.fees",
    "Appraisal": "zhirong.application.result",
    "AppraisalOptions": "zhirong.application.case.options",
    "Assumption": "zhirong.application.case.case_file",
    "BusinessCalendar": "zhirong.core.calendar",
    "CaseFile": "zhirong.application.case.case_file",
    "Catalog": "zhirong.core.messages",
    "Coverage": "zhirong.firms.records",
    "Difference": "zhirong.application.recompute",
    "EventKind": "zhirong.rights.events",
    "Explanation": "zhirong.application.explaining",
    "Feature": "zhirong.firms.records",
    "FeeSheet": "zhirong.rights.fee_sheets",
    "Figure": "zhirong.core.figure",
    "Firm": "zhirong.firms.records",
    "Identifier": "zhirong.core.identifiers.records",
    "InputError": "zhirong.core.errors",
    "Intake": "zhirong.application.case.intake_report",
    "LegalStatus": "zhirong.rights.status",
    "Meaning": "zhirong.core.distribution",
    "Message": "zhirong.core.messages",
    "ModelError": "zhirong.core.errors",
    "Money": "zhirong.core.money",
    "Owner": "zhirong.rights.records",
    "Parameter": "zhirong.parameters.reader",
    "ParameterError": "zhirong.core.errors",
    "Parameters": "zhirong.parameters.reader",
    "Patent": "zhirong.rights.records",
    "PatentKind": "zhirong.rights.records",
    "PatentLaw": "zhirong.rights.law",
    "Period": "zhirong.core.periods",
    "Portfolio": "zhirong.rights.portfolios",
    "Product": "zhirong.firms.records",
    "ProductYear": "zhirong.firms.records",
    "RegisterError": "zhirong.core.errors",
    "RegisterEvent": "zhirong.rights.events",
    "Rounding": "zhirong.core.money",
    "Sheet": "zhirong.core.sheet",
    "SheetRecord": "zhirong.application.workings",
    "Snapshot": "zhirong.adapters.snapshots.appraisal",
    "StateError": "zhirong.core.errors",
    "SubsetValue": "zhirong.application.subset",
    "Valuation": "zhirong.application.result",
    "ValueDistribution": "zhirong.core.distribution",
    "ZhirongError": "zhirong.core.errors",
    "annual_fee": "zhirong.rights.fees",
    "appraise": "zhirong.application.appraise",
    "catalog": "zhirong.parameters.reader",
    "explain": "zhirong.application.explaining",
    "fee_sheet": "zhirong.rights.fee_sheets",
    "identify": "zhirong.core.identifiers.detection",
    "portfolio": "zhirong.rights.portfolios",
    "read_folder": "zhirong.api",
    "read_snapshot": "zhirong.adapters.snapshots.appraisal",
    "recompute": "zhirong.application.recompute",
    "remaining_fees": "zhirong.rights.fees",
    "shipped_law": "zhirong.api",
    "status_on": "zhirong.rights.status",
    "value_of_subset": "zhirong.application.subset",
    "write_files": "zhirong.api",
    "write_result": "zhirong.api",
}
__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the stub states the same list in full


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(home), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
