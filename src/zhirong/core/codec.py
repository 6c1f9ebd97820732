"""One codec from frozen records to canonical JSON and back.

Decimal and date travel as text, tuples as lists, enums by value, and a record of a union by the
name of its class under "is". Canonical bytes: sorted keys, shortest floats, no NaN, UTF-8. The
check of the codec is `encode(decode(type, body)) == body`, so a body that could be spelled
otherwise (a date as 20260630) is refused.
"""

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from zhirong.core.errors import InputError

Plain = Any
TAG = "is"
_AS_IS = (str, bool, int, float, type(None))


class CodecError(InputError):
    """A body that does not fit the record it is read as."""

    code = "error.codec"


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a record as the codec reads it."""

    name: str
    hint: Any
    may_be_absent: bool


@cache
def _parts(record: Any) -> tuple[_Part, ...]:  # noqa: ANN401 - a record's class
    # Resolving hints is slow, and they never change.
    hints = get_type_hints(record)
    return tuple(
        _Part(item.name, hints[item.name], may_be_absent=item.default is None)
        for item in fields(record)
    )


@cache
def _members(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type hint
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


@cache
def _records(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type hint
    return tuple(member for member in _members(hint) if is_dataclass(member))


def encode(value: Any) -> Plain:  # noqa: ANN401 - any record
    """A record as plain JSON types.

    Raises:
        CodecError: A value of a type that the codec does not know.
    """
    return _encode(value, Any)


def _encode(value: Any, hint: Any) -> Plain:  # noqa: ANN401 - any record
    if type(value) in _AS_IS:
        return float(value) if hint is float and type(value) is int else value
    if is_dataclass(value):
        return _encode_record(value, is_tagged=len(_records(hint)) > 1)
    if isinstance(value, tuple | list):
        return _encode_items(value, hint)
    if isinstance(value, Mapping):
        item = _argument(hint, Mapping, 1)
        return {_key(key): _encode(inside, item) for key, inside in value.items()}
    return _encode_leaf(value)


def _encode_leaf(value: Any) -> Plain:  # noqa: ANN401 - any value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | date) and not isinstance(value, datetime):
        return str(value)
    if isinstance(value, str | int | float):
        return value
    name = type(value).__name__
    raise CodecError(f"{name} is not kept.", type=name)


def _encode_record(record: Any, *, is_tagged: bool) -> Plain:  # noqa: ANN401 - any record
    body: dict[str, Plain] = {TAG: type(record).__name__} if is_tagged else {}
    kind: Any = type(record)
    for part in _parts(kind):
        value = getattr(record, part.name)
        if value is None and part.may_be_absent:
            continue  # an absent optional fact is absent, not null
        body[part.name] = _encode(value, part.hint)
    return body


def _encode_items(items: Sequence[Any], hint: Any) -> list[Plain]:  # noqa: ANN401 - a type hint
    hints = _item_hints(hint, len(items))
    if hints is None:
        one = _argument(hint, tuple, 0)
        return [_encode(item, one) for item in items]
    return [_encode(item, own) for item, own in zip(items, hints, strict=True)]


@cache
def _item_hints(hint: Any, count: int) -> tuple[Any, ...] | None:  # noqa: ANN401 - a type hint
    """The hints of a tuple of fixed length; None for one of any length."""
    for member in _members(hint):
        arguments = get_args(member)
        if get_origin(member) is tuple and arguments[-1:] != (...,) and len(arguments) == count:
            return arguments
    return None


@cache
def _argument(hint: Any, container: type[Any], place: int) -> Any:  # noqa: ANN401 - a type hint
    """An argument of the container among a hint's members; Any where it has none."""
    for member in _members(hint):
        origin = get_origin(member)
        if isinstance(origin, type) and issubclass(origin, container):
            return get_args(member)[place]
    return Any


