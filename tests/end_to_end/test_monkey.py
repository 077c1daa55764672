"""Random clicks and keys, from a seed, raise no error and spoil nothing."""

from __future__ import annotations

from pathlib import Path

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.workspaces import check
from tests.end_to_end.playing import PEOPLE, play
from ui.screenshots.taking import AT


def test_clicks_and_keys_anywhere_raise_no_error_and_leave_all_sound(
    demo_path: Path, tmp_path: Path, qapp
) -> None:
    found = play(demo_path, tmp_path, AT, PEOPLE, seed=7, steps=180)
    assert found.errors == [], "\n".join(found.errors)
    assert found.done.total() == 180
    desk = open_desk(Config(str(demo_path)))
    checked = desk.read(check)
    desk.close()
    assert checked.is_sound
