"""`zhirong serve`: the platform, its work and its sandboxes, started and ended together."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from zhirong.cli.ground_words import words
from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Language
from zhirong.platform import configuration
from zhirong.platform.configuration import Mode
from zhirong.platform.demonstration_list import listed, settlement
from zhirong.platform.work.supervisor import Child, free_port, is_free, supervise
from zhirong.platform.work.trial import TrialError, look

HOST, PORT, WORKERS, THREADS = "127.0.0.1", 8000, 1, 8
LANGUAGES: tuple[Language, ...] = ("zh", "en")
STATIC = Path(__file__).parent.parent / "platform" / "static"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never the default
# A new process of the web needs this long to be ready before the old one goes.
RESPAWN_SECONDS, WEB_GRACE_SECONDS = 15, 10


class PortTakenError(InputError):
    """The port is in use."""

    code = "error.port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use.", port=port)


class ModeMismatchError(InputError):
    """The environment says one mode and the command another."""

    code = "error.serve_mode"


class OpenDemonstrationError(InputError):
    """A demonstration, whose passwords everybody knows, would be reached from other machines."""

    code = "error.open_demonstration"


class PreparationError(InputError):
    """The database could not be brought up to date; the lines above say why."""

    code = "error.serve_preparation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    lang: Language = "en" if parser.get_default("lang") == "en" else "zh"

    def text(name: str) -> str:
        return words(f"cli.serve.{name}", lang)

    parser.add_argument("--host", default=HOST, help=text("host"))
    parser.add_argument("--port", type=int, default=PORT, help=text("port"))
    parser.add_argument("--workers", type=int, default=WORKERS, help=text("workers"))
    parser.add_argument("--threads", type=int, default=THREADS, help=text("threads"))
    parser.add_argument("--data", type=Path, help=text("data"))
    parser.add_argument("--demonstration", action="store_true", help=text("demonstration"))
    parser.add_argument("--examples", type=Path, help=text("examples"))
    parser.add_argument("--sandbox-control", action="store_true", help=text("sandbox_control"))
    parser.add_argument("--trial", action="store_true", help=text("trial"))


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, seed a demonstration, run until a signal.

    With `--trial`: run until the pages were looked at; 0 where all was good, else 1.

    Raises:
        ModeMismatchError: The environment says the other mode.
        OpenDemonstrationError: A demonstration for other machines that no setting names.
        SettingError: Production lacks a setting, or one cannot be read.
        PortTakenError: Something else listens there.
        PreparationError: The database could not be prepared.
    """
    lang: Language = "en" if options.lang == "en" else "zh"
    _set_mode(options)
    port = _port(options)
    _announce("cli.serve.preparing", {"folder": os.environ["ZHIRONG_DATA"]}, lang)
    host = HOST if options.host in EVERYWHERE else options.host
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    sandboxes: tuple[Child, ...] = ()
    if not options.demonstration:
        _manage("migrate", "--verbosity", "0")
    else:
        _manage("seed_demonstration", "--migrate")
        data = Path(os.environ["ZHIRONG_DATA"])
        sandboxes = _sandboxes(data, f"{address}clock/", has_control=options.sandbox_control)
    _announce("cli.serve.starting", {}, lang)
    when_ready = partial(_try_out, address) if options.trial else partial(_greet, address, options)
    return supervise(
        (*_children(options, port), *sandboxes),
        ready_url=f"{address}health/",
        say=partial(_announce, lang=lang),
        when_ready=when_ready,
    )


def _set_mode(options: argparse.Namespace) -> None:
    """Put mode and folder into the environment of all children, where nothing contradicts."""
    wanted = Mode.DEMONSTRATION if options.demonstration else Mode.PRODUCTION
    given = os.environ.get("ZHIRONG_MODE") or wanted.value
    if given != wanted.value:
        raise ModeMismatchError(f"ZHIRONG_MODE is {given}.", given=given)
    names = os.environ.get("ZHIRONG_HOSTS", "")
    if options.demonstration and options.host not in LOOPBACK and not names:
        raise OpenDemonstrationError("Name the hosts of the demonstration.", host=options.host)
    os.environ["ZHIRONG_MODE"] = wanted.value
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhirong.platform.settings"
    data = options.data or Path(os.environ.get("ZHIRONG_DATA") or "var")
    os.environ["ZHIRONG_DATA"] = str(data.resolve())
    if options.examples:
        os.environ["ZHIRONG_EXAMPLES"] = str(options.examples.resolve())
    configuration.check(os.environ, wanted)


