"""One key does one thing: two acts on one would do neither."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from ui.counter.spec import PAGES as COUNTER
from ui.queue.page import PAGES as QUEUE
from ui.request.page import PAGES as REQUEST

EVERYWHERE = "everywhere"


@pytest.fixture
def program(program):
    """Give the program with the pages of the desk."""
    pages = [*COUNTER, *QUEUE, *REQUEST]
    program.features = replace(program.features, pages=lambda: pages)
    return program


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("Jelena Marić", ("counter", "requests", "request")),
        ("Dušan Kovač", ("queue", "requests", "request")),
    ],
)
def test_no_page_has_two_acts_on_one_key(small_house, seat, window, name, pages):
    request_id = small_house.raised()
    seat(name)
    window.show()
    for page in pages:
        window.navigate(
            page, **({"request_id": request_id} if page == "request" else {})
        )
    acts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for action in window.actions_known.all():
        if action.shortcut:
            groups = pages if action.group == EVERYWHERE else (action.group,)
            for group in groups:
                acts[group, action.shortcut].append(action.id)
    assert len(acts) > 20
    assert {key: ids for key, ids in acts.items() if len(ids) > 1} == {}
