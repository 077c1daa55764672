"""Asks what a template is to be called and whose it is; lists those there are."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.use_cases.wordings import MAY_SHARE_WITH_ALL, Sharing
from ui.common.buttons import IconButton, SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, LineInput
from ui.common.labelled import Labelled
from ui.common.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desktop.queries.starting import TemplateRow
    from ui.context import Me


class TemplateDialog(Dialog):
    """A name, whose the template is to be, and whether it keeps the form's files."""

    def __init__(
        self, service: str, me: Me, files: int, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Save as a template"),
            _(
                "The search offers it beside the services. The customer is not kept "
                "with it; a template of the same name is replaced."
            ),
            submit=_("Save"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        self.name = LineInput(name=_("Name"))
        self.name.setText(service)
        self.name.selectAll()
        self.name.submitted.connect(self.submit)
        options = [(Sharing.MINE.value, _("Mine"))]
        if me.unit_id is not None:
            options.append((Sharing.UNIT.value, me.unit_name or _("My unit's")))
        if me.roles & {role.value for role in MAY_SHARE_WITH_ALL}:
            options.append((Sharing.HOUSE.value, _("Everybody's")))
        self.whose = SegmentedControl(options, name=_("Whose it is"))
        self.whose.set_value(Sharing.MINE.value)
        self.body.addWidget(Labelled(_("Name"), self.name, needed=True))
        self.body.addWidget(Labelled(_("Whose it is"), self.whose))
        words = ngettext(
            "Keep its file with it", "Keep its {count} files with it", files
        )
        self.files = CheckInput(words.format(count=files))
        self.files.setChecked(files > 0)
        self.body.addWidget(self.files)
        self.files.setVisible(files > 0)
        self.start_at(self.name)

    def sharing(self) -> Sharing:
        """Return whose it is to be."""
        return Sharing(self.whose.value())


class TemplatesDialog(Dialog):
    """The templates somebody may use; ``removed(id)`` when one is to go."""

    removed = Signal(int)

    def __init__(
        self, rows: Sequence[TemplateRow], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Templates"), "", submit=_("Done"), parent=parent)
        self.submitted.connect(self.accept)
        self.cancel_button.hide()
        self._lines: dict[int, QWidget] = {}
        self.buttons: dict[int, IconButton] = {}
        self._none = PlainLabel(
            _("No template yet. Fill in a form, then save it as one."),
            ink="text2",
            wraps=True,
        )
        self.body.addWidget(self._none)
        for row in rows:
            self.body.addWidget(self._line(row))
        self._none.setVisible(not self._lines)
        self.start_at(self.submit_button)

    def _line(self, row: TemplateRow) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(row.name))
        whose = _("Everybody's")
        if row.person_id is not None:
            whose = _("Mine")
        elif row.unit_id is not None:
            whose = _("My unit's")
        words.addWidget(
            ElidedLabel(f"{row.service}  ·  {whose}", size="small", ink="text2")
        )
        layout.addLayout(words, 1)
        button = IconButton("trash", _("Delete {name}").format(name=row.name))
        button.clicked.connect(lambda: self.removed.emit(row.id))
        layout.addWidget(button)
        self._lines[row.id] = line
        self.buttons[row.id] = button
        return line

    def take_out(self, template_id: int) -> None:
        """Show that one is gone."""
        line = self._lines.pop(template_id)
        self.buttons.pop(template_id)
        self.body.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._none.setVisible(not self._lines)
