"""Fixtures that every test may ask for."""

import os
from pathlib import Path

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
