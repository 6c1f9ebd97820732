"""From a contract to a clean filing: every document made, signed, and nothing left to mend."""

from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from zhirong.adapters.documents.filing import package
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.adapters.documents.filing.package import Order
from zhirong.filing import applications, documents, linter
from zhirong.filing.applications import Extras, How
from zhirong.filing.documents import DocumentKind, Draft
from zhirong.filing.findings import Filing
from zhirong.filing.forms import OnBehalf
from zhirong.filing.office import Registry
from zhirong.parameters.reader import Parameters

ON = date(2026, 6, 29)
HOW = How(
    on_behalf=OnBehalf(
        filer=filings.PLEDGEE.identifier, authorized_by=(filings.PLEDGOR.identifier,)
    )
)
# What comes from elsewhere: the loan contract, certificates.
ELSEWHERE = {
    Registry.PATENT: (),
    Registry.TRADEMARK: (DocumentKind.MAIN_CONTRACT,),
    Registry.COPYRIGHT: (DocumentKind.MAIN_CONTRACT,),
    Registry.DATA: (DocumentKind.CERTIFICATE,),
}
BASES = {
    Registry.PATENT: filings.filing(),
    Registry.TRADEMARK: filings.mark_filing(),
    Registry.COPYRIGHT: filings.copyright_filing(),
    Registry.DATA: filings.data_filing(),
}


def order(registry: Registry, count: int = 1) -> Order:
    base = filings.pledge(registry)
    rights = base.rights
    if count > 1:
        rights = tuple(filings.right(number=f"2021114346{n:02d}.X") for n in range(count))
    contract = replace(base, rights=rights, items=replace(base.items, rights_count=count))
    extras = Extras(same_day_statement=registry is Registry.PATENT, marks_together=True)
    needs_list = applications.needs_electronic_list(rights, on=ON, parameters=Parameters())
    form = applications.establish(
        contract,
        how=HOW,
        extras=extras,
        electronic_list=package.ELECTRONIC_LIST if needs_list else None,
    )
    return Order(contract=contract, form=form, number="ZR-F-1", dated_on=ON)


def filed(made: Order, drafts: tuple[Draft, ...]) -> Filing:
    registry = made.contract.registry
    base = BASES[registry]
    papers = [draft.signed(draft.file, draft.signers) for draft in drafts]
    papers += [filings.paper(kind) for kind in ELSEWHERE[registry]]
    views = tuple(replace(base.register[0], number=right.number) for right in made.form.rights)
    return replace(base, form=made.form, documents=tuple(papers), register=views)


class TestDrafts:
    @pytest.mark.parametrize("registry", Registry)
    def test_pass_the_linter_once_signed(self, registry: Registry) -> None:
        made = order(registry)

        found = linter.lint(
            filed(made, package.drafts(made, Speech("zh"))), parameters=Parameters()
        )

        assert linter.may_file(found)

    def test_of_many_patents_hold_the_list(self) -> None:
        made = order(Registry.PATENT, count=12)

        drafts = package.drafts(made, Speech("zh"))

        assert DocumentKind.ELECTRONIC_LIST in {draft.kind for draft in drafts}
        assert linter.lint(filed(made, drafts), parameters=Parameters()) == ()

    def test_are_the_same_bytes_again(self) -> None:
        made = order(Registry.DATA)

        once = package.drafts(made, Speech("en"))

        assert package.drafts(made, Speech("en")) == once

    def test_bear_names_that_a_manifest_takes(self) -> None:
        drafts = package.drafts(order(Registry.TRADEMARK), Speech("zh"))

        made = documents.manifest("C-1", {}, [draft.file for draft in drafts])

        assert documents.differences(made, [draft.file for draft in drafts]) == ()
        assert len(made.files) == len(drafts)
