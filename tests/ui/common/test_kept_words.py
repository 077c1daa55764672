"""Two programs of one person: neither shows nor loses the other's half-typed words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.common.words_killed import ONLY_THEIRS, THEIRS
from tests.ui.counter.conftest import sit_down as sit_down
from tests.ui.killing import writing_elsewhere
from ui.common.kept_files import KeptAt, short_name
from ui.common.kept_words import ON_REQUESTS, KeptWords

OURS = "Typed here"
ELSEWHERE = "tests.ui.common.words_killed"


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("drafts/words-*.json"))


def test_words_of_a_program_that_runs_are_its_own_until_it_is_gone(
    small_house, tmp_path, sit_down
):
    context = sit_down().context
    with writing_elsewhere(ELSEWHERE, small_house, tmp_path):
        ours = KeptWords.of(context, ON_REQUESTS)
        assert ours.keys() == []
        ours.keep("both 1", OURS)
        ours.save()
        assert len(kept_files(tmp_path)) == 3
        assert KeptWords.of(context, ON_REQUESTS).kept("both 2") == ""
        ours.keep("both 3", OURS)
        ours.drop("both 3")
        assert len(kept_files(tmp_path)) == 3
    # It was killed: what it left comes up behind what is typed here.
    ours = KeptWords.of(context, ON_REQUESTS)
    assert sorted(ours.keys()) == ["both 1", "both 2"]
    assert ours.kept("both 2") == ONLY_THEIRS
    assert ours.kept("both 1") == OURS
    ours.keep("both 1", OURS + "!")
    ours.drop("both 1")
    assert ours.kept("both 1") == THEIRS
    ours.drop("both 1")
    ours.drop("both 2")
    assert kept_files(tmp_path) == []


def test_only_one_of_two_takes_up_what_a_third_left(small_house, tmp_path, sit_down):
    with writing_elsewhere(ELSEWHERE, small_house, tmp_path):
        pass
    one = KeptWords.of(sit_down().context, ON_REQUESTS)
    other = KeptWords.of(sit_down().context, ON_REQUESTS)
    assert one.kept("both 1") == THEIRS
    assert other.keys() == []
    one.let_go()
    other.take_up()
    assert other.kept("both 1") == THEIRS


def test_words_the_version_before_kept_in_one_file_are_taken_over(tmp_path, sit_down):
    context = sit_down().context
    where = KeptAt.of(context)
    earlier = where.folder / f"words-{short_name(*where.whose, ON_REQUESTS)}.json"
    earlier.parent.mkdir(parents=True, exist_ok=True)
    earlier.write_text(json.dumps({"both 1": THEIRS, "both 2": ONLY_THEIRS}))
    kept = KeptWords.of(context, ON_REQUESTS)
    assert not earlier.exists()
    assert len(kept_files(tmp_path)) == 2
    assert kept.kept("both 1") == THEIRS
    assert kept.kept("both 2") == ONLY_THEIRS


@pytest.mark.parametrize("spoiled", ["", "[]", '{"draft": {"key": 1, "text": "x"}}'])
def test_a_spoiled_text_stays_where_it_is(tmp_path, sit_down, spoiled):
    context = sit_down().context
    first = KeptWords.of(context, ON_REQUESTS)
    first.keep("both 1", OURS)
    first.let_go()
    (path,) = kept_files(tmp_path)
    path.write_text(spoiled)
    again = KeptWords.of(sit_down().context, ON_REQUESTS)
    assert again.keys() == []
    assert path.read_text() == spoiled
