"""What the minutes page lists: items with what came of them, state, corrections."""

from __future__ import annotations

from desktop import formats
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.sitting import SittingBoard
from desktop.reports.wording import Wording
from ui.common.lines import Line
from ui.meetings.sitting.words import FATES, here_words, title_of
from ui.meetings.words import state_words

HERE = -1
CORRECTIONS = -2


def minutes_state(board: SittingBoard, words: Wording) -> str:
    """Return how far the minutes are."""
    if board.state == "approved" and board.approved_at is not None:
        return _("Approved {when} by {name}").format(
            when=words.moment(board.approved_at), name=board.approved_by or ""
        )
    if board.state == "in_session":
        return _("In session")
    if board.state == "held":
        return _("Minutes are a draft")
    return state_words(board.state, board.agenda_version)


def minutes_lines(board: SittingBoard) -> list[Line]:
    """Return the rows: who is here, the items, the corrections."""
    lines = [Line(HERE, _("Who is here"), here_words(board), icon="users")]
    for one in board.items:
        icon, ink, fate = FATES[one.item.fate]
        if one.id == board.item_id:
            icon, ink, fate = "arrow-right", "", _("under discussion")
        parts = [_(fate)]
        decided = sum(not each.is_withdrawn for each in one.decisions)
        if decided:
            words = ngettext("{n} decision", "{n} decisions", decided)
            parts.append(words.format(n=formats.count(decided)))
        if one.actions:
            words = ngettext("{n} action", "{n} actions", len(one.actions))
            parts.append(words.format(n=formats.count(len(one.actions))))
        lines.append(
            Line(
                one.id,
                f"{one.item.number}  {title_of(board, one)}",
                in_line(*parts),
                icon=icon,
                kind=ink if ink in ("ok", "risk", "held") else "",
                is_bold=one.id == board.item_id,
            )
        )
    if board.state == "approved":
        words = ngettext("{n} correction", "{n} corrections", len(board.addenda))
        told = words.format(n=formats.count(len(board.addenda)))
        lines.append(Line(CORRECTIONS, _("Corrections"), told, icon="pencil"))
    return lines


def corrections_words(board: SittingBoard, words: Wording) -> str:
    """Return what was corrected, with author and time."""
    if not board.addenda:
        return _("Nothing was corrected since the minutes were approved.")
    told = []
    for one in board.addenda:
        about = (
            _("to item {number}").format(number=one.item_number)
            if one.item_number
            else ""
        )
        head = [f"{one.number}.", one.by, words.dated_moment(one.at), about]
        told.append(in_line(*head) + f"\n{one.text}")
    return "\n\n".join(told)
