"""What a file says it is, against what it begins with; and names that are safe to show and save."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF, PNG, JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 with its mark, which holds zero bytes
# Programs and pages that call themselves text.
NO_TEXT = (ZIP, OLE, PDF, PNG, JPEG, b"MZ", b"\x7fELF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
OFFICE = "application/vnd.openxmlformats-officedocument"
NAME_CHARACTERS = 120
# Names that some systems open as devices, whatever their suffix.
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its media type, and how its bytes begin; empty for text."""

    media_type: str
    start: bytes = b""


FORMS: Mapping[str, Form] = {
    "xlsx": Form(f"{OFFICE}.spreadsheetml.sheet", ZIP),
    "docx": Form(f"{OFFICE}.wordprocessingml.document", ZIP),
    "xls": Form("application/vnd.ms-excel", OLE),
    "pdf": Form("application/pdf", PDF),
    "png": Form("image/png", PNG),
    "jpg": Form("image/jpeg", JPEG),
    "jpeg": Form("image/jpeg", JPEG),
    "csv": Form("text/csv"),
    "txt": Form("text/plain"),
    "yaml": Form("application/yaml"),
}


def suffix_of(name: str) -> str:
    """What stands behind the last point of a name, in small letters."""
    return name.rpartition(".")[2].lower()


def is_as_named(name: str, content: bytes) -> bool:
    """Whether the bytes begin as files of this suffix do."""
    form = FORMS.get(suffix_of(name))
    if form is None:
        return False
    if form.start:
        return content.startswith(form.start)
    if content.startswith(WIDE_TEXT):
        return True
    return not content.startswith(NO_TEXT) and b"\0" not in content


def media_type_of(name: str) -> str:
    """The media type that the house gives a file: by its checked suffix, never the sender's."""
    return FORMS[suffix_of(name)].media_type


def is_safe_name(name: str) -> bool:
    """Whether a name leads nowhere, hides nothing and can be saved on every system."""
    stem = name.split(".", maxsplit=1)[0].strip().lower()
    return (
        0 < len(name) <= NAME_CHARACTERS
        and not set(name) & set('/\\:*?"<>|')
        and not name.startswith(".")
        and name == name.strip()
        and stem not in DEVICES
        and not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in name)
    )
