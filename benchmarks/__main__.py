"""`python -m benchmarks [name ...]`: run the benchmarks and print what they measure."""

import importlib
import sys
from collections.abc import Sequence

from benchmarks.measuring import machine

NAMES = (
    "simulation",
    "examples",
    "startup",
    "columns",
    "shapley",
    "workbook",
    "waterfall",
    "securities",
    "rare_losses",
)


def main(names: Sequence[str]) -> int:
    """Print the chosen benchmarks; exit code 2 for a name that is none."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    print(machine())
    for name in names or NAMES:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}")
        for measure in module.run():
            target = f"  (target {measure.target})" if measure.target else ""
            print(f"  {measure.what:<64} {measure.figure:>14}{target}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
