"""`zhirong serve`: the platform, its work and its sandboxes, started and ended together."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from zhirong.core.errors import InputError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog
from zhirong.platform.demonstration_list import settlement
from zhirong.platform.work.supervisor import Child, free_port, is_free, supervise

PORT = 8000
STATIC = Path(__file__).parent.parent / "platform" / "static"


class PortTakenError(InputError):
    """The port is in use."""

    code = "error.port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use.", port=port)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    words = catalog("cli")
    language: Language = "en" if parser.get_default("lang") == "en" else "zh"

    def text(name: str) -> str:
        return words.label(f"cli.serve.{name}", language)

    parser.add_argument("--port", type=int, default=PORT, help=text("port"))
    parser.add_argument("--data", type=Path, default=Path("var"), help=text("data"))
    parser.add_argument("--demonstration", action="store_true", help=text("demonstration"))
    parser.add_argument("--examples", type=Path, help=text("examples"))
    parser.add_argument("--sandbox-control", action="store_true", help=text("sandbox_control"))


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, seed a demonstration, run until a signal.

    Raises:
        PortTakenError: Something else listens there.
    """
    if not is_free(options.port):
        raise PortTakenError(options.port)
    lang: Language = "en" if options.lang == "en" else "zh"
    os.environ["ZHIRONG_DATA"] = str(options.data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhirong.platform.settings"
    if options.demonstration:
        os.environ["ZHIRONG_MODE"] = "demonstration"
    if options.examples:
        os.environ["ZHIRONG_EXAMPLES"] = str(options.examples.resolve())
    _manage("migrate", "--verbosity", "0")
    address = f"http://127.0.0.1:{options.port}/"
    sandboxes: tuple[Child, ...] = ()
    if options.demonstration:
        _manage("seed_demonstration")
        sandboxes = _sandboxes(
            options.data.resolve(), f"{address}clock/", has_control=options.sandbox_control
        )
    greeting = catalog("cli").text(Message("cli.serve.ready", {"address": address}), lang)
    children = (*_children(options.port), *sandboxes)
    return supervise(children, ready_url=f"{address}health/", greeting=greeting)


def _sandboxes(data: Path, clock: str, *, has_control: bool) -> tuple[Child, ...]:
    """The trial office and the trial bank on free ports; every child learns where they are."""
    office, rail = free_port(), free_port()
    os.environ.update(settlement())
    os.environ["ZHIRONG_OFFICE_URL"] = f"http://127.0.0.1:{office}"
    os.environ["ZHIRONG_RAIL_URL"] = f"http://127.0.0.1:{rail}"
    begun = data / "sandboxes"
    shared = ("--clock-url", clock, *(("--control",) if has_control else ()))
    python = (sys.executable, "-m")
    return (
        Child(
            name="office",
            command=(
                *python, "zhirong.adapters.offices.sandbox", "--port", str(office),
                "--data", str(begun / "office"), "--register", str(begun / "register.json"),
                "--temper", "calm", *shared,
            ),
        ),
        Child(
            name="bank",
            command=(
                *python, "zhirong.adapters.rails.sandbox", "--port", str(rail),
                "--data", str(begun / "bank"), "--accounts", str(begun / "accounts.json"),
                *shared,
            ),
        ),
    )  # fmt: skip


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "zhirong.platform.manage", *arguments], check=True)


def _children(port: int) -> tuple[Child, ...]:
    python = sys.executable
    manage = (python, "-m", "zhirong.platform.manage")
    web = (
        python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "8", "--no-ws",
        "--static-path-route", "/static", "--static-path-mount", str(STATIC),
        "zhirong.platform.wsgi:application",
    )  # fmt: skip
    return (
        Child(name="web", command=web),
        Child(name="relay", command=(*manage, "relay")),
        Child(name="worker", command=(*manage, "worker")),
        Child(name="poller", command=(*manage, "poll")),
    )
