"""The files of the request shown: added, looked at, saved, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.requests import Audience, EntryKind, is_allowed, may_take_step
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.use_cases.attachments import MOST_AT_ONCE
from ui.common.attachments.file_line import FileLine, LineAct
from ui.common.attachments.opener import FileOpener
from ui.common.attachments.picking import Picked, ask_for_files, picked_from
from ui.common.attachments.removing import RemoveDialog
from ui.common.attachments.staged import StagingFolder
from ui.common.attachments.upload import Upload
from ui.common.attachments.words import file_icon, stored_words, warning_of
from ui.common.buttons import Button, SegmentedControl
from ui.common.labels import ElidedLabel, LinkLabel, PlainLabel
from ui.common.refresher import Refresher

if TYPE_CHECKING:
    from desktop.queries.attachments import FileRow
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context
    from ui.operations import Ticket

TABLES = ("attachment",)
BOTH, INTERNAL = "both", "internal"
SHOWN_AT_FIRST = 20
"""More files than these wait behind a link: each is a line of widgets."""


class FilesSection(QWidget):
    """Hidden where there is no file and none may be added.

    What is on its way stays with its request while another one is looked at.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = StagingFolder(context.preferences.folder / "sending")
        self._details: RequestDetails | None = None
        self._ticket: Ticket | None = None
        self._uploads: list[Upload] = []
        self._sending: dict[tuple[Upload, int], FileLine] = {}
        self._may_add = self._is_filled = self._is_whole = False
        self.rows: tuple[FileRow, ...] = ()
        self.lines: dict[int, FileLine] = {}
        self.dialog: RemoveDialog | None = None
        self.opener = FileOpener(context, self)
        self.opener.progressed.connect(self._fetching)
        self.title = PlainLabel(_("Files"), bold=True)
        self.audience = SegmentedControl(
            [(BOTH, _("Both sides")), (INTERNAL, _("Internal"))],
            name=_("Who sees files added now"),
        )
        self.button = Button(_("Attach"), icon="paperclip")
        self.button.clicked.connect(self.choose)
        self.hint = ElidedLabel(
            _("None yet. Drop files anywhere on this side, or paste a picture."),
            size="small",
            ink="text2",
        )
        self.more = LinkLabel("")
        self.more.clicked.connect(self._show_whole)
        self._place()
        Refresher(self, context.operations, TABLES, self._reread)

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.audience)
        head.addWidget(self.button)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        self._stored, self._coming = QVBoxLayout(), QVBoxLayout()
        for column in (self._stored, self._coming):
            column.setSpacing(0)
            layout.addLayout(column)
        layout.insertWidget(layout.count() - 1, self.more)
        self.more.hide()
        self.hide()

    # ------------------------------------------------------------ showing

    def show_details(self, details: RequestDetails) -> None:
        """Read the files of a request and show them."""
        is_other = self._details is None or self._details.id != details.id
        self._details = details
        self._may_add = self._may(EntryKind.ATTACHED)
        if is_other:
            self.audience.set_value(BOTH)
            self._is_filled = self._is_whole = False
            self._take(())
            self._show_coming()
        self._reread()

    def _may(self, step: EntryKind) -> bool:
        details, me = self._details, self._context.me.unit_id
        return (
            details is not None
            and is_allowed(step, details.state)
            and may_take_step(step, me, details.unit_id, details.front_unit_id)
        )

    def _reread(self) -> None:
        from desktop.queries.attachments import files_of

        if self._ticket is not None:
            self._ticket.cancel()
        if self._details is not None:
            self._ticket = self._context.operations.read_added(
                files_of, self._details.id, reader_unit_id=self._context.me.unit_id
            ).start(self, self._take)

    def _take(self, rows: tuple[FileRow, ...]) -> None:
        if rows != self.rows or not self._is_filled:
            self.rows, self._is_filled = rows, True
            self._fill()
            self.changed.emit()
        self._settle()

    def _settle(self) -> None:
        count = len(self.rows)
        title = _("Files {count}").format(count=count) if count else _("Files")
        self.title.setText(title)
        self.hint.setVisible(self._may_add and not self.rows and not self._sending)
        self.button.setVisible(self._may_add)
        self.audience.setVisible(self._may_add)
        self.setVisible(self._may_add or bool(self.rows) or bool(self._sending))

    def _fill(self) -> None:
        focused = next((one for one in self.lines if self.lines[one].hasFocus()), None)
        _clear(self._stored, list(self.lines.values()))
        self.lines = {}
        shown = self.rows if self._is_whole else self.rows[:SHOWN_AT_FIRST]
        rest = len(self.rows) - len(shown)
        words = ngettext("Show {count} more file", "Show {count} more files", rest)
        self.more.setText(words.format(count=rest))
        self.more.setVisible(rest > 0)
        for row in shown:
            line = self.lines[row.id] = FileLine(row.name, file_icon(row.kind))
            line.stepped.connect(partial(self._go, line))
            self._dress(line, row)
            self._stored.addWidget(line)
        if focused in self.lines:
            self.lines[focused].setFocus()

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fill()

    def _dress(self, line: FileLine, row: FileRow) -> None:
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        told, warning = stored_words(row, now, zone), warning_of(row.kind, row.name)
        is_internal = row.audience is Audience.INTERNAL
        if warning:
            line.say(f"{warning}  ·  {told}", ink="risk", icon=file_icon(row.kind))
        else:
            line.say(told, ink="held" if is_internal else "text2")
        line.lock.setVisible(is_internal)
        line.set_acts(*self._acts(row))

    def _acts(self, row: FileRow) -> list[LineAct]:
        opener = self.opener
        save = LineAct("download", _("Save as"), partial(opener.ask_where, row))
        acts = [save]
        if row.kind.opens:
            icon = "eye" if row.kind.previews else "external-link"
            words = _("Look at it") if row.kind.previews else _("Open")
            acts.insert(0, LineAct(icon, words, partial(opener.look, row)))
        if self._may_remove(row):
            remove = partial(self.ask_to_remove, row)
            words, key = _("Take it away"), _("Del")
            acts.append(LineAct("trash", words, remove, Qt.Key.Key_Delete, key))
        return acts

    def _may_remove(self, row: FileRow) -> bool:
        me, details = self._context.me, self._details
        if details is None or not self._may(EntryKind.FILE_REMOVED):
            return False
        return row.person_id == me.person_id or me.unit_id in (
            row.unit_id,
            details.unit_id,
        )

    def _go(self, line: FileLine, step: int) -> None:
        lines = list(self.lines.values())
        lines[(lines.index(line) + step) % len(lines)].setFocus()

    def _fetching(self, attachment_id: int, share: float | None) -> None:
        line = self.lines.get(attachment_id)
        row = next((one for one in self.rows if one.id == attachment_id), None)
        if line is None or row is None:
            return
        if line.share is None and share is not None:
            stop = partial(self.opener.cancel, row)
            line.set_acts(LineAct("x", _("Stop"), stop, Qt.Key.Key_Delete, _("Del")))
        elif share is None:
            line.set_acts(*self._acts(row))
        line.set_share(share)

    # ------------------------------------------------------------ adding

    def may_add(self) -> bool:
        """Tell whether files may be added to what is shown."""
        return self._may_add and self.isVisible()

    def choose(self) -> None:
        """Open the dialog that chooses files."""
        if self._details is not None:
            wanted = self._details.id
            ask_for_files(self._context, self, lambda picked: self.send(picked, wanted))

    def take_mime(self, mime: QMimeData) -> bool:
        """Attach what was dropped or pasted; False where there is no file in it."""
        if not self._may_add or self._details is None:
            return False
        at = self._context.ticker.now().astimezone(self._context.clocks.zone)
        picked = picked_from(mime, at)
        self.send(picked, self._details.id)
        return bool(picked)

    def send(self, picked: Sequence[Picked], request_id: int) -> None:
        """Attach files to a request, telling of each how far it is."""
        if not picked:
            return
        if len(picked) > MOST_AT_ONCE:
            refusal = Refusal("too_many_files", most=MOST_AT_ONCE)
            self._tell(refusal_words(refusal))
            return
        audience = Audience(self.audience.value())
        operations, now = self._context.operations, self._context.ticker.now()
        upload = Upload(
            operations, self._folder, request_id, picked, audience, now, self
        )
        upload.progressed.connect(partial(self._progressed, upload))
        upload.left_out.connect(partial(self._left_out, upload))
        upload.stored.connect(partial(self._end, upload))
        upload.failed.connect(partial(self._failed, upload))
        self._uploads.append(upload)
        self._show_coming()
        upload.start()

    def _tell(self, words: str) -> None:
        self._context.tell(words, kind="broken", subject="file")

    def _show_coming(self) -> None:
        """Show what is on its way into the request shown."""
        _clear(self._coming, list(self._sending.values()))
        self._sending = {}
        shown = self._details.id if self._details is not None else None
        for upload in self._uploads:
            if upload.request_id == shown:
                for number, picked in enumerate(upload.picked):
                    self._add_coming(upload, number, picked.name)
        self._settle()

    def _add_coming(self, upload: Upload, number: int, name: str) -> None:
        line = self._sending[upload, number] = FileLine(name, "upload")
        line.say(_("Being attached"))
        line.set_share(0.0)
        stop = partial(self._leave_out, upload, number)
        line.set_acts(LineAct("x", _("Stop"), stop, Qt.Key.Key_Delete, _("Del")))
        self._coming.addWidget(line)

    def _leave_out(self, upload: Upload, number: int) -> None:
        upload.leave_out(number)
        self._drop(upload, number)

    def _drop(self, upload: Upload, number: int) -> None:
        line = self._sending.pop((upload, number), None)
        if line is not None:
            _clear(self._coming, [line])
            self._settle()

    def _progressed(self, upload: Upload, number: int, share: float) -> None:
        line = self._sending.get((upload, number))
        if line is not None:
            line.set_share(share)

    def _left_out(self, upload: Upload, number: int, refusal: Refusal) -> None:
        self._drop(upload, number)
        self._tell(refusal_words(refusal))

    def _end(self, upload: Upload) -> None:
        if upload in self._uploads:
            self._uploads.remove(upload)
        for number in range(len(upload.picked)):
            self._drop(upload, number)
        upload.deleteLater()

    def _failed(self, upload: Upload, refusal: Refusal) -> None:
        """Keep what was picked, say why it is not attached, offer it again."""
        words = refusal_words(refusal)
        lines = [one for key, one in self._sending.items() if key[0] is upload]
        for line in lines:
            line.set_share(None)
            line.say(_("Not attached"), ink="broken", icon="circle-x")
            line.set_acts(
                LineAct("refresh", _("Try again"), partial(self._again, upload)),
                LineAct(
                    "x",
                    _("Leave it out"),
                    partial(self._give_up, upload),
                    Qt.Key.Key_Delete,
                    _("Del"),
                ),
            )
        again: Callable[[], None] = partial(self._again, upload)
        self._context.tell(
            words, kind="broken", subject="file", action=_("Try again"), act=again
        )

    def _again(self, upload: Upload) -> None:
        if upload in self._uploads:
            self._show_coming()
            upload.start()

    def _give_up(self, upload: Upload) -> None:
        upload.forget()
        self._end(upload)

    # ------------------------------------------------------------ taking away

    def ask_to_remove(self, row: FileRow) -> None:
        """Ask why, then take a file away; the bar offers to put it back."""
        from desktop.use_cases.attachments import put_back, remove_file

        dialog = self.dialog = RemoveDialog(row.name, self)
        operations = self._context.operations

        def undo() -> None:
            operations.write(put_back, row.id).start(self)

        def done(_version: int) -> None:
            dialog.accept()
            words = _("“{name}” was taken away").format(name=row.name)
            self._context.offer_undo(words, undo)

        def send() -> None:
            dialog.set_busy(True)
            operations.write(remove_file, row.id, dialog.reason()).start(
                self, done, dialog.show_refusal
            )

        dialog.submitted.connect(send)
        dialog.open()


def _clear(column: QVBoxLayout, lines: Sequence[FileLine]) -> None:
    for line in lines:
        column.removeWidget(line)
        line.hide()
        line.deleteLater()
