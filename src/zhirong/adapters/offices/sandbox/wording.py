"""What the office writes: grounds and the pages of notices, Chinese first."""

from collections.abc import Iterable

from zhirong.adapters.offices.sandbox.findings import Found
from zhirong.adapters.offices.sandbox.records import GroundRecord, NoticeRecord, PledgeRecord
from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.parameters.reader import catalog

_ROOM = "adapters/offices/sandbox"
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def words() -> Catalog:
    """The office's own words."""
    return catalog(_ROOM)


def ground(code: str, right: str | None = None, **facts: Fact) -> GroundRecord:
    """A ground in words, Chinese."""
    text = words().text(Message(f"sandbox_office.ground.{code}", facts), "zh")
    return GroundRecord(code=code, right_number=right, words=text)


def grounds(found: Iterable[Found]) -> tuple[GroundRecord, ...]:
    """Findings in words, each once."""
    written = [ground(item.code, item.right, **item.facts) for item in found]
    return tuple(dict.fromkeys(written))


def page(notice: NoticeRecord, registry: str, pledge: PledgeRecord | None) -> str:
    """The page of a notice: Chinese, and below it English."""
    return "\n\n".join(_page(notice, registry, pledge, lang) for lang in _LANGUAGES) + "\n"


def _page(notice: NoticeRecord, registry: str, pledge: PledgeRecord | None, lang: Language) -> str:
    title = words().label(f"sandbox_office.title.{registry}.{notice.kind}", lang)
    lines = [title, ""]
    for name, value in _rows(notice, pledge):
        if value is not None:
            label = words().label(f"sandbox_office.row.{name}", lang)
            lines.append(
                words().text(Message("sandbox_office.row", {"l": label, "v": value}), lang)
            )
    for number, item in enumerate(notice.grounds, start=1):
        about = f"{item.right_number} " if item.right_number else ""
        lines.append(f"{number}. [{item.code}] {about}{item.words}")
    lines += ["", words().label("sandbox_office.foot", lang)]
    return "\n".join(lines)


def _rows(notice: NoticeRecord, pledge: PledgeRecord | None) -> Iterable[tuple[str, Fact]]:
    yield "notice_no", notice.notice_no
    yield "office_reference", notice.office_reference
    yield "client_reference", notice.client_reference or None
    yield "registration_no", notice.registration_no
    if pledge is not None:
        yield "pledgors", pledge.pledgors
        yield "pledgee", pledge.pledgee
        yield "rights", pledge.rights or None
        yield "amount", None if pledge.amount_fen is None else _yuan(pledge.amount_fen)
        yield "expires_on", pledge.expires_on
    yield "effective_on", notice.effective_on
    yield "respond_by", notice.respond_by
    yield "dated_on", notice.dated_on


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
