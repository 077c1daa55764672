"""What an import would make is known before anything is written."""

from pathlib import Path

import pytest

from desktop.exchange.history_import import (
    BadRows,
    Names,
    journal_of,
    preview,
    require_importable,
)
from desktop.exchange.history_source import HistorySource
from desktop.exchange.house_file import house_from_text
from desktop.exchange.problems import BadFile
from tests.exchange.exports import EVENTS, HOUSE, small_house, small_mapping, written

UNITS = {"Desk": 1, "Registry": 2, "Keys": 3}
PEOPLE = {"Rade": 11, "Ada": 12, "Kim": 13}


def test_a_preview_counts_what_would_be_made(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    found = preview(
        written(tmp_path, packed=True),
        small_mapping(),
        small_house(),
        progress=lambda *told: seen.append(told),
    )
    assert (found.requests, found.events, found.bad_rows) == (3, len(EVENTS), 0)
    assert found.units == ("Desk", "Keys", "Registry")
    assert found.people == ("Ada", "Kim", "Rade")
    assert found.first_at is not None
    assert found.last_at is not None
    assert found.first_at.isoformat() == "2016-05-02T07:00:00+00:00"
    assert found.last_at.isoformat() == "2016-05-08T10:00:00+00:00"


def test_a_unit_the_house_has_no_rule_for_is_named_once(tmp_path: Path) -> None:
    text = HOUSE.replace('[unknown_units]\nside = "back"\ncalendar = "Office"\n', "")
    house = house_from_text(text.replace('back = "*"', 'back = "*"'), "strict.toml")
    found = preview(written(tmp_path), small_mapping(), house)
    assert [(one.code, one.line) for one in found.problems] == [
        ("no_unit_rule", 3),
        ("no_unit_rule", 15),
    ]
    with pytest.raises(BadFile):
        require_importable(found, BadRows.SKIP)


def test_an_entry_carries_only_what_its_row_changed(tmp_path: Path) -> None:
    request = next(iter(HistorySource(written(tmp_path), small_mapping())))
    journal = journal_of(request, Names(UNITS, PEOPLE))
    assert [(one.kind.value, one.changes) for one in journal] == [
        ("raised", {"state": "new", "unit": 1, "priority": 3}),
        ("updated", {}),
        (
            "handed_over",
            {"unit": 2, "from_unit": 1, "state": "active", "assignee": 11},
        ),
        ("held", {"state": "pending", "pending": "customer"}),
        ("resumed", {"state": "active", "pending": None, "priority": 2}),
        ("resolved", {"state": "resolved"}),
        ("updated", {"state": "resolved"}),
        ("confirmed", {"state": "closed"}),
    ]
    assert journal[-1].details == {"by": "job"}


def test_a_request_resolved_twice_was_reopened_in_between(tmp_path: Path) -> None:
    source = HistorySource(written(tmp_path), small_mapping())
    second = list(source)[1]
    kinds = [one.kind.value for one in journal_of(second, Names(UNITS, PEOPLE))]
    assert kinds == [
        "raised",
        "assigned",
        "handed_over",
        "handed_over",
        "resolved",
        "reopened",
        "resolved",
    ]
