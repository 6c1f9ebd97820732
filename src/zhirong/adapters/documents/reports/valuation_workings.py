"""The workings: each figure with an index number opened to formula, inputs and sources."""

from zhirong.adapters.documents.blocks import Block, Heading, Pair, Prose, Working, Workings
from zhirong.adapters.documents.reports.valuation_line_words import (
    figure,
    formula_words,
    line_label,
)
from zhirong.adapters.documents.reports.valuation_method_lines import (
    COMMAND,
    counted_methods,
    method_line_blocks,
)
from zhirong.adapters.documents.reports.valuation_view import (
    COLLATERAL,
    CONCLUSION,
    PORTFOLIO,
    View,
    indexed,
)
from zhirong.application.explaining import Explanation, explain
from zhirong.application.origins import detail
from zhirong.application.workings import SheetRecord
from zhirong.core.sources import AssumptionOrigin, Origin, ParameterOrigin

PARTS_SHOWN = 8


def working_blocks(view: View) -> tuple[Block, ...]:
    """The section of workings."""
    return (
        Heading(view.say("value.section.workings")),
        Prose(view.say("value.workings_intro")),
        Workings(tuple(_working(view, what) for what in indexed(view))),
        *(block for parts in counted_methods(view) for block in method_line_blocks(view, parts)),
    )


def _working(view: View, what: str) -> Working:
    title, sheet, line, place = _target(view, what)
    opened = explain(view.appraisal.sheets, _path(view, sheet, line, place), depth=1)
    is_group = place is not None
    formula = _weighted(view, what) if is_group else formula_words(view, opened.formula)
    parts = [part for part in opened.parts if not is_group or _counts(view, what, part)]
    return Working(
        index=view.index(what),
        title=title,
        result=view.wording.money(opened.value),
        formula=f"{title} = {formula}",
        inputs=(
            *(_part(view, part) for part in parts[:PARTS_SHOWN]),
            *_more(view, len(opened.parts) - len(parts[:PARTS_SHOWN]) + opened.omitted),
            Pair(
                view.say("value.open"),
                view.say(
                    "value.open_at",
                    sheet=f"method.{sheet}",
                    line=line_label(view, line),
                    command=f"{COMMAND} {opened.path}",
                ),
            ),
        ),
    )


def _target(view: View, what: str) -> tuple[str, str, str, int | None]:
    """Title, sheet, line and row of a figure that opens."""
    if what == PORTFOLIO:
        return view.say("value.result_label"), CONCLUSION, "portfolio", None
    if what == COLLATERAL:
        return view.say("value.caps"), "pledge", "value", None
    groups = [group.group for group in view.valuation.groups]
    row = groups.index(what)
    title = view.say("value.group_value", name=view.valuation.groups[row].name)
    return title, CONCLUSION, "value", row


def _path(view: View, sheet: str, line: str, row: int | None) -> str:
    if row is None:
        return f"{sheet}.{line}"
    places = _sheet(view, sheet).places("asset")
    label = places[row]
    is_plain = places.count(label) == 1 and not set(label) & set("[],")
    return f"{sheet}.{line}[{label if is_plain else row + 1}]"


def _sheet(view: View, name: str) -> SheetRecord:
    return next(sheet for sheet in view.appraisal.sheets if sheet.name == name)


def _part(view: View, part: Explanation) -> Pair:
    key = part.key
    label = view.say(f"input.{key}") if _is_input(view, key) else line_label(view, key)
    places = part.path.partition("[")[2].rstrip("]")
    shown = figure(view, part.value, part.unit, key)
    text = f"{shown} · {_place(view, places)}" if places else shown
    if part.origin is not None:
        text += " · " + _origin(view, part.origin)
    return Pair(label, text)


def _place(view: View, place: str) -> str:
    """A place along the rows: a kind of right by its name, others as they are."""
    return view.wording.kind(place) if view.wording.words.has(f"right.kind.{place}") else place


def _origin(view: View, origin: Origin) -> str:
    wording = view.wording
    if isinstance(origin, ParameterOrigin):
        tags = wording.say("value.by_rule", rule=wording.source_tags(origin.source))
        return wording.parameter(origin.path) + tags
    text = detail(origin, wording.words, wording.lang)
    mark = " " + wording.mark("assumption") if isinstance(origin, AssumptionOrigin) else ""
    return text + mark


def _is_input(view: View, key: str) -> bool:
    return ":" not in key and view.wording.words.has(f"input.{key}")


def _weights(view: View, what: str) -> dict[str, float]:
    """The weights of a group's methods."""
    return {part.method: part.weight for part in view.parts if part.group.group == what}


def _counts(view: View, what: str, part: Explanation) -> bool:
    """Whether a part of a group's value belongs to a method that counts."""
    return _weights(view, what).get(part.key.partition(":")[2], 0.0) > 0


def _weighted(view: View, what: str) -> str:
    """The conclusion of a group: its counting methods by their weights."""
    return " + ".join(
        view.say("value.weighted", method=f"method.{method}")
        for method, weight in _weights(view, what).items()
        if weight > 0
    )


def _more(view: View, left: int) -> tuple[Pair, ...]:
    return (Pair("", view.say("value.more_parts", count=left)),) if left else ()
