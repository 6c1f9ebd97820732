"""One pledge at a trial office: package, linter, act, notices, payout, release."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests import filings, offices
from zhirong.adapters.documents.filing import later_papers, package
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.adapters.documents.filing.package import Order
from zhirong.filing import applications, disbursement, documents, forms, linter, progress
from zhirong.filing.applications import Extras, How, Release
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.disbursement import Conditions
from zhirong.filing.findings import Filing
from zhirong.filing.forms import CancelGround, OnBehalf
from zhirong.filing.office import Act, ActKind, PackageFile, Registry
from zhirong.filing.progress import Progress
from zhirong.filing.register_view import Owner
from zhirong.filing.states import State, Step
from zhirong.parameters.reader import Parameters

DAY = offices.MONDAY
FIRM = offices.person(offices.FIRM, "F")
BANK = offices.person(offices.BANK, "B")
HOW = How(on_behalf=OnBehalf(filer="B", authorized_by=("F",)))


def contract() -> PledgeContract:
    return filings.pledge(
        items=offices.contract(scope=tuple(forms.Scope)),
        pledgors=(FIRM,),
        pledgee=BANK,
        debtor=FIRM,
        rights=(offices.item(offices.PATENT),),
    )


def order() -> Order:
    form = applications.establish(contract(), how=HOW, extras=Extras(same_day_statement=True))
    return Order(contract=contract(), form=form, number="ZR-1", dated_on=DAY)


def establish() -> tuple[Filing, Act]:
    made = order()
    drafts = package.drafts(made, Speech("zh"))
    seen = filings.view(
        offices.PATENT, owners=(Owner(name=offices.FIRM),), seen_on=DAY, term_end=date(2037, 7, 20)
    )
    filing = Filing(
        registry=Registry.PATENT,
        form=made.form,
        documents=tuple(draft.signed(draft.file, draft.signers) for draft in drafts),
        register=(seen,),
        on=DAY,
    )
    files = tuple(draft.file for draft in drafts)
    return filing, act(ActKind.ESTABLISH, made.form, files, "ZR-1")


def act(kind: ActKind, form: forms.Form, files: tuple[PackageFile, ...], reference: str) -> Act:
    made = Act(
        client_reference=reference,
        registry=Registry.PATENT,
        kind=kind,
        form=forms.encode_form(form),
        files=files,
    )
    return documents.with_manifest(made)


def answered(office: offices.Tried, held: Progress, sent: Act) -> Progress:
    """The filing once the office has decided, some days later."""
    held = progress.send(held, sent, on=office.clock.day)
    held = progress.receive(held, office.client.submit(sent))
    office.on(office.clock.day + timedelta(days=14))
    return progress.hear_all(held, (notice for _, notice in office.client.notices(after=0)))


class TestOnePledge:
    def test_goes_from_the_package_to_the_release(self, tmp_path: Path) -> None:
        office = offices.Tried(tmp_path / "office.sqlite3")
        filing, sent = establish()

        assert linter.lint(filing, parameters=Parameters()) == ()
        signed = progress.step(Progress(registry=Registry.PATENT), Step.SIGN)
        held = answered(office, signed, sent)

        assert held.state is State.REGISTERED
        agreed = Conditions(
            amount_fen=500_000_000,
            rights=(offices.PATENT,),
            notice_no=held.notice_no,
            notice_on=held.registered_on,
        )
        assert disbursement.disbursement_blocks(held, agreed, on=DAY) == ()
        assert disbursement.disbursement_blocks(signed, agreed, on=DAY) != ()

        paid = Release(
            ground=CancelGround.DEBT_PAID, ground_on=office.clock.day, rights=(offices.PATENT,)
        )
        form = applications.cancel(contract(), str(held.registration_no), paid, how=HOW)
        drafts = later_papers.later_drafts(
            form, Registry.PATENT, Speech("zh"), number="ZR-2", dated_on=office.clock.day
        )
        files = tuple(draft.file for draft in drafts)
        asked = act(ActKind.CANCEL, form, files, "ZR-2")
        asked = replace(asked, registration_no=held.registration_no)
        ended = answered(office, held, asked)

        assert ended.state is State.CANCELED
        assert not disbursement.may_disburse(ended, agreed, on=DAY)
