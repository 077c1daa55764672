"""Takes steps on the requests a page has selected, and says what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.requests import (
    UNDOABLE,
    Audience,
    EntryKind,
    PendingReason,
    RequestState,
    is_allowed,
    may_take_step,
)
from desktop.domain.wordings import Place
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from ui.actions import Action
from ui.common.canned import CannedTexts
from ui.common.mentions import Mentions
from ui.common.request_pane.approval_dialogs import ApprovalDialog
from ui.common.request_pane.end_dialog import EndDialog
from ui.common.request_pane.following import follow_up
from ui.common.request_pane.other_side_dialogs import (
    AskDialog,
    ConfirmDialog,
    HandBackDialog,
    ReopenDialog,
)
from ui.common.request_pane.step_asking import ASKING
from ui.common.request_pane.step_batches import Batch, Undoing
from ui.common.request_pane.step_dialogs import (
    AssignDialog,
    HoldDialog,
    PriorityDialog,
    StepDialog,
)
from ui.common.request_pane.step_words import STEPS
from ui.common.request_pane.tell_dialog import TellDialog, Told

if TYPE_CHECKING:
    from desktop.queries.lookups import PersonRow, UnitRow
    from desktop.queries.queue import QueueRow
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context

FIRST: tuple[EntryKind, ...] = tuple(STEPS)
"""The steps in the order buttons offer them: the first possible one is primary."""

QUIET = frozenset(
    {
        EntryKind.ASSIGNED,
        EntryKind.TOLD,
        EntryKind.REOPENED,
        EntryKind.CANCELLED,
        EntryKind.UNASKED,
        EntryKind.PRIORITY_CHANGED,
        EntryKind.APPROVAL_ASKED,
    }
)
"""Steps that stand in the menu, not on a button."""


@dataclass(frozen=True)
class Target:
    """A request as a step needs it."""

    id: int
    version: int
    reference: str
    state: RequestState
    unit_id: int | None
    front_unit_id: int | None
    assignee_id: int | None
    is_asked: bool = False
    is_approving: bool = False
    priority: int | None = None
    told: Told = field(default_factory=Told)

    @classmethod
    def of(cls, row: QueueRow | RequestDetails) -> Target:
        """Take what a list row or a pane knows."""
        return cls(
            row.id,
            row.version,
            row.reference,
            row.state,
            row.unit_id,
            row.front_unit_id,
            row.assignee_id,
            row.pending is PendingReason.FRONT_OFFICE,
            row.pending is PendingReason.APPROVAL,
            row.priority,
            _told(row),
        )


def _told(row: QueueRow | RequestDetails) -> Told:
    """Return what the customer was told; a list does not know it."""
    due_at = getattr(row, "told_due_at", None)
    words = (getattr(row, f"told_{name}", "") for name in ("text", "how", "price"))
    text, how, price = words
    return Told(text, due_at, how, price)


class Steps(QObject):
    """The steps of one page, on whatever `targets` gives; keys work inside `scope`.

    `places` gives what canned texts are filled with.
    """

    stepped = Signal(object)

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        targets: Callable[[], Sequence[Target]],
        group: str,
    ) -> None:
        super().__init__(scope)
        self._context = context
        self._scope = scope
        self._targets = targets
        self._running: Batch | None = None
        self._saying: dict[tuple[int, str, Audience], uuid.UUID] = {}
        self.places: Callable[[], Mapping[Place, str]] = dict
        self.dialog: StepDialog | None = None
        self.actions: dict[EntryKind, Action] = {}
        for step, spec in STEPS.items():
            action = Action(
                f"{group}.{step.value}",
                spec.words,
                self._starter(step),
                spec.key,
                spec.icon,
                group,
                self._asker(step),
            )
            self.actions[step] = context.actions.add(action, scope)

    def _starter(self, step: EntryKind) -> Callable[[], None]:
        return lambda: self.start(step)

    def _asker(self, step: EntryKind) -> Callable[[], bool]:
        return lambda: bool(self.fitting(step))

    def is_possible(self, step: EntryKind, target: Target) -> bool:
        """Tell whether I may take a step on a request as it stands."""
        me = self._context.me.unit_id
        if not is_allowed(step, target.state):
            return False
        if step in (EntryKind.ANSWERED, EntryKind.UNASKED) and not target.is_asked:
            return False
        if step is EntryKind.ASKED and target.front_unit_id in (None, target.unit_id):
            return False
        if step is EntryKind.RESUMED and target.is_asked:
            return False
        if step is EntryKind.APPROVAL_WITHDRAWN and not target.is_approving:
            return False
        if step is EntryKind.TAKEN and target.assignee_id is not None:
            return False
        return may_take_step(step, me, target.unit_id, target.front_unit_id)

    def fitting(self, step: EntryKind) -> list[Target]:
        """Return the selected requests a step is possible on."""
        return [one for one in self._targets() if self.is_possible(step, one)]

    def count(self) -> int:
        """Return how many requests the steps are about."""
        return len(self._targets())

    def offered(self) -> tuple[list[Action], list[Action]]:
        """Return the actions for buttons, and those for the menu."""
        possible = [step for step in FIRST if self.fitting(step)]
        shown = [self.actions[step] for step in possible if step not in QUIET]
        return shown, [self.actions[step] for step in possible if step in QUIET]

    def start(self, step: EntryKind) -> None:
        """Take a step, asking first what it needs."""
        targets = self.fitting(step)
        if not targets:
            return
        if step not in ASKING:
            self._write(step, targets, (), {})
            return
        self._with_lists(step, targets)

    def _with_lists(self, step: EntryKind, targets: list[Target]) -> None:
        """Read the units or people a dialog offers, then open it."""
        from desktop.queries.lookups import people, units_and_people

        references = [one.reference for one in targets]
        read = self._context.operations.read
        if step is EntryKind.HANDED_OVER:
            read(units_and_people).start(
                self,
                lambda found: self._open(
                    self._hand_over_dialog(references, targets, *found), targets
                ),
            )
        elif step is EntryKind.ASSIGNED:
            read(people, unit_id=targets[0].unit_id).start(
                self,
                lambda found: self._open(
                    AssignDialog(
                        references, [(one.id, one.name) for one in found], self._scope
                    ),
                    targets,
                ),
            )
        elif step is EntryKind.APPROVAL_ASKED:
            read(people).start(
                self,
                lambda found: self._open(
                    self._approval_dialog(references, found), targets
                ),
            )
        else:
            self._open(self._plain_dialog(step, references, targets), targets)

    def _hand_over_dialog(
        self,
        references: list[str],
        targets: list[Target],
        units: Sequence[UnitRow],
        people: Sequence[PersonRow],
    ) -> StepDialog:
        here = {one.unit_id for one in targets}
        return HandBackDialog(
            references,
            [(one.id, one.name) for one in units if one.id not in here],
            [(one.id, one.name, one.unit_id) for one in people],
            frozenset(one.front_unit_id for one in targets),
            self._scope,
        )

    def _approval_dialog(
        self, references: list[str], people: Sequence[PersonRow]
    ) -> StepDialog:
        me = self._context.me.person_id
        return ApprovalDialog(
            references,
            [one for one in people if one.id != me],
            self._context.ticker.now(),
            self._context.clocks.zone,
            self._scope,
        )

    def _plain_dialog(
        self, step: EntryKind, references: list[str], targets: list[Target]
    ) -> StepDialog:
        if step is EntryKind.HELD:
            now, zone = self._context.ticker.now(), self._context.clocks.zone
            return HoldDialog(references, now, zone, self._scope)
        if step is EntryKind.PRIORITY_CHANGED:
            return PriorityDialog(references, targets[0].priority, self._scope)
        if step is EntryKind.TOLD:
            zone = self._context.clocks.zone
            return TellDialog(references, targets[0].told, zone, self._scope)
        if step in (EntryKind.RESOLVED, EntryKind.DECLINED):
            return EndDialog(step, references, self._scope)
        if step is EntryKind.ASKED:
            return AskDialog(references, self._scope)
        if step is EntryKind.CONFIRMED:
            return ConfirmDialog(references, self._scope)
        if step is EntryKind.REOPENED:
            return self._reopening(references, targets)
        return StepDialog(step, references, self._scope)

    def _reopening(self, references: list[str], targets: list[Target]) -> StepDialog:
        dialog = ReopenDialog(references, self._scope)
        dialog.follow_wanted.connect(
            lambda words: follow_up(self._context, dialog, targets[0].id, words)
        )
        return dialog

    def _open(self, dialog: StepDialog, targets: list[Target]) -> None:
        self.dialog = dialog
        if dialog.text is not None:
            canned = CannedTexts(self._context, dialog.text, self.places)
            dialog.add_tool(canned.button)
            Mentions(self._context, dialog.text)
        dialog.keep_at(self._context, [one.id for one in targets])

        def send() -> None:
            arguments, more = dialog.arguments()
            dialog.set_busy(True)
            # After a refusal the page has read again: repeat on what it shows now.
            known = {one.id: one for one in self._targets()}
            current = [known.get(one.id, one) for one in targets]
            self._write(dialog.step, current, arguments, more, dialog)

        dialog.submitted.connect(send)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def comment(
        self,
        target: Target,
        words: str,
        audience: Audience,
        done: Callable[[bool], None],
    ) -> None:
        """Write to the other side, or a note; `done` tells whether it is kept."""
        from desktop.use_cases import requests

        said = (target.id, words, audience)
        key = self._saying.setdefault(said, uuid.uuid4())

        def kept(_version: int) -> None:
            self._saying.pop(said, None)
            done(True)

        def refused(refusal: Refusal) -> None:
            self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")
            done(False)

        self._context.operations.write(
            requests.comment, target.id, words, audience, key=key
        ).start(self, kept, refused)

    def _write(
        self,
        step: EntryKind,
        targets: list[Target],
        arguments: tuple[Any, ...],
        more: dict[str, Any],
        dialog: StepDialog | None = None,
    ) -> None:
        self._running = Batch(self, step, targets, dialog)
        self._running.start(self._context, arguments, more)

    def tell_outcome(
        self,
        step: EntryKind,
        done: Sequence[tuple[Target, int]],
        refused: Sequence[tuple[Target, Refusal]],
    ) -> None:
        """Say once what came of a step on one or several requests."""
        spec = STEPS[step]
        if len(done) == 1:
            words = _(spec.done).format(reference=done[0][0].reference)
        else:
            words = spec.done_several(len(done)).format(count=len(done))
        if done:
            self._context.offer_undo(words, self._undo_of(step, done))
            self.stepped.emit([target.id for target, _version in done])
        self._tell_refused(refused)

    def _undo_of(
        self, step: EntryKind, done: Sequence[tuple[Target, int]]
    ) -> Callable[[], None] | None:
        """Return what takes a step back on all of them, where it can be taken back."""
        if step not in UNDOABLE:
            return None

        def undo() -> None:
            Undoing(self, done).start(self._context)

        return undo

    def tell_undone(
        self,
        undone: Sequence[Target],
        refused: Sequence[tuple[Target, Refusal]],
    ) -> None:
        """Say once what was put back, and what was not."""
        if undone:
            words = ngettext(
                "{reference} is as it was before",
                "{count} requests are as they were before",
                len(undone),
            )
            self._context.offer_undo(
                words.format(reference=undone[0].reference, count=len(undone))
            )
            self.stepped.emit([target.id for target in undone])
        self._tell_refused(refused)

    def _tell_refused(self, refused: Sequence[tuple[Target, Refusal]]) -> None:
        if refused:
            told = [
                f"{one.reference}: {refusal_words(refusal)}" for one, refusal in refused
            ]
            self._context.tell("\n".join(told), kind="broken", subject="refusal")
