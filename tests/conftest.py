"""Fixtures that every test may ask for."""

from pathlib import Path

import pytest

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
