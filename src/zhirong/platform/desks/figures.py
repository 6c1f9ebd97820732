"""The charts that a page draws itself: their words, their picture, and the table behind them."""

from base64 import b64encode
from dataclasses import dataclass

from zhirong.bootstrap_pages import (
    CaseLineChart,
    CaseStep,
    LoanToValueChart,
    RatioLine,
    RatioPoint,
    case_line_svg,
    loan_to_value_svg,
)
from zhirong.core.messages import format_fact
from zhirong.platform.lending.loan_to_value import LoanToValue, LoanToValueLine
from zhirong.platform.matters.selectors import MatterHead, Step
from zhirong.platform.words import language, say

NARROW = 280.0  # points, on a phone of 375 pixels
PICTURE = "data:image/svg+xml;base64,"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigure:
    """A picture that travels in its page, with the words that stand for it.

    Attributes:
        title: Says the finding.
        alt: What it shows, for those who do not see it.
        picture: The SVG as an address of its own.
        narrow: The same drawn for a phone.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    picture: str
    narrow: str


def case_figure(matter: MatterHead, way: tuple[Step, ...]) -> PageFigure | None:
    """The time line from the application on; None before it: nothing is counted yet."""
    steps = tuple(_case_steps(matter, way))
    if not steps:
        return None
    chart = CaseLineChart(
        steps=steps,
        target=matter.target,
        target_text=say("case_line.target", {"target": matter.target}),
        axis_text=say("case_line.axis"),
    )
    told = [
        say("case_line.alt_step", {"actor": step.actor, "days": step.end, "step": step.label})
        for step in steps
    ]
    return PageFigure(
        title=_case_title(matter, way),
        subtitle=say("case_line.subtitle"),
        source=say("case_line.source"),
        alt=say("case_line.alt", {"steps": "".join(told)}),
        picture=_address(case_line_svg(chart)),
        narrow=_address(case_line_svg(chart, width=NARROW)),
    )


def _listed(parts: list[str]) -> str:
    return format_fact(tuple(parts), "", language())


def _case_title(matter: MatterHead, way: tuple[Step, ...]) -> str:
    if matter.paid_on is not None:
        return say("case_line.title_paid", {"days": matter.days, "target": matter.target})
    here = next((step for step in way if step.state in {"here", "stopped"}), way[-1])
    code = "case_line.title_ended" if matter.is_ended else "case_line.title_open"
    shown = f"stage.{matter.stage}" if matter.is_ended else f"step.{here.stage}"
    return say(code, {"days": matter.days, "step": shown})


def _case_steps(matter: MatterHead, way: tuple[Step, ...]) -> list[CaseStep]:
    """One entry an actor and day: what one person did in a row on one day is said together."""
    found: list[CaseStep] = []
    before = 0
    for step in way:
        if step.days is None:
            continue
        is_open = step.state == "here"
        actor = step.who or say(f"steps.by.{step.stage}")
        label = say(f"stage.{matter.stage}" if step.state == "stopped" else f"step.{step.stage}")
        last = found[-1] if found else None
        if last and last.actor == actor and last.end == step.days and not is_open:
            joined = _listed([last.label, label])
            found[-1] = CaseStep(actor=actor, label=joined, start=last.start, end=last.end)
        else:
            found.append(
                CaseStep(actor=actor, label=label, start=before, end=step.days, is_open=is_open)
            )
        before = step.days
    return found


def loan_to_value_figure(course: LoanToValue) -> PageFigure:
    """Loan to value over time, with its caps."""
    last = course.lines[-1]
    facts = {"ratio": last.ratio, "cap": course.cap, "approved": course.approved}
    state = "within" if last.ratio <= course.cap else "above"
    if last.ratio > course.approved:
        state = "worse"
    chart = LoanToValueChart(
        points=tuple(_ratio_point(line) for line in course.lines),
        lines=(
            RatioLine(ratio=course.cap, text=say("loan_to_value.cap", facts), is_cap=True),
            RatioLine(
                ratio=course.approved, text=say("loan_to_value.approved", facts), is_cap=False
            ),
        ),
    )
    points = [
        say("loan_to_value.alt_point", {"day": line.on, "ratio": line.ratio})
        for line in course.lines
    ]
    return PageFigure(
        title=say(f"loan_to_value.title_{state}", facts),
        subtitle=say("loan_to_value.subtitle", {"day": last.on}),
        source=say("loan_to_value.source"),
        alt=say("loan_to_value.alt", {"points": "".join(points)}),
        picture=_address(loan_to_value_svg(chart)),
        narrow=_address(loan_to_value_svg(chart, width=NARROW)),
    )


def _ratio_point(line: LoanToValueLine) -> RatioPoint:
    return RatioPoint(
        on=line.on, ratio=line.ratio, text=format_fact(line.ratio, "percent", language())
    )


def _address(svg: bytes) -> str:
    return PICTURE + b64encode(svg).decode()
