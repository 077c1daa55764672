"""The middle of a new request: what the service asks, files, priority, and sending."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.forms import FieldSpec, problems_of
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.attachments.picking import has_files
from ui.common.attachments.staged import StagedFile, StagingFolder
from ui.common.attachments.well import FileWell
from ui.common.buttons import Chip, IconButton
from ui.common.form import PROBLEM_WORDS, FieldRow, FilesInput, Form
from ui.common.inputs import LineInput, TextInput
from ui.common.labels import BallLabel, ElidedLabel, StateChip
from ui.common.request_questions import (
    COMMON,
    CONTACT,
    CUSTOMER,
    CUSTOMERS,
    questions_of,
)
from ui.common.scroll_area import ScrollArea
from ui.new_request.foot import Foot
from ui.new_request.priority_field import PriorityField

if TYPE_CHECKING:
    from desktop.queries.services import ServiceForm
    from ui.context import Context

WIDEST = 760


class RequestForm(QWidget):
    """Keeps every answer typed, also those another service asked for.

    ``menu_wanted`` asks what else can be done with the form.
    """

    changed = Signal()
    priority_changed = Signal()
    several_wanted = Signal()
    menu_wanted = Signal()

    def __init__(
        self, context: Context, folder: StagingFolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = folder
        self._service: ServiceForm | None = None
        self._answers: dict[str, Any] = {}
        self._laid: dict[str, Any] = {}
        self._files: dict[str, tuple[StagedFile, ...]] = {}
        self._laid_files: set[uuid.UUID] = set()
        self._wells: dict[str, FileWell] = {}
        self._people: Sequence[str] = ()
        self._is_filling = False
        self.title = ElidedLabel(_("Choose a service"), size="title")
        self.draft_chip = StateChip("")
        self.draft_chip.hide()
        self.goes_to = BallLabel("none", _("Then its form appears here"))
        self.several = Chip(_("For several customers"))
        self.several.clicked.connect(self.several_wanted)
        self.more = IconButton("dots", _("More for this request"))
        self.more.clicked.connect(self.menu_wanted)
        self.form = Form(make_files=self._make_well)
        # In a low window the form scrolls; its fields are not squeezed.
        self.form.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )
        self.form.changed.connect(self._typed)
        self.well = FileWell(context, folder, name=_("Files of this request"))
        self.well.changed.connect(lambda: self._took_files("", self.well))
        self.priority = PriorityField()
        self.priority.changed.connect(self._typed)
        self.priority.turned.connect(self._turned)
        self.foot = Foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self.foot)
        self.setAcceptDrops(False)
        self.show_service(None)

    def set_margin(self, margin: int) -> None:
        """Leave so many pixels at both sides."""
        self._inner.setContentsMargins(margin, 12, margin, 16)

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        self._inner = inner = QVBoxLayout(column)
        inner.setContentsMargins(24, 12, 24, 16)
        inner.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.draft_chip)
        head.addWidget(self.more)
        self.title.setFixedHeight(36)
        inner.addLayout(head)
        below = QHBoxLayout()
        below.addWidget(self.goes_to, 1)
        below.addWidget(self.several)
        inner.addLayout(below)
        inner.addSpacing(8)
        for part in (self.form, self.well, self.priority):
            inner.addWidget(part)
        inner.addStretch(1)
        outer = QHBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(column, 4)
        outer.addStretch(0)
        area = ScrollArea()
        area.setWidget(content)
        self.area = area
        return area

    # ------------------------------------------------------------ the service

    def service(self) -> ServiceForm | None:
        """Return the service whose form is shown."""
        return self._service

    def show_service(self, service: ServiceForm | None) -> None:
        """Show a service's form; what was typed for another one is remembered."""
        self._keep()
        self._service = service
        if service is None:
            self.title.setText(_("Choose a service"))
            self.goes_to.set_ball("none", _("Then its form appears here"))
        else:
            self.title.setText(service.name)
            words = _("Goes to {unit}").format(unit=service.unit)
            self.goes_to.set_ball("back", words)
        self._show_questions()
        for part in (self.priority, self.foot, self.several, self.more, self.well):
            part.setVisible(service is not None)

    def _show_questions(self) -> None:
        self._is_filling = True
        self._wells = {}
        now = self._context.ticker.now()
        today = now.astimezone(self._context.clocks.zone).date()
        self.form.set_fields(self._questions(), people=self._people, today=today)
        self.form.set_values(self._answers)
        # Words are pasted as usual; what is a file goes to the files.
        for kind in (LineInput, TextInput):
            for field in self.form.findChildren(kind):
                field.installEventFilter(self)
        self._is_filling = False
        self._say_state()

    def _questions(self) -> tuple[FieldSpec, ...]:
        if self._service is None:
            return ()
        return questions_of(self._service.fields, several=self.is_several())

    def is_several(self) -> bool:
        """Tell whether it is for several customers."""
        return self.several.isChecked()

    def set_several(self, several: bool) -> None:
        """Ask for a list of customers, which begins with the one typed, or for one."""
        self._keep()
        self.several.setChecked(several)
        typed = (self._answers.get(CUSTOMER), self._answers.get(CONTACT))
        first = "; ".join(str(one) for one in typed if one)
        if several and first and not self._answers.get(CUSTOMERS):
            self._answers[CUSTOMERS] = f"{first}\n"
        self._show_questions()
        field = self.form.row(CUSTOMERS).input if several else None
        if isinstance(field, TextInput):
            field.moveCursor(QTextCursor.MoveOperation.End)

    def set_people(self, people: Sequence[str]) -> None:
        """Take the names offered where a person is asked for."""
        self._people = people

    def inputs(self) -> Iterator[QWidget]:
        """Yield what Tab stops at, from the first field to the last button."""
        for spec in self.form.fields():
            yield from _stops(self.form.row(spec.code))
        yield self.well.button
        yield from self.priority.inputs()
        yield from (self.foot.send, self.foot.another, self.foot.discard)

    # ------------------------------------------------------------ the answers

    def answers(self) -> dict[str, Any]:
        """Return everything typed, by field code, for every service looked at."""
        self._keep()
        return dict(self._answers)

    def own_answers(self) -> dict[str, Any]:
        """Return the answers to what this service asks."""
        values = self.form.values()
        return {code: one for code, one in values.items() if code not in COMMON}

    def common(self, code: str) -> str:
        """Return the answer to one of the fields every request has."""
        return str(self.form.values().get(code) or "")

    def set_answers(
        self, answers: Mapping[str, Any], *, is_urgent: bool, reason: str
    ) -> None:
        """Show what was typed before, and nothing else."""
        self._answers, self._laid = dict(answers), {}
        self._laid_files = set()
        self._is_filling = True
        self.form.set_values(self._answers)
        self.priority.set_value(is_urgent, reason)
        self._is_filling = False
        self._say_state()

    def lay(self, answers: Mapping[str, Any]) -> None:
        """Put answers where nothing was typed; ``lift`` takes them off again."""
        self._keep()
        for code, answer in answers.items():
            if answer not in (None, "", []) and code not in self._answers:
                self._answers[code] = self._laid[code] = answer
        self._is_filling = True
        self.form.set_values(self._answers)
        self._is_filling = False
        self._say_state()

    def lift(self) -> None:
        """Take off what was laid and nobody changed since."""
        self._keep()
        for code, answer in self._laid.items():
            if self._answers.get(code) == answer:
                del self._answers[code]
        self._laid = {}
        self._is_filling = True
        self.form.set_values(self._answers)
        self._is_filling = False
        self._lift_files()

    def _keep(self) -> None:
        typed = self.form.typed()
        for spec in self.form.fields():
            if spec.code in typed:
                self._answers[spec.code] = typed[spec.code]
            else:
                self._answers.pop(spec.code, None)

    def _typed(self) -> None:
        if not self._is_filling:
            self._say_state()
            self.changed.emit()

    def _turned(self) -> None:
        if not self._is_filling:
            self.priority_changed.emit()

    # ------------------------------------------------------------ files

    def _make_well(self, spec: FieldSpec, name: str) -> FilesInput:
        well = FileWell(self._context, self._folder, field=spec.code, name=name)
        well.set_files(self._files.get(spec.code, ()))
        well.changed.connect(lambda: self._took_files(spec.code, well))
        self._wells[spec.code] = well
        return well

    def _took_files(self, field: str, well: FileWell) -> None:
        self._files[field] = well.files()
        self._typed()

    def set_files(self, files: Sequence[StagedFile]) -> None:
        """Show the files a draft kept, each where it belongs."""
        self._files = {}
        for one in files:
            self._files[one.field] = (*self._files.get(one.field, ()), one)
        self._is_filling = True
        self.well.set_files(self._files.get("", ()))
        for code, well in self._wells.items():
            well.set_files(self._files.get(code, ()))
        self._is_filling = False

    def add_files(self, files: Sequence[StagedFile]) -> None:
        """Show more files, each with its question where that is still asked."""
        for one in files:
            well = self._wells.get(one.field)
            if well is None:
                self.well.add_files([replace(one, field="")])
            else:
                well.add_files([one])

    def lay_files(self, files: Sequence[StagedFile]) -> list[StagedFile]:
        """Add files a template brings, but none twice; ``lift`` takes them off again.

        Returns those that were there already.
        """
        there = {(one.name, one.size) for one in self.kept_files()}
        fresh = [one for one in files if (one.name, one.size) not in there]
        self._laid_files |= {one.key for one in fresh}
        self.add_files(fresh)
        return [one for one in files if one not in fresh]

    def _lift_files(self) -> None:
        laid = [one for one in self.kept_files() if one.key in self._laid_files]
        self._laid_files = set()
        if laid:
            self.set_files([one for one in self.kept_files() if one not in laid])
            self._folder.forget(laid)

    def kept_files(self) -> list[StagedFile]:
        """Return every file taken, also for questions not asked any more."""
        return [one for files in self._files.values() for one in files]

    def sent_files(self) -> tuple[StagedFile, ...]:
        """Return the files that go with the request."""
        asked = {"", *(spec.code for spec in self.form.shown())}
        return tuple(one for one in self.kept_files() if one.field in asked)

    def is_copying(self) -> bool:
        """Tell whether a file is still on its way."""
        return any(one.is_busy for one in (self.well, *self._wells.values()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a picture or files pasted into a field as files of the request."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_paste = event.matches(QKeySequence.StandardKey.Paste)
            mime = QGuiApplication.clipboard().mimeData() if is_paste else None
            if mime is not None and has_files(mime):
                return self.well.take_mime(mime)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ what is wrong

    def check(self) -> bool:
        """Say at each field what is wrong; True when nothing is."""
        if self._service is None:
            return False
        now = self._context.ticker.now()
        today = now.astimezone(self._context.clocks.zone).date()
        problems = problems_of(self._questions(), self.form.values(), today)
        self.form.show_problems(problems)
        no_reason = self.priority.is_without_reason()
        self.priority.show_problem(_(PROBLEM_WORDS["missing"]) if no_reason else "")
        if no_reason and not problems:
            self.priority.reason.setFocus()
        for problem in problems[:1]:
            self.area.ensureWidgetVisible(self.form.row(problem.field), 0, 16)
        if self.is_copying():
            self.foot.say(_("A file is still being copied. Send when it is here."))
            return False
        return not problems and not no_reason

    def show_refusal(self, refusal: Refusal) -> bool:
        """Show a refusal at its field; False when it belongs to none here."""
        if not isinstance(refusal, Invalid):
            return False
        words = refusal_words(refusal)
        if refusal.field == "urgency_reason":
            self.priority.show_problem(words)
            self.priority.reason.setFocus()
            return True
        return any(
            self.form.show_problem(code, words)
            for code in (refusal.field, f"_{refusal.field}")
        )

    def customers(self) -> str:
        """Return the list of customers as typed."""
        return self.common(CUSTOMERS)

    def _say_state(self) -> None:
        if self._service is not None:
            self.foot.say_missing(self.form.missing(), self._service.unit)


def _stops(row: FieldRow) -> Iterator[QWidget]:
    for child in row.findChildren(QWidget):
        takes_tab = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and child.window() is row.window() and child.focusProxy() is None:
            yield child
