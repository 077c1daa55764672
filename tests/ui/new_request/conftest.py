"""The clerk's window of the counter's tests, for the page of new requests."""

from tests.ui.counter.conftest import sit_down

__all__ = ["sit_down"]
