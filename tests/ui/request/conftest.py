"""The pages of requests, and the queue they are opened from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ui.queue.page import PAGES as QUEUE
from ui.request.page import PAGES as REQUEST


@pytest.fixture
def program(program):
    """Give the program with the queue and the pages of requests."""
    program.features = replace(program.features, pages=lambda: [*QUEUE, *REQUEST])
    return program
