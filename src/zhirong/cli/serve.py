"""`zhirong serve`: the platform, its work and its sandboxes, started and ended together."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from zhirong.core.errors import InputError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog
from zhirong.platform.work.supervisor import Child, is_free, supervise

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
    if options.demonstration:
        _manage("seed_demonstration")
    address = f"http://127.0.0.1:{options.port}/"
    greeting = catalog("cli").text(Message("cli.serve.ready", {"address": address}), lang)
    return supervise(_children(options.port), ready_url=f"{address}health/", greeting=greeting)


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
    )
