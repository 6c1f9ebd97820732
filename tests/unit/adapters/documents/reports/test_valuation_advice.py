import pytest

from tests import examples
from tests.unit.adapters.documents.reports.sample_valuation import LANGUAGES
from zhirong.adapters.documents import blocks as b
from zhirong.adapters.documents.document import Document
from zhirong.adapters.documents.reports.valuation import valuation_report
from zhirong.adapters.documents.reports.wording import wording_of
from zhirong.application.result import Appraisal, Valuation
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog


def built(appraisal: Appraisal, lang: Language = "zh") -> Document:
    return valuation_report(appraisal, words=catalog(), lang=lang)


def valued(appraisal: Appraisal) -> Valuation:
    assert appraisal.valuation is not None
    return appraisal.valuation


def tables(document: Document) -> list[b.Table]:
    return [block for block in document.body if isinstance(block, b.Table)]


@pytest.mark.slow
class TestAdvice:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", [examples.FIVE_FIRMS[3], examples.PURIFIER])
    def test_lists_every_right_once_under_its_advice(self, name: str, lang: Language) -> None:
        appraisal = examples.appraisal(name, "management")
        title = catalog().label("value.keep_table", lang)
        (table,) = (t for t in tables(built(appraisal, lang)) if t.title == title)
        rows = [row for row in table.rows if row.style != "group"]

        assert len({row.cells[0] for row in rows}) == len(rows) == len(valued(appraisal).keep)
        assert len(table.rows) - len(rows) == len({a.advice for a in valued(appraisal).keep})

    def test_shows_the_value_of_a_right_without_fees_ahead(self) -> None:
        appraisal = examples.appraisal(examples.FIVE_FIRMS[1], "management")
        wording = wording_of(appraisal, words=catalog(), lang="zh")
        (item,) = (a for a in valued(appraisal).keep if a.advice == "no_fees")
        (right,) = (r for r in valued(appraisal).rights if r.right == item.right)
        title = catalog().label("value.keep_table", "zh")
        (table,) = (t for t in tables(built(appraisal)) if t.title == title)

        (row,) = (row for row in table.rows if row.cells[0] == wording.name(item.right))
        assert right.value > 0
        assert row.cells[2] == wording.amount(right.value)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_says_where_transfer_prices_are_read(self, lang: Language) -> None:
        appraisal = examples.appraisal(examples.FIVE_FIRMS[3], "transfer")
        said = " ".join(
            str(block.text) for block in built(appraisal, lang).body if isinstance(block, b.Prose)
        )

        assert "90.0 %" in said
        assert "35.0 %" in said

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_dates_files_as_due_diligence_does(self, lang: Language) -> None:
        appraisal = examples.appraisal(examples.FIVE_FIRMS[3])
        title = catalog().label("value.files", lang)
        (table,) = (t for t in tables(built(appraisal, lang)) if t.title == title)

        assert all(str(row.cells[1]).startswith("2026-") for row in table.rows)
