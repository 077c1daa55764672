"""What a step was given is there again after it was left, and gone once it is done."""

from __future__ import annotations

from desktop.domain.requests import EntryKind, PendingReason, RequestState
from tests.ui.queue.test_queue_page import stored


def test_what_a_step_was_given_is_there_again_after_it_was_left(desk):
    desk.choose("case")
    desk.press("d")
    desk.until(lambda: desk.page.steps.dialog is not None)
    desk.qtbot.keyClicks(desk.page.steps.dialog.text, "No such parcel")
    desk.page.steps.dialog.reject()
    desk.until(lambda: desk.page.steps.dialog is None)

    desk.press("d")
    desk.until(lambda: desk.page.steps.dialog is not None)
    assert desk.page.steps.dialog.typed() == "No such parcel"
    desk.page.steps.dialog.submit()
    desk.until(lambda: stored(desk, "case").state is RequestState.DECLINED)
    desk.until(lambda: not desk.page.steps.dialog)
    assert not list((desk.window.preferences.folder / "drafts").glob("words-*.json"))


def test_what_a_step_was_given_beside_words_is_there_after_the_desk_was_left(
    desk, seat, window
):
    desk.choose("case")
    desk.page.steps.start(EntryKind.HELD)
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    dialog.reason.set_value(PendingReason.CUSTOMER)
    dialog.follow_up.set_value("2026-11-20")
    desk.qtbot.keyClicks(dialog.text, "Waits for the plan")
    # The desk is left: nobody sent or cancelled it.
    window.detach()
    seat("Dušan Kovač")
    window.navigate("queue")
    desk.page = window.pages.page("queue")
    desk.until(lambda: bool(desk.ids()))

    def held():
        desk.choose("case")
        desk.page.steps.start(EntryKind.HELD)
        desk.until(lambda: desk.page.steps.dialog is not None)
        return desk.page.steps.dialog

    again = held()
    assert again.reason.value() == PendingReason.CUSTOMER
    assert again.follow_up.value() == "2026-11-20"
    assert again.typed() == "Waits for the plan"
    again.reject()
    desk.until(lambda: desk.page.steps.dialog is None)
    cancelled = held()
    assert cancelled.reason.value() is None
    assert cancelled.typed() == "Waits for the plan"
