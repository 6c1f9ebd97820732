"""`python -m zhirong.adapters.offices.sandbox`: the office as a child process.

It prints one line of JSON with its port and serves until it is ended. Killed at any point, it
goes on from its file.
"""

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zhirong.adapters.offices.sandbox.app import SandboxApp
from zhirong.adapters.offices.sandbox.office import open_office
from zhirong.adapters.offices.sandbox.seeding import seed
from zhirong.adapters.offices.sandbox.server import PlatformClock, follow_clock, server
from zhirong.adapters.offices.sandbox.temper import temper
from zhirong.parameters.reader import load_yaml

# Tempers are published from this day on; which one is chosen does not move with the clock.
_TEMPERS_ON = date(2026, 1, 1)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zhirong.adapters.offices.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, required=True, help="folder of the office's file")
    parser.add_argument("--seed", type=int, default=1, help="of delays and mishaps")
    parser.add_argument("--temper", choices=("calm", "lively"), default="lively")
    parser.add_argument("--clock-url", default="", help="answers with the day")
    parser.add_argument("--register", type=Path, help="YAML or JSON of rights, pledges, events")
    parser.add_argument("--control", action="store_true", help="levers under /control/")
    parser.add_argument("--poll-seconds", type=float, default=1.0)
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Serve until interrupted."""
    asked = _arguments(given)
    office = open_office(
        asked.data,
        today=PlatformClock(asked.clock_url).today,
        behavior=temper(asked.temper, seed=asked.seed, on=_TEMPERS_ON),
    )
    if asked.register is not None:
        seed(office.store, load_yaml(asked.register.read_bytes()))
    app, closing = SandboxApp(office=office, has_control=asked.control), threading.Event()
    follower = threading.Thread(
        target=follow_clock,
        args=(app,),
        kwargs={"every_seconds": asked.poll_seconds, "closing": closing},
        daemon=True,
    )
    with server(app, asked.port) as serving:
        sys.stdout.write(json.dumps({"port": serving.server_port}) + "\n")
        sys.stdout.flush()
        follower.start()
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            closing.set()
    office.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
