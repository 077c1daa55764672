"""Checklist, approvals, canned steps: what an agent does beside the plain steps."""

from __future__ import annotations

from sqlalchemy import select

from desktop.domain.requests import EntryKind, RequestState
from desktop.entities.checklists import RequestCheck
from desktop.entities.requests import Request
from desktop.queries.desk_sections import approvals_of
from tests.use_cases.test_checklists import lines


def stored(desk, name: str) -> Request:
    return desk.house.read(lambda session: session.get(Request, desk.made[name]))


def dialog_of(desk):
    desk.until(lambda: desk.page.steps.dialog is not None)
    return desk.page.steps.dialog


def test_a_line_of_the_checklist_is_ticked_and_guards_resolving(desk):
    fee, call = lines(desk.house, ("Fee is booked", True), ("Called", False))
    desk.choose("case")
    sections = desk.page.pane.desk
    desk.until(lambda: set(sections.checks) == {fee, call})

    desk.press("r")
    dialog = dialog_of(desk)
    dialog.submit()
    desk.until(lambda: bool(dialog.problem()))
    assert dialog.problem().startswith("“Fee is booked” has to be done before")
    dialog.reject()

    desk.qtbot.mouseClick(sections.checks[fee], desk_left())
    done = select(RequestCheck.check_id).where(
        RequestCheck.request_id == desk.made["case"]
    )
    desk.until(
        lambda: desk.house.read(lambda session: list(session.scalars(done))) == [fee]
    )
    desk.until(lambda: sections.checks[fee].isChecked())


def desk_left():
    from PySide6.QtCore import Qt

    return Qt.MouseButton.LeftButton


def test_v_asks_for_approval_and_who_is_asked_decides(desk, program):
    desk.choose("case")
    desk.press("v")
    dialog = dialog_of(desk)
    dialog.submit()
    assert dialog.problem() == "Choose who is asked."
    assert dialog.focusWidget() is dialog.approvers.choice
    ana = desk.house.people["Ana Petrović"]
    dialog.approvers.add(ana)
    dialog.text.setPlainText("May the fee be waived?")
    desk.click(dialog.submit_button)
    desk.until(lambda: stored(desk, "case").pending == "approval")

    program.sign_in(ana)
    desk.window.navigate("request", request_id=desk.made["case"])
    page = desk.window.pages.page("request")
    sections = page.pane.desk
    desk.until(lambda: len(sections.buttons) == 3)
    row = desk.house.read(approvals_of, desk.made["case"])[0]
    desk.click(sections.buttons[(row.id, EntryKind.APPROVED)])
    desk.until(lambda: sections.dialog is not None)
    desk.click(sections.dialog.submit_button)
    desk.until(lambda: stored(desk, "case").state is RequestState.ACTIVE)
    desk.until(lambda: not sections.buttons)


def test_p_changes_the_priority_with_a_reason(desk):
    desk.choose("case")
    desk.press("p")
    dialog = dialog_of(desk)
    dialog.priority.set_value(1)
    desk.click(dialog.submit_button)
    assert dialog.problem() == "“Why” is empty."
    assert dialog.focusWidget() is dialog.text
    dialog.text.setPlainText("The court asks.")
    desk.click(dialog.submit_button)
    desk.until(lambda: stored(desk, "case").priority == 1)


def test_o_hands_over_to_somebody_of_another_unit(desk):
    desk.choose("case")
    desk.press("o")
    dialog = dialog_of(desk)
    vesna = desk.house.people["Vesna Stojanović"]
    dialog.unit.set_value(desk.house.units["Building permits"])
    dialog.person.set_value(vesna)
    dialog.text.setPlainText("She has the plans.")
    desk.click(dialog.submit_button)
    desk.until(lambda: stored(desk, "case").assignee_id == vesna)


def test_n_takes_the_next_one_and_undo_gives_it_back(desk):
    desk.press("n")
    desk.until(lambda: desk.window.undo_bar.words().endswith("is yours"))
    reference = desk.window.undo_bar.words().split()[0]

    def assignee() -> int | None:
        wanted = select(Request.assignee_id).where(Request.reference == reference)
        return desk.house.read(lambda session: session.scalar(wanted))

    assert assignee() == desk.house.people["Dušan Kovač"]
    desk.window.undo_bar.undo()
    desk.until(lambda: assignee() is None)


def test_several_resolved_at_once_are_put_back_at_once(desk):
    names = ("case", "late_mine")
    rows = [desk.page.model.place_of(desk.made[name]) for name in names]
    selection = desk.page.table.selectionModel()
    flag = selection.SelectionFlag
    desk.page.table.clearSelection()
    for place in rows:
        index = desk.page.model.index(place, 0)
        selection.select(index, flag.Select | flag.Rows)
    desk.until(lambda: len(desk.page.table.selected_rows()) == 2)
    desk.press("r")
    dialog = dialog_of(desk)
    desk.click(dialog.submit_button)
    desk.until(lambda: stored(desk, "late_mine").state is RequestState.RESOLVED)
    desk.until(lambda: desk.window.undo_bar.words() == "2 requests are resolved")
    desk.window.undo_bar.undo()
    desk.until(
        lambda: all(stored(desk, name).state is RequestState.ACTIVE for name in names)
    )
