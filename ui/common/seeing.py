"""What I have not read, and who else looks at a request: asked once, told to lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.queries.lookups import names_of
from desktop.queries.seeing import unread_among
from desktop.use_cases.seeing import begin_reading, see_request

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.desk import Looking
    from ui.context import Context

AGAIN_MS = 2_000
"""How often it is asked who looks at what."""

HEARTBEAT_MS = 20_000
DWELL_MS = 800
"""How long a request is looked at before it counts as read."""

BEAT_MS = 30
"""Rows that are painted together are asked about together."""


class Seeing(QObject):
    """One for each person at the desk; `of` finds it. `changed`: paint rows anew."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.operations)
        self._context = context
        self._unread: dict[int, tuple[int, bool]] = {}
        self._asked: dict[int, int] = {}
        self._looking: dict[int, list[tuple[str, bool]]] = {}
        self._names: dict[int, str] = {}
        self._open: int | None = None
        self._is_writing = False
        self._stays_unread = False
        self._soon = self._timer(BEAT_MS, self._ask, once=True)
        self._dwell = self._timer(DWELL_MS, self._read_it, once=True)
        self._heart = self._timer(HEARTBEAT_MS, self._tell)
        self._again = self._timer(AGAIN_MS, self._look_round)
        context.operations.changed.connect(self._hear)
        context.operations.write(begin_reading).start(self, refused=_leave_it)
        self._again.start()

    @classmethod
    def of(cls, context: Context) -> Seeing:
        """Return the one of who is at the desk, made when first asked for."""
        for known in context.operations.findChildren(cls):
            if known._context.me == context.me:
                return known
            known.close()
        return cls(context)

    def _timer(
        self, milliseconds: int, act: Callable[[], None], *, once: bool = False
    ) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer

    def close(self) -> None:
        """Stop: somebody else sits down."""
        self.leave()
        for timer in (self._soon, self._dwell, self._heart, self._again):
            timer.stop()
        self.setParent(None)
        self.deleteLater()

    # ------------------------------------------------------------ read and unread

    def is_unread(self, request_id: int, entries: int) -> bool:
        """Tell whether a row has news for me; asks where it is not known yet."""
        known = self._unread.get(request_id)
        if known is None or known[0] != entries:
            self._asked[request_id] = entries
            if not self._soon.isActive():
                self._soon.start()
        return known is not None and known[1]

    def _ask(self) -> None:
        asked, self._asked = self._asked, {}
        ids = tuple(asked)
        if not ids:
            return

        def take(found: frozenset[int]) -> None:
            news = {one: (entries, one in found) for one, entries in asked.items()}
            before = {one: self._unread.get(one, (0, False))[1] for one in ids}
            self._unread |= news
            if any(news[one][1] != before[one] for one in ids):
                self.changed.emit()

        read = self._context.operations.read_added(
            unread_among, self._context.me.person_id, ids, self._now()
        )
        read.start(self, take, _leave_it)

    def _hear(self, changes: object, _initiator: object) -> None:
        """Ask again about what somebody read or acted on."""
        touched = getattr(changes, "ids", None)
        if getattr(changes, "everything", False) or touched is None:
            self._unread = {
                one: (-1, is_new) for one, (_, is_new) in self._unread.items()
            }
            self.changed.emit()
            return
        for one in touched("read_mark"):
            if one in self._unread:
                self._unread[one] = (-1, self._unread[one][1])
        if touched("read_mark"):
            self.changed.emit()

    # ------------------------------------------------------------ what I look at

    def look(self, request_id: int | None) -> None:
        """Say which request I have open; None: none any more."""
        before, self._open = self._open, request_id
        if before is not None and request_id != before:
            self._is_writing = False
            self._leave(before)
        if request_id is None:
            self._heart.stop()
            self._dwell.stop()
            return
        if before != request_id:
            self._stays_unread = False
            self._tell()
            self._heart.start()
        if not self._stays_unread:
            self._dwell.start()

    def keep_unread(self, request_ids: Collection[int]) -> None:
        """Do not count the request I have open as read, if it is one of these.

        Not before it is opened anew.
        """
        if self._open in request_ids:
            self._stays_unread = True
            self._dwell.stop()

    def leave(self) -> None:
        """Say that I look at nothing."""
        self.look(None)

    def write(self, is_writing: bool) -> None:
        """Say that I am writing about the request I have open, or stopped."""
        if is_writing != self._is_writing:
            self._is_writing = is_writing
            self._tell()

    def _read_it(self) -> None:
        """Count the open request as read, if there was news in it."""
        request_id = self._open
        if request_id is None:
            return
        operations, me = self._context.operations, self._context.me.person_id

        def write(found: frozenset[int]) -> None:
            if found and not (self._stays_unread and self._open == request_id):
                seen = operations.write(see_request, request_id)
                seen.start(self, refused=_leave_it)

        read = operations.read_added(unread_among, me, (request_id,), self._now())
        read.start(self, write, _leave_it)

    # ------------------------------------------------------------ who else looks

    def _tell(self) -> None:
        request = self._open
        if request is None:
            return
        presence, me = self._context.operations.desk.presence, self._context.me
        now, is_writing = self._now(), self._is_writing

        def work() -> None:
            presence.look(me.person_id, request, now, is_writing=is_writing)

        self._context.operations.work(work).start(self, lambda _none: None)

    def _leave(self, request_id: int) -> None:
        presence, me = self._context.operations.desk.presence, self._context.me

        def work() -> None:
            presence.leave(me.person_id, request_id)

        self._context.operations.work(work).start(self, lambda _none: None)

    def _look_round(self) -> None:
        desk, me, now = self._context.operations.desk, self._context.me, self._now()

        def work() -> tuple[tuple[Looking, ...], dict[int, str]]:
            found = desk.presence.others(me.person_id, now)
            unknown = {one.person_id for one in found} - self._names.keys()
            named = desk.read(names_of, sorted(unknown)) if unknown else {}
            return found, named

        self._context.operations.work(work).start(self, self._take, _leave_it)

    def _take(self, found: tuple[tuple[Looking, ...], dict[int, str]]) -> None:
        everybody, named = found
        self._names |= named
        looking: dict[int, list[tuple[str, bool]]] = {}
        for one in everybody:
            name = self._names.get(one.person_id, "")
            if name:
                looking.setdefault(one.request_id, []).append((name, one.is_writing))
        if looking != self._looking:
            self._looking = looking
            self.changed.emit()

    def _now(self) -> datetime:
        return self._context.ticker.now()

    def others(self, request_id: int) -> str:
        """Say who else is at a request, those who write first; empty when nobody."""
        found = self._looking.get(request_id, [])
        writing = [name for name, is_writing in found if is_writing]
        if writing:
            return _several(
                writing, _("{names} is writing …"), _("{names} are writing …")
            )
        return _several(
            [name for name, _is_writing in found],
            _("{names} is looking"),
            _("{names} are looking"),
        )


def _several(names: Iterable[str], one: str, many: str) -> str:
    named = list(names)
    if not named:
        return ""
    words = one if len(named) == 1 else many
    return words.format(names=", ".join(named))


def _leave_it(_refusal: Refusal) -> None:
    """Say nothing: it is asked again."""
