"""A stored result computed anew from what it holds, and every figure that differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhirong.application.appraise import appraise
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import ParameterRecord
from zhirong.core.codec import decode, encode
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameter, Parameters, TreeHashes, exact
from zhirong.rights.law import PatentLaw

# What names the program, not the value: another release may well give the same figures.
PROGRAM_FIELDS = (
    "head.engine_version",
    "head.parameters_hash",
    "head.shipped_parameters_hash",
    "head.house_parameters_hash",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where the stored and the new result are not the same; None where it is absent."""

    path: str
    stored: str | None
    computed: str | None


def recompute(body: Any) -> tuple[Difference, ...]:  # noqa: ANN401 - a plain body
    """Every difference between a stored body and the same appraisal computed anew.

    Published values are those that the result copied, so that a later change of the parameters
    does not change an old result.

    Raises:
        CodecError: The stored inputs do not fit this release.
    """
    case: CaseFile = decode(CaseFile, body["case"])
    options: AppraisalOptions = decode(AppraisalOptions, body["options"])
    records: tuple[ParameterRecord, ...] = decode(tuple[ParameterRecord, ...], body["parameters"])
    anew = encode(appraise(case, options, law=law_of(records)))
    return tuple(_differences(body, anew))


def law_of(records: Sequence[ParameterRecord]) -> PatentLaw:
    """The law as a result copied it: no value that it did not read."""
    parameters = Parameters(replayed={_key(record): _parameter(record) for record in records})
    return PatentLaw(parameters=parameters, calendar=china())


class TreeState(StrEnum):
    """How a tree of published values stands against the one that a result was computed under."""

    SAME = "same"
    DIFFERS = "differs"
    NONE = "none"  # neither then nor now
    NOT_GIVEN = "not_given"  # the result read one, and none is given to compare
    ADDED = "added"  # the result read none, and one is given


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterStates:
    """Which of the two trees of published values is another one than the result's.

    Figures are computed from the values that the result copied, so that neither moves one.
    """

    shipped: TreeState
    house: TreeState


def parameter_states(body: Any, hashes: TreeHashes) -> ParameterStates:  # noqa: ANN401 - a plain body
    """The trees of a stored body against those given."""
    head = body["head"]
    shipped = head.get("shipped_parameters_hash", head["parameters_hash"])
    stored: str | None = head.get("house_parameters_hash")
    if stored is None:
        house = TreeState.NONE if hashes.house is None else TreeState.ADDED
    elif hashes.house is None:
        house = TreeState.NOT_GIVEN
    else:
        house = TreeState.SAME if stored == hashes.house else TreeState.DIFFERS
    is_same = shipped == hashes.shipped
    return ParameterStates(shipped=TreeState.SAME if is_same else TreeState.DIFFERS, house=house)


def _key(record: ParameterRecord) -> tuple[str, Any]:
    return record.path, record.origin.on


def _parameter(record: ParameterRecord) -> Parameter:
    return Parameter(
        path=record.path,
        value=exact(record.value),
        unit=record.unit,
        valid_from=record.origin.valid_from,
        source=record.origin.source,
        reviewed_on=record.reviewed_on,
    )


def _differences(stored: Any, computed: Any) -> Iterator[Difference]:  # noqa: ANN401 - plain bodies
    left, right = dict(_leaves(stored, "")), dict(_leaves(computed, ""))
    for path in sorted(left.keys() | right.keys()):
        if path in PROGRAM_FIELDS:
            continue
        if left.get(path) != right.get(path):
            yield Difference(path=path, stored=left.get(path), computed=right.get(path))


def _leaves(body: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a plain body
    if isinstance(body, dict):
        for key, item in body.items():
            yield from _leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(body, list):
        yield f"{path}.length", str(len(body))
        for place, item in enumerate(body):
            yield from _leaves(item, f"{path}[{place}]")
    else:
        yield path, repr(body)
