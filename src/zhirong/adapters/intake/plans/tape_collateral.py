"""What stands behind the claims of a tape: pledged rights, and what a sale of each set brings."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.plans.tape_obligors import Parties
from zhirong.adapters.intake.plans.tape_rows import TapeRows, number, place, text
from zhirong.adapters.intake.reading import TypedRow
from zhirong.adapters.snapshots.appraisal import read_snapshot
from zhirong.application.result import DistributionRecord
from zhirong.core.codec import decode
from zhirong.core.distribution import ValueDistribution
from zhirong.core.errors import InputError, StateError
from zhirong.securitization.pool import proceeds
from zhirong.securitization.pool.proceeds import ProceedsError, Quantiles
from zhirong.securitization.pool.records import CollateralSet, PledgedRight

DEFAULT = "default"
_QUANTILES = ("proceeds_p10", "proceeds_p50", "proceeds_p90")


def collateral_of(tape: TapeRows, parties: Parties) -> tuple[CollateralSet, ...]:
    """The collateral sets with their rights; a row that fits nothing is refused."""
    sets: dict[str, TypedRow] = {}
    for row in tape.of_table("tape_collateral"):
        key = _key(row, parties)
        if key is None:
            continue
        if key in sets:
            facts = {"key": key, "place": place(sets[key].source)}
            row.refuse("collateral", Bad("tape_twice", facts))
            continue
        sets[key] = row
        tape.name(key, row)
    worth = {key: _proceeds(row, tape.folder) for key, row in sets.items()}
    rights = _rights(tape, parties, sets)
    return tuple(
        CollateralSet(
            collateral_id=key,
            rights=tuple(rights.get(key, ())),
            proceeds=found,
            cost_share=number(row, "cost_share") or 0.0,
            lag_months=int(number(row, "lag_months") or 0),
            loading=number(row, "loading") or 0.0,
        )
        for key, row in sets.items()
        if (found := worth[key]) is not None and not row.is_refused
    )


def _key(row: TypedRow, parties: Parties) -> str | None:
    """The set's own number, else that of its obligor; None where nobody is meant."""
    named = text(row, "collateral")
    owner = text(row, "obligor")
    meant = parties.meant(owner)
    if owner and meant is None:
        row.refuse("obligor", Bad("tape_obligor", {"text": owner}))
        return None
    if not named and meant is None:
        row.refuse("obligor", Bad("tape_obligor", {"text": ""}))
        return None
    return named or meant


def _rights(
    tape: TapeRows, parties: Parties, sets: Mapping[str, TypedRow]
) -> dict[str, list[PledgedRight]]:
    found: dict[str, list[PledgedRight]] = {}
    places: dict[str, str] = {}
    for row in tape.of_table("tape_rights"):
        key = _key(row, parties)
        if key is None:
            continue
        if key not in sets:
            row.refuse("collateral", Bad("tape_set", {"key": key}))
            continue
        number_ = text(row, "right")
        if number_ in places:
            facts = {"key": number_, "place": places[number_]}
            row.refuse("right", Bad("tape_twice", facts))
            continue
        places[number_] = place(row.source)
        ends = row.get("ends_on")
        found.setdefault(key, []).append(
            PledgedRight(
                number=number_,
                kind=text(row, "right_kind"),
                ipc=text(row, "ipc") or None,
                ends_on=ends if isinstance(ends, date) else None,
                encumbered=bool(row.get("right_encumbered")),
            )
        )
    return found


def _proceeds(row: TypedRow, folder: Path) -> ValueDistribution | None:
    """What a sale brings, by whichever of the three ways the row tells it; None if refused."""
    has_mean = row.get("proceeds_mean") is not None
    has_quantiles = any(row.get(name) is not None for name in _QUANTILES)
    result = text(row, "result")
    if sum((has_mean, has_quantiles, bool(result))) != 1:
        row.refuse("proceeds_mean", Bad("tape_ways", {}))
        return None
    if result:
        return _from_result(row, result, folder)
    lag = int(number(row, "lag_months") or 0)
    meaning = proceeds.meaning(lag_months=lag)
    no_sale = number(row, "no_sale") or 0.0
    try:
        if has_mean:
            return proceeds.from_mean(
                number(row, "proceeds_mean") or 0.0,
                variation=number(row, "proceeds_cv") or 0.0,
                no_sale=no_sale,
                of=meaning,
            )
        missing = next((name for name in _QUANTILES if row.get(name) is None), None)
        if missing:
            row.refuse(missing, Bad("tape_ways", {}))
            return None
        p10, p50, p90 = (number(row, name) or 0.0 for name in _QUANTILES)
        return proceeds.from_quantiles(
            Quantiles(p10=p10, p50=p50, p90=p90), no_sale=no_sale, of=meaning
        )
    except ProceedsError as error:
        name = "no_sale" if error.rule == "no_sale" else "proceeds_mean"
        row.refuse(name, Bad(f"tape_proceeds_{error.rule}", {}))
        return None


def _from_result(row: TypedRow, name: str, folder: Path) -> ValueDistribution | None:
    """The default-conditional value of an appraisal whose result lies in the tape's folder."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        row.refuse("result", Bad("tape_result", {"text": name}))
        return None
    try:
        valuation = read_snapshot(path).body["valuation"]
        kept = valuation["distributions"] if valuation else ()
        named = [decode(DistributionRecord, each) for each in kept]
    except (InputError, StateError, KeyError, TypeError):
        row.refuse("result", Bad("tape_result", {"text": name}))
        return None
    found = next((each.distribution for each in named if each.name == DEFAULT), None)
    if found is None:
        row.refuse("result", Bad("tape_no_default", {"text": name}))
    return found
