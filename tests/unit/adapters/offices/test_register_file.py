"""The register of a demonstration: what the sandbox knows of the firms that are in it."""

from datetime import date
from pathlib import Path

import pytest

from tests import offices as on
from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.adapters.offices.register_file import register_of
from zhirong.adapters.offices.sandbox.documents import kind_of
from zhirong.filing.documents import DocumentKind
from zhirong.parameters.reader import Parameters
from zhirong.rights.law import shipped

DAY = date(2026, 6, 30)


class TestRegisterOf:
    def test_gives_the_office_the_patents_of_an_example_firm(
        self, checkout: Path, tmp_path: Path
    ) -> None:
        folder = checkout / "examples" / "water-purifier"
        settings = IntakeSettings(
            parameters=Parameters(), valuation_date=DAY, house=None, exclude=()
        )
        case = read_folder(folder, settings=settings).case_file

        register = register_of(case.patents, case.events, on=DAY, law=shipped())
        tried = on.Tried(tmp_path, seed=register)

        assert len(register["rights"]) == len(case.patents) > 5
        for patent in case.patents:
            known = tried.client.registered("patent", patent.app_no)
            assert known is not None
            assert known["right"]["owners"] == [owner.name for owner in patent.owners]
            assert known["right"]["filing_date"] == patent.filing_date.isoformat()


class TestKindOf:
    @pytest.mark.parametrize(
        "kind",
        [
            DocumentKind.APPLICATION,
            DocumentKind.PLEDGE_CONTRACT,
            DocumentKind.MAIN_CONTRACT,
            DocumentKind.IDENTITY,
            DocumentKind.COMMITMENT,
            DocumentKind.AUTHORIZATION,
            DocumentKind.SAME_DAY_STATEMENT,
            DocumentKind.ELECTRONIC_LIST,
            DocumentKind.APPRAISAL,
            DocumentKind.CONSENT,
            DocumentKind.INSISTENCE,
            DocumentKind.CERTIFICATE,
            DocumentKind.CHANGE_AGREEMENT,
            DocumentKind.PROOF,
            DocumentKind.GUARANTEE_LETTER,
        ],
    )
    def test_knows_a_document_by_the_name_its_file_has(self, kind: DocumentKind) -> None:
        assert kind_of(f"{kind}-1.pdf".replace("_", "-")) == kind

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("专利权质押登记申请表.pdf", "application"),
            ("专利权质押合同.pdf", "pledge_contract"),
            ("承诺书.pdf", "commitment"),
            ("专利清单.xlsx", "electronic_list"),
            ("法定代表人身份证明.pdf", "identity"),
            ("结清证明.pdf", "proof"),
            ("manifest.json", ""),
        ],
    )
    def test_knows_chinese_names(self, name: str, kind: str) -> None:
        assert kind_of(name) == kind
