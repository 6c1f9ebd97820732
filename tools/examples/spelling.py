"""The spellings in which people and programs write numbers and dates."""

from collections.abc import Callable
from datetime import date

KIND_ZH = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
_WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)} | {ord("."): ord("．")}

DATE_STYLES: tuple[Callable[[date], str], ...] = (
    date.isoformat,
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y.%m.%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
)


def full_width(text: str) -> str:
    """Digits and points as wide characters.

    >>> full_width("2018.5")
    '２０１８．５'
    """
    return text.translate(_WIDE)


def as_float(number: str) -> float | str:
    """A number as a spreadsheet keeps it when somebody formats the column as a number.

    Text where the check digit is X.
    """
    return number if number.endswith("X") else float(number)


def kind_of_application(kind: str, *, is_granted: bool) -> str:
    """The kind as search tools name it."""
    if kind != "invention":
        return KIND_ZH[kind]
    return "发明授权" if is_granted else "发明申请"
