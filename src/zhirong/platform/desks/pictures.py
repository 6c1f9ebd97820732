"""QR codes as paths of an SVG, so that a page needs neither a picture file nor a style."""

from dataclasses import dataclass

from qrcode.main import QRCode


@dataclass(frozen=True, slots=True, kw_only=True)
class QrPicture:
    """A square of `size` modules a side, with the quiet zone; `path` draws the dark ones."""

    size: int
    path: str


def qr_picture(text: str) -> QrPicture:
    """The QR code of a text."""
    code = QRCode()
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return QrPicture(size=len(rows), path="".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
