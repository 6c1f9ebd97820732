"""Safety limits of reading a file, and how a file that breaks one is refused."""

from dataclasses import dataclass, fields
from datetime import date

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.parameters.reader import Parameters

_LIMITS = "intake.limits"
_FILE_BYTES = "intake.file_bytes_max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds, each named as in the parameter `intake.limits`."""

    file_bytes: int
    files: int
    archive_parts: int
    unpacked_bytes: int
    unpacked_ratio: int
    binary_bytes: int
    sheets: int
    rows: int
    columns: int
    cells: int
    area: int
    elements: int
    text_chars: int
    cell_chars: int
    formulas: int
    nesting: int
    row_chars: int
    heading_rows: int
    heading_chars: int
    across_rows: int

    def check(self, name: str, actual: int) -> None:
        """Nothing, if the number stays within the limit of that name.

        Raises:
            FileRefusedError: It is above.
        """
        limit: int = getattr(self, name)
        if actual > limit:
            setting = _FILE_BYTES if name == "file_bytes" else f"{_LIMITS}.{name}"
            raise FileRefusedError("intake.file.too_large", setting=setting, limit=limit)


class FileRefusedError(InputError):
    """A file, or a sheet of it, is not read; `refusal` is the code of the reason."""

    code = "error.intake.file_refused"

    def __init__(self, refusal: str, **facts: Fact) -> None:
        super().__init__(f"Not read: {refusal} {facts}.", refusal=refusal)
        self.reason = Message(refusal, facts)


def limits(parameters: Parameters, on: date) -> Limits:
    """The limits in force on a day."""
    table = parameters.get(_LIMITS, on=on).value
    names = [field.name for field in fields(Limits) if field.name != "file_bytes"]
    return Limits(
        file_bytes=int(parameters.number(_FILE_BYTES, on=on)),
        **{name: int(table[name]) for name in names},
    )
