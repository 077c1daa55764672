"""Edits one rule of escalation: level, promises, who is told, in whose hours."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.escalation import (
    Again,
    EscalationRule,
    Hours,
    KeptRule,
    NoticeKind,
    Recipient,
)
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.escalation import EscalationRules, Named, Preview
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, ChoiceInput, LineInput
from ui.common.labels import PlainLabel
from ui.escalation.preview import preview_words
from ui.escalation.words import (
    AGAIN,
    HOURS,
    LEVELS,
    PROMISES,
    RECIPIENTS,
    SILENCERS,
    again_sentence,
    rule_sentence,
    span_words,
)

T = TypeVar("T")
SPANS_DAYS = (1, 3, 7, 14, 28)
SOON_MS = 300


class EscalationEditor(Dialog):
    """`rule()` is what was chosen; `changed` asks for a preview of it."""

    changed = Signal()

    def __init__(
        self,
        kept: KeptRule,
        known: EscalationRules,
        *,
        is_new: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("New rule") if is_new else _("Change the rule"),
            submit=_("Save the rule"),
            icon="check",
            parent=parent,
        )
        self.setMinimumWidth(640)
        self._kept = kept
        self._units = dict(_names(known.units))
        self._people = dict(_names(known.people))
        self._add_level(kept.rule, known.units)
        self._add_told(kept.rule, known.people)
        self._add_again(kept.rule)
        self._add_sentence()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.changed)
        self._listen()
        self._look()
        self.start_at(self.level)

    # ------------------------------------------------------------ fields

    def _add_level(self, rule: EscalationRule, units: Sequence[Named]) -> None:
        self.level = SegmentedControl(
            [(kind.value, _(words)) for kind, (words, *_rest) in LEVELS.items()],
            name=_("When"),
        )
        self.level.set_value(rule.notice.value)
        self._field(_("When it is"), self.level)
        self.kinds = _checks(PROMISES, rule.kinds)
        self.kinds_problem = self._boxes(_("A promised"), self.kinds.values())
        self.unit = ChoiceInput(
            [(None, _("any unit")), *_names(units)], name=_("The unit that owes")
        )
        self.unit.set_value(rule.unit)
        self._field(_("Of"), self.unit)

    def _add_told(self, rule: EscalationRule, people: Sequence[Named]) -> None:
        self.tells = _checks(RECIPIENTS, rule.tells)
        self.tells_problem = self._boxes(
            _("Tell"), self.tells.values(), is_upright=True
        )
        self.person = ChoiceInput(
            _names(people), name=_("The person"), placeholder=_("Choose a person")
        )
        self.person.set_value(rule.person)
        self.body.addWidget(self.person)
        self.hours = ChoiceInput(
            [(one, _(words)) for one, words in HOURS.items()], name=_("Hours")
        )
        self.hours.set_value(rule.hours)
        self._field(_("When to tell"), self.hours)

    def _add_again(self, rule: EscalationRule) -> None:
        self.again = ChoiceInput(
            [(one, _(words)) for one, words in AGAIN.items()], name=_("How often")
        )
        self.again.set_value(rule.again)
        self.every = LineInput(limit=6, name=_("Working hours in between"))
        self.every.setFixedWidth(64)
        every = rule.again_every or timedelta(hours=4)
        self.every.setText(f"{every.total_seconds() / 3600:g}")
        self.every_words = PlainLabel(_("working hours,"), ink="text2")
        spans = [timedelta(days=days) for days in SPANS_DAYS]
        if rule.again_for is not None and rule.again_for not in spans:
            spans.append(rule.again_for)
        self.span = ChoiceInput(
            [
                *((one, _("for {span}").format(span=span_words(one))) for one in spans),
                (None, _("until somebody acts")),
            ],
            name=_("For how long"),
        )
        is_once = rule.again is Again.ONCE
        self.span.set_value(timedelta(days=14) if is_once else rule.again_for)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self.again, self.every, self.every_words, self.span):
            line.addWidget(part)
        line.addStretch(1)
        self._field(_("Tell it"), row)
        self.silenced = _checks(SILENCERS, rule.silenced_by)
        self._boxes(_("Silenced by"), self.silenced.values(), is_upright=True)

    def _add_sentence(self) -> None:
        """Say the rule above its fields, where it stays in sight."""
        self.sentence = PlainLabel("", wraps=True, bold=True)
        self.second = PlainLabel("", wraps=True, ink="text2")
        self.preview = PlainLabel("", wraps=True, size="small", ink="text2")
        said = QVBoxLayout()
        said.setSpacing(4)
        for label in (self.sentence, self.second, self.preview):
            said.addWidget(label)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(1, said)

    def _field(self, title: str, field: QWidget) -> None:
        box = QVBoxLayout()
        box.setSpacing(4)
        label = PlainLabel(title)
        label.setBuddy(field)
        box.addWidget(label)
        box.addWidget(field)
        self.body.addLayout(box)

    def _boxes(
        self, title: str, boxes: Iterable[CheckInput], *, is_upright: bool = False
    ) -> PlainLabel:
        row = QWidget()
        line = QVBoxLayout(row) if is_upright else QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 if is_upright else 16)
        for one in boxes:
            line.addWidget(one)
        if not is_upright:
            line.addStretch(1)
        self._field(title, row)
        problem = PlainLabel("", size="small", ink="broken", wraps=True)
        problem.hide()
        self.body.addWidget(problem)
        return problem

    # ------------------------------------------------------------ what is chosen

    def rule(self) -> EscalationRule:
        """Return the rule as it is chosen now; what is wrong with it is refused."""
        # A choice gives back the text of a code, not the code.
        again = Again(str(self.again.value()))
        hours = Hours(str(self.hours.value()))
        unit, span = self.unit.value(), self.span.value()
        tells = tuple(_checked(self.tells))
        person = self.person.value() if Recipient.PERSON in tells else None
        return EscalationRule(
            notice=NoticeKind(self.level.value()),
            kinds=frozenset(_checked(self.kinds)),
            tells=tells,
            again=again,
            again_for=span
            if isinstance(span, timedelta) and again is not Again.ONCE
            else None,
            again_every=self._every() if again is Again.EVERY_HOURS else None,
            hours=hours,
            silenced_by=frozenset(_checked(self.silenced)),
            unit=unit if isinstance(unit, int) else None,
            person=person if isinstance(person, int) else None,
        )

    def kept(self) -> KeptRule:
        """Return the rule to write down in place of the one that was opened."""
        return replace(self._kept, rule=self.rule())

    def beside(self) -> dict[str, Any]:
        """Return which rule it is, and what it began from."""
        return {"key": str(self._kept.key), "version": self._kept.version}

    def put_beside(self, content: dict[str, Any]) -> None:
        """Go on with one that was begun; one that is gone meanwhile is a new one."""
        key, version = uuid.UUID(content["key"]), int(content["version"])
        if key == self._kept.key or not version:
            self._kept = replace(self._kept, key=key, version=version)

    def _every(self) -> timedelta | None:
        try:
            hours = float(self.every.text().strip().replace(",", "."))
        except ValueError:
            return None
        return timedelta(hours=hours) if 0 < hours < 1_000 else None

    def _listen(self) -> None:
        self.level.chosen.connect(self._look)
        boxes = (*self.kinds.values(), *self.tells.values(), *self.silenced.values())
        for box in boxes:
            box.toggled.connect(self._look)
        for choice in (self.unit, self.person, self.hours, self.again, self.span):
            choice.chosen.connect(self._look)
        self.every.textChanged.connect(self._look)

    def _look(self, *_what: object) -> None:
        """Say the rule in words, and ask what it would have told."""
        rule = self.rule()
        self.person.setVisible(Recipient.PERSON in rule.tells)
        is_hourly = rule.again is Again.EVERY_HOURS
        self.every.setVisible(is_hourly)
        self.every_words.setVisible(is_hourly)
        self.span.setVisible(rule.again is not Again.ONCE)
        self.sentence.setText(
            rule_sentence(
                rule,
                lambda one: str(self._units.get(one, "")),
                lambda one: str(self._people.get(one, "")) or _("a person"),
            )
        )
        self.second.setText(again_sentence(rule))
        for problem in (self.kinds_problem, self.tells_problem):
            problem.hide()
        self._soon.start()

    def show_preview(self, preview: Preview | None) -> None:
        """Say what the rule would have told; nothing while it is no rule yet."""
        if not isValid(self):
            # Counted while the editor was left.
            return
        self.preview.setText(preview_words(preview) if preview is not None else "")

    def show_refusal(self, refusal: Refusal) -> None:
        """Say beside the boxes what is wrong with them, else above the buttons."""
        places = {"kinds": self.kinds_problem, "tells": self.tells_problem}
        field = refusal.field if isinstance(refusal, Invalid) else ""
        problem = places.get(field)
        if problem is None:
            super().show_refusal(refusal)
            return
        self.set_busy(False)
        problem.setText(refusal_words(refusal))
        problem.show()
        self.reveal(problem)


def _names(named: Iterable[Named]) -> list[tuple[object, str]]:
    return [(one.id, one.name) for one in named]


def _checks(words: Mapping[T, str], chosen: Iterable[T]) -> dict[T, CheckInput]:
    known = set(chosen)
    boxes = {one: CheckInput(_(said)) for one, said in words.items()}
    for one, box in boxes.items():
        box.setChecked(one in known)
    return boxes


def _checked(boxes: Mapping[T, CheckInput]) -> list[T]:
    return [one for one, box in boxes.items() if box.isChecked()]
