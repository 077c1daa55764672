"""What ARCHITECTURE.md names is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
LAYERS = "domain|entities|store|use_cases|queries|reports|exchange"
NAMES = sorted(set(re.findall(rf"`((?:desktop|ui|{LAYERS})(?:\.\w+)+)[`(]", PAGE)))
PATHS = sorted(set(re.findall(r"`((?:desktop|ui|tests|resources)/[\w/.]*)`", PAGE)))


def is_there(name: str) -> bool:
    """Tell whether a dotted name is a module, or something a module defines."""
    place = ROOT if name.startswith(("desktop.", "ui.")) else ROOT / "desktop"
    module, *wanted = name.split(".")
    place /= module
    while wanted and place.is_dir():
        place /= wanted.pop(0)
    if place.is_dir():
        return True
    file = place.with_suffix(".py")
    if not file.is_file():
        return False
    defined = {
        getattr(one, "name", None)
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    }
    return set(wanted) <= defined


@pytest.mark.parametrize("name", NAMES)
def test_every_dotted_name_in_the_description_is_there(name: str) -> None:
    assert is_there(name)


@pytest.mark.parametrize("path", PATHS)
def test_every_path_in_the_description_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_what_is_gone_is_noticed() -> None:
    assert not is_there("ui.common.no_such_thing")
    assert not is_there("store.projection.no_such_thing")
    assert len(NAMES) > 50
