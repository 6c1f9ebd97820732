"""`zhirong plan run`: a plan through one scenario: accounts, tranches, obligors by date.

Exit codes: 0 run, 1 a tranche lost principal or interest, 2 wrong call, or a file with problems.
"""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap_plans
from zhirong.application.plans import cover, pool_tests
from zhirong.application.plans.records import BASE
from zhirong.application.plans.run_document import run_document
from zhirong.application.plans.scenario_run import run_scenario, scenario_of
from zhirong.cli.plan.calls import check_out, writing
from zhirong.cli.plan.tables import run_lines
from zhirong.parameters.reader import Parameters, catalog

EXIT_LOSS = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("plan", type=Path, help="cli.plan.option.plan")
    parser.add_argument("--scenario", default=BASE, metavar="S", help="cli.plan.option.scenario")
    parser.add_argument("--out", type=Path, default=None, help="cli.plan.option.out")


def run(options: argparse.Namespace) -> int:
    """Run the scenario, write its files, print the tranches."""
    check_out(options.out)
    parameters = Parameters()
    inputs = bootstrap_plans.read_plan(options.plan)
    pool_tests.check_rules(inputs, parameters)
    found = run_scenario(inputs, scenario_of(inputs, options.scenario))
    covers = cover.of_run(inputs, found)
    with writing(options.out):
        written = (
            bootstrap_plans.write_run(inputs, found, covers, out=options.out, lang=options.lang)
            if options.out
            else ()
        )
    if options.json:
        print(json.dumps(run_document(inputs, found, covers), ensure_ascii=False, indent=1))
    else:
        print("\n".join(run_lines(inputs, found, covers, words=catalog(), lang=options.lang)))
        for path in written:
            print(path)
    hurt = any(
        any(each.loss) or each.interest_short[-1]
        for key, each in found.run.tranches.items()
        if key != inputs.plan.tranches[-1].key
    )
    return EXIT_LOSS if hurt else 0
