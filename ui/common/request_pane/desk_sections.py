"""The checklist of a request, and who was asked to approve it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.approvals import ApprovalState
from desktop.domain.errors import Refusal
from desktop.domain.requests import EntryKind, is_allowed, may_take_step
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import CheckInput
from ui.common.labels import IconLabel, PlainLabel
from ui.common.request_pane.approval_dialogs import PassOnDialog
from ui.common.request_pane.step_dialogs import StepDialog

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.queries.desk_sections import ApprovalRow, CheckRow, DeskSectionRows
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context
    from ui.operations import Ticket

_STATES = {
    ApprovalState.WAITING: ("hourglass", "text2", N_("{name} is asked later")),
    ApprovalState.ASKED: ("message-question", "text", N_("{name} is asked")),
    ApprovalState.APPROVED: ("circle-check", "text", N_("{name} approved")),
    ApprovalState.REFUSED: ("circle-x", "broken", N_("{name} refused")),
    ApprovalState.WITHDRAWN: ("circle-minus", "text2", N_("{name} was not needed")),
}


class DeskSections(QWidget):
    """Both sections of one request, read beside it; hidden while both are empty."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._details: RequestDetails | None = None
        self._ticket: Ticket | None = None
        self._shown: tuple[Any, ...] | None = None
        self.dialog: StepDialog | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._parts: list[QWidget] = []
        self.checks: dict[int, CheckInput] = {}
        self.buttons: dict[tuple[int, EntryKind], Button] = {}
        self.hide()

    def show_details(self, details: RequestDetails) -> None:
        """Read the sections of a request and show them."""
        from desktop.queries.desk_sections import desk_sections

        if self._ticket is not None:
            self._ticket.cancel()
        if self._details is None or self._details.id != details.id:
            self._clear()
        self._details = details
        self._ticket = self._context.operations.read_added(
            desk_sections, details.id
        ).start(self, self._take)

    def _clear(self) -> None:
        for part in self._parts:
            self._layout.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._shown = [], None
        self.checks, self.buttons = {}, {}
        self.hide()

    def _take(self, rows: DeskSectionRows) -> None:
        details = self._details
        if details is None:
            return
        now = (rows, details.state, details.unit_id)
        if now == self._shown:
            return
        focused = self._focused_check()
        self._clear()
        self._shown = now
        if rows.checklist:
            self._parts.append(self._checklist(rows.checklist, details))
        if rows.approvals:
            self._parts.append(self._approvals(rows.approvals))
        for part in self._parts:
            self._layout.addWidget(part)
        self.setVisible(bool(self._parts))
        if focused in self.checks:
            self.checks[focused].setFocus()

    def _focused_check(self) -> int:
        return next((one for one, box in self.checks.items() if box.hasFocus()), 0)

    # ------------------------------------------------------------ the checklist

    def _checklist(
        self, rows: tuple[CheckRow, ...], details: RequestDetails
    ) -> QWidget:
        part, column = _section(
            _("Checklist, {done} of {count} done").format(
                done=sum(row.done_at is not None for row in rows), count=len(rows)
            )
        )
        may_tick = is_allowed(EntryKind.CHECKED, details.state) and may_take_step(
            EntryKind.CHECKED,
            self._context.me.unit_id,
            details.unit_id,
            details.front_unit_id,
        )
        for row in rows:
            column.addWidget(self._check(row, may_tick))
        return part

    def _check(self, row: CheckRow, may_tick: bool) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        box = CheckInput("")
        box.setFixedWidth(24)
        box.setAccessibleName(row.text)
        box.setChecked(row.done_at is not None)
        box.setEnabled(may_tick)
        box.toggled.connect(partial(self._tick, row.id))
        self.checks[row.id] = box
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 0)
        words.setSpacing(0)
        words.addWidget(PlainLabel(row.text, wraps=True))
        note = self._check_note(row)
        if note:
            words.addWidget(PlainLabel(note, size="small", ink="text2", wraps=True))
        layout.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return line

    def _check_note(self, row: CheckRow) -> str:
        if row.done_at is not None:
            return _("{who}, {when}").format(
                who=row.done_by, when=self._when(row.done_at)
            )
        return _("needed before resolving") if row.is_needed else ""

    def _when(self, at: Any) -> str:
        from desktop.formats import short_instant

        return short_instant(at, self._context.ticker.now(), self._context.clocks.zone)

    def _tick(self, check_id: int, is_done: bool) -> None:
        from desktop.use_cases.checklists import tick

        if self._details is None:
            return

        def refused(refusal: Refusal) -> None:
            # The box shows what is stored, not what was wanted.
            with QSignalBlocker(self.checks[check_id]):
                self.checks[check_id].setChecked(not is_done)
            self._tell(refusal)

        self._context.operations.write(
            tick, self._details.id, check_id, is_done=is_done
        ).start(self, None, refused)

    # ------------------------------------------------------------ approvals

    def _approvals(self, rows: tuple[ApprovalRow, ...]) -> QWidget:
        part, column = _section(_("Approval"))
        latest = rows[0].round
        is_open = any(one.is_open for one in rows if one.round == latest)
        for number, row in enumerate(rows):
            if number == 0 or row.round != rows[number - 1].round:
                is_old = row.round != latest
                is_late = is_open and not is_old and self._is_over(row.due_at)
                column.addWidget(self._question(row, is_old=is_old, is_late=is_late))
            column.addWidget(self._approval(row))
            if row.is_for(self._context.me.person_id):
                column.addWidget(self._choices(row))
        return part

    def _is_over(self, due_at: datetime | None) -> bool:
        return due_at is not None and due_at <= self._context.ticker.now()

    def _question(self, row: ApprovalRow, *, is_old: bool, is_late: bool) -> QWidget:
        asked = _("{who} asks: {question}")
        if is_old:
            asked = _("Before that, {who} asked: {question}")
        words = asked.format(who=row.asked_by, question=row.question)
        if row.due_at is not None and not is_old:
            wanted = _("Wanted by {when}.")
            if is_late:
                wanted = _("Wanted by {when}, which is over.")
            words += "\n" + wanted.format(when=self._when(row.due_at))
        ink = "risk" if is_late else "text2"
        return PlainLabel(words, ink=ink, wraps=True, selectable=True)

    def _approval(self, row: ApprovalRow) -> QWidget:
        icon, ink, words = _STATES[row.state]
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(IconLabel(icon), 0, Qt.AlignmentFlag.AlignTop)
        name = row.decided_by or row.approver
        shown = _(words).format(name=name)
        if row.delegate and not row.decided_by:
            shown = _("{delegate} decides in place of {name}").format(
                delegate=row.delegate, name=row.approver
            )
        elif row.decided_by and row.decided_by != row.approver:
            shown = _("{words}, in place of {name}").format(
                words=shown, name=row.approver
            )
        if row.decided_at is not None:
            shown = f"{shown}, {self._when(row.decided_at)}"
        if row.words:
            shown = f"{shown}: {row.words}"
        layout.addWidget(PlainLabel(shown, ink=ink, wraps=True, selectable=True), 1)
        return line

    def _choices(self, row: ApprovalRow) -> QWidget:
        holder = QWidget()
        layout = FlowLayout(holder, spacing=8)
        offered: tuple[tuple[EntryKind, str, Any, Callable[[], None]], ...] = (
            (EntryKind.APPROVED, _("Approve"), "primary", partial(self._decide, row)),
            (
                EntryKind.APPROVAL_REFUSED,
                _("Refuse"),
                "secondary",
                partial(self._refuse, row),
            ),
            (
                EntryKind.APPROVAL_PASSED_ON,
                _("Pass on"),
                "quiet",
                partial(self._pass_on, row),
            ),
        )
        for kind, words, look, act in offered:
            button = Button(words, kind=look)
            button.clicked.connect(lambda _on=False, act=act: act())
            layout.addWidget(button)
            self.buttons[(row.id, kind)] = button
        return holder

    def _decide(self, row: ApprovalRow) -> None:
        self._ask(StepDialog(EntryKind.APPROVED, [row.reference], self), row, True)

    def _refuse(self, row: ApprovalRow) -> None:
        dialog = StepDialog(EntryKind.APPROVAL_REFUSED, [row.reference], self)
        self._ask(dialog, row, False)

    def _ask(self, dialog: StepDialog, row: ApprovalRow, is_approved: bool) -> None:
        from desktop.use_cases.approvals import decide

        def send() -> None:
            dialog.set_busy(True)
            self._context.operations.write(
                decide, row.id, is_approved=is_approved, words=dialog.typed()
            ).start(self, lambda _version: dialog.accept(), dialog.show_refusal)

        self._open(dialog, send)

    def _pass_on(self, row: ApprovalRow) -> None:
        from desktop.queries.lookups import people
        from desktop.use_cases.approvals import pass_on_approval

        def show(found: Any) -> None:
            others = [one for one in found if one.id != self._context.me.person_id]
            dialog = PassOnDialog(row.reference, others, self)

            def send() -> None:
                dialog.set_busy(True)
                arguments, _more = dialog.arguments()
                self._context.operations.write(
                    pass_on_approval, row.id, *arguments
                ).start(self, lambda _version: dialog.accept(), dialog.show_refusal)

            self._open(dialog, send)

        self._context.operations.read(people).start(self, show)

    def _open(self, dialog: StepDialog, send: Callable[[], None]) -> None:
        self.dialog = dialog
        dialog.submitted.connect(send)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _tell(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")


def _section(title: str) -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(PlainLabel(title, bold=True))
    return part, column
