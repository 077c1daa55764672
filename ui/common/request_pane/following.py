"""Sending a new request that follows one which ended too long ago to send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import gettext as _

if TYPE_CHECKING:
    from desktop.use_cases.raising import RaisedRequest
    from ui.common.dialog import Dialog
    from ui.context import Context


def follow_up(context: Context, dialog: Dialog, request_id: int, words: str) -> None:
    """Send the words as a new request, and go to it; a refusal stays in the dialog."""
    from desktop.use_cases import other_side

    def done(raised: RaisedRequest) -> None:
        dialog.accept()
        context.offer_undo(_("{reference} is sent").format(reference=raised.reference))
        context.navigate("request", request_id=raised.id)

    dialog.set_busy(True)
    context.operations.write(other_side.follow_up, request_id, words).start(
        dialog, done, dialog.show_refusal
    )