def _port(options: argparse.Namespace) -> int:
    """The port asked for; a trial takes any where that one is in use.

    Raises:
        PortTakenError: Something else listens there.
    """
    if is_free(options.port, options.host):
        return int(options.port)
    if options.trial:
        return free_port()
    raise PortTakenError(options.port)


def _announce(code: str, facts: Mapping[str, Fact], lang: Language = "zh") -> None:
    _print((words(code, lang, **facts),))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"[zhirong] {line}", file=sys.stderr, flush=True)


def _greet(address: str, options: argparse.Namespace) -> None:
    """What a person needs to know, in both languages."""
    content = listed()
    facts: dict[str, Fact] = {
        "address": address,
        "folder": os.environ["ZHIRONG_DATA"],
        "names": " ".join(str(person["sign_in_name"]) for person in content["people"]),
        "password": str(content["password"]),
    }
    codes = ["ready", "people", "folder", "end"] if options.demonstration else ["ready", "end"]
    for lang in LANGUAGES:
        print(file=sys.stderr)
        _print(words(f"cli.serve.{code}", lang, **facts) for code in codes)
    print(file=sys.stderr, flush=True)


def _try_out(address: str) -> int:
    """Look at the pages and say in both languages what was good; the exit code."""
    content = listed()
    try:
        for code, facts in look(address, content, str(content["password"])):
            _print(" · ".join(words(code, lang, **facts) for lang in LANGUAGES).splitlines())
    except TrialError as wrong:
        seen = {name: str(fact) for name, fact in wrong.facts.items()}
        _print(words(wrong.code, lang, **seen) for lang in LANGUAGES)
        return 1
    _print(words("trial.done", lang) for lang in LANGUAGES)
    return 0


def _sandboxes(data: Path, clock: str, *, has_control: bool) -> tuple[Child, ...]:
    """The trial office and the trial bank on free ports; every child learns where they are."""
    office, rail = free_port(), free_port()
    os.environ.update(settlement())
    os.environ["ZHIRONG_OFFICE_URL"] = f"http://127.0.0.1:{office}"
    os.environ["ZHIRONG_RAIL_URL"] = f"http://127.0.0.1:{rail}"
    # The trial bank is the operator of e-CNY as well.
    os.environ["ZHIRONG_ECNY_URL"] = f"http://127.0.0.1:{rail}"
    begun = data / "sandboxes"
    shared = ("--clock-url", clock, *(("--control",) if has_control else ()))
    python = (sys.executable, "-m")
    return (
        Child(
            name="office",
            is_quiet=True,
            command=(
                *python, "zhirong.adapters.offices.sandbox", "--port", str(office),
                "--data", str(begun / "office"), "--register", str(begun / "register.json"),
                "--temper", "calm", *shared,
            ),
        ),
        Child(
            name="bank",
            is_quiet=True,
            command=(
                *python, "zhirong.adapters.rails.sandbox", "--port", str(rail),
                "--data", str(begun / "bank"), "--accounts", str(begun / "accounts.json"),
                *shared,
            ),
        ),
    )  # fmt: skip


def _manage(*arguments: str) -> None:
    command = (sys.executable, "-m", "zhirong.platform.manage", *arguments)
    if subprocess.run(command, check=False).returncode:
        raise PreparationError(f"{arguments[0]} failed.", command=arguments[0])


def _children(options: argparse.Namespace, port: int) -> Sequence[Child]:
    python = sys.executable
    manage = (python, "-m", "zhirong.platform.manage")
    web = (
        python, "-m", "granian", "--interface", "wsgi", "--host", options.host,
        "--port", str(port), "--workers", str(options.workers),
        "--blocking-threads", str(options.threads), "--no-ws", "--log-level", "error",
        "--respawn-failed-workers", "--respawn-interval", str(RESPAWN_SECONDS),
        "--workers-kill-timeout", str(WEB_GRACE_SECONDS),
        "--static-path-route", "/static", "--static-path-mount", str(STATIC),
        "zhirong.platform.wsgi:application",
    )  # fmt: skip
    anew = signal.SIGTERM
    return (
        Child(name="web", command=web, renewed_by=signal.SIGHUP),
        Child(name="relay", command=(*manage, "relay"), renewed_by=anew),
        Child(name="worker", command=(*manage, "worker"), renewed_by=anew),
        Child(name="poller", command=(*manage, "poll"), renewed_by=anew),
    )
