"""Offers a step that was begun on a request and not taken, where requests are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from ui.common.kept_sheets import OfferBegun
from ui.common.kept_words import ON_REQUESTS, KeptWords
from ui.common.request_pane.step_asking import ASKING

if TYPE_CHECKING:
    from ui.context import Context

# As the steps' dialogs and the one for parts name what they keep, of one request.
_BEGUN: Final = re.compile(r"(?:chosen )?([a-z_]+) (\d+)")
_STEPS: Final = {*(step.value for step in ASKING), "split"}


def offer_begun_steps(context: Context, page: QWidget, group: str) -> None:
    """Offer the newest on a page each time it is shown: it goes on in full."""

    def told(key: str) -> str:
        if _step_of(key) is None:
            return ""
        return _("A step begun on a request was not taken yet, from {time}.")

    def go_on(key: str) -> None:
        found = _step_of(key)
        assert found is not None
        step, request_id = found
        back = {} if group == "request" else {"back": group}
        context.navigate("request", request_id=request_id, then=step, **back)

    OfferBegun(context, page, ON_REQUESTS, go_on, told)


def drop_begun_step(context: Context, step: str, request_id: int) -> None:
    """Say that a step begun can be taken no more, with its words, and forget it."""
    kept = KeptWords.of(context, ON_REQUESTS)
    about = f"{step} {request_id}"
    words = kept.kept(about)
    kept.kept(f"chosen {about}")
    for key in (about, f"chosen {about}"):
        kept.drop(key)
    told = _("As the request stands now, the step begun is not possible any more.")
    if words:
        told += " " + _("Its words: “{words}”").format(words=shortened(words, 2_000))
    context.tell(told, kind="risk", subject="begun_step")


def _step_of(key: str) -> tuple[str, int] | None:
    """Return which step it is, and of which request; None of several requests."""
    begun = _BEGUN.fullmatch(key)
    if begun is None or begun[1] not in _STEPS:
        return None
    return begun[1], int(begun[2])
