"""The patents of a firm as the export of one of the tools that people really use."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlwt

from tools.examples.model import EXPORTED_ON, Firm, Right
from tools.examples.spelling import (
    DATE_STYLES,
    KIND_ZH,
    as_float,
    full_width,
    kind_of_application,
)
from tools.examples.workbook import SheetText, Value, write

_DAY = f"{EXPORTED_ON:%Y%m%d}"


def write_patents(firm: Firm, folder: Path) -> None:
    """The export, in the style of the firm's tool."""
    style = str(firm.spec["export"])
    if style == "mixed":
        kinds = firm.of_kind
        _incopat(firm, kinds["invention"], folder / f"incoPat导出_发明_{_DAY}.xlsx")
        _patsnap(firm, kinds["utility_model"], folder / f"智慧芽导出_实用新型_{_DAY}.xlsx")
        _cnipa(firm, kinds["design"], folder / f"专利业务办理系统_外观设计_{_DAY}.csv")
    elif style == "incopat":
        _incopat(firm, firm.rights, folder / f"incoPat导出_{_DAY}.xlsx")
    elif style == "cnipa":
        _cnipa(firm, firm.rights, folder / f"专利业务办理系统导出_{_DAY}.csv")
    elif style == "patsnap":
        _patsnap(firm, firm.rights, folder / f"智慧芽导出_{_DAY}.xlsx")
    elif style == "qcc":
        _qcc(firm, firm.rights, folder / f"企查查_专利信息_{_DAY}.xls")
    else:
        _ledger(firm, firm.rights, folder / "公司专利台账.xlsx")


def _owner_text(right: Right, separator: str) -> str:
    return separator.join(right.owners)


def _number_or_blank(number: int) -> int | None:
    return number or None


def _incopat(firm: Firm, rights: Sequence[Right], path: Path) -> None:
    """Title rows above, a total row below, publication and grant in one column."""
    heads = [
        "序号", "标题", "申请号", "申请日", "公开（公告）号", "公开（公告）日", "专利类型",
        "申请人", "当前权利人", "发明（设计）人", "IPC主分类", "IPC", "权利要求数量",
        "独立权利要求数量", "引证次数", "被引证次数", "简单同族", "当前法律状态", "链接到incoPat",
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        ["专利检索结果导出（仿 incoPat 格式，虚构数据）"],
        [f"检索式：(AP=({firm.name}))"],
        [f"检索日期：{EXPORTED_ON.isoformat()}    命中：{len(rights)} 件"],
        heads,
    ]
    for place, right in enumerate(rights, start=1):
        number, day = right.document or ("", None)
        rows.append(
            [
                place, right.title, f"CN{right.number}", f"{right.filing:%Y%m%d}", number,
                "" if day is None else f"{day:%Y%m%d}",
                kind_of_application(right.kind, is_granted=right.grant is not None),
                firm.name, _owner_text(right, "; "), "; ".join(right.inventors),
                right.classes[0], "; ".join(right.classes), _number_or_blank(right.claims),
                _number_or_blank(right.independent), right.cites, right.cited_by,
                "; ".join((number, *right.family)), "授权" if right.grant else "实质审查", "查看",
            ]
        )  # fmt: skip
    rows += [[], ["合计", f"{len(rights)} 件"], ["注：法律状态以国家知识产权局登记簿为准"]]
    last = len(heads) - 1
    merged = [(row, 0, row, last) for row in range(3)]
    write(path, [SheetText("sheet1", rows, merged, (0, 1, 2, 3))])


def _cnipa(firm: Firm, rights: Sequence[Right], path: Path) -> None:
    """Text in GB18030; numbers behind a tab so that spreadsheets leave them alone."""
    heads = [
        "序号", "申请号/专利号", "发明名称", "专利类型", "申请日", "申请公布号", "申请公布日",
        "授权公告号", "授权公告日", "主分类号", "专利权人", "发明人", "案件状态", "费减比例",
    ]  # fmt: skip
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(heads)
    for place, right in enumerate((*rights, *firm.refused), start=1):
        published, granted = right.publication, right.grant
        sheet.writerow(
            [
                place, f"{right.number}\t", right.title, KIND_ZH[right.kind],
                f"{right.filing:%Y.%m.%d}", published[0] if published else "",
                f"{published[1]:%Y.%m.%d}" if published else "", granted[0] if granted else "",
                f"{granted[1]:%Y.%m.%d}" if granted else "", right.classes[0],
                _owner_text(right, ";"), ";".join(right.inventors),
                "专利权维持" if granted else "实质审查", "85%" if "reduced" in right.marks else "",
            ]
        )  # fmt: skip
    sheet.writerow(["合计", len(rights) + len(firm.refused), *[""] * (len(heads) - 2)])
    path.write_bytes(out.getvalue().encode("gb18030"))


