"""Writes an agreement's terms down: a new one, a new version, or a draft changed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.errors import Conflict, Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.agreements.choices import Choices, chosen_id
from ui.agreements.editor_parts import ScopeFields, TermFields
from ui.common.dialog import Dialog
from ui.common.labels import PlainLabel

WIDTH = 912


@dataclass(frozen=True)
class Subject:
    """What is written: none of it for a new agreement.

    ``version_id`` and ``lock`` name the draft that is changed, else a new version is.
    """

    agreement_id: int | None = None
    name: str = ""
    scope: str = ""
    number: int = 1
    version_id: int | None = None
    lock: int = 0


class AgreementEditor(Dialog):
    """`terms()` gives what a use case takes, or None after saying what is wrong."""

    def __init__(
        self,
        choices: Choices,
        subject: Subject,
        terms: TermsDraft,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _title(subject),
            submit=_("Save the draft"),
            icon="device-floppy",
            parent=parent,
        )
        self.subject = subject
        self.key = uuid.uuid4()
        self._zone = zone
        self._began_with = terms
        self.setFixedWidth(WIDTH)
        self.scope = ScopeFields(choices) if subject.agreement_id is None else None
        self.fields = TermFields(choices, terms, zone)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(16)
        if self.scope is not None:
            column.addWidget(self.scope)
        else:
            scope = PlainLabel(subject.scope, ink="text2", wraps=True)
            scope.setMinimumWidth(1)  # a word that does not break is cut
            column.addWidget(scope)
        column.addWidget(self.fields)
        self.body.addWidget(inner)
        first = self.scope.name if self.scope else self.fields.first_field()
        self.start_at(first)

    # ------------------------------------------------------------ what was written

    def terms(self) -> TermsDraft | None:
        """Return the terms; None after saying at the field what cannot be read."""
        self.clear_problems()
        terms = self.fields.terms(self._began_with)
        if terms is None:
            self._show_focus()
        return terms

    def name(self) -> str:
        """Return the name of a new agreement."""
        return self.scope.name.text() if self.scope else self.subject.name

    def unit_ids(self) -> tuple[int | None, int | None, int | None]:
        """Return front unit, back unit and service of a new agreement; None: all."""
        assert self.scope is not None
        return (
            chosen_id(self.scope.front.value()),
            chosen_id(self.scope.back.value()),
            chosen_id(self.scope.service.value()),
        )

    def missing(self) -> bool:
        """Say at the field when a new agreement has no name or no back unit."""
        if self.scope is None:
            return False
        is_missing = self.scope.say_missing()
        if is_missing:
            self._show_focus()
        return is_missing

    # ------------------------------------------------------------ refusals

    def clear_problems(self) -> None:
        """Take all complaints back."""
        self.fields.clear_problems()
        if self.scope is not None:
            self.scope.clear_problems()

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons; all stays typed."""
        self.set_busy(False)
        words = refusal_words(refusal)
        if isinstance(refusal, Conflict) and self.subject.version_id is not None:
            words = _(
                "Somebody changed this draft while you were writing. Close this to "
                "see it, or copy what you wrote."
            )
        elif isinstance(refusal, Invalid):
            shown = self.fields.show_problem(refusal.field, words)
            if not shown and self.scope is not None:
                shown = self.scope.show_problem(refusal.field, words)
            if shown:
                self._show_focus()
                return
        self.show_problem(words)

    def _show_focus(self) -> None:
        field = self.focusWidget()
        if field is not None:
            self.reveal(field)

    # ------------------------------------------------------------ kept

    def beside(self) -> dict[str, Any]:
        """Return what makes saving it again no second one, and what it began from."""
        return {"key": str(self.key), "lock": self.subject.lock}

    def put_beside(self, content: dict[str, Any]) -> None:
        """Go on with one that was begun; who changed it since is then told of."""
        self.key = uuid.UUID(content["key"])
        self.subject = replace(self.subject, lock=int(content["lock"]))


def _title(subject: Subject) -> str:
    if subject.agreement_id is None:
        return _("New agreement")
    if subject.version_id is None:
        return _("New version of “{name}”").format(name=subject.name)
    words = _("Version {number} of “{name}”")
    return words.format(number=subject.number, name=subject.name)
