"""What another system's columns mean is data, and is checked like any other input."""

from pathlib import Path

import pytest

from desktop.domain.requests import PendingReason, RequestState
from desktop.exchange.mapping import Phase, mapping_from_text, phase_of, read_mapping
from desktop.exchange.problems import BadFile
from tests.exchange.exports import MAPPING

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "presets"


def codes(text: str) -> dict[str, str]:
    with pytest.raises(BadFile) as refusal:
        mapping_from_text(text, "bad.toml")
    return {one.where: one.code for one in refusal.value.problems}


def test_the_mapping_of_the_public_log_is_read() -> None:
    mapping = read_mapping(PRESETS / "uci498.mapping.toml")
    assert mapping.zone == "America/Sao_Paulo"
    assert mapping.requests.site == "front_unit"
    assert mapping.phases["waiting_supplier"] == Phase(
        RequestState.PENDING, PendingReason.THIRD_PARTY
    )
    assert mapping.phases["unknown"] == Phase(None)
    assert mapping.unknown == {"", "?"}


@pytest.mark.parametrize("text", ["pending", "active:customer", "pending:rain", "done"])
def test_a_phase_is_one_of_our_states_and_only_pending_has_a_reason(text: str) -> None:
    assert phase_of(text) is None


def test_every_problem_of_a_mapping_is_named() -> None:
    text = (
        MAPPING.replace('reference = "id"', "")
        .replace('wait = "pending:customer"', 'wait = "pending"')
        .replace("3 = 3", "3 = 9")
        .replace('unit = "team"', 'unit = "team"\nteam = "unit"')
    )
    assert codes(text) == {
        "requests": "missing",
        "phases.wait": "wrong_type",
        "priorities.3": "wrong_type",
        "events": "unknown_key",
    }


def test_a_mapping_without_phases_is_refused() -> None:
    assert codes(MAPPING.split("[phases]")[0]) == {"phases": "missing"}
