"""Records of a filing are kept as plain JSON and come back as they were."""

import json

import pytest

from tests import filings
from zhirong.core import codec
from zhirong.filing import documents
from zhirong.filing.office import Registry

KEPT = {
    "progress": filings.registered(Registry.TRADEMARK, expires_on="2027-06-29"),
    "filing": filings.data_filing(),
    "pledge": filings.pledge(),
    "loan": filings.loan(),
    "manifest": documents.manifest("C-1", {"a": 1}, ()),
}


class TestRecords:
    @pytest.mark.parametrize("name", KEPT)
    def test_come_back_as_they_were(self, name: str) -> None:
        record = KEPT[name]

        body = json.loads(codec.canonical(codec.encode(record)))

        assert codec.decode(type(record), body) == record
