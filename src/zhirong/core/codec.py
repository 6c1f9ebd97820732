"""One codec from frozen records to canonical JSON and back.

Decimal and date travel as text, tuples as lists, enums by value, and a record of a union by the
name of its class under "is". Canonical bytes: sorted keys, shortest floats, no NaN, UTF-8. The
check of the codec is `encode(decode(type, body)) == body`.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from zhirong.core.errors import InputError

Plain = Any
TAG = "is"


class CodecError(InputError):
    """A body that does not fit the record it is read as."""

    code = "error.codec"


_HINTS: dict[object, Mapping[str, Any]] = {}


def _hints(record: type[Any]) -> Mapping[str, Any]:
    # Resolving hints is slow; they never change, so each record's are kept.
    if record not in _HINTS:
        _HINTS[record] = get_type_hints(record)
    return _HINTS[record]


def encode(value: Any, *, is_tagged: bool = False) -> Plain:  # noqa: ANN401 - any record
    """A record as plain JSON types.

    Raises:
        CodecError: A value of a type that the codec does not know.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | str | int | float):
        return value
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, tuple | list):
        return [encode(item, is_tagged=is_tagged) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_record(value, is_tagged=is_tagged)
    raise CodecError(f"{type(value).__name__} is not kept.", type=type(value).__name__)


def _encode_record(record: Any, *, is_tagged: bool) -> Plain:  # noqa: ANN401 - any record
    hints = _hints(type(record))
    body: dict[str, Plain] = {TAG: type(record).__name__} if is_tagged else {}
    for item in fields(record):
        value = getattr(record, item.name)
        if item.default is not MISSING and value == item.default and value is None:
            continue  # an absent optional fact is absent, not null
        body[item.name] = encode(value, is_tagged=_is_record_union(hints[item.name]))
    return body


def _is_record_union(hint: Any) -> bool:  # noqa: ANN401 - a type hint
    members = [m for m in _members(hint) if m is not type(None)]
    if len(members) > 1 and all(is_dataclass(member) for member in members):
        return True
    arguments = get_args(hint) if get_origin(hint) is tuple else ()
    return any(_is_record_union(argument) for argument in arguments if argument is not Ellipsis)


def _members(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type hint
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def decode(hint: Any, body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    """A record of the type from its plain body.

    Raises:
        CodecError: The body does not fit; the message names type and field.
    """
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode_union(hint, body)
    if origin is tuple:
        return _decode_tuple(hint, body)
    if origin is Literal:
        return body
    if origin is not None and issubclass(origin, Mapping):
        _, item = get_args(hint)
        return {key: decode(item, value) for key, value in body.items()}
    if is_dataclass(hint):
        return _decode_record(cast("type[Any]", hint), body)
    return _decode_plain(hint, body)


def _decode_plain(hint: Any, body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    try:
        if hint is Decimal:
            return Decimal(body)
        if hint is date:
            return date.fromisoformat(body)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(body)
        if hint is float and isinstance(body, int) and not isinstance(body, bool):
            return float(body)
    except (ValueError, TypeError, InvalidOperation) as wrong:
        raise CodecError(f"{body!r} is no {hint.__name__}.", type=hint.__name__) from wrong
    if hint is Any or hint is object:
        return body
    if not isinstance(body, hint) or (isinstance(body, bool) and hint is not bool):
        raise CodecError(f"{body!r} is no {hint.__name__}.", type=hint.__name__)
    return body


def _decode_union(hint: Any, body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    members = [member for member in get_args(hint) if member is not type(None)]
    if body is None:
        return None
    if len(members) == 1:
        return decode(members[0], body)
    if isinstance(body, dict):
        named = [member for member in members if member.__name__ == body.get(TAG)]
        if not named:
            raise CodecError(f"{body.get(TAG)!r} is none of {hint}.", type=str(hint))
        return decode(named[0], {key: item for key, item in body.items() if key != TAG})
    for member in members:
        try:
            return decode(member, body)
        except CodecError:
            continue
    raise CodecError(f"{body!r} is none of {hint}.", type=str(hint))


def _decode_tuple(hint: Any, body: Plain) -> tuple[Any, ...]:  # noqa: ANN401 - a type hint
    if not isinstance(body, list):
        raise CodecError(f"A list is wanted, not {body!r}.", type=str(hint))
    arguments = get_args(hint)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(decode(arguments[0], item) for item in body)
    if len(arguments) != len(body):
        raise CodecError(f"{len(body)} items for {hint}.", type=str(hint))
    return tuple(decode(argument, item) for argument, item in zip(arguments, body, strict=True))


def _decode_record(record: type[Any], body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    if not isinstance(body, dict):
        raise CodecError(f"{record.__name__} wants an object.", type=record.__name__)
    hints = _hints(record)
    names = {item.name for item in fields(record)}
    unknown = sorted(set(body) - names)
    if unknown:
        raise CodecError(f"{record.__name__} has no {unknown}.", type=record.__name__)
    try:
        return record(**{key: decode(hints[key], item) for key, item in body.items()})
    except TypeError as missing:
        raise CodecError(f"{record.__name__}: {missing}", type=record.__name__) from missing


def canonical(body: Plain) -> bytes:
    """The canonical bytes of a plain body.

    >>> canonical({"b": 1.50, "a": "值"}).decode()
    '{"a":"值","b":1.5}'
    """
    text = json.dumps(
        body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()
