"""`python -m zhirong.adapters.rails.sandbox`: bank and e-CNY operator as a child process.

It prints one line of JSON with its port and serves until it is ended. Killed at any point, it
goes on from its file.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from zhirong.adapters.offices.sandbox.server import LOOPBACK, PlatformClock
from zhirong.adapters.rails.sandbox import temper
from zhirong.adapters.rails.sandbox.app import RailsApp, put_accounts
from zhirong.adapters.rails.sandbox.counterparty import open_counterparty
from zhirong.parameters.reader import Parameters, load_yaml

# Tempers are published from before this day; which one is chosen does not move with the clock.
_TEMPERS_ON = date(2026, 1, 1)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """No line of log for each request."""
        del format, args


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zhirong.adapters.rails.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, required=True, help="folder of the sandbox's file")
    parser.add_argument("--seed", type=int, default=1, help="of delays and mishaps")
    parser.add_argument("--temper", choices=("calm", "lively"), default="calm")
    parser.add_argument("--clock-url", default="", help="answers with the day")
    parser.add_argument("--accounts", type=Path, help="YAML or JSON list of accounts and wallets")
    parser.add_argument("--control", action="store_true", help="levers under /control/")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Serve until interrupted."""
    asked = _arguments(given)
    behavior = temper.named(asked.temper, seed=asked.seed, on=_TEMPERS_ON, parameters=Parameters())
    counterparty = open_counterparty(
        asked.data, today=PlatformClock(asked.clock_url).today, temper=behavior
    )
    if asked.accounts is not None:
        put_accounts(counterparty, load_yaml(asked.accounts.read_bytes()))
    app = RailsApp(counterparty=counterparty, has_control=asked.control)
    with make_server(
        LOOPBACK, asked.port, app, server_class=_Server, handler_class=_Handler
    ) as serving:
        sys.stdout.write(json.dumps({"port": serving.server_port}) + "\n")
        sys.stdout.flush()
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            counterparty.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
