"""Pictures of a session in progress, its minutes, and the board of actions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

from ui.screenshots.scene import Scene, page
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.action_board.page import ActionBoardPage
    from ui.meetings.minutes.page import MinutesPage

SERIES = "North branch with Building permits"
MAIL = "Hello Marko,\n\nA-2 done, the counter has it\nA-3 not yet\n\n> A-1 done\n"
LINE = "Nina call the archive about the second key by fri"
MINUTES = timedelta(minutes=4)
TYPED: Final = (*MAIL.splitlines(), LINE)


def _sessions(studio: Studio) -> list[tuple[int, str]]:
    """Return the sessions the pictures are of, by id and state, the latest first."""
    from desktop.queries.meetings import series_list, sessions_of

    rows = studio.desk.read(series_list, studio.at)
    chosen = next((row for row in rows if row.name == SERIES), rows[-1])
    found = studio.desk.read(sessions_of, chosen.id)
    return [(one.id, one.state) for one in found]


def _in_session(studio: Studio) -> int:
    """Begin the next session as at its time; returns its id."""
    from desktop.queries.meetings import meeting_board
    from desktop.use_cases.meetings import draft_agenda
    from desktop.use_cases.sitting import begin_session, take_up

    waiting = ("in_session", "planned", "drafted", "published")
    found = [one for one, state in reversed(_sessions(studio)) if state in waiting]
    meeting, before = found[0], studio.at
    board = studio.desk.read(meeting_board, meeting, studio.at)
    if not board.items:
        studio.desk.run(draft_agenda, meeting, board.drafted)
    studio.at = board.paper.head.starts_at + MINUTES
    studio.later(lambda: setattr(studio, "at", before))
    studio.desk.run(begin_session, meeting)
    items = studio.desk.read(meeting_board, meeting, studio.at).items
    telling = [one.id for one in items if one.running.kind == "actions"]
    studio.desk.run(take_up, meeting, telling[0] if telling else items[0].id)
    return meeting


def _sitting(studio: Studio, *keys: str) -> None:
    from ui.meetings.sitting.window import SittingWindow

    meeting = _in_session(studio)
    assert studio.program is not None
    assert studio.program.context is not None
    window = SittingWindow(studio.program.context, meeting)
    size: QSize = studio.size
    window.resize(size)
    window.show()
    studio.front = window
    studio.later(lambda: _put_away(studio, window))
    studio.settle()
    for key in keys:
        if key == "action":
            window.write("action")
            window.entry.line.setText(LINE)
            window.entry.line.textEdited.emit(LINE)
        elif key == "here":
            window.show_attendance()
        elif key == "end":
            window.end()
    studio.settle()


def _put_away(studio: Studio, window: object) -> None:
    from ui.meetings.sitting.window import SittingWindow

    studio.front = None
    assert isinstance(window, SittingWindow)
    window.entry.line.textEdited.emit("")
    window.close()


def _minutes(studio: Studio) -> MinutesPage:
    """Show approved minutes in which something was decided, at that item."""
    from ui.meetings.minutes.page import MinutesPage

    known = _sessions(studio)
    approved = [one for one, state in known if state == "approved"] or [known[0][0]]
    for meeting in approved:
        studio.show("minutes", meeting_id=meeting)
        shown = studio.page(MinutesPage)
        assert shown.board is not None
        busy = [one for one in shown.board.items if one.decisions]
        if busy:
            shown.list.choose(busy[0].id)
            shown.choose(busy[0].id)
            break
    studio.settle()
    return studio.page(MinutesPage)


def _approved(studio: Studio) -> None:
    _minutes(studio)


def _typing(studio: Studio) -> None:
    meeting = _in_session(studio)
    studio.show("minutes", meeting_id=meeting)


def _correction(studio: Studio) -> None:
    _minutes(studio).asking.correct()
    studio.settle()


def _board(studio: Studio, view: str = "all") -> ActionBoardPage:
    from desktop.queries.action_board import BoardView
    from ui.action_board.page import ActionBoardPage

    studio.show("actions")
    shown = studio.page(ActionBoardPage)
    shown.choose(BoardView(view))
    studio.settle()
    shown.table.choose_first()
    studio.settle()
    return shown


def _everybodys(studio: Studio) -> None:
    _board(studio)


def _mail(studio: Studio) -> None:
    from ui.action_board.mail_dialog import MailDialog

    _board(studio)
    studio.run("actions.mail")
    for dialog in studio.dialogs():
        if isinstance(dialog, MailDialog):
            dialog.text.setPlainText(MAIL)
            dialog.read_now()
    studio.settle()


def _decide(studio: Studio) -> None:
    _board(studio)
    studio.run("actions.decide")


def _by_topic(studio: Studio) -> None:
    shown = _board(studio)
    shown.group.set_value("topic")
    shown.group.chosen.emit("topic")
    studio.later(lambda: shown.group.set_value("due"))
    studio.later(lambda: shown.group.chosen.emit("due"))
    studio.settle()


SITTINGS: Final = (
    Scene("actions", _everybodys),
    Scene("actions-topic", _by_topic),
    Scene("actions-mail-dialog", _mail),
    Scene("actions-decide-dialog", _decide),
    Scene("minutes", _approved),
    Scene("minutes-correction-dialog", _correction),
    Scene("sitting", _sitting),
    Scene("sitting-action", lambda studio: _sitting(studio, "action")),
    Scene("sitting-here", lambda studio: _sitting(studio, "here")),
    Scene("sitting-end-dialog", lambda studio: _sitting(studio, "end")),
    Scene("minutes-typing", _typing),
)
NO_ACTIONS: Final = (Scene("actions-empty", page("actions")),)