def _patsnap(firm: Firm, rights: Sequence[Right], path: Path) -> None:
    """Bands of merged headings, kinds merged downwards, several owners and classes in a cell."""
    bands = [("基本信息", 0, 6), ("当事人", 7, 9), ("文献信息", 10, 16), ("状态", 17, 18)]
    heads = [
        "序号", "专利类型", "申请号", "标题（译）（简体中文）", "申请日", "公开（公告）号",
        "公开（公告）日", "[标]当前申请（专利权）人", "当前申请（专利权）人", "发明人",
        "IPC主分类号", "IPC分类号", "权利要求数量", "引用专利数量", "被引用专利数量", "简单同族",
        "专利价值", "简单法律状态", "法律状态/事件",
    ]  # fmt: skip
    top: list[Value] = [None] * len(heads)
    for title, left, _ in bands:
        top[left] = title
    rows: list[Sequence[Value]] = [top, heads]
    for place, right in enumerate(rights, start=1):
        number, day = right.document or ("", None)
        rows.append(
            [
                place, KIND_ZH[right.kind], f"CN{right.number}", right.title, right.filing,
                number, day, firm.name.replace("（虚构）", "(虚构)"), _owner_text(right, "\n"),
                " | ".join(right.inventors), right.classes[0], " | ".join(right.classes),
                _number_or_blank(right.claims), right.cites, right.cited_by,
                "\n".join((number, *right.family)), None,
                "有效" if right.grant else "审中", "授权" if right.grant else "实质审查",
            ]
        )  # fmt: skip
    merged = [(0, left, 0, right) for _, left, right in bands]
    merged += _runs(rows, 1, first=2)
    write(path, [SheetText("专利数据", rows, merged, (0, 1))])


def _runs(rows: Sequence[Sequence[Value]], column: int, *, first: int) -> list[tuple[int, ...]]:
    """Ranges of equal cells below each other, at least two."""
    ranges, start = [], first
    for row in range(first + 1, len(rows) + 1):
        if row < len(rows) and rows[row][column] == rows[start][column]:
            continue
        if row - start > 1:
            ranges.append((start, column, row - 1, column))
        start = row
    return ranges


def _qcc(firm: Firm, rights: Sequence[Right], path: Path) -> None:
    """An old binary workbook: application numbers as floats, dates as text with dashes."""
    heads = [
        "序号", "专利名称", "专利类型", "法律状态", "申请号", "申请日期", "公开（公告）号",
        "公开（公告）日期", "发明人", "申请（专利权）人", "IPC分类号",
    ]  # fmt: skip
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("专利信息")
    last = len(heads) - 1
    sheet.write_merge(0, 0, 0, last, f"{firm.name}-专利信息（仿企查查格式，虚构数据）")
    sheet.write_merge(1, 1, 0, last, f"导出时间：{EXPORTED_ON.isoformat()} 10:32:05")
    number_style = xlwt.easyxf(num_format_str="0.0")
    for column, head in enumerate(heads):
        sheet.write(2, column, head)
    for place, right in enumerate(rights, start=1):
        number, day = right.document or ("", None)
        values: list[Value] = [
            float(place), right.title, kind_of_application(right.kind, is_granted=True),
            "授权", as_float(right.number), right.filing.isoformat(), number,
            day.isoformat() if day else "-", ",".join(right.inventors), _owner_text(right, ";"),
            ",".join(right.classes),
        ]  # fmt: skip
        for column, value in enumerate(values):
            style = (number_style,) if column == 4 and isinstance(value, float) else ()
            sheet.write(place + 2, column, value, *style)
    sheet.write(len(rights) + 3, 0, "总计")
    sheet.write(len(rights) + 3, 1, f"{len(rights)}件")
    book.save(str(path))


def _ledger(firm: Firm, rights: Sequence[Right], path: Path) -> None:
    """What an office assistant keeps by hand: every style of dates and digits in one sheet."""
    heads = [
        "编号", "专利名称", "专利号", "专利类别", "申请日", "授权公告日", "授权公告号", "权利人",
        "发明（设计）人", "IPC主分类号", "权项数", "年费已缴至年度", "费减比例",
        "有无专利权评价报告", "评价报告结论", "评价报告日期", "数据截至日", "备注",
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [[f"{firm.name}专利台账"], ["制表：综合办"], heads]
    for place, right in enumerate(rights):
        number, granted = right.grant or ("", EXPORTED_ON)
        style = DATE_STYLES[place % len(DATE_STYLES)]
        is_examined = right.kind == "invention"
        has_report = not is_examined and bool(right.covers)
        rows.append(
            [
                place + 1, right.title, _by_hand(right, place),
                {"invention": "发明专利", "utility_model": "新型", "design": "外观"}[right.kind],
                right.filing if place % 7 == 3 else style(right.filing), style(granted), number,
                firm.name, "、".join(right.inventors), right.classes[0],
                _number_or_blank(right.claims), f"{right.paid_through}年",
                "85%" if "reduced" in right.marks else "无",
                "有" if has_report else "",
                "未发现缺陷" if has_report else "", "2026.03.20" if has_report else "",
                EXPORTED_ON, "外购设备配套" if not right.covers else "",
            ]
        )  # fmt: skip
    rows.append(["合计", f"{len(rights)}件"])
    last = len(heads) - 1
    write(path, [SheetText("台账", rows, [(0, 0, 0, last)], (0, 2))])


def _by_hand(right: Right, place: int) -> Value:
    """The number as it comes from a certificate, an app, or a keyboard set to wide digits."""
    spellings: tuple[Value, ...] = (
        right.zl_number,
        full_width(right.number),
        f"ZL {right.number[:4]} {right.number[4]} {right.number[5:]}",
        as_float(right.number),
        right.number.replace(".", ""),
    )
    return spellings[place % len(spellings)]
