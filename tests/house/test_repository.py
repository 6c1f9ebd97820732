"""The checkout as a stranger gets it: no private places, no hosts, licenses in order, no blobs."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.house.source_tree import CHECKOUT, SOURCE

BYTES_MAX = 5_000_000  # the fonts of all Chinese characters are the largest
OWN = Path(__file__).name
# Hosts of package indexes and their mirrors: which one pip asks is the machine's own affair.
HOSTS = re.compile(
    r"py"
    r"pi\.org|python"
    r"hosted\.org|registry\.npm"
    r"js|tuna\.tsing"
    r"hua|"
    r"mirrors?\.[a-z]+\.(com|cn|org)|index-u"
    r"rl\s*=?\s*http",
    re.IGNORECASE,
)
# Places and people of a workshop that a reader of the code has no part in.
WORKSHOP = re.compile(
    r"/wo"
    r"rk/|/ro"
    r"ot/|/ho"
    r"me/\w+/|\bChat"
    r"GPT\b|\bCla"
    r"ude\b|\bAnth"
    r"ropic\b|"
    r"\bCo"
    r"pilot\b|\bAI assis"
    r"tant\b|\bissue (#|no\.? ?)?\d+\b|\bthis ses"
    r"sion\b",
    re.IGNORECASE,
)
TEXTS = {".py", ".pyi", ".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".sh", ".typ", ".json", ""}


@cache
def files() -> tuple[Path, ...]:
    """The files of the repository; in an unpacked archive without git, all but what is ignored."""
    if (CHECKOUT / ".git").exists():
        command = ["git", "-c", "core.quotepath=off", "ls-files", "-z", "--cached"]
        listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
        paths = (CHECKOUT / name for name in listed.stdout.split("\0") if name)
        return tuple(path for path in paths if path.is_file())
    ignored = {".venv", "out", "__pycache__", "build", "dist"}
    return tuple(
        path
        for path in sorted(CHECKOUT.rglob("*"))
        if path.is_file() and not ignored & set(path.parts) and "cache" not in str(path)
    )


@cache
def texts() -> dict[str, str]:
    return {
        path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
        for path in files()
        if path.suffix in TEXTS and path.name != OWN and "examples/" not in path.as_posix()
    }


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {match[0]}" for name, t in texts().items() if (match := pattern.search(t))]


class TestRepository:
    def test_names_no_host_of_packages(self) -> None:
        assert len(texts()) > 300
        assert found(HOSTS) == []

    def test_names_no_place_or_person_of_a_workshop(self) -> None:
        assert found(WORKSHOP) == []

    def test_holds_no_large_file(self) -> None:
        large = [(f.name, f.stat().st_size) for f in files() if f.stat().st_size > BYTES_MAX]

        assert large == []

    def test_holds_nothing_that_was_built(self) -> None:
        built = re.compile(r"(^|/)(__pycache__|\.venv|out|build|dist|\.mypy_cache)/|\.py[co]$")

        assert [f for f in files() if built.search(f.relative_to(CHECKOUT).as_posix())] == []

    def test_holds_no_notes_of_an_unfinished_merge(self) -> None:
        assert found(re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE)) == []

    def test_keeps_scripts_that_stop_at_the_first_fault(self) -> None:
        scripts = {n: t for n, t in texts().items() if n.endswith(".sh") or n == ".ci/run"}

        assert scripts
        assert [name for name, text in scripts.items() if "set -e" not in text] == []


class TestLicenses:
    def test_of_the_whole_is_there(self) -> None:
        text = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")

        assert "Apache License" in text
        assert "Version 2.0" in text

    def test_of_fonts_stands_beside_them(self) -> None:
        folders = {
            font.parent for kind in ("ttf", "otf", "woff2") for font in SOURCE.rglob(f"*.{kind}")
        }

        assert folders
        for folder in folders:
            assert (
                "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8").upper()
            )

    @pytest.mark.parametrize("vendored", ["Noto Sans SC", "chinese_calendar", "MIT License"])
    def test_of_what_was_taken_over_are_in_the_notice(self, vendored: str) -> None:
        assert vendored in (CHECKOUT / "NOTICE").read_text(encoding="utf-8")

    def test_notice_names_files_that_are_there(self) -> None:
        text = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
        named = re.findall(r"(?:src|tools)/[\w./]+\w", text)

        assert named
        assert [path for path in named if not (CHECKOUT / path).exists()] == []


class TestLocks:
    @pytest.mark.parametrize("name", ["runtime.txt", "dev.txt", "tools.txt"])
    def test_pin_each_package_with_its_hash(self, name: str) -> None:
        text = (CHECKOUT / "requirements" / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
        pinned = [entry for entry in entries if "==" in entry]

        assert pinned
        assert [entry[:40] for entry in pinned if "--hash=sha256:" not in entry] == []


class TestModels:
    def test_come_with_card_coefficients_and_golden_rows(self) -> None:
        folders = [folder for folder in (SOURCE / "models").iterdir() if folder.is_dir()]

        assert folders
        for folder in folders:
            held = {path.name for path in folder.iterdir()}
            assert held >= {"card.md", "coefficients.json", "golden.csv"}, folder.name
