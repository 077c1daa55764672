"""One step on several requests: a write each, one summary when all are through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import Refusal
from desktop.domain.requests import EntryKind

if TYPE_CHECKING:
    from ui.common.request_pane.step_dialogs import StepDialog
    from ui.common.request_pane.steps import Steps, Target
    from ui.context import Context


class Undoing:
    """One step put back on several requests, with one summary at the end."""

    def __init__(self, steps: Steps, done: Sequence[tuple[Target, int]]) -> None:
        self._steps = steps
        self._wanted = list(done)
        self._undone: list[Target] = []
        self._refused: list[tuple[Target, Refusal]] = []

    def start(self, context: Context) -> None:
        """Put each back, if nobody acted on it since."""
        from desktop.use_cases.undoing import undo

        for target, version in self._wanted:
            write = context.operations.write(undo, target.id, expected_version=version)
            write.start(
                self._steps,
                partial(self._note, target),
                partial(self._note_refusal, target),
            )

    def _note(self, target: Target, _version: int) -> None:
        self._undone.append(target)
        self._finish()

    def _note_refusal(self, target: Target, refusal: Refusal) -> None:
        self._refused.append((target, refusal))
        self._finish()

    def _finish(self) -> None:
        if len(self._undone) + len(self._refused) == len(self._wanted):
            self._steps.tell_undone(self._undone, self._refused)


class Batch:
    """A step being taken; tells the steps when every write is through."""

    def __init__(
        self,
        steps: Steps,
        step: EntryKind,
        targets: list[Target],
        dialog: StepDialog | None,
    ) -> None:
        self._steps = steps
        self._step = step
        self._targets = targets
        self._dialog = dialog
        self._done: list[tuple[Target, int]] = []
        self._refused: list[tuple[Target, Refusal]] = []

    def start(
        self, context: Context, arguments: tuple[Any, ...], more: dict[str, Any]
    ) -> None:
        """Take the step on each, with the same arguments."""
        use_case = use_case_of(self._step)
        for target in self._targets:
            write = context.operations.write(
                use_case,
                target.id,
                *arguments,
                **more,
                expected_version=target.version,
            )
            write.start(
                self._steps,
                partial(self._note, target),
                partial(self._note_refusal, target),
            )

    def _note(self, target: Target, version: int) -> None:
        self._done.append((target, version))
        self._finish()

    def _note_refusal(self, target: Target, refusal: Refusal) -> None:
        self._refused.append((target, refusal))
        self._finish()

    def _finish(self) -> None:
        if len(self._done) + len(self._refused) < len(self._targets):
            return
        dialog = self._dialog
        if dialog is not None and self._refused and not self._done:
            dialog.show_refusal(self._refused[0][1])
            return
        if dialog is not None:
            dialog.accept()
        self._steps.tell_outcome(self._step, self._done, self._refused)


def use_case_of(step: EntryKind) -> Callable[..., int]:
    """Return what takes a step."""
    from desktop.use_cases import approvals, other_side, requests

    known: dict[EntryKind, Callable[..., int]] = {
        EntryKind.TAKEN: requests.take,
        EntryKind.ASSIGNED: requests.assign,
        EntryKind.HANDED_OVER: requests.hand_over,
        EntryKind.ASKED: requests.ask,
        EntryKind.ANSWERED: requests.answer,
        EntryKind.HELD: requests.hold,
        EntryKind.RESUMED: requests.resume,
        EntryKind.RESOLVED: requests.resolve,
        EntryKind.DECLINED: requests.decline,
        EntryKind.REOPENED: requests.reopen,
        EntryKind.CONFIRMED: requests.confirm,
        EntryKind.CANCELLED: requests.cancel,
        EntryKind.UNASKED: other_side.take_question_back,
        EntryKind.TOLD: requests.tell_customer,
        EntryKind.PRIORITY_CHANGED: requests.change_priority,
        EntryKind.APPROVAL_ASKED: approvals.ask_approval,
        EntryKind.APPROVAL_WITHDRAWN: approvals.withdraw_approval,
    }
    return known[step]
