import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from tests.factories import NUMBER, event
from zhirong.rights.events import EventKind, kind_of, known_by, office_codes


class TestKindOf:
    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("PE01", EventKind.PLEDGE_REGISTERED),
            ("pc01 ", EventKind.PLEDGE_CANCELED),
            ("CF01", EventKind.CEASED_FEE),
            ("C19", EventKind.CEASED_FEE),
            ("IW01", EventKind.INVALID_ALL),
            ("AR01", EventKind.ABANDONED),
            ("C32", EventKind.OTHER),
            ("ZZ99", EventKind.OTHER),
        ],
    )
    def test_turns_codes_of_the_office_into_kinds(self, code: str, kind: EventKind) -> None:
        assert kind_of(code) is kind


class TestOfficeCodes:
    @pytest.mark.data
    def test_are_codes_of_the_public_table(self, shared_data: Path) -> None:
        file = shared_data / "inpadoc_legal_codes" / "legal_codes_202417.csv.gz"
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            rows = {row["code"]: row for row in csv.DictReader(lines) if row["authority"] == "CN"}
        codes = office_codes()
        assert codes.keys() <= rows.keys()
        # Nothing that the office files under the end of a right may go unnoticed.
        ends = {code for code, row in rows.items() if row["event_class"] == "H"}
        assert ends <= codes.keys()
        assert EventKind.OTHER not in {codes[code].kind for code in ends}


class TestKnownBy:
    def test_leaves_out_what_was_not_yet_known_and_other_rights(self) -> None:
        lapse = event(EventKind.CEASED_FEE, date(2022, 3, 15), date(2023, 5, 9))
        pledge = event(EventKind.PLEDGE_REGISTERED, date(2022, 8, 1))
        other = event(EventKind.GRANTED, date(2020, 1, 1), right="201910000000X")
        register = [pledge, other, lapse]
        assert known_by(register, date(2023, 5, 8), NUMBER) == (pledge,)
        assert known_by(register, date(2023, 5, 9), NUMBER) == (lapse, pledge)
