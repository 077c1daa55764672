"""The middle of a new request: what the service asks, priority, and sending it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.forms import FieldKind, FieldSpec, problems_of
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from ui.common.buttons import Button, Chip
from ui.common.form import PROBLEM_WORDS, FieldRow, Form
from ui.common.inputs import LineInput
from ui.common.labels import (
    BallLabel,
    ElidedLabel,
    IconLabel,
    PlainLabel,
    StateChip,
)
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.services import ServiceForm

CUSTOMER, CONTACT, BODY = "_customer", "_contact", "_body"
"""The fields every request has; no code of a service begins with an underscore."""

WIDEST = 760


class RequestForm(QWidget):
    """Keeps every answer typed, also those another service asked for."""

    changed = Signal()
    priority_changed = Signal()
    send_wanted = Signal(bool)
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service: ServiceForm | None = None
        self._answers: dict[str, Any] = {}
        self._is_filling = False
        self.title = ElidedLabel(_("Choose a service"), size="title")
        self.draft_chip = StateChip("")
        self.draft_chip.hide()
        self.goes_to = BallLabel("none", _("Then its form appears here"))
        self.form = Form()
        # In a low window the form scrolls; its fields are not squeezed.
        self.form.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )
        self.form.changed.connect(self._typed)
        self._build_priority()
        self._build_foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self._foot)
        self.show_service(None)

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        content.setObjectName("scrolled")
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(24, 12, 24, 16)
        inner.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.draft_chip)
        self.title.setFixedHeight(36)
        inner.addLayout(head)
        inner.addWidget(self.goes_to)
        inner.addSpacing(8)
        inner.addWidget(self.form)
        inner.addWidget(self._priority)
        inner.addStretch(1)
        outer = QHBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(column, 4)
        outer.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.area = area
        return area

    def _build_priority(self) -> None:
        self._priority = QWidget()
        layout = QVBoxLayout(self._priority)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(PlainLabel(_("Priority")))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.normal, self.urgent = Chip(_("Normal")), Chip(_("Urgent"))
        self._group = QButtonGroup(self)
        for number, chip in enumerate((self.normal, self.urgent)):
            self._group.addButton(chip, number)
            line.addWidget(chip)
        self.normal.setChecked(True)
        self._hint = PlainLabel(_("Urgent needs a reason"), size="small", ink="text2")
        line.addWidget(self._hint)
        self.reason = LineInput(name=_("Why it is urgent, needed"))
        self.reason.setPlaceholderText(_("Why is it urgent?"))
        self.reason.textChanged.connect(self._reason_typed)
        line.addWidget(self.reason, 1)
        line.addStretch(0)
        layout.addLayout(line)
        self._reason_problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._reason_problem.hide()
        layout.addWidget(self._reason_problem)
        self._group.idToggled.connect(self._priority_toggled)
        self._show_reason()

    def _build_foot(self) -> None:
        self._foot = _Foot()
        layout = QVBoxLayout(self._foot)
        layout.setContentsMargins(24, 12, 24, 16)
        layout.setSpacing(12)
        state = QHBoxLayout()
        state.setSpacing(8)
        self._state_icon = IconLabel("circle-check", ink="ok")
        self.state = ElidedLabel()
        state.addWidget(self._state_icon)
        state.addWidget(self.state, 1)
        layout.addLayout(state)
        self.send = Button(_("Send request"), kind="primary", key="Ctrl+Return")
        self.another = Button(_("Send and start another"), key="Ctrl+Shift+Return")
        self.discard = Button(_("Discard"), kind="quiet", key="Esc")
        self.send.clicked.connect(lambda: self.send_wanted.emit(False))
        self.another.clicked.connect(lambda: self.send_wanted.emit(True))
        self.discard.clicked.connect(self.discard_wanted)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for line in (self._upper, self._lower):
            line.setSpacing(8)
            line.setAlignment(Qt.AlignmentFlag.AlignLeft)
            layout.addLayout(line)
        # The foot fits what it shows to the width there is, so it asks for none.
        self._foot.setMinimumWidth(1)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Leave key caps out where there is no room, then stand in two lines."""
        buttons = (self.send, self.another, self.discard)
        keys = ("Ctrl+Return", "Ctrl+Shift+Return", "Esc")
        room = self.width() - 48
        for shown in (3, 2, 0):
            for place, (button, key) in enumerate(zip(buttons, keys, strict=True)):
                button.set_key(key if place < shown else "")
            if sum(one.sizeHint().width() + 8 for one in buttons) - 8 <= room:
                break
        else:
            self._place_foot(self._lower)
            return
        self._place_foot(self._upper)

    def _place_foot(self, rest: QHBoxLayout) -> None:
        self._upper.addWidget(self.send)
        for button in (self.another, self.discard):
            rest.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the foot."""
        super().resizeEvent(event)
        self._fit_foot()

    # ------------------------------------------------------------ the service

    def service(self) -> ServiceForm | None:
        """Return the service whose form is shown."""
        return self._service

    def show_service(self, service: ServiceForm | None) -> None:
        """Show a service's form; what was typed for another one is remembered."""
        self._keep()
        self._service = service
        self._is_filling = True
        if service is None:
            self.title.setText(_("Choose a service"))
            self.goes_to.set_ball("none", _("Then its form appears here"))
            self.form.set_fields(())
        else:
            self.title.setText(service.name)
            words = _("Goes to {unit}").format(unit=service.unit)
            self.goes_to.set_ball("back", words)
            self.form.set_fields(_fields_of(service))
            self.form.set_values(self._answers)
        self._is_filling = False
        self._priority.setVisible(service is not None)
        self._foot.setVisible(service is not None)
        self._say_state()

    def inputs(self) -> Iterator[QWidget]:
        """Yield what Tab stops at, from the first field to the last button."""
        if self._service is not None:
            for spec in _fields_of(self._service):
                yield from _stops(self.form.row(spec.code))
        yield from (self.normal, self.urgent, self.reason)
        yield from (self.send, self.another, self.discard)

    # ------------------------------------------------------------ the answers

    def answers(self) -> dict[str, Any]:
        """Return everything typed, by field code, for every service looked at."""
        self._keep()
        return dict(self._answers)

    def own_answers(self) -> dict[str, Any]:
        """Return the answers to what this service asks."""
        values = self.form.values()
        return {code: one for code, one in values.items() if not _is_common(code)}

    def common(self, code: str) -> str:
        """Return the answer to one of the fields every request has."""
        return str(self.form.values().get(code) or "")

    def set_answers(
        self, answers: dict[str, Any], *, is_urgent: bool, reason: str
    ) -> None:
        """Show what was typed before."""
        self._answers = dict(answers)
        self._is_filling = True
        self.form.set_values(self._answers)
        self.reason.setText(reason)
        (self.urgent if is_urgent else self.normal).setChecked(True)
        self._is_filling = False
        self._say_state()

    def is_urgent(self) -> bool:
        """Tell whether it is urgent."""
        return self.urgent.isChecked()

    def _keep(self) -> None:
        if self._service is None:
            return
        values = self.form.values()
        for spec in _fields_of(self._service):
            if spec.code in values:
                self._answers[spec.code] = values[spec.code]
            else:
                self._answers.pop(spec.code, None)

    def _typed(self) -> None:
        if not self._is_filling:
            self._say_state()
            self.changed.emit()

    def _reason_typed(self) -> None:
        self._show_reason_problem("")
        self._typed()

    def _priority_toggled(self, _number: int, is_on: bool) -> None:
        if is_on:
            self._show_reason()
            self._typed()
            if self.is_urgent() and not self._is_filling:
                self.reason.setFocus()
            self.priority_changed.emit()

    def _show_reason(self) -> None:
        self._hint.setVisible(not self.is_urgent())
        self.reason.setVisible(self.is_urgent())
        if not self.is_urgent():
            self._show_reason_problem("")

    # ------------------------------------------------------------ what is wrong

    def check(self) -> bool:
        """Say at each field what is wrong; True when nothing is."""
        if self._service is None:
            return False
        problems = problems_of(_fields_of(self._service), self.form.values())
        self.form.show_problems(problems)
        no_reason = self.is_urgent() and not self.reason.text().strip()
        self._show_reason_problem(_(PROBLEM_WORDS["missing"]) if no_reason else "")
        if no_reason and not problems:
            self.reason.setFocus()
        for problem in problems[:1]:
            self.area.ensureWidgetVisible(self.form.row(problem.field), 0, 16)
        return not problems and not no_reason

    def show_refusal(self, refusal: Refusal) -> bool:
        """Show a refusal at its field; False when it belongs to none here."""
        if not isinstance(refusal, Invalid):
            return False
        words = refusal_words(refusal)
        if refusal.field == "urgency_reason":
            self._show_reason_problem(words)
            self.reason.setFocus()
            return True
        return any(
            self.form.show_problem(code, words)
            for code in (refusal.field, f"_{refusal.field}")
        )

    def _show_reason_problem(self, words: str) -> None:
        self._reason_problem.setText(words)
        self._reason_problem.setVisible(bool(words))
        self.reason.setAccessibleDescription(words)

    def reason_problem(self) -> str:
        """Return what is said to be wrong with the reason."""
        return self._reason_problem.text()

    def _say_state(self) -> None:
        if self._service is None:
            return
        missing = self.form.missing()
        unit = self._service.unit
        if not missing:
            self._state_icon.set_icon("circle-check", "ok")
            self.state.setText(_("Everything {unit} needs is here").format(unit=unit))
            return
        self._state_icon.set_icon("alert-circle", "text2")
        names = ", ".join(spec.label for spec in missing[:3])
        more = len(missing) - 3
        if more > 0:
            rest = ngettext("and {count} more", "and {count} more", more)
            names = f"{names} {rest.format(count=more)}"
        self.state.setText(_("Still needed: {fields}").format(fields=names))

    def set_busy(self, busy: bool) -> None:
        """Refuse a second sending while the first runs."""
        self.send.setEnabled(not busy)
        self.another.setEnabled(not busy)


class _Foot(QWidget):
    """The part that never scrolls, under a hairline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRectF(0, 0, self.width(), 1)
        QPainter(self).fillRect(line, tokens().line)


def _fields_of(service: ServiceForm) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(CUSTOMER, _("Customer"), FieldKind.TEXT),
        FieldSpec(CONTACT, _("Phone or e-mail"), FieldKind.TEXT),
        *service.fields,
        FieldSpec(BODY, _("Anything they should know"), FieldKind.LONG_TEXT),
    )


def _is_common(code: str) -> bool:
    return code in (CUSTOMER, CONTACT, BODY)


def _stops(row: FieldRow) -> Iterator[QWidget]:
    for child in row.findChildren(QWidget):
        takes_tab = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and child.window() is row.window() and child.focusProxy() is None:
            yield child
