"""From the environment to settings: modes, databases, secrets; errors that say how to mend."""

import base64
import binascii
import os
import secrets
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from zhirong.core.errors import InputError

KEY_BYTES = 32


class Mode(StrEnum):
    """How the platform runs."""

    DEMONSTRATION = "demonstration"  # example firms, a clock that can be moved, known passwords
    PRODUCTION = "production"


class SettingError(InputError):
    """A setting of the environment that is missing or cannot be read."""

    code = "error.platform_setting"

    def __init__(self, name: str, *, problem: str) -> None:
        super().__init__(f"{name}: {problem}", name=name, problem=problem)


class MissingSettingError(SettingError):
    """A setting that production cannot do without is not given."""

    code = "error.platform_setting_missing"

    def __init__(self, name: str) -> None:
        super().__init__(name, problem="production needs it; set it in the environment.")


def mode(environment: Mapping[str, str]) -> Mode:
    """The mode asked for; production where none is, so that nobody demonstrates by accident.

    Raises:
        SettingError: It is neither.
    """
    asked = environment.get("ZHIRONG_MODE", Mode.PRODUCTION.value)
    try:
        return Mode(asked)
    except ValueError as wrong:
        known = ", ".join(Mode)
        raise SettingError("ZHIRONG_MODE", problem=f"{asked!r} is none of {known}.") from wrong


def claim_folder(folder: Path, wanted: Mode) -> None:
    """Mark a data folder with the mode it is first used in; it stays that.

    Raises:
        SettingError: It is marked with the other mode.
    """
    mark = folder / "mode"
    if not mark.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="ascii") as new:
            new.write(wanted.value)
        try:
            Path(new.name).rename(mark)
        finally:
            Path(new.name).unlink(missing_ok=True)
    found = mark.read_text(encoding="ascii").strip()
    if found != wanted.value:
        problem = f"{folder} was first used for {found}; {wanted.value} needs a folder of its own."
        raise SettingError("ZHIRONG_MODE", problem=problem)


def required(environment: Mapping[str, str], name: str) -> str:
    """A setting that production cannot do without.

    Raises:
        MissingSettingError: It is not given.
    """
    value = environment.get(name, "")
    if not value:
        raise MissingSettingError(name)
    return value


def check(environment: Mapping[str, str], wanted: Mode) -> None:
    """Nothing, where the environment gives what a mode needs; nothing is written or opened.

    Raises:
        SettingError: A setting is missing or cannot be read.
    """
    database(environment.get("DATABASE_URL", ""), Path())
    if wanted is Mode.PRODUCTION:
        required(environment, "ZHIRONG_SECRET_KEY")
        field_keys(required(environment, "ZHIRONG_FIELD_KEYS"))


def demonstration_secret(file: Path) -> str:
    """A secret made once and kept in the data folder of a demonstration."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii"))
    except FileExistsError:
        pass  # another process of the same demonstration made it
    return file.read_text(encoding="ascii")


def field_keys(text: str) -> dict[str, bytes]:
    """Keys of encrypted fields by their id, the writing one first.

    Raises:
        SettingError: A part is not `id:base64` of 32 bytes.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, text.split(",")):
        name, colon, encoded = part.partition(":")
        if not (name and colon):  # what was given may be a key, so it is not repeated
            raise SettingError("ZHIRONG_FIELD_KEYS", problem="a part is not id:base64.")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as wrong:
            raise SettingError("ZHIRONG_FIELD_KEYS", problem=f"{name}: no base64.") from wrong
        if len(key) != KEY_BYTES:
            raise SettingError("ZHIRONG_FIELD_KEYS", problem=f"{name}: not {KEY_BYTES} bytes.")
        keys[name] = key
    if not keys:
        raise SettingError("ZHIRONG_FIELD_KEYS", problem="no key.")
    return keys


def database(url: str, embedded: Path) -> dict[str, Any]:
    """Django's settings of the database: the URL's PostgreSQL, or SQLite in a file.

    SQLite takes the write lock when a transaction begins, so that two writers wait for each other
    instead of failing half-way. No request is a transaction by itself: readers would be writers.

    Raises:
        SettingError: The URL names another kind of database.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": embedded,
            # Opening the file anew costs more than most statements: the schema is read again.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;"
                    "PRAGMA mmap_size=1073741824;PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError("DATABASE_URL", problem="only postgresql:// is known.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Only of the statements that are handed over for it (`operations.statements`).
        "OPTIONS": {"prepare_threshold": 2},
    }
