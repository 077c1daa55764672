"""Drafts: saved while typing, there again after a kill, gone once acknowledged."""

from __future__ import annotations

import json
import os
import stat
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import Conflict
from desktop.use_cases.raising import NewRequest, raise_request
from tests.ui.killing import killed_after_writing, writing_elsewhere
from tests.ui.new_request.test_page import (
    ClerksWindow,
    choose,
    come,
    fill,
    requests,
    sent,
    window,
)
from ui.new_request.drafts import Draft, DraftFolder

__all__ = ["window"]

NOW = datetime(2026, 11, 12, 12, 20, tzinfo=UTC)


def is_saved(page) -> bool:
    return kept_file(page).exists()


def kept_file(page):
    return page.keeper.folder.path_of(page.keeper.draft.key)


def again(qtbot, sit_down) -> tuple[ClerksWindow, object]:
    """Open the page anew, as after a restart."""
    later = sit_down()
    return later, come(qtbot, later)


def test_what_is_typed_is_saved_a_second_after_the_last_key(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    assert page.keeper.soon.after_key.isActive()
    assert page.keeper.soon.after_key.interval() == 1000
    qtbot.waitUntil(lambda: is_saved(page), timeout=15_000)
    kept = json.loads(kept_file(page).read_text())
    assert kept["answers"] == {"_customer": "Goran Tadic"}
    assert page.form.draft_chip.accessibleName() == "Draft saved 13:20"


def test_who_never_stops_typing_is_saved_every_three_seconds(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    page.keeper.save()
    fill(qtbot, page, "_customer", "a")
    ends = page.keeper.soon.at_least.remainingTime()
    assert 0 < ends <= 3000
    qtbot.wait(30)
    fill(qtbot, page, "_customer", "b")
    assert page.keeper.soon.at_least.remainingTime() < ends
    page.keeper.soon.after_key.stop()
    qtbot.waitUntil(lambda: is_saved(page), timeout=15_000)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_may_read_a_draft(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    page.leaving()
    mode = stat.S_IMODE(kept_file(page).stat().st_mode)
    assert mode == 0o600


def test_a_draft_is_there_again_after_a_restart(qtbot, window, sit_down):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    fill(qtbot, page, "parcel", "1184/2")
    qtbot.mouseClick(page.form.priority.urgent, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.form.priority.reason, "Court")
    window.context.operations.closing.emit()
    _later, anew = again(qtbot, sit_down)
    qtbot.waitUntil(lambda: anew.form.service() is not None, timeout=10_000)
    assert anew.form.draft_chip.accessibleName() == "Draft from 13:20"
    assert anew.form.common("_customer") == "Goran Tadic"
    assert anew.form.own_answers() == {"parcel": "1184/2"}
    assert (anew.form.priority.is_urgent(), anew.form.priority.reason.text()) == (
        True,
        "Court",
    )
    assert anew.search.field.text() == "title"
    assert anew.keeper.draft.key == page.keeper.draft.key


def test_a_page_that_is_taken_away_saves_its_draft_first(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    assert not is_saved(page)
    page.hide()
    assert is_saved(page)


def test_a_draft_survives_the_kill_of_the_program(
    qtbot, sit_down, small_house, tmp_path
):
    small_house.at(12, 13, 20)
    killed_after_writing("tests.ui.new_request.writing_killed", small_house, tmp_path)
    (tmp_path / "plan.txt").unlink()
    page = come(qtbot, sit_down())
    qtbot.waitUntil(lambda: page.form.service() is not None, timeout=10_000)
    assert page.form.common("_customer") == "Goran Tadic"
    assert page.form.title.text() == "Title extract"
    (kept,) = page.form.kept_files()
    assert (kept.name, kept.path.read_bytes()) == ("plan.txt", b"a plan")


def test_a_draft_another_program_is_writing_is_its_own_until_it_is_gone(
    qtbot, sit_down, small_house, tmp_path
):
    small_house.at(12, 13, 20)
    writer = "tests.ui.new_request.writing_killed"
    with writing_elsewhere(writer, small_house, tmp_path):
        page = come(qtbot, sit_down())
        assert page.form.service() is None
        assert page.keeper.others() == []
        choose(qtbot, page, "title")
        fill(qtbot, page, "_customer", "Vera")
        page.keeper.save()
        (theirs,) = [one for one in page.keeper.folder.all() if one.key != key_of(page)]
        assert theirs.answers["_customer"] == "Goran Tadic"
        their_key = theirs.key
        # Even one that is offered a moment too late is not written by both.
        page.drafting.take(theirs)
        assert key_of(page) != their_key
        page.keeper.forget()
    assert their_key in [one.key for one in page.keeper.others()]


def key_of(page):
    return page.keeper.draft.key


def test_a_draft_is_gone_once_the_request_is_acknowledged(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    key = page.keeper.draft.key
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    # Until the answer is here the draft stands, whatever happens to the program.
    assert is_saved(page)
    (made,) = sent(qtbot, small_house, 1)
    qtbot.waitUntil(lambda: not is_saved(page), timeout=10_000)
    assert made.key == key
    assert page.keeper.draft.key != key


def test_a_draft_sent_just_before_a_crash_makes_no_second_request(
    qtbot, window, sit_down, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    window.context.operations.closing.emit()
    # The write was committed, but its answer never came: the draft is still there.
    service_id = page.form.service().id
    draft = NewRequest(service_id, "x", customer="Goran", key=page.keeper.draft.key)
    made = small_house.run(raise_request, draft)
    later, anew = again(qtbot, sit_down)
    qtbot.waitUntil(lambda: anew.form.service() is not None, timeout=10_000)
    qtbot.mouseClick(anew.form.foot.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(later.went), timeout=10_000)
    assert [one.id for one in requests(small_house)] == [made.id]
    assert later.told[-1].startswith(f"{made.reference} is sent.")


def test_a_refused_request_keeps_its_draft(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    page.sending._set_busy(True)
    page.leaving()
    page.sending._refused(Conflict("busy"))
    assert is_saved(page)
    assert page.form.common("_customer") == "Goran"
    assert page.form.foot.send.isEnabled()
    assert window.told


def test_each_person_and_workspace_has_drafts_of_their_own(tmp_path):
    mine = DraftFolder(tmp_path, "a", 1)
    others = [DraftFolder(tmp_path, "a", 2), DraftFolder(tmp_path, "b", 1)]
    assert mine.save(Draft(answers={"x": "y"}), NOW)
    assert [len(one.all()) for one in (mine, *others)] == [1, 0, 0]


def test_several_drafts_come_back_as_they_were_the_newest_first(tmp_path):
    folder = DraftFolder(tmp_path / "not" / "there", "a", 1)
    first = Draft(
        service_id=3,
        words="extr",
        answers={"a": "ც\u202e\x00\ud800", "b": ["x"], "c": True},
        is_urgent=True,
        urgency_reason="Court",
        service="Title extract",
        customers="A\nB",
        files=[{"key": uuid.uuid4().hex, "name": "x.pdf"}],
    )
    second = Draft(answers={"a": "b"})
    assert folder.save(first, NOW)
    assert folder.save(second, NOW + timedelta(minutes=1))
    assert folder.all() == [second, replace(first, saved_at=NOW)]
    folder.remove(first.key)
    folder.remove(second.key)
    assert folder.all() == []
    assert list(folder.folder.iterdir()) == []


def test_the_one_draft_of_the_version_before_is_taken_over(tmp_path):
    folder = DraftFolder(tmp_path, "a", 1)
    draft = Draft(answers={"a": "b"})
    old = tmp_path / f"{folder._prefix}.json"
    kept = draft.plain(NOW)
    for name in ("service", "customers", "files"):
        del kept[name]
    old.write_text(json.dumps(kept))
    assert [one.key for one in folder.all()] == [draft.key]
    assert folder.save(draft, NOW)
    assert not old.exists()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"key": "no uuid", "saved_at": "2026-11-12T12:20:00+00:00"}',
        b'{"saved_at": "2026-11-12T12:20:00"}',
        b'{"saved_at": 7}',
    ],
)
def test_a_spoiled_draft_counts_as_none(tmp_path, spoiled):
    folder = DraftFolder(tmp_path, "a", 1)
    folder.path_of(uuid.uuid4()).write_bytes(spoiled)
    assert folder.all() == []


def test_a_disk_that_refuses_is_said_and_loses_nothing(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    folder = page.keeper.folder.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A file where the folder should be: not even root can write into it.
    folder.write_text("in the way")
    fill(qtbot, page, "_customer", "Goran")
    page.leaving()
    assert page.form.draft_chip.accessibleName() == "The draft cannot be saved"
    assert page.form.common("_customer") == "Goran"
