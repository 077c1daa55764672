"""The mappings and houses the program brings with it, for exports it knows."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from desktop.domain.house import House
from desktop.exchange.csv_rows import CsvRows
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.house_file import house_from_text
from desktop.exchange.mapping import HistoryMapping, mapping_from_text
from desktop.exchange.problems import BadFile, Problem

_MAPPING: Final = ".mapping.toml"
_HOUSE: Final = ".house.toml"


def preset_mappings() -> tuple[str, ...]:
    """Return the names of the mappings there are."""
    return _named(_MAPPING)


def preset_houses() -> tuple[str, ...]:
    """Return the names of the houses there are."""
    return _named(_HOUSE)


def _named(ending: str) -> tuple[str, ...]:
    found = (one.name for one in files("resources").joinpath("presets").iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in found if ending in name))


def preset_mapping(name: str) -> HistoryMapping:
    """Return the mapping of this name; raises ``BadFile`` where there is none."""
    return mapping_from_text(_text(name + _MAPPING), name + _MAPPING)


def preset_house(name: str) -> House:
    """Return the house of this name; raises ``BadFile`` where there is none."""
    return house_from_text(_text(name + _HOUSE), name + _HOUSE)


def fitting_preset(export: HistoryFiles) -> str | None:
    """Return the name of the mapping whose columns an export has, None without one.

    Raises ``BadFile`` when a file cannot be read at all.
    """
    for name in preset_mappings():
        mapping = preset_mapping(name)
        try:
            for path, columns in (
                (export.requests, mapping.requests.columns()),
                (export.events, mapping.events.columns()),
            ):
                next(iter(CsvRows(path, columns, _ignore)), None)
        except BadFile as refused:
            if any(one.code != "no_column" for one in refused.problems):
                raise
        else:
            return name
    return None


def _ignore(_problem: Problem) -> None:
    """Leave what is wrong with single rows to the reading itself."""


def _text(name: str) -> str:
    path = files("resources").joinpath("presets", name)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as refused:
        raise BadFile([Problem(name, "not_found")]) from refused
