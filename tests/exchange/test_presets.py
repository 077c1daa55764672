"""The presets are complete, and the right one is found by an export's columns."""

from pathlib import Path

import pytest

from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.presets import (
    fitting_preset,
    preset_house,
    preset_mapping,
    preset_mappings,
)
from desktop.exchange.problems import BadFile
from tests.exchange.exports import written


def test_every_mapping_comes_with_a_house() -> None:
    assert preset_mappings() == ("uci498",)
    for name in preset_mappings():
        assert preset_mapping(name).name == name
        assert preset_house(name).units


def test_the_export_of_the_public_log_is_recognised(shared_data: Path) -> None:
    folder = shared_data / "uci498"
    export = HistoryFiles(folder / "requests.csv.gz", folder / "events.csv.gz")
    assert fitting_preset(export) == "uci498"


def test_an_export_with_other_columns_fits_none(tmp_path: Path) -> None:
    assert fitting_preset(written(tmp_path)) is None


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        fitting_preset(HistoryFiles(tmp_path / "a.csv", tmp_path / "b.csv"))


def test_a_preset_nobody_made_is_refused() -> None:
    with pytest.raises(BadFile):
        preset_house("../nothing")
