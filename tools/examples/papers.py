"""Papers that a firm hands in beside its tables: one page each, plainly marked as made up."""

from collections.abc import Iterable
from pathlib import Path

# Viewers carry this face of the standard for Chinese text; so nothing needs to be embedded.
_FONT = "STSong-Light"
# Everything but the text itself, which is object 7.
_FRAME = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>"
    ),
    (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{_FONT} /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [5 0 R] >>"
    ),
    (
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{_FONT} /FontDescriptor 6 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
    (
        f"<< /Type /FontDescriptor /FontName /{_FONT} /Flags 6 /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 880 /StemV 93 /FontBBox [-25 -254 1000 880] >>"
    ),
)


def write(folder: Path, firm: str, titles: Iterable[str]) -> None:
    """A paper for each title; those of an earlier run that nobody names are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict.fromkeys(titles)
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name in wanted:
        title = name.removesuffix(".pdf")
        lines = (title, firm, "2026-06-25", "本文件为虚构示例，不对应任何真实的企业、权利或事实。")
        (folder / name).write_bytes(page(lines))


def page(lines: Iterable[str]) -> bytes:
    """A PDF of one A4 page with these lines, the first one larger."""
    drawn = ["BT"]
    for place, line in enumerate(lines):
        size, height = (20, 740) if place == 0 else (12, 740 - 40 - 28 * place)
        text = line.encode("utf-16-be").hex().upper()
        drawn.append(f"/F1 {size} Tf 1 0 0 1 72 {height} Tm <{text}> Tj")
    stream = "\n".join([*drawn, "ET"])
    return _joined((*_FRAME, f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"))


def _joined(objects: Iterable[str]) -> bytes:
    """The objects as a file with its table of places."""
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(places) + 1
    tail = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{tail}".encode("ascii")
