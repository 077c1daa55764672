"""Raises something for a session: asks, writes, and offers to take it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words, refusal_words
from desktop.queries.raised_items import SeriesChoice, series_choices
from desktop.use_cases.raising_items import raise_item, withdraw
from ui.common.kept_words import KeptWords
from ui.common.raising.raise_dialog import RaiseDialog
from ui.context import Context

add_words(
    {
        "item_not_waiting": N_(
            "“{title}” does not wait any more: an agenda has taken it, or it was "
            "taken back."
        ),
        "item_not_closed": N_("This waits for a session already."),
        "not_your_item": N_("Only whoever raised this can take it back."),
    }
)


class RaisingItems:
    """Opens the dialog for a request, an obstacle, or nothing in particular."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context = context
        self._owner = owner
        self.dialog: RaiseDialog | None = None

    def ask(
        self,
        *,
        about: str = "",
        title: str = "",
        request_id: int | None = None,
        obstacle_id: int | None = None,
    ) -> None:
        """Ask what to raise; ``about`` names the request or obstacle."""
        context = self._context
        now = context.ticker.now()
        me = context.me.person_id

        def show(choices: tuple[SeriesChoice, ...]) -> None:
            self._show(choices, about, title, (request_id, obstacle_id))

        read = context.operations.read(
            series_choices, me, now, request_id=request_id, obstacle_id=obstacle_id
        )
        read.start(self._owner, show, self._refuse)

    def _show(
        self,
        choices: Sequence[SeriesChoice],
        about: str,
        title: str,
        subject: tuple[int | None, int | None],
    ) -> None:
        if not choices:
            words = _("There is no meeting series yet. A coordinator makes one.")
            self._context.tell(words, subject="raised")
            return
        now = self._context.ticker.now()
        dialog = RaiseDialog(
            choices, now, about=about, title=title, parent=self._owner.window()
        )
        self.dialog = dialog
        request_id, obstacle_id = subject
        key = f"request {request_id or 0}, obstacle {obstacle_id or 0}"
        kept = KeptWords.of(self._context, "raising")
        kept.hold(dialog, key, dialog.notes, dialog.title)
        names = {one.id: one.name for one in choices}

        def submit() -> None:
            dialog.set_busy(True)
            said = dialog.values()
            name = names[said["series_id"]]
            write = self._context.operations.write(
                raise_item, request_id=request_id, obstacle_id=obstacle_id, **said
            )
            write.start(
                self._owner,
                lambda raised_id: self._raised(dialog, raised_id, name),
                lambda refusal: self._refused(dialog, refusal),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _raised(self, dialog: RaiseDialog, raised_id: int, series: str) -> None:
        if isValid(dialog):
            dialog.accept()
        words = _("Raised for the next session of “{series}”.").format(series=series)
        self._context.offer_undo(words, lambda: self._take_back(raised_id))

    def _take_back(self, raised_id: int) -> None:
        write = self._context.operations.write(withdraw, raised_id)
        write.start(self._owner, lambda _outcome: None, self._refuse)

    def _refused(self, dialog: RaiseDialog, refusal: Refusal) -> None:
        if isValid(dialog):
            dialog.refused(refusal)
        else:
            self._refuse(refusal)

    def _refuse(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="raised")
