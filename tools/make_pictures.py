"""Make the README's pictures of the reports anew from an example: python -m tools.make_pictures."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from tools.run_examples import CHECKOUT, run

EXAMPLE = "five-firms/4-pumps-valves"
PIXELS_A_POINT = 1.25


def make() -> None:
    """Write the first page of each report to docs/pictures."""
    with TemporaryDirectory() as folder:
        run(["--out", folder])
        for name in ("valuation", "due-diligence"):
            document = pypdfium2.PdfDocument(Path(folder) / EXAMPLE / f"{name}.pdf")
            picture = document[0].render(scale=PIXELS_A_POINT).to_pil()
            picture.save(CHECKOUT / "docs" / "pictures" / f"{name}.png", optimize=True)
            document.close()


if __name__ == "__main__":
    make()
