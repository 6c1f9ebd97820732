"""LibreOffice as the judge of workbooks: it recalculates every formula, or the test fails."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(workbook: Path, folder: Path) -> Path:
    """The workbook with every formula recalculated (LibreOffice does not do so by itself)."""
    return all_recalculated((workbook,), folder)[0]


def all_recalculated(workbooks: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Several workbooks recalculated in one go; it takes hardly longer than one."""
    profile = folder / "profile"
    user = profile / "user"
    if not user.is_dir():
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    out = folder / "recalculated"
    command = [
        "soffice",
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        *map(str, workbooks),
    ]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    results = tuple(out / each.name for each in workbooks)
    assert all(each.is_file() for each in results), f"LibreOffice: {done.stderr.decode()}"
    return results


def values(workbook: Path) -> openpyxl.Workbook:
    """The workbook's cached values."""
    return openpyxl.load_workbook(workbook, data_only=True)
