"""What the first list is remembered by: kept whole, and read only by who kept it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.i18n import speaking
from ui.remembered import FILE, FirstPage, Remembered, forget, keep, recall

PAGE = FirstPage(
    id="queue",
    words="Queue",
    is_grouped=True,
    columns=[["reference", 104]],
    sort=["due", False],
    table=[0, 98, 640, 600],
    title=[24, 20, 60, 30],
    size=[1184, 744],
    rail=[["queue", "layout-list", "Queue"]],
    foot=[],
    can_raise=False,
)
KEPT = Remembered(
    "a.counterpart", "Lipovac", 4, "Dušan Kovač", "Land registry", PAGE, {"limit": 3}
)


def test_it_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    assert recall(tmp_path) is None
    keep(tmp_path, KEPT)
    assert recall(tmp_path) == KEPT
    assert [one.name for one in tmp_path.iterdir()] == [FILE]
    forget(tmp_path)
    forget(tmp_path)
    assert recall(tmp_path) is None


def test_it_is_of_one_person_in_one_workspace() -> None:
    assert KEPT.is_for("a.counterpart", "", 4)
    assert KEPT.is_for("a.counterpart", "4", None)
    assert KEPT.is_for("a.counterpart", "dušan kovač", 9)
    assert not KEPT.is_for("a.counterpart", "", 5)
    assert not KEPT.is_for("a.counterpart", "Duš", 4)
    assert not KEPT.is_for("b.counterpart", "", 4)


def test_another_language_asks_again(tmp_path: Path) -> None:
    keep(tmp_path, KEPT)
    with speaking("qps"):
        assert recall(tmp_path) is None


def changed(**what: object) -> str:
    data = {**KEPT._asdict(), "page": PAGE._asdict(), "stamp": "", **what}
    return json.dumps({name: one for name, one in data.items() if one is not ...})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        changed(stamp="of another program"),
        json.dumps({"stamp": 3}),
    ],
)
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert recall(tmp_path) is None


@pytest.mark.parametrize("part", ["page", "asked", "person_id"])
def test_half_of_it_counts_as_nothing(tmp_path: Path, part: str) -> None:
    keep(tmp_path, KEPT)
    data = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    del data[part]
    (tmp_path / FILE).write_text(json.dumps(data), encoding="utf-8")
    assert recall(tmp_path) is None
