"""Canned texts at a field: found by typing, filled from the request, kept, changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.text import fold_for_search
from desktop.domain.wordings import Place, fill
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words
from ui.common.buttons import Button, IconButton
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, SearchField, TextInput
from ui.common.kept_words import KeptWords
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.lines import HEIGHT, Line, Lines

if TYPE_CHECKING:
    from desktop.queries.desk_sections import CannedRow
    from ui.context import Context

KEY = "Ctrl+Space"
SHOWN = 4
"""Rows of the list seen at once."""
Values = Callable[[], Mapping[Place, str]]

add_words(
    {
        "unknown_place": N_(
            "“{place}” is no place that can be filled. Choose one of the list below."
        ),
        "not_for_everybody": N_(
            "Only coordinators, managers and administrators keep texts for everybody."
        ),
        "not_yours": N_("This belongs to somebody else. Keep one of your own."),
    }
)


class CannedTexts(QObject):
    """Offers canned texts at one field, by a button and by its key."""

    def __init__(self, context: Context, field: TextInput, values: Values) -> None:
        super().__init__(field)
        self._context = context
        self._field = field
        self._values = values
        self.dialog: CannedDialog | None = None
        self.button = IconButton("notes", _("Canned texts"), key=KEY)
        self.button.clicked.connect(self.open)
        shortcut = QShortcut(QKeySequence(KEY), field)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.open)

    def open(self) -> None:
        """Let one be chosen; it goes in where the cursor is."""
        # Above whatever holds the field: in a dialog, the dialog.
        self.dialog = CannedDialog(self._context, self._values, self._field)
        self.dialog.set_typed(self._field.toPlainText())
        self.dialog.submitted.connect(self._insert)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _insert(self) -> None:
        if self.dialog is None:
            return
        words = self.dialog.filled()
        if words:
            self.dialog.accept()
            self._field.insertPlainText(words)

    def _forget(self) -> None:
        self.dialog = None
        self._field.setFocus()


class CannedDialog(Dialog):
    """The list, found by typing; what would go in stands below it."""

    def __init__(
        self, context: Context, values: Values, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Canned texts"), submit=_("Put in"), parent=parent)
        self._context = context
        self._values = values
        self._rows: tuple[CannedRow, ...] = ()
        self._typed = ""
        self.editor: CannedEditor | None = None
        self.search = SearchField(_("Words of the text or its name"))
        self.search.textChanged.connect(self._show)
        self.search.submitted.connect(self.submit)
        self.list = Lines(_("Canned texts"), margin=12)
        self.list.setMinimumHeight(SHOWN * HEIGHT + 2)
        self.list.chosen.connect(lambda _row: self._preview())
        self.list.acted.connect(lambda _row: self.submit())
        self.list.removed.connect(lambda _row: self._delete())
        self.preview = TextInput(name=_("What goes in"), lines=5)
        self.preview.setReadOnly(True)
        self.empty = PlainLabel("", ink="text2", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.search, self.empty, self.list, self.preview):
            self.body.addWidget(part)
        self.body.addLayout(self._buttons())
        self.start_at(self.search)
        self._read()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.new = Button(_("New"), icon="plus")
        self.new.clicked.connect(lambda: self._edit(None))
        self.change = Button(_("Change"), icon="pencil")
        self.change.clicked.connect(lambda: self._edit(self.current()))
        self.delete = Button(_("Delete"), icon="trash")
        self.delete.clicked.connect(self._delete)
        for button in (self.new, self.change, self.delete):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def set_typed(self, words: str) -> None:
        """Start a new text with what stands in the field."""
        self._typed = words

    def current(self) -> CannedRow | None:
        """Return the text chosen."""
        chosen = self.list.what()
        return next((row for row in self._rows if row.id == chosen), None)

    def filled(self) -> str:
        """Return what goes in."""
        row = self.current()
        return fill(row.text, self._values()).text if row is not None else ""

    def _read(self, choose: int | None = None) -> None:
        from desktop.queries.desk_sections import canned_texts

        me = self._context.me

        def take(rows: tuple[CannedRow, ...]) -> None:
            self._rows = rows
            self._show(choose=choose)

        self._context.operations.read(canned_texts, me.person_id, me.unit_id).start(
            self, take
        )

    def _show(self, _words: str = "", *, choose: int | None = None) -> None:
        asked = fold_for_search(self.search.text()).split()
        found = [
            row
            for row in self._rows
            if all(one in fold_for_search(f"{row.name} {row.text}") for one in asked)
        ]
        self.list.set_lines([_line(row) for row in found])
        if choose is not None:
            self.list.choose(choose)
        if self.list.what() is None and found:
            self.list.choose(found[0].id)
        words = _("No text has these words. Try fewer, or their beginnings.")
        if not self._rows:
            words = _("No text is kept yet. “New” keeps the first one.")
        self.empty.setText(words)
        self.empty.setVisible(not found)
        self.list.setVisible(bool(found))
        self._preview()

    def _preview(self) -> None:
        row = self.current()
        self.preview.setPlainText(self.filled())
        self.preview.setVisible(row is not None)
        self.submit_button.setEnabled(row is not None)
        self.change.setEnabled(row is not None)
        self.delete.setEnabled(row is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows move in the list, and Return put in, while typing."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            # The list's own way with arrows, without the keyboard leaving the search.
            QCoreApplication.sendEvent(self.list, event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ keeping

    def _edit(self, row: CannedRow | None) -> None:
        editor = CannedEditor(row, self._typed, self)
        self.editor = editor
        if row is None:
            kept = KeptWords.of(self._context, "canned")
            kept.hold(editor, "new", editor.text, editor.name)

        def send() -> None:
            from desktop.use_cases.wordings import save_canned_text

            editor.set_busy(True)
            version = row.version if row is not None else None
            self._context.operations.write(
                save_canned_text,
                editor.draft(),
                text_id=row.id if row is not None else None,
                expected_version=version,
            ).start(self, saved, editor.show_refusal)

        def saved(text_id: int) -> None:
            editor.accept()
            self.search.clear()
            self._read(text_id)

        editor.submitted.connect(send)
        editor.finished.connect(self._forget_editor)
        editor.open()

    def _forget_editor(self) -> None:
        self.editor = None
        # Return puts in what was just kept, instead of pressing "New" again.
        self.search.setFocus()

    def _delete(self) -> None:
        from desktop.use_cases.wordings import delete_canned_text, save_canned_text

        row = self.current()
        if row is None:
            return

        def deleted(kept: Any) -> None:
            self._read()
            self.banners.tell(
                _("“{name}” is deleted.").format(name=kept.name),
                subject="deleted",
                action=_("Undo"),
                act=lambda: put_back(kept),
            )

        def put_back(kept: Any) -> None:
            self.banners.withdraw("deleted")
            self._context.operations.write(save_canned_text, kept).start(
                self, self._read, self.show_refusal
            )

        self._context.operations.write(delete_canned_text, row.id).start(
            self, deleted, self.show_refusal
        )


class CannedEditor(Dialog):
    """One canned text: its name, its words with places, and whose it is."""

    def __init__(
        self, row: CannedRow | None, typed: str, parent: QWidget | None = None
    ) -> None:
        from desktop.use_cases.wordings import Sharing, sharing_of

        title = _("Change a canned text") if row else _("Keep a text for use again")
        super().__init__(title, submit=_("Keep"), parent=parent)
        self.name = LineInput(name=_("Name"))
        self.text = TextInput(name=_("Text"), lines=6)
        self.sharing = ChoiceInput(
            [
                (Sharing.MINE, _("Only me")),
                (Sharing.UNIT, _("My unit")),
                (Sharing.HOUSE, _("Everybody")),
            ],
            name=_("Who uses it"),
        )
        self.sharing.set_value(
            sharing_of(row.person_id, row.unit_id) if row else Sharing.MINE
        )
        self.name.setText(row.name if row else "")
        self.text.setPlainText(row.text if row else typed)
        self.text.submitted.connect(self.submit)
        places = "  ".join(f"{{{place.value}}}" for place in Place)
        hint = _("Filled in from the request: {places}").format(places=places)
        for label, field, below in (
            (_("Name"), self.name, ""),
            (_("Text"), self.text, hint),
            (_("Who uses it"), self.sharing, ""),
        ):
            self.body.addWidget(Labelled(label, field, hint=below))
        self.start_at(self.name)

    def draft(self) -> Any:
        """Return what was typed."""
        from desktop.use_cases.wordings import CannedDraft, Sharing

        # Qt gives a code back as plain text.
        sharing = Sharing(str(self.sharing.value()))
        return CannedDraft(self.name.text(), self.text.toPlainText(), sharing)


def _line(row: CannedRow) -> Line:
    return Line(row.id, row.name, " ".join(row.text.split()), _whose(row))


def _whose(row: CannedRow) -> str:
    if row.person_id is not None:
        return _("mine")
    return _("everybody’s") if row.unit_id is None else _("my unit’s")
