"""The sandbox as a child process: started, paid through, killed, started again."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
import pytest

from tests.payments import DAY, FIRM, LENDER, order
from tests.rail_worlds import account, rail_of
from zhirong.adapters.rails.sandbox import __main__ as program
from zhirong.ledger.rails import OrderState


def tell_day(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    del environ
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"today": DAY.isoformat()}).encode()]


@pytest.fixture
def clock_url() -> Iterator[str]:
    with make_server("127.0.0.1", 0, tell_day, handler_class=program._Handler) as clock:
        thread = threading.Thread(target=clock.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{clock.server_port}/clock"
        clock.shutdown()
        thread.join()


@contextmanager
def child(*arguments: str) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "zhirong.adapters.rails.sandbox", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as line:
                yield line
        finally:
            process.kill()


class TestSandbox:
    def test_goes_on_from_its_file_when_it_was_killed(self, tmp_path: Path, clock_url: str) -> None:
        accounts = tmp_path / "accounts.json"
        rows = [account("bank", LENDER), account("bank", FIRM)]
        accounts.write_text(json.dumps(rows), encoding="utf-8")
        arguments = ("--data", str(tmp_path), "--seed", "3", "--clock-url", clock_url)
        with child(*arguments, "--accounts", str(accounts)) as line:
            sent = rail_of("bank", line).send(order("A"))

        with child(*arguments) as line:
            again = rail_of("bank", line)

            assert sent.state is OrderState.PAID
            assert again.send(order("A")) == sent
            assert len(again.entries(after=0)) == 1
