"""Whatever a file holds, every row of it is accounted for and nothing breaks."""

import random
import string
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import intake_files as files
from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.cells import readers
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Value
from zhirong.application.case.intake_report import RowOutcome

HEADINGS = [field.labels["zh"] for spec in vocabulary.tables() for field in spec.fields]
TEXT = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufffe\uffff"), max_size=12
)
RAW = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.dates(),
    TEXT,
    st.sampled_from(
        ["201710601862.3", "2020-01-31", "2020年1月31日", "60%", "1,234", "是", "发明"]
    ),
)
KINDS = st.sampled_from(
    sorted({(field.kind, field.words) for spec in vocabulary.tables() for field in spec.fields})
)


@given(kind=KINDS, raw=RAW, unit=st.sampled_from(["", "万元", "%", "美元"]))
def test_a_cell_is_read_or_refused(kind: tuple[str, str], raw: Any, unit: str) -> None:
    outcome = readers.read(kind[0], Cell(raw=raw, unit=unit, words=kind[1]))

    assert isinstance(outcome, Value | Bad)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    head=st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=8),
    rows=st.lists(st.lists(st.one_of(RAW.map(str), TEXT), max_size=8), max_size=12),
)
def test_every_row_of_a_text_file_is_accounted_for(head: list[str], rows: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = "\r\n".join(",".join(map(quoted, row)) for row in [head, *rows])
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "t.csv").write_bytes(text.encode())
        found = files.intake(Path(name))

    assert found.refused_files == ()
    for sheet in found.sheets:
        headings = 1 if sheet.heading_row else 0
        assert sheet.rows_read == sheet.rows_accepted + sheet.rows_refused
        assert sheet.rows_total == headings + len(sheet.set_aside) + sheet.rows_read
        told = {cell.source.row or cell.source.column for cell in sheet.refused if cell.refuses_row}
        assert len(told) == sheet.rows_refused
        assert all(row.outcome in RowOutcome for row in sheet.rows)


def test_damaged_workbooks_are_refused_or_read(tmp_path: Path) -> None:
    """A hundred files with some bytes changed: none breaks the reading."""
    rows = [
        files.HEAD,
        *[(files.number(n), "装置", "2017-07-21", None, "甲") for n in range(1, 40)],
    ]
    whole = {
        ".xlsx": files.workbook(tmp_path / "whole.xlsx", rows).read_bytes(),
        ".xls": files.old_workbook(tmp_path / "whole.xls", rows).read_bytes(),
    }
    chance = random.Random(20_260_630)
    folder = tmp_path / "damaged"
    folder.mkdir()
    for count in range(100):
        suffix = chance.choice(sorted(whole))
        data = bytearray(whole[suffix])
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            data = data[: chance.randrange(len(data))]
        (folder / f"{count}{suffix}").write_bytes(bytes(data))

    found = files.intake(folder)

    told = {sheet.file for sheet in found.sheets} | {
        refused.file for refused in found.refused_files
    }
    silent = {file.file for file in found.case_file.files} - told
    assert len(told | silent) == 100
    assert found.rows_read == found.rows_accepted + found.rows_refused


def test_random_bytes_are_refused_or_read(tmp_path: Path) -> None:
    chance = random.Random(7)
    for count in range(60):
        suffix = chance.choice([".xlsx", ".xls", ".csv", ".tsv", ".txt"])
        start = chance.choice(
            [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]
        )
        noise = chance.choice([string.printable.encode(), bytes(range(256))])
        data = start + bytes(chance.choice(noise) for _ in range(chance.randrange(3_000)))
        (tmp_path / f"{count}{suffix}").write_bytes(data)

    found = files.intake(tmp_path)

    assert len(found.case_file.files) + len(found.refused_files) == 60
