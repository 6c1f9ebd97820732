"""The model card: a text with the figures of coefficients.json set in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).parent / "card_template.md"
NORMAL_95 = 1.959964

Rows = Sequence[Mapping[str, Any]]


def written(document: Mapping[str, Any]) -> str:
    """The card of a fitted model."""
    judged, fits = document["judged"], document["fits"]
    slots = {
        "before": _population(fits["before_split"]),
        "shipped": _population(fits["shipped"]),
        "lag": f"{document['shape']['announcement_lag_years']:.2f}",
        "sha": document["data_sha256"],
        "from_publication": table(judged["from_publication"]),
        "as_the_baseline": table(judged["as_the_baseline"]),
        "domestic_from_publication": table(judged["domestic_from_publication"]),
        "domestic_as_used": table(judged["domestic_as_used"]),
        "as_used": table(judged["as_used"]),
        "from_grant": table(judged["from_grant"]),
        "calibration_10": _calibration(judged["calibration"]["10"]),
        "calibration_15": _calibration(judged["calibration"]["15"]),
        "coefficients": _coefficients(fits),
        **{key: str(value) for key, value in document["dropped"].items()},
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in slots.items():
        text = text.replace("{" + name + "}", value)
    return text


def table(rows: Rows) -> str:
    """Figures by age, as a table."""
    heads = (
        "age",
        "rights",
        "alive",
        "predicted",
        "AUC",
        "SE (Hanley-McNeil)",
        "SE (DeLong)",
        "Brier",
        "base: earlier share",
        "base: own share",
        "gain on earlier share (95 %)",
    )
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [
        f"| {r['age']} | {r['rights']} | {r['alive']:.3f} | {r['predicted']:.3f} "
        f"| {r['auc']:.3f} | {r['auc_se']:.3f} | {r['auc_se_delong']:.3f} | {r['brier']:.3f} "
        f"| {r['brier_earlier_share']:.3f} | {r['brier_own_share']:.3f} "
        f"| {r['brier_gain']:+.3f} ({r['brier_gain_low']:+.3f} to {r['brier_gain_high']:+.3f}) |"
        for r in rows
    ]
    return "\n".join(lines)


def _calibration(rows: Rows) -> str:
    lines = ["| tenth | rights | predicted | observed (95 %) | inside |", "|---|---|---|---|---|"]
    lines += [
        f"| {n} | {r['rights']} | {r['predicted']:.3f} "
        f"| {r['observed']:.3f} ({r['low']:.3f} to {r['high']:.3f}) "
        f"| {'yes' if r['low'] <= r['predicted'] <= r['high'] else 'no'} |"
        for n, r in enumerate(rows, start=1)
    ]
    return "\n".join(lines)


def _coefficients(fits: Mapping[str, Any]) -> str:
    shipped, before = fits["shipped"], fits["before_split"]
    lines = ["| term | shipped (95 %) | before the split (95 %) | mean |", "|---|---|---|---|"]
    for name in shipped["coefficients"]:
        mean = shipped["reference"].get(name)
        cell = "" if mean is None else f"{mean:.3f}"
        lines.append(
            f"| {name} | {_interval(shipped, name)} | {_interval(before, name)} | {cell} |"
        )
    return "\n".join(lines)


def _interval(fit: Mapping[str, Any], name: str) -> str:
    value, half = fit["coefficients"][name], NORMAL_95 * fit["standard_errors"][name]
    return f"{value:+.3f} ({value - half:+.3f} to {value + half:+.3f})"


def _population(fit: Mapping[str, Any]) -> str:
    return (
        f"{fit['rights']:,} rights filed {fit['filed_from']} to {fit['filed_to']}, "
        f"{fit['fees_due']:,} fees due, {fit['fees_not_paid']:,} not paid"
    )
