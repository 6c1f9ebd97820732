"""Where offices, rails and the papers of a filing meet their adapters."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx

from zhirong.adapters.documents.filing import loan_contract, package
from zhirong.adapters.documents.filing.amounts import in_words
from zhirong.adapters.documents.filing.deed import Speech, to_pdf
from zhirong.adapters.documents.filing.later_papers import Later
from zhirong.adapters.documents.filing.later_papers import later_drafts as _later_drafts
from zhirong.adapters.documents.filing.loan_statement import Due, StatementPaper
from zhirong.adapters.documents.filing.loan_statement import statement_pdf as _statement_pdf
from zhirong.adapters.documents.filing.package import ELECTRONIC_LIST, Order
from zhirong.adapters.documents.filing.workbooks import form_workbook
from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.adapters.offices import http
from zhirong.adapters.offices.package import PackageOffice
from zhirong.adapters.offices.package_folder import package_zip as _package_zip
from zhirong.adapters.offices.register_file import register_of
from zhirong.adapters.offices.submitting import submit_once
from zhirong.adapters.rails.ecny.client import EcnyRail
from zhirong.adapters.rails.iso20022.client import BankRail
from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.core.messages import Language
from zhirong.filing.contracts import LoanContract
from zhirong.filing.documents import Draft
from zhirong.filing.forms import decode_establish
from zhirong.filing.office import Act, Office, PackageFile, Registry
from zhirong.ledger.rails import Rail
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.rights.law import PatentLaw

__all__ = [
    "ELECTRONIC_LIST",
    "Due",
    "Order",
    "PackageOffice",
    "StatementPaper",
    "bank_rail",
    "drafts",
    "ecny_rail",
    "in_words",
    "later_drafts",
    "loan_deed",
    "office",
    "office_register",
    "package_zip",
    "statement_pdf",
    "submit_once",
]
RAIL_SECONDS = 10.0


def office(address: str, *, folder: Path, today: Callable[[], date]) -> Office:
    """The registration office at an address; without one, packages for the website by hand."""
    if address:
        return http.connect(address, name="office")
    return PackageOffice(name="package", folder=folder, today=today, beside=_form_workbook)


def package_zip(act: Act, *, dated_on: date) -> bytes:
    """The package of an act for upload by hand, with its form as data and as a workbook."""
    return _package_zip(act, beside=_form_workbook(act, dated_on))


def _form_workbook(act: Act, dated_on: date) -> tuple[PackageFile, ...]:
    """The application as a workbook; none for acts on a registration, which have few fields."""
    if "contract" not in act.form:
        return ()
    form = decode_establish(act.form)
    content = form_workbook(form, act.registry, Speech("zh"), dated_on=dated_on)
    return (PackageFile("form.xlsx", content),)


def _line(address: str, name: str) -> RailHttp:
    client = httpx.Client(base_url=address, timeout=RAIL_SECONDS, trust_env=False)
    return RailHttp(name, client)


def bank_rail(address: str, *, account: str, now: Callable[[], datetime]) -> Rail:
    """Our settlement account at a bank that takes payment files."""
    return BankRail(http=_line(address, "bank"), account=account, now=now)


def ecny_rail(address: str, *, wallet: str) -> Rail:
    """Our wallet at an operator of e-CNY."""
    return EcnyRail(http=_line(address, "ecny"), wallet=wallet)


def office_register(folder: Path, *, on: date) -> list[Any]:
    """The rights of a firm's folder as the trial office's register begins with them."""
    settings = IntakeSettings(parameters=Parameters(), valuation_date=on)
    case = read_folder(folder, settings=settings).case_file
    law = PatentLaw(parameters=Parameters(), calendar=china())
    return list(register_of(case.patents, case.events, on=on, law=law)["rights"])


def drafts(order: Order) -> tuple[Draft, ...]:
    """The papers of a first registration, unsigned, in Chinese."""
    return package.drafts(order, Speech("zh"))


def loan_deed(contract: LoanContract, *, dated_on: date) -> bytes:
    """The loan contract, unsigned, in Chinese."""
    return to_pdf(loan_contract.loan_contract(contract, Speech("zh"), dated_on=dated_on))


def later_drafts(
    form: Later, registry: Registry, *, number: str, dated_on: date
) -> tuple[Draft, ...]:
    """The papers of a change, an extension or a cancellation, unsigned, in Chinese."""
    return _later_drafts(form, registry, Speech("zh"), number=number, dated_on=dated_on)


def statement_pdf(paper: StatementPaper, *, lang: Language) -> bytes:
    """The statement of a loan."""
    return _statement_pdf(paper, Speech(lang))
