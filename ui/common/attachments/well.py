"""Where files are collected before something is sent: dropped, pasted or chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import ChangeSet
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.house_settings import HouseChoices, house_choices
from desktop.use_cases.attachments import MOST_AT_ONCE
from ui.common.attachments.carrier import Copying
from ui.common.attachments.file_line import FileLine, LineAct
from ui.common.attachments.picking import (
    Picked,
    ask_for_files,
    has_files,
    picked_from,
)
from ui.common.attachments.staged import StagedFile, StagingFolder
from ui.common.attachments.words import file_icon, staged_words, warning_of
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.context import Context
from ui.style import tokens


class FileWell(QWidget):
    """Copies of files, each on a line; `changed` whenever there are others.

    ``field`` is the code of the form's question they answer. A file taken out can be
    put back while the bar offers it: its copy goes only when the draft does.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(
        self,
        context: Context,
        folder: StagingFolder,
        *,
        field: str = "",
        name: str = "",
        most: int = MOST_AT_ONCE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = folder
        self._field = field
        self._most = most
        self._files: list[StagedFile] = []
        self._lines: dict[object, FileLine] = {}
        self._copying: list[Copying] = []
        self._is_over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(name or _("Files"))
        self.button = Button(_("Add files"), icon="paperclip")
        self.button.clicked.connect(self.choose)
        self.setFocusProxy(self.button)
        self.hint = PlainLabel("", size="small", ink="text2", wraps=True)
        self.problem_label = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem_label.hide()
        self._place()
        self._say_most(HouseChoices())
        context.operations.changed.connect(self._hear)
        self._read_most()

    def _hear(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches("house_setting"):
            self._read_most()

    def _read_most(self) -> None:
        reading = self._context.operations.read_added(house_choices)
        reading.start(self, self._say_most)

    def _say_most(self, choices: HouseChoices) -> None:
        words = _("or drop them here, or paste a picture; up to {most} MB each")
        self.hint.setText(words.format(most=choices.file_mb))

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        layout.addLayout(self._column)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.button)
        foot.addWidget(self.hint, 1)
        layout.addLayout(foot)
        layout.addWidget(self.problem_label)

    # ------------------------------------------------------------ what is in it

    def files(self) -> tuple[StagedFile, ...]:
        """Return the files that are ready to be sent."""
        return tuple(self._files)

    def value(self) -> list[str]:
        """Return the files' names: what a form's question is answered with."""
        return [one.name for one in self._files]

    @property
    def is_busy(self) -> bool:
        """Tell whether a file is still being copied."""
        return bool(self._copying)

    def lines(self) -> list[FileLine]:
        """Return the lines as they stand."""
        return list(self._lines.values())

    def set_files(self, files: Sequence[StagedFile]) -> None:
        """Show exactly these, as a draft brings them back."""
        for copying in self._copying:
            copying.cancel()
        self._copying = []
        for key in list(self._lines):
            self._drop_line(key)
        self._files = []
        for one in files:
            self._files.append(one)
            self._show(one)
        self._say("")

    def add_files(self, files: Sequence[StagedFile]) -> None:
        """Show more files, copied already, below those there are."""
        for one in files:
            self._files.append(one)
            self._show(one)
        self.changed.emit()

    # ------------------------------------------------------------ taking files

    def choose(self) -> None:
        """Open the dialog that chooses files."""
        ask_for_files(self._context, self, self.take)

    def take_mime(self, mime: QMimeData) -> bool:
        """Take what was dropped or pasted; False where there is no file in it."""
        at = self._context.ticker.now().astimezone(self._context.clocks.zone)
        picked = picked_from(mime, at)
        self.take(picked)
        return bool(picked)

    def take(self, picked: Sequence[Picked]) -> None:
        """Copy files aside, each with its own line."""
        self._say("")
        room = self._most - len(self._files) - len(self._copying)
        if len(picked) > room:
            words = ngettext(
                "{count} file fits here; the others were left out.",
                "{count} files fit here; the others were left out.",
                self._most,
            )
            self._say(words.format(count=self._most))
        for one in picked[: max(room, 0)]:
            self._begin(one)

    def _begin(self, picked: Picked) -> None:
        operations = self._context.operations
        copying = Copying(operations, self._folder, picked, self._field, self)
        line = self._add_line(copying, picked.name, "file-text")
        line.say(_("Copying"))
        line.set_share(0.0)
        line.set_acts(self._leaving_out(lambda: self._cancel(copying)))
        copying.progressed.connect(line.set_share)
        copying.copied.connect(lambda staged: self._take_copy(copying, staged))
        copying.refused.connect(lambda refusal: self._refuse(copying, refusal))
        self._copying.append(copying)
        copying.start()

    def _take_copy(self, copying: Copying, staged: StagedFile) -> None:
        self._end(copying)
        self._files.append(staged)
        self._show(staged)
        self.changed.emit()

    def _refuse(self, copying: Copying, refusal: Refusal) -> None:
        self._end(copying)
        # Of several refused together, each is named.
        said = [*self.problem_label.text().splitlines(), refusal_words(refusal)]
        self._say("\n".join(dict.fromkeys(said)))

    def _cancel(self, copying: Copying) -> None:
        copying.cancel()
        self._end(copying)

    def _end(self, copying: Copying) -> None:
        self._copying.remove(copying)
        self._drop_line(copying)
        copying.deleteLater()

    def _say(self, words: str) -> None:
        self.problem_label.setText(words)
        self.problem_label.setVisible(bool(words))
        if words:
            self.problem.emit(words)

    # ------------------------------------------------------------ lines

    def _show(self, staged: StagedFile) -> None:
        warning = warning_of(staged.kind, staged.name)
        line = self._add_line(staged.key, staged.name, file_icon(staged.kind))
        if warning:
            line.say(warning, ink="risk", icon=file_icon(staged.kind))
        else:
            line.say(staged_words(staged))
        line.set_acts(self._leaving_out(lambda: self.remove(staged)))

    def _leaving_out(self, act: Callable[[], None]) -> LineAct:
        return LineAct("x", _("Leave it out"), act, Qt.Key.Key_Delete, _("Del"))

    def _add_line(self, key: object, name: str, icon: str) -> FileLine:
        line = FileLine(name, icon)
        line.stepped.connect(lambda step: self._go(line, step))
        self._lines[key] = line
        self._column.addWidget(line)
        return line

    def _go(self, line: FileLine, step: int) -> None:
        lines = self.lines()
        lines[(lines.index(line) + step) % len(lines)].setFocus()

    def _drop_line(self, key: object) -> None:
        line = self._lines.pop(key)
        if line.hasFocus():
            self.button.setFocus()
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def remove(self, staged: StagedFile) -> None:
        """Leave a file out; the bar offers to put it back."""
        self._files.remove(staged)
        self._drop_line(staged.key)
        self.changed.emit()
        words = _("“{name}” is left out").format(name=staged.name)
        self._context.offer_undo(words, lambda: self._put_back(staged))

    def _put_back(self, staged: StagedFile) -> None:
        if staged not in self._files:
            self._files.append(staged)
            self._show(staged)
            self.changed.emit()

    # ------------------------------------------------------------ drop and paste

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is pasted."""
        is_paste = event.matches(QKeySequence.StandardKey.Paste)
        if is_paste and self.take_mime(QGuiApplication.clipboard().mimeData()):
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be dropped."""
        if has_files(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped; the file itself stays where it lies."""
        self._set_over(False)
        if self.take_mime(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def _set_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dashed edge: files may be dropped inside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        pen = QPen(colours.accent if self._is_over else colours.edge, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        if self._is_over:
            painter.setBrush(colours.soft)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 6, 6)
