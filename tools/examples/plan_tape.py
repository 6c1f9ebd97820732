"""The tape of the fictional plan: who owes, the loans, the pledged patents, what a sale brings."""

import calendar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tools.examples.rights import application_number, credit_code
from tools.examples.workbook import SheetText, Value, write

FOLDER = "ningbo-plan"
NAME = "tape.xlsx"
_WAN = 10_000
_KINDS = {
    "i": ("invention", "发明", 20),
    "u": ("utility_model", "实用新型", 10),
    "d": ("design", "外观设计", 15),
}
_FILE = Path(__file__).parent / "data" / "plan_pool.yaml"
DATA: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def write_tape(folder: Path) -> Path:
    """Writes the tape into the folder; the same bytes on every run."""
    spec = DATA
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    write(path, [_obligors(spec), _claims(spec), _rights(spec), _collateral(spec)])
    return path


def _firms(spec: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    return [(f"F{place:02d}", firm) for place, firm in enumerate(spec["firms"], start=1)]


def _obligors(spec: dict[str, Any]) -> SheetText:
    rows: list[list[Value]] = [
        ["企业编号", "企业名称", "统一社会信用代码", "行业", "地区", "内部评级", "一年期违约概率"]
    ]
    for key, (name, body, industry, region, *_) in _firms(spec):
        rows.append([key, name, credit_code(body), industry, region, "BB", spec["pd"]])
    return SheetText("债务人", rows)


def _claims(spec: dict[str, Any]) -> SheetText:
    rows: list[list[Value]] = [
        [
            "合同编号",
            "企业编号",
            "资产类型",
            "合同金额",
            "基准日余额",
            "年利率",
            "起息日",
            "到期日",
            "还款方式",
            "付息频率",
            "计息基准",
            "是否有权利负担",
            "是否原始权益人关联方",
        ]
    ]
    for key, firm in _firms(spec):
        loan = firm[4] * _WAN
        rows.append(
            [
                key.replace("F", "L"),
                key,
                "质押贷款",
                loan,
                loan,
                spec["rate"],
                spec["cut_off"],
                spec["matures"],
                "按期付息到期还本",
                "按季",
                "实际/360",
                "否",
                "否",
            ]
        )
    return SheetText("入池资产", rows)


def _rights(spec: dict[str, Any]) -> SheetText:
    rows: list[list[Value]] = [
        ["企业编号", "权利号", "权利类型", "主分类号", "保护期届满日", "是否有权利负担"]
    ]
    for number, (key, firm) in enumerate(_firms(spec), start=21):
        for place, text in enumerate(firm[5].split(), start=1):
            word, label, years = _KINDS[text[0]]
            filed = date(int(text[1:]), 1 + (place * 5) % 12, 3 + (number * place) % 25)
            serial = 9_900_000 + number * 1_000 + place
            main_class = "14-02" if text[0] == "d" else firm[6]
            rows.append(
                [
                    key,
                    application_number(word, filed.year, serial),
                    label,
                    main_class,
                    _last_day(filed, years),
                    "否",
                ]
            )
    return SheetText("质押权利", rows)


def _last_day(filed: date, years: int) -> date:
    """The day before the anniversary of filing."""
    year = filed.year + years
    day = min(filed.day, calendar.monthrange(year, filed.month)[1])
    return date(year, filed.month, day) - timedelta(days=1)


def _collateral(spec: dict[str, Any]) -> SheetText:
    rows: list[list[Value]] = [
        [
            "企业编号",
            "评估价值",
            "违约处置所得均值",
            "处置所得变异系数",
            "无法变现概率",
            "处置费用率",
            "回收时滞（月）",
            "与违约共同因子的相关",
        ]
    ]
    for key, firm in _firms(spec):
        loan = firm[4] * _WAN
        mean = round(loan * spec["recovered"] / (1 - spec["cost_share"]), -3)
        rows.append(
            [
                key,
                round(loan / spec["loan_to_value"], -5),
                mean,
                spec["variation"],
                spec["no_sale"],
                spec["cost_share"],
                spec["lag_months"],
                spec["loading"],
            ]
        )
    return SheetText("质押组合", rows)
