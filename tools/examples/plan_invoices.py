"""The invoices of the fictional plan's firms, and what they ask to pay; some is refused."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tools.examples.plan_tape import DATA
from tools.examples.workbook import SheetText, Value, write

NAME = "invoices.xlsx"
_TRADES = ("材料", "装备", "检测")
_GOODS = ("原材料", "生产设备", "研发检测")
_YUAN = 10_000
FIRST_USE = date(2024, 11, 21)


def write_invoices(folder: Path) -> Path:
    """Writes the workbook into the folder; the same bytes on every run."""
    firms = DATA["firms"]
    invoices, uses = _invoices(firms), []
    for place, row in enumerate(invoices):
        _, claim, supplier, wallet, amount = row
        use: list[Value] = [f"U-{claim}-{place % 3 + 1}", claim, row[0], supplier, wallet, amount]
        uses.append([*use, FIRST_USE + timedelta(days=place % 5), _GOODS[place % 3], "是"])
    uses += _refused(invoices)
    path = folder / NAME
    head: list[Value] = ["发票号码", "合同编号", "供应商", "收款钱包", "价税合计"]
    asked: list[Value] = ["支付编号", "合同编号", "发票号码", "收款人", "收款钱包"]
    asked += ["申请金额", "支付日", "用途", "是否出示发票"]
    write(path, [SheetText("供应商发票", [head, *invoices]), SheetText("支付申请", [asked, *uses])])
    return path


def _invoices(firms: list[list[Any]]) -> list[list[Value]]:
    """Three invoices a firm, which together take its whole loan, to the fen."""
    rows: list[list[Value]] = []
    for place, firm in enumerate(firms, start=1):
        fen = firm[4] * _YUAN * 100
        first, second = fen * 47 // 100 + 33, fen * 31 // 100 + 41
        for number, part in enumerate((first, second, fen - first - second), start=1):
            digits = f"{place:02d}{number:02d}"
            trade = _TRADES[number - 1]
            rows.append(
                [
                    f"2433200000000000{digits}",
                    f"L{place:02d}",
                    f"甬例{trade}{place:02d}号供应（虚构）有限公司",
                    f"003200000000{digits}",
                    part / 100,
                ]
            )
    return rows


def _refused(invoices: list[list[Value]]) -> list[list[Value]]:
    """What the operator refuses: wages, another firm's supplier, no invoice, twice."""
    on = FIRST_USE

    def use(name: str, row: list[Value], goods: str, shown: str, **other: Value) -> list[Value]:
        payee, wallet = other.get("payee", row[2]), other.get("wallet", row[3])
        return [f"U-{name}", row[1], row[0], payee, wallet, row[4], on, goods, shown]

    mine, theirs = invoices[0], invoices[3]
    return [
        use("L01-wages", mine, "工资", "是"),
        use("L01-other", mine, _GOODS[0], "是", payee=theirs[2], wallet=theirs[3]),
        use("L02-bare", theirs, _GOODS[0], "否"),
        [
            "U-L03-again",
            *invoices[6][1:2],
            *invoices[6][0:1],
            *invoices[6][2:5],
            on + timedelta(days=7),
            _GOODS[0],
            "是",
        ],
    ]
