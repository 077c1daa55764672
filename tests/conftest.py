"""What every test shares: an offscreen Qt, a fixed now, the real data."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test reads or writes the passwords of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.fixtures_store", "tests.fixtures_demo", "tests.small_house"]

ROOT = Path(__file__).resolve().parent.parent

# Two busy cores make any deadline a coin toss; pytest-timeout guards against hanging.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later look for garbage: a tenth is saved."""
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Look for garbage here and never in a thread: Qt's objects must die in this one.

    The window does so, too (`ui.collector`).
    """
    if gc.get_count()[0] > MANY:
        _looks.append(None)
        gc.collect(2 if len(_looks) % 10 == 0 else 1)


MANY = 50_000
_looks: list[None] = []


@pytest.fixture
def now() -> datetime:
    """Give the instant tests happen at: Monday 16 May 2016, 08:00 UTC."""
    return datetime(2016, 5, 16, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real logs beside the project, or skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real logs (../shared/data) are not on this machine")
    return folder
