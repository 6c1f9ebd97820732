# The types of the public names: `__init__.py` loads each when it is asked for. A test holds the two
# together.
from zhirong.adapters.snapshots.appraisal import Snapshot, read_snapshot
from zhirong.api import read_folder, shipped_law, write_files, write_result
from zhirong.application.appraise import appraise
from zhirong.application.case.case_file import Assumption, CaseFile
from zhirong.application.case.intake_report import Intake
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.explaining import Explanation, explain
from zhirong.application.recompute import Difference, recompute
from zhirong.application.result import Appraisal, Valuation
from zhirong.application.subset import SubsetValue, value_of_subset
from zhirong.application.workings import SheetRecord
from zhirong.core.calendar import BusinessCalendar
from zhirong.core.distribution import Meaning, ValueDistribution
from zhirong.core.errors import (
    InputError,
    ModelError,
    ParameterError,
    RegisterError,
    StateError,
    ZhirongError,
)
from zhirong.core.figure import Figure
from zhirong.core.identifiers.detection import identify
from zhirong.core.identifiers.records import Identifier
from zhirong.core.messages import Catalog, Message
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period
from zhirong.core.sheet import Sheet
from zhirong.firms.records import Coverage, Feature, Firm, Product, ProductYear
from zhirong.parameters.reader import Parameter, Parameters, catalog
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.fee_sheets import FeeSheet, fee_sheet
from zhirong.rights.fees import AnnualFee, annual_fee, remaining_fees
from zhirong.rights.law import PatentLaw
from zhirong.rights.portfolios import Portfolio, portfolio
from zhirong.rights.records import Owner, Patent, PatentKind
from zhirong.rights.status import LegalStatus, status_on

__version__: str

__all__ = [
    "AnnualFee",
    "Appraisal",
    "AppraisalOptions",
    "Assumption",
    "BusinessCalendar",
    "CaseFile",
    "Catalog",
    "Coverage",
    "Difference",
    "EventKind",
    "Explanation",
    "Feature",
    "FeeSheet",
    "Figure",
    "Firm",
    "Identifier",
    "InputError",
    "Intake",
    "LegalStatus",
    "Meaning",
    "Message",
    "ModelError",
    "Money",
    "Owner",
    "Parameter",
    "ParameterError",
    "Parameters",
    "Patent",
    "PatentKind",
    "PatentLaw",
    "Period",
    "Portfolio",
    "Product",
    "ProductYear",
    "RegisterError",
    "RegisterEvent",
    "Rounding",
    "Sheet",
    "SheetRecord",
    "Snapshot",
    "StateError",
    "SubsetValue",
    "Valuation",
    "ValueDistribution",
    "ZhirongError",
    "__version__",
    "annual_fee",
    "appraise",
    "catalog",
    "explain",
    "fee_sheet",
    "identify",
    "portfolio",
    "read_folder",
    "read_snapshot",
    "recompute",
    "remaining_fees",
    "shipped_law",
    "status_on",
    "value_of_subset",
    "write_files",
    "write_result",
]
