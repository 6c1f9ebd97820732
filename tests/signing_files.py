"""A house that signs, and contracts it signed, made once for all tests."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from zhirong.adapters.documents import typesetting
from zhirong.adapters.evidence.house import DemonstrationHouse, demonstration_house
from zhirong.adapters.evidence.package import EvidenceRequest
from zhirong.adapters.signing.certificates import Holder
from zhirong.adapters.signing.trust import Trust
from zhirong.application.signing import Clock, Signatory, SigningRequest
from zhirong.core.hashes import sha256

AT = datetime(2026, 6, 30, 2, 15, tzinfo=UTC)
LATER = datetime(2026, 9, 1, tzinfo=UTC)
PASSPHRASE = b"a passphrase of the tests"
PLEDGOR = Signatory(
    organization="宁波示例机械制造有限公司",
    identifier="91330200MA2AAAAAAF",
    role="出质人",
    person="王建国",
)
PLEDGEE = Signatory(
    organization="示例银行股份有限公司宁波分行",
    identifier="91330200MA2BBBBBBX",
    role="质权人",
    person="李敏",
)
STRANGER = Signatory(
    organization="过路商贸有限公司", identifier="91330200MA2DDDDDDP", role="出质人"
)
OPERATOR = Holder(organization="知融示例平台运营有限公司", identifier="91330200MA2CCCCCC9")
PARTIES = (PLEDGOR, PLEDGEE)


def new_house(clock: Clock = Clock.DEMONSTRATION) -> DemonstrationHouse:
    folder = Path(tempfile.mkdtemp(prefix="zhirong-house-"))
    return demonstration_house(folder, passphrase=PASSPHRASE, now=lambda: AT, clock=clock)


@cache
def house() -> DemonstrationHouse:
    return new_house()


def trust() -> Trust:
    return Trust(roots=house().roots)


def request(pdf: bytes, signatory: Signatory = PLEDGOR, **other: object) -> SigningRequest:
    made = SigningRequest(
        signatories=PARTIES,
        signatory=signatory,
        expected_sha256=sha256(pdf),
        reason="同意质押",
        at=AT,
    )
    return replace(made, **other)  # type: ignore[arg-type]


@cache
def contract() -> bytes:
    """A page of a contract."""
    document = {
        "title": "合同",
        "heading": "专利权质押合同",
        "facts": [],
        "explanation": "本合同为示例。",
        "places": [],
        "foot": "",
        "page": "1 / 1",
    }
    return typesetting.typeset("signing-page.typ", document)


@cache
def prepared() -> bytes:
    return (
        house()
        .signing()
        .prepare(contract(), title="专利权质押合同", number="ZY-2026-001", signatories=PARTIES)
    )


@cache
def signed_once() -> bytes:
    return house().signing().sign(prepared(), request(prepared()))


@cache
def signed_twice() -> bytes:
    return house().signing().sign(signed_once(), request(signed_once(), PLEDGEE))


@cache
def sealed() -> bytes:
    desk = house().signing()
    return desk.seal(signed_twice(), expected_sha256=sha256(signed_twice()), at=AT)


@cache
def evidence() -> bytes:
    documents = {"contract.pdf": sealed(), "数据集.csv": b"day,kwh\n1,20\n2,21\n"}
    wanted = EvidenceRequest(
        number="CZ-2026-001", title="专利权质押合同存证", documents=documents, at=AT
    )
    return house().evidence(OPERATOR).make(wanted)


def flipped(data: bytes, at: int, mask: int = 1) -> bytes:
    """The data with bits of one byte turned over."""
    changed = bytearray(data)
    changed[at] ^= mask
    return bytes(changed)
