"""What a service is called, who offers it, and what the customer is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.service_drafts import HOW_CAP, PRICE_CAP, ServiceDraft
from desktop.i18n import gettext as _
from desktop.queries.catalogue import OfferingUnit
from ui.common.inputs import CheckInput, ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea


class ServicePart(QWidget):
    """Tells ``edited(draft, part)``; a draft is shown with ``show_draft``."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = ServiceDraft()
        self._is_filling = False
        self.name = LineInput(name=_("Name, needed"))
        self.unit = ChoiceInput(name=_("Unit, needed"), placeholder=_("Choose"))
        self.description = TextInput(name=_("What it is"), lines=3)
        self.synonyms = TextInput(name=_("Other names, one a line"), lines=3)
        self.active = CheckInput(_("It is offered"))
        self.told_when = LineInput(limit=HOW_CAP, name=_("When it is done"))
        self.told_how = LineInput(limit=HOW_CAP, name=_("How the customer gets it"))
        self.told_price = LineInput(limit=PRICE_CAP, name=_("What it costs"))
        hint = _("Words a customer or a colleague uses for it; the search finds them.")
        self.parts = {
            "name": Labelled(_("Name"), self.name, needed=True),
            "unit_id": Labelled(_("Unit"), self.unit, needed=True),
            "description": Labelled(_("What it is"), self.description),
            "synonyms": Labelled(
                _("Other names, one a line"), self.synonyms, hint=hint
            ),
            "told_when": Labelled(_("When"), self.told_when),
            "told_how": Labelled(_("How"), self.told_how),
            "told_price": Labelled(_("Price"), self.told_price),
        }
        self._place()
        self._connect()

    def _place(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(16)
        for name in ("name", "unit_id"):
            column.addWidget(self.parts[name])
        column.addWidget(self.active)
        for name in ("description", "synonyms"):
            column.addWidget(self.parts[name])
        column.addWidget(PlainLabel(_("What the customer is told"), bold=True))
        column.addWidget(
            PlainLabel(
                _("The clerk sees it beside what the agreement promises."),
                size="small",
                ink="text2",
                wraps=True,
            )
        )
        column.addWidget(self.parts["told_when"])
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.parts["told_how"], 3)
        line.addWidget(self.parts["told_price"], 2)
        column.addLayout(line)
        column.addStretch(1)
        area = ScrollArea()
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        for name in ("name", "told_when", "told_how", "told_price"):
            field: LineInput = getattr(self, name)
            field.textEdited.connect(lambda _words, part=name: self._tell(part))
        self.description.textChanged.connect(lambda: self._tell("description"))
        self.synonyms.textChanged.connect(lambda: self._tell("synonyms"))
        self.unit.chosen.connect(lambda _unit: self._tell("unit_id"))
        self.active.clicked.connect(lambda _on: self._tell("is_active"))

    def set_units(self, units: Sequence[OfferingUnit]) -> None:
        """Offer these units."""
        self.unit.set_options([(one.id, one.name) for one in units])
        self.unit.set_value(self._draft.unit_id)

    def show_draft(self, draft: ServiceDraft) -> None:
        """Show a service; what stands already is not typed over."""
        self._is_filling = True
        self._draft = draft
        for name in ("name", "told_when", "told_how", "told_price"):
            field: LineInput = getattr(self, name)
            if field.text() != getattr(draft, name):
                field.setText(getattr(draft, name))
        self.unit.set_value(draft.unit_id)
        if self.description.toPlainText() != draft.description:
            self.description.setPlainText(draft.description)
        if _lines(self.synonyms.toPlainText()) != draft.synonyms:
            self.synonyms.setPlainText("\n".join(draft.synonyms))
        self.active.setChecked(draft.is_active)
        self._is_filling = False

    def _tell(self, part: str) -> None:
        if self._is_filling:
            return
        if part in self.parts:
            self.parts[part].show_problem("")
        unit = self.unit.value()
        self._draft = replace(
            self._draft,
            name=self.name.text(),
            unit_id=unit if isinstance(unit, int) else None,
            description=self.description.toPlainText(),
            synonyms=_lines(self.synonyms.toPlainText()),
            is_active=self.active.isChecked(),
            told_when=self.told_when.text(),
            told_how=self.told_how.text(),
            told_price=self.told_price.text(),
        )
        self.edited.emit(self._draft, part)

    def show_problem(self, part: str, words: str) -> bool:
        """Say what is wrong with a part, and go there; False where there is none."""
        row = self.parts.get(part)
        if row is None:
            return False
        row.show_problem(words)
        row.field.setFocus()
        return True

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for row in self.parts.values():
            row.show_problem("")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("\n") if one.strip())
