"""The example folders: what the generator writes is what lies there, and it says what it must."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tools import make_examples
from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.application.case.case_file import AssetGroup, CaseFile
from zhirong.application.case.intake_report import Intake
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.diligence import examine
from zhirong.core.identifiers import credit_codes
from zhirong.core.identifiers.records import Check
from zhirong.diligence.records import State
from zhirong.rights.fees import paid_through, remaining_fees
from zhirong.rights.law import PatentLaw, shipped

EXAMPLES = Path(__file__).parents[3] / "examples"
VALUATION_DATE = date(2026, 6, 30)
FIRMS = {
    "five-firms/1-precision-machinery": (12, "9.2"),
    "five-firms/2-plastics": (25, "16.5"),
    "five-firms/3-electronics": (18, "13.7"),
    "five-firms/4-pumps-valves": (15, "9.8"),
    "five-firms/5-textile-machinery": (22, "14.6"),
}
BODIES = {"hospital": ("public_hospital", 6), "association": ("association", 5)}
PURIFIER = {"G1": "52.2", "G2": "15.7", "G3": "5.9"}


@pytest.fixture(scope="module")
def law() -> PatentLaw:
    return shipped()


def intake_of(folder: str, law: PatentLaw) -> Intake:
    settings = IntakeSettings(parameters=law.parameters, valuation_date=VALUATION_DATE)
    return read_folder(EXAMPLES / folder, settings=settings)


def central(case: CaseFile, key: str, scope: str, year: int = 0) -> float:
    rows = [a for a in case.assumptions if (a.key, a.scope, a.year) == (key, scope, year)]
    return float(rows[0].central)


def served_share(case: CaseFile, group: AssetGroup) -> tuple[float, set[str]]:
    """The weights of the features that granted rights of the group cover, and those rights."""
    granted = {p.app_no: p for p in case.patents if p.grant_date}
    cells = [
        cell
        for cell in case.coverage
        if cell.product == group.product
        and cell.right in granted
        and (not group.kinds or granted[cell.right].kind in group.kinds)
    ]
    covered = {cell.feature for cell in cells}
    own = [f for f in case.features if f.product == group.product and f.feature in covered]
    return float(sum(f.weight for f in own)), {cell.right for cell in cells}


def yearly_fees(case: CaseFile, numbers: set[str], years: int, law: PatentLaw) -> list[float]:
    fees = [0.0] * years
    for patent in case.patents:
        if patent.app_no not in numbers:
            continue
        paid = paid_through(patent, case.events, on=VALUATION_DATE)
        assert paid is not None, f"payments of {patent.app_no} are told"
        for fee in remaining_fees(
            patent, case.events, paid_through_year=paid, on=VALUATION_DATE, law=law
        ):
            year = max(0, (fee.due_on - VALUATION_DATE).days * 4 // 1461)
            if year < years:
                fees[year] += float(fee.payable.amount)
    return fees


def royalties_saved(case: CaseFile, group: AssetGroup, law: PatentLaw) -> float:
    """The common form of the case, worked by hand, less annual fees; million CNY."""
    last = next(s for s in case.sales if (s.product, s.year) == (group.product, 2025))
    gap = (last.sales - (last.vat_sales or last.sales)) / last.sales
    sales = float(last.vat_sales or 0) if gap > Decimal("0.05") else float(last.sales)
    share, numbers = served_share(case, group)
    keys = ("royalty_rate", "royalty_decay", "economic_life", "discount_rate")
    rate, decay, life, discount = (central(case, key, group.group) for key in keys)
    fees = yearly_fees(case, numbers, int(life), law)
    value = 0.0
    for year in range(int(life)):
        sales *= 1 + central(case, "growth", group.product, year + 1)
        royalty = sales * share * rate * (1 - decay) ** year - fees[year]
        value += royalty * 0.85 / (1 + discount) ** (year + 0.5)
    return value / 1e6


class TestWriteAll:
    def test_writes_what_lies_in_the_project_byte_for_byte(self, tmp_path: Path):
        make_examples.write_all(tmp_path)
        written = {
            p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()
        }
        kept = {
            p.relative_to(EXAMPLES): p.read_bytes()
            for p in EXAMPLES.rglob("*")
            # A plan file is written by hand, like the page that says what lies here.
            if p.is_file() and p.name not in ("README.md", ".gitattributes", "plan.yaml")
        }
        assert sorted(written) == sorted(kept)
        assert [path for path in written if written[path] != kept[path]] == []


class TestFiveFirms:
    @pytest.mark.parametrize("folder", FIRMS)
    def test_holds_the_patents_of_the_case(self, folder: str, law: PatentLaw):
        intake = intake_of(folder, law)
        assert len(intake.case_file.patents) == FIRMS[folder][0]
        assert intake.refused_files == ()
        code = credit_codes.read(intake.case_file.firm.credit_code or "")
        assert (code.check, code.warnings) == (Check.PASSED, ())
        assert "虚构" in intake.case_file.firm.name

    @pytest.mark.parametrize("folder", FIRMS)
    def test_reaches_the_headline_by_hand(self, folder: str, law: PatentLaw):
        case = intake_of(folder, law).case_file
        total = sum(royalties_saved(case, group, law) for group in case.groups)
        assert f"{total:.1f}" == FIRMS[folder][1]

    def test_refuses_only_the_row_with_the_wrong_check_digit(self, law: PatentLaw):
        refused = {folder: intake_of(folder, law).rows_refused for folder in FIRMS}
        assert {folder: count for folder, count in refused.items() if count} == {
            "five-firms/2-plastics": 1
        }

    @pytest.mark.parametrize(
        ("place", "code", "kind"),
        [
            ("five-firms/4-pumps-valves", "P1", "utility_model"),
            ("five-firms/1-precision-machinery", "P3", "utility_model"),
            ("five-firms/3-electronics", "A3", "invention"),
            ("five-firms/2-plastics", "P2", "design"),
        ],
    )
    def test_holds_what_is_wrong_in_life_once(
        self, place: str, code: str, kind: str, law: PatentLaw
    ):
        case = intake_of(place, law).case_file
        kinds = {patent.app_no: str(patent.kind) for patent in case.patents}
        failed = [f for f in findings(case, law) if f.code == code and f.state is State.FAIL]
        assert [kinds[f.subject] for f in failed if kinds[f.subject] == kind] == [kind]

    def test_differs_from_vat_filings_in_one_product(self, law: PatentLaw):
        failed = Counter(
            folder
            for folder in FIRMS
            for finding in findings(intake_of(folder, law).case_file, law)
            if finding.code == "E1" and finding.state is State.FAIL
        )
        assert failed == {"five-firms/4-pumps-valves": 1}


def findings(case: CaseFile, law: PatentLaw):
    options = AppraisalOptions(
        purpose="pledge",
        valuation_date=VALUATION_DATE,
        report_date=VALUATION_DATE,
        debt_term_end=date(2027, 6, 30),
    )
    return examine(case, options, law=law).findings


class TestWaterPurifier:
    def test_holds_102_patents_of_three_kinds(self, law: PatentLaw):
        intake = intake_of("water-purifier", law)
        kinds = Counter(str(patent.kind) for patent in intake.case_file.patents)
        assert kinds == {"invention": 18, "utility_model": 58, "design": 26}
        assert intake.rows_refused == 0

    def test_reaches_the_headline_by_hand(self, law: PatentLaw):
        case = intake_of("water-purifier", law).case_file
        values = {g.group: f"{royalties_saved(case, g, law):.1f}" for g in case.groups}
        assert values == PURIFIER


class TestOtherBodies:
    @pytest.mark.parametrize("folder", BODIES)
    def test_hold_their_kind_and_the_paper_it_takes(self, folder: str, law: PatentLaw):
        kind, patents = BODIES[folder]
        case = intake_of(folder, law).case_file
        answers = {(answer.question, answer.value) for answer in case.answers}

        assert (case.firm.kind, len(case.patents)) == (kind, patents)
        assert ("E6", "是") in answers