def _key(key: Any) -> str:  # noqa: ANN401 - a key
    return str(key.value if isinstance(key, Enum) else key)


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
        return _checked(body, is_right=body in get_args(hint), wanted=str(hint))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _checked(body, is_right=isinstance(body, dict), wanted="object")
        own, item = get_args(hint)
        return {_decode_key(own, key): decode(item, value) for key, value in body.items()}
    if is_dataclass(hint):
        return _decode_record(hint, body)
    return _decode_plain(hint, body)


def _checked(body: Plain, *, is_right: bool, wanted: str) -> Plain:
    if not is_right:
        raise CodecError(f"{body!r} is no {wanted}.", type=wanted)
    return body


def _decode_key(hint: Any, key: str) -> Any:  # noqa: ANN401 - the hint's own type
    return int(key) if hint is int and key.lstrip("-").isdecimal() else decode(hint, key)


def _decode_plain(hint: Any, body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    if hint is Any or hint is object:
        return body
    try:
        if hint is Decimal or hint is date:
            text = str(_checked(body, is_right=isinstance(body, str), wanted=hint.__name__))
            value = Decimal(text) if hint is Decimal else date.fromisoformat(text)
            _checked(body, is_right=str(value) == body, wanted=hint.__name__)
            return value
        if issubclass(hint, Enum):
            return hint(body)
        if hint is float and type(body) is int:
            return float(body)
    except (ValueError, TypeError, InvalidOperation, OverflowError) as wrong:
        raise CodecError(f"{body!r} is no {hint.__name__}.", type=hint.__name__) from wrong
    is_right = isinstance(body, hint) and (hint is bool or not isinstance(body, bool))
    return _checked(body, is_right=is_right, wanted=hint.__name__)


def _decode_union(hint: Any, body: Plain) -> Any:  # noqa: ANN401 - the hint's own type
    members = [member for member in _members(hint) if member is not type(None)]
    if body is None:
        return _checked(None, is_right=len(members) < len(_members(hint)), wanted=str(hint))
    records = _records(hint)
    if isinstance(body, dict) and len(records) > 1:
        named = [member for member in records if member.__name__ == body.get(TAG)]
        if not named:
            raise CodecError(f"{body.get(TAG)!r} is none of {hint}.", type=str(hint))
        return decode(named[0], {key: item for key, item in body.items() if key != TAG})
    if len(members) == 1:
        return decode(members[0], body)
    for member in members:
        try:
            return decode(member, body)
        except CodecError:
            continue
    raise CodecError(f"{body!r} is none of {hint}.", type=str(hint))


def _decode_tuple(hint: Any, body: Plain) -> tuple[Any, ...]:  # noqa: ANN401 - a type hint
    _checked(body, is_right=isinstance(body, list), wanted="list")
    arguments = get_args(hint)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(decode(arguments[0], item) for item in body)
    if len(arguments) != len(body):
        raise CodecError(f"{len(body)} items for {hint}.", type=str(hint))
    return tuple(decode(argument, item) for argument, item in zip(arguments, body, strict=True))


def _decode_record(record: Any, body: Plain) -> Any:  # noqa: ANN401 - a record's class
    _checked(body, is_right=isinstance(body, dict), wanted=record.__name__)
    hints = {part.name: part.hint for part in _parts(record)}
    unknown = sorted(set(body) - set(hints))
    if unknown:
        raise CodecError(f"{record.__name__} has no {unknown}.", type=record.__name__)
    values = {key: decode(hints[key], item) for key, item in body.items()}
    try:
        return record(**values)
    except TypeError as missing:
        raise CodecError(f"{record.__name__}: {missing}", type=record.__name__) from missing


def canonical(body: Plain) -> bytes:
    """The canonical bytes of a plain body.

    Raises:
        CodecError: A number that is none, or a value that is not plain.

    >>> canonical({"b": 1.50, "a": "值"}).decode()
    '{"a":"值","b":1.5}'
    """
    try:
        text = json.dumps(
            body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        return text.encode()
    except (ValueError, TypeError) as wrong:
        raise CodecError(f"This cannot be kept: {wrong}.", type="json") from wrong
