"""The public face of the library: a pinned list, lazily loaded, typed by its stub."""

import ast
import importlib

import pytest

import zhirong
from tests.house.source_tree import CHECKOUT, SOURCE

# A name that leaves this list, or means something else, breaks notebooks: that is a change to be
# announced in `changelog.d/` as breaking.
PUBLIC = [
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

STUB = ast.parse((SOURCE / "__init__.pyi").read_text(encoding="utf-8"))


def homes_in_stub() -> dict[str, str]:
    return {
        alias.name: str(node.module)
        for node in STUB.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def listed_in_stub() -> list[str]:
    for node in STUB.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return []


class TestPublicNames:
    def test_are_the_pinned_list(self) -> None:
        assert sorted(zhirong.__all__) == PUBLIC

    @pytest.mark.parametrize("name", [name for name in PUBLIC if name != "__version__"])
    def test_are_what_their_home_holds(self, name: str) -> None:
        home = importlib.import_module(zhirong._HOMES[name])

        assert getattr(zhirong, name) is getattr(home, name)

    @pytest.mark.parametrize("name", [name for name in PUBLIC if name != "__version__"])
    def test_are_documented(self, name: str) -> None:
        assert (getattr(zhirong, name).__doc__ or "").strip()

    def test_hide_no_room(self) -> None:
        rooms = {path.stem for path in SOURCE.iterdir()}

        assert rooms & set(PUBLIC) == {"__init__"} & set(PUBLIC)

    def test_are_listed_by_dir(self) -> None:
        assert dir(zhirong) == PUBLIC

    def test_do_not_answer_for_others(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'apraise'"):
            getattr(zhirong, "apraise")  # noqa: B009 - a misspelled name, as a reader types it

    def test_are_shown_in_the_library_page(self) -> None:
        page = (CHECKOUT / "docs" / "library.md").read_text(encoding="utf-8")

        assert [name for name in PUBLIC if f"`{name}`" not in page] == []


class TestStub:
    def test_has_the_same_names_from_the_same_homes(self) -> None:
        assert homes_in_stub() == zhirong._HOMES

    def test_lists_them_in_full(self) -> None:
        assert sorted(listed_in_stub()) == PUBLIC

    def test_is_shipped_as_typed(self) -> None:
        assert (SOURCE / "py.typed").is_file()
