"""Appraise the shipped examples and print what came out: the work of `make demo`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from zhirong.cli.main import main

CHECKOUT = Path(__file__).resolve().parent.parent
VALUATION_DATE = "2026-06-30"
# The planned loans of the examples run for one year.
DEBT_TERM_END = "2027-06-30"
EXAMPLES = ("five-firms", "water-purifier")


def run(arguments: Sequence[str] | None = None) -> int:
    """Appraise each example into its own folder; the highest exit code of all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="zh")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "out")
    options = parser.parse_args(arguments)
    codes = []
    for name in EXAMPLES:
        print(f"\n{name}", flush=True)
        command = ["appraise", str(CHECKOUT / "examples" / name), "--purpose", "pledge"]
        command += ["--valuation-date", VALUATION_DATE, "--debt-term-end", DEBT_TERM_END]
        command += ["--lang", options.lang, "--out", str(options.out / name)]
        codes.append(main(command))
    return max(codes)


if __name__ == "__main__":
    sys.exit(run())
