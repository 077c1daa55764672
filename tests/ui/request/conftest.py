"""The pages of requests, and the queue they are opened from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ui.new_request.spec import PAGES as NEW
from ui.queue.page import PAGES as QUEUE
from ui.request.page import PAGES as REQUEST


@pytest.fixture
def program(program):
    """Give the program with the queue, the pages of requests and of a new one."""
    program.features = replace(program.features, pages=lambda: [*QUEUE, *REQUEST, *NEW])
    return program
