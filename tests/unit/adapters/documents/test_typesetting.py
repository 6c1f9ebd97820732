from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from zhirong.adapters.documents import typesetting
from zhirong.adapters.documents.typesetting import TypesettingError

TEMPLATE = """#let content = json(bytes(sys.inputs.document))
#set document(title: content.title)
#set text(font: "Noto Sans SC")
#content.words
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "small.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    typesetting._compiler.cache_clear()
    yield "small.typ"
    typesetting._compiler.cache_clear()


class TestTypeset:
    def test_gives_the_same_bytes_for_the_same_document(self, template: str) -> None:
        document = {"title": "估值", "words": "1,459 万元"}
        first = typesetting.typeset(template, document)
        typesetting._compiler.cache_clear()

        assert typesetting.typeset(template, dict(reversed(document.items()))) == first

    def test_serves_several_threads_of_a_worker(self, template: str) -> None:
        documents = [{"title": "估值", "words": "计算 " * 4_000 + str(n)} for n in range(4)]

        with ThreadPoolExecutor(4) as threads:
            pdfs = list(threads.map(lambda one: typesetting.typeset(template, one), documents))

        assert len(set(pdfs)) == 4

    def test_gives_archive_pdf(self, template: str) -> None:
        pdf = typesetting.typeset(template, {"title": "估值", "words": "1"})

        assert b"<pdfaid:part>2</pdfaid:part>" in pdf
        assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf

    def test_names_the_line_of_the_template(self, template: str) -> None:
        with pytest.raises(TypesettingError, match=r'"words"[\s\S]*small\.typ:4') as caught:
            typesetting.typeset(template, {"title": "估值"})

        assert caught.value.facts["template"] == "small.typ"

    def test_prints_a_character_without_glyph_as_missing_sort(self, template: str) -> None:
        from_rare = typesetting.typeset(template, {"title": "t", "words": "吉\U000105af\x07田"})
        from_mark = typesetting.typeset(template, {"title": "t", "words": "吉〓田"})

        assert from_rare == from_mark

    def test_reads_no_file_outside_the_templates(self, template: str, tmp_path: Path) -> None:
        outside = tmp_path.parent / "outside.txt"
        outside.write_text("secret", encoding="utf-8")
        (tmp_path / "small.typ").write_text('#read("../outside.txt")', encoding="utf-8")

        with pytest.raises(TypesettingError):
            typesetting.typeset(template, {})
