"""Preferences: JSON values that survive, and nonsense that does no harm."""

from pathlib import Path

import pytest

from ui.preferences import Preferences


@pytest.mark.parametrize(
    "value", [True, 0, 1.5, 'ნინო = "ђ"; [x]\n', [1, [2]], {"a": None}, None]
)
def test_a_value_survives_a_restart(value: object, tmp_path: Path, qapp) -> None:
    path = tmp_path / "deep" / "window.ini"
    first = Preferences(path)
    first.set_value("queue.columns", value)
    first.save()
    assert Preferences(path).value("queue.columns", "lost") == value


def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, qapp) -> None:
    path = tmp_path / "window.ini"
    path.write_text("[General]\nwindow.page={broken\n", encoding="utf-8")
    assert Preferences(path).value("window.page", "counter") == "counter"
