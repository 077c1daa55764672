"""Asks for the name of a view, and whether the unit sees it too."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, LineInput
from ui.common.labelled import Labelled

NAME_LIMIT = 60


class ViewDialog(Dialog):
    """`name` and `is_shared` hold what was chosen; `key` makes a retry harmless."""

    def __init__(
        self,
        unit_name: str,
        name: str = "",
        *,
        is_shared: bool = False,
        may_share: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a new view; with a name, for another name of a known one."""
        is_known = bool(name)
        super().__init__(
            _("Rename the view") if is_known else _("Save this view"),
            ""
            if is_known
            else _(
                "It keeps what the list is narrowed to, its order, groups and columns."
            ),
            submit=_("Rename it") if is_known else _("Save it"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        words = _("Name")
        self.field = LineInput(limit=NAME_LIMIT, name=words)
        self.field.setText(name)
        self.field.selectAll()
        self.body.addWidget(Labelled(words, self.field))
        shared = _("Everybody of {unit} sees it").format(unit=unit_name[:60])
        self.shared = CheckInput(shared)
        self.shared.setChecked(is_shared)
        self.body.addWidget(self.shared)
        self.shared.setVisible(bool(unit_name) and may_share)
        self.field.returnPressed.connect(self.submit)
        self.start_at(self.field)

    def name(self) -> str:
        """Return the name typed."""
        return self.field.text().strip()

    def is_shared(self) -> bool:
        """Tell whether the unit is to see it."""
        return self.shared.isChecked()
