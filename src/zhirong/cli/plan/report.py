"""`zhirong plan report`: servicer report, distribution report and live workbook of a payment date.

Exit codes: 0 written, 1 a tranche is short of interest, 2 wrong call, or a file with problems.
"""

import argparse
import json
from datetime import date
from pathlib import Path

from zhirong import bootstrap_plan_papers, bootstrap_plans
from zhirong.application.plans import pool_tests
from zhirong.application.plans.payment_report import PaymentReport, payment_report
from zhirong.application.plans.records import BASE
from zhirong.application.plans.run_document import run_document
from zhirong.application.plans.scenario_run import run_scenario, scenario_of
from zhirong.cli.plan.calls import check_out, writing
from zhirong.parameters.reader import Parameters

EXIT_SHORT = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("plan", type=Path, help="cli.plan.option.plan")
    parser.add_argument(
        "--date", type=date.fromisoformat, required=True, metavar="D", help="cli.plan.option.date"
    )
    parser.add_argument("--scenario", default=BASE, metavar="S", help="cli.plan.option.scenario")
    parser.add_argument("--out", type=Path, required=True, help="cli.plan.option.out")


def run(options: argparse.Namespace) -> int:
    """Write the papers of the date, in both languages."""
    check_out(options.out)
    parameters = Parameters()
    inputs = bootstrap_plans.read_plan(options.plan)
    pool_tests.check_rules(inputs, parameters)
    found = run_scenario(inputs, scenario_of(inputs, options.scenario))
    report = payment_report(inputs, found, options.date, parameters)
    papers = bootstrap_plan_papers.payment_papers(report, lang=options.lang)
    with writing(options.out):
        written = bootstrap_plan_papers.write_papers(papers, options.out)
    if options.json:
        document = run_document(inputs, found, (report.cover,))
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for path in written:
            print(path)
    return EXIT_SHORT if _is_short(report) else 0


def _is_short(report: PaymentReport) -> bool:
    return any(report.after("interest_short", each.key) for each in report.inputs.plan.tranches)
