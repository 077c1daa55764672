"""The page of the rules of escalation: read them, change them, see what they tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import (
    EscalationRule,
    KeptRule,
    NoticeKind,
    Recipient,
    problems_of,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.escalation import (
    EscalationRules,
    Preview,
    escalation_rules,
    would_have_told,
)
from desktop.use_cases.escalation import keep_rule, put_back_rules, remove_rule
from ui.actions import Action
from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout
from ui.common.kept_sheets import OfferKept, keep_dialog
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.scroll_area import ScrollArea
from ui.common.splitter import Splitter
from ui.context import Context
from ui.escalation.editor import EscalationEditor
from ui.escalation.preview import PreviewPane
from ui.escalation.rule_list import RuleLine, RuleList
from ui.escalation.words import again_sentence, rule_sentence
from ui.operations import Ticket

TABLES = ("escalation", "unit", "person")
PAGE = "escalation"
NEW_KEY = "new"
NEW = EscalationRule(NoticeKind.BROKEN, frozenset(TargetKind), (Recipient.MANAGER,))


class EscalationPage(QWidget):
    """Rules at the left, what the chosen one would have told at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._known: EscalationRules | None = None
        self._ticket: Ticket | None = None
        self._counted: EscalationRule | None = None
        self._wanted: object = None
        self.editor: EscalationEditor | None = None
        self.list = RuleList()
        self.preview = PreviewPane()
        self._place()
        self._connect()
        self._add_actions()
        self._refresher = Refresher(self, context.operations, TABLES, self.reread)
        OfferKept(context, self, PAGE, self._go_on)
        self.reread()

    # ------------------------------------------------------------ parts

    def _place(self) -> None:
        self.new_button = Button(_("New rule"), icon="plus", key="N")
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.addWidget(PlainLabel(_("Escalation"), size="title"), 1)
        head.addWidget(self.new_button)
        self.standing = PlainLabel("", wraps=True, ink="text2")
        self.standing.setContentsMargins(24, 0, 24, 0)
        left = QWidget()
        left.setMinimumWidth(420)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.standing)
        column.addWidget(self.list, 1)
        self.splitter = Splitter(self._context.preferences, "escalation.split")
        self.splitter.fill(self, left, self._side())
        self.splitter.restore([760, 420])
        self.setFocusProxy(self.list)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(320)
        self.edit_button = Button(_("Change"), icon="pencil", key="E")
        self.switch_button = Button(_("Switch off"), kind="quiet", key="S")
        self.remove_button = Button(_("Remove"), icon="trash", kind="quiet", key="Del")
        # Longer languages put the third one below the others.
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.edit_button, self.switch_button, self.remove_button):
            flow.addWidget(button)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(buttons)
        area = ScrollArea()
        area.setWidget(self.preview)
        layout.addWidget(area, 1)
        return side

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.switch_button.clicked.connect(self.switch)
        self.remove_button.clicked.connect(self.remove)
        self.list.opened.connect(self.edit)
        self.list.chosen.connect(self._show_current)

    def _add_actions(self) -> None:
        for name, words, act, key, icon in (
            ("new", N_("New rule of escalation"), self.add, "N", "plus"),
            ("edit", N_("Change this rule"), self.edit, "E", "pencil"),
            ("switch", N_("Switch this rule off or on"), self.switch, "S", "bell"),
            ("remove", N_("Remove this rule"), self.remove, "Del", "trash"),
        ):
            full = f"{PAGE}.{name}"
            self._context.actions.add(Action(full, words, act, key, icon, PAGE), self)

    # ------------------------------------------------------------ reading

    def reread(self) -> None:
        """Read the rules anew; the chosen one stays chosen."""
        read = self._context.operations.read(escalation_rules)
        read.start(self, self._take)

    def _take(self, known: EscalationRules) -> None:
        self._known = known
        units = {one.id: one.name for one in known.units}
        people = {one.id: one.name for one in known.people}
        self.standing.setText(
            _(
                "These are the standard rules: they hold while there are none of your "
                "own. The first change keeps a copy of them."
            )
            if known.is_default
            else _("These are this house’s own rules.")
        )
        lines = [
            RuleLine(
                kept,
                rule_sentence(
                    kept.rule,
                    lambda one: units.get(one or 0, _("a unit that is gone")),
                    lambda one: people.get(one or 0, _("somebody who left")),
                ),
                again_sentence(kept.rule),
            )
            for kept in known.rules
        ]
        self.list.show_lines(lines)
        if self._wanted is not None:
            self.list.choose(self._wanted)
            self._wanted = None

    def _show_current(self) -> None:
        line = self.list.current()
        for button in (self.edit_button, self.switch_button, self.remove_button):
            button.setEnabled(line is not None)
        if line is None:
            return
        is_on = line.kept.is_active
        self.switch_button.set_words(_("Switch off") if is_on else _("Switch on"))
        if line.kept.rule != self._counted:
            self._counted = line.kept.rule
            self.preview.say_counting()
            self._count(line.kept.rule, self.preview.show_preview)

    def _count(self, rule: EscalationRule, show: Callable[[Preview], None]) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        now = self._context.ticker.now()
        read = self._context.operations.read(would_have_told, rule, now)
        self._ticket = read.start(self, show)

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew: time went by."""
        super().showEvent(event)
        self._counted = None
        self._show_current()

    # ------------------------------------------------------------ changing

    def add(self) -> None:
        """Ask for a new rule."""
        self._open(KeptRule(NEW), NEW_KEY, is_new=True)

    def edit(self) -> None:
        """Ask for changes to the chosen rule."""
        line = self.list.current()
        if line is not None:
            self._open(line.kept)

    def _go_on(self, key: str) -> None:
        """Open what was written of a rule and not saved."""

        def opened(known: EscalationRules) -> None:
            self._take(known)
            kept = next((one for one in known.rules if str(one.key) == key), None)
            self._open(kept or KeptRule(NEW), key, is_new=kept is None)

        self._context.operations.read(escalation_rules).start(self, opened)

    def _open(self, kept: KeptRule, key: str = "", *, is_new: bool = False) -> None:
        if self._known is None:
            return
        editor = EscalationEditor(kept, self._known, is_new=is_new, parent=self)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.submitted.connect(lambda: self._submit(editor))
        editor.changed.connect(lambda: self._preview_in(editor))
        self.editor = editor
        keep_dialog(self._context, editor, PAGE, key or str(kept.key))
        editor.open()

    def _preview_in(self, editor: EscalationEditor) -> None:
        rule = editor.rule()
        if problems_of(rule):
            editor.show_preview(None)
        else:
            self._counted = None
            self._count(rule, editor.show_preview)

    def _submit(self, editor: EscalationEditor) -> None:
        kept = editor.kept()

        def done(before: tuple[KeptRule, ...]) -> None:
            editor.accept()
            self._wanted = kept.key
            self._done(_("The rule is saved."), before)

        editor.set_busy(True)
        write = self._context.operations.write(keep_rule, kept)
        write.start(editor, done, editor.show_refusal)

    def switch(self) -> None:
        """Switch the chosen rule off, or on again."""
        line = self.list.current()
        if line is None:
            return
        kept = replace(line.kept, is_active=not line.kept.is_active)
        words = _("The rule is on.") if kept.is_active else _("The rule is off.")
        write = self._context.operations.write(keep_rule, kept)
        write.start(self, lambda before: self._done(words, before))

    def remove(self) -> None:
        """Take the chosen rule away."""
        line = self.list.current()
        if line is not None:
            words = _("The rule is removed.")
            write = self._context.operations.write(remove_rule, line.kept)
            write.start(self, lambda before: self._done(words, before))

    def _done(self, words: str, before: tuple[KeptRule, ...]) -> None:
        """Say what was done; it can be taken back while nobody changed it again."""

        def take(known: EscalationRules) -> None:
            after = () if known.is_default else known.rules
            write = self._context.operations.write(put_back_rules, before, after)

            def undo() -> None:
                write.start(self)

            self._context.offer_undo(words, undo)
            self._take(known)

        self._context.operations.read(escalation_rules).start(self, take)
