"""The page on which a contract is signed, and how a signature looks on its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO

from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from zhirong.adapters.documents import typesetting
from zhirong.adapters.signing import certificates
from zhirong.adapters.signing.identity import Identity
from zhirong.application.signing import Signatory, SigningRequest
from zhirong.core.messages import Fact, Message
from zhirong.parameters.reader import catalog

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
PLACES_PER_PAGE = 4
_LEFT, _WIDTH, _HEIGHT, _GAP = 62.36, 470.55, 112.0, 14.0
_TOP = 270.0
# China has one time zone and no summer time.
BEIJING = timezone(timedelta(hours=8))
RESOURCE = "/Page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a signature stands: page (from 0, among the signing pages) and box from the top."""

    page: int
    top: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The box as PDF counts: left, bottom, right, top, from the lower left."""
        top = PAGE_HEIGHT - self.top
        return (round(_LEFT), round(top - _HEIGHT), round(_LEFT + _WIDTH), round(top))


def places(count: int) -> tuple[Place, ...]:
    """The places of so many signatories, four a page."""
    return tuple(
        Place(page=at // PLACES_PER_PAGE, top=_TOP + (at % PLACES_PER_PAGE) * (_HEIGHT + _GAP))
        for at in range(count)
    )


def words(code: str, **facts: Fact) -> str:
    """Words of a contract, which is in Chinese."""
    return catalog().text(Message(code, facts), "zh")


def clock_text(at: datetime) -> str:
    """A time as a contract says it: Beijing time, to the second.

    >>> from datetime import timezone
    >>> clock_text(datetime(2026, 6, 30, 2, 15, tzinfo=timezone.utc))
    '2026-06-30 10:15:00 UTC+8'
    """
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S} UTC+8"


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"label": words(f"signing.label.{name}"), "value": value}
        for name, value in values.items()
        if value
    ]


def heading(number: int, signatory: Signatory) -> str:
    """How a place is headed: its number and the role."""
    return words("signing.place", number=number, role=signatory.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What the signing page says of the contract."""

    title: str
    number: str
    sha256: str
    page_count: int


def signing_pages(contract: Contract, signatories: Sequence[Signatory]) -> list[bytes]:
    """The signing pages, each one a PDF."""
    spots = places(len(signatories))
    count = spots[-1].page + 1
    return [
        typesetting.typeset(
            "signing-page.typ",
            {
                "title": words("signing.page_title"),
                "heading": words("signing.page_title"),
                "facts": _pairs(
                    {
                        "contract": contract.title,
                        "number": contract.number,
                        "pages": words("signing.page_count", count=contract.page_count),
                        "sha256": f"{contract.sha256[:32]}\n{contract.sha256[32:]}",
                    }
                ),
                "explanation": words("signing.explanation"),
                "places": [
                    _empty_place(number, signatory, spot)
                    for number, (signatory, spot) in enumerate(
                        zip(signatories, spots, strict=True), start=1
                    )
                    if spot.page == page
                ],
                "foot": words("signing.foot"),
                "page": f"{page + 1} / {count}",
            },
        )
        for page in range(count)
    ]


def _empty_place(number: int, signatory: Signatory, spot: Place) -> dict[str, object]:
    return {
        "left": round(_LEFT),
        "top": PAGE_HEIGHT - spot.box[3],
        "width": spot.box[2] - spot.box[0],
        "height": spot.box[3] - spot.box[1],
        "heading": heading(number, signatory),
        "organization": signatory.organization,
        "identifier": signatory.identifier,
        "waiting": words("signing.waiting"),
    }


def signature_block(request: SigningRequest, identity: Identity) -> bytes:
    """The look of one signature, as a PDF of the size of its place."""
    number = request.signatories.index(request.signatory) + 1
    signatory = request.signatory
    certificate = certificates.to_asn1(identity.certificate)
    box = places(number)[-1].box
    shown = certificates.is_demonstration(certificate)
    return typesetting.typeset(
        "signature-block.typ",
        {
            "width": box[2] - box[0],
            "height": box[3] - box[1],
            "heading": heading(number, signatory),
            "organization": signatory.organization,
            "mark": words("signing.mark"),
            "notice": words("signing.demonstration_mark") if shown else "",
            "facts": _pairs(
                {
                    "identifier": signatory.identifier,
                    "person": signatory.person,
                    "reason": request.reason,
                    "time": clock_text(request.at),
                    "issuer": certificates.common_name(certificate.issuer),
                    "serial": f"{certificate.serial_number:X}"[:16] + "\u2026",
                }
            ),
        },
    )


class TypesetPage(PdfContent):
    """The first page of a PDF as content of another."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """The command that draws the page; its resources are brought along."""
        reader = PdfFileReader(BytesIO(self._pdf))
        imported = self._ensure_writer.import_page_as_xobject(reader)
        self.resources.xobject[RESOURCE] = imported
        left, bottom, right, top = (float(edge) for edge in imported.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=top - bottom)
        return RESOURCE.encode() + b" Do"


def stamp_style(block: bytes) -> StaticStampStyle:
    """A look of a signature as the PDF library wants it: the block and nothing else."""
    whole = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(background=TypesetPage(block), background_layout=whole, border_width=0)
