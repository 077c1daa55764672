"""Goes to what a notice is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.queries.notices import AnyNotice, SessionNoticeRow
from ui.notices.session_words import place_of

if TYPE_CHECKING:
    from ui.context import Context


def open_notice(context: Context, row: AnyNotice, *, back: str = "") -> None:
    """Show the request, session, action or obstacle of a notice."""
    if isinstance(row, SessionNoticeRow):
        page, what = place_of(row)
    else:
        page, what = "request", {"request_id": row.request_id}
    if back and page == "request":
        what["back"] = back
    context.navigate(page, **what)
