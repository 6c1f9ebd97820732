"""Fixtures that every test may ask for."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same examples on every run, so that a red test is red for everybody; to look further, set
# ZHIRONG_EXPLORE to a number of examples.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile(
    "explore", max_examples=int(os.environ.get("ZHIRONG_EXPLORE", "100")), deadline=None
)
settings.load_profile("explore" if "ZHIRONG_EXPLORE" in os.environ else "steady")

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_DATA = CHECKOUT.parent / "shared" / "data"


# Begun first, so that two workers end together; the rest are short and fill what is left.
LONGEST_FIRST = (
    "tests/platform_proof/test_crash_walk.py",
    "tests/platform_proof/test_long_loan.py",
    "tests/unit/platform/security/test_permissions.py",
    "tests/browser/test_journey.py",
    "tests/browser/test_reading_aloud.py",
    "tests/browser/test_other_ways.py",
    "tests/unit/platform/api/test_fuzz.py",
    "tests/platform_proof/test_loan_machine.py",
    "tests/platform_proof/test_other_ways.py",
    "tests/processes",
    "tests/unit/platform/whole",
    "tests/platform_proof",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first, in the order of the list, all others as they were."""
    items.sort(key=lambda item: place_of(item.nodeid))


def place_of(node: str) -> int:
    """Where a test's file stands in the list; behind it where it does not."""
    found = (place for place, name in enumerate(LONGEST_FIRST) if node.startswith(name))
    return next(found, len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data beside the checkout; without it the check says so and stands by."""
    if not SHARED_DATA.is_dir():
        pytest.skip("The public data folder is not beside this checkout: this check did not run.")
    return SHARED_DATA


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def spark_context() -> Iterator[Any]:
    """Two workers of Spark on this machine, reached by nobody else; without Spark it says so."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("Spark or Java is not here (make cluster brings both): this check did not run.")
    pyspark = import_module("pyspark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.executorEnv.PYTHONPATH": f"{CHECKOUT}{os.pathsep}{CHECKOUT / 'src'}",
        "spark.pyspark.python": sys.executable,
    }
    conf = pyspark.SparkConf().setMaster("local-cluster[2,1,640]").setAppName("blocks")
    for key, value in settings.items():
        conf = conf.set(key, value)
    made = pyspark.SparkContext(conf=conf)
    yield made
    made.stop()
