"""One run of the window: opens the desk behind the painted shell, seats a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from ui.crash import CrashReporter
from ui.icons import icons
from ui.main_window import MainWindow, seat_of
from ui.operations import Operations
from ui.pages import ACTION_PARTS, BELL_PARTS, SETTLED_MS, Features
from ui.preferences import Preferences
from ui.style import theme
from ui.ticker import Ticker
from ui.turns import later
from ui.workers import Courier, Worker

# What is made once somebody sits down is imported then: the shell is painted before.
if TYPE_CHECKING:
    from desktop.desk import ChangeSet, Desk
    from desktop.queries.lookups import PersonRow, WorkspaceInfo
    from ui.clocks import Clocks
    from ui.context import Context, Me
    from ui.first_start import FirstStart
    from ui.start import StartCase, StartKind
    from ui.watcher import Watcher


@dataclass(frozen=True)
class Opened:
    """What is read once when a workspace is opened."""

    desk: Desk
    info: WorkspaceInfo | None
    people: Sequence[PersonRow]
    calendars: dict[int, Any]


@dataclass(frozen=True)
class Wishes:
    """What the command line asked for."""

    workspace: str = ""
    demo: bool = False
    person: str = ""


def _me(row: PersonRow) -> Me:
    from ui.context import Me

    return Me(
        row.id,
        row.name,
        row.unit_id,
        row.unit,
        str(row.side or ""),
        frozenset(str(role) for role in row.roles),
    )


class Program(QObject):
    """Holds what lives as long as the window: desk, watcher, ticker, person."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        crash: CrashReporter,
        clock: Callable[[], datetime],
        wishes: Wishes,
        features: Features | None = None,
    ) -> None:
        super().__init__(window)
        self.features = features or Features()
        self.window = window
        self.preferences = preferences
        self.crash = crash
        self.wishes = wishes
        self.clock = clock
        self.workspace = ""
        self.opened: Opened | None = None
        self.operations: Operations | None = None
        self.clocks: Clocks | None = None
        self.context: Context | None = None
        self.ticker = Ticker(clock, self)
        self._asks_person = self._is_closed = False
        self._watcher: Watcher | None = None
        self._courier = Courier(self)
        self._opener = Worker("opening")
        window.seated.connect(self._seated)
        window.change_person.connect(self.ask_person)
        window.about_wanted.connect(self._about)
        window.closing.connect(self.close)

    @cached_property
    def first(self) -> FirstStart:
        """Return what shows and remembers the first list."""
        from ui.first_start import FirstStart

        return FirstStart(self.window, self.preferences, self.clock, self.busy)

    # ------------------------------------------------------------ opening

    def start(self) -> None:
        """Open what was asked for, else what was open last; its first list at once."""
        if self.wishes.demo:
            self.open_demo()
            return
        workspace = self._meant(self.wishes.workspace)
        wished, last = self.wishes.person, self._last_person(workspace)
        go_on = partial(self.open_workspace, workspace)
        self.first.begin(workspace, wished, last, go_on)

    def open_demo(self) -> None:
        """Open the demo, making it first where there is none."""
        from desktop.config import demo_workspace
        from ui.common.busy import BusyView

        path = demo_workspace()
        self.workspace = str(path)
        clock = self.clock
        view = BusyView(
            _("Preparing the demo"),
            _("Eight weeks of a municipal service centre, up to this minute."),
        )
        self.window.show_start(view)

        def progress(share: float) -> None:
            self._courier.bring(
                lambda: view.set_share(share) if isValid(view) else None
            )

        def make() -> object:
            from desktop.workspaces import open_or_make_demo

            return open_or_make_demo(path, clock(), progress)

        self.busy(make, lambda _made: self.open_workspace(str(path)), self._refused)

    def open_workspace(self, workspace: str) -> None:
        """Open a workspace file or address off the GUI thread, then seat somebody."""
        from desktop.config import Config
        from ui.upgrading import Upgrade

        self.workspace = self._meant(workspace)
        clock = self.clock
        config = Config(self.workspace, clock)
        upgrade = Upgrade(
            self.window.show_start, self._courier.bring, lambda: self._is_closed
        )

        def open_it() -> Opened:
            from desktop import formats
            from desktop.assembly import open_desk
            from desktop.queries.lookups import calendars, people, workspace_info

            desk = open_desk(config, upgrade.told)
            info, everybody = desk.read(workspace_info), desk.read(people)
            formats.load()
            icons().load()
            known = desk.read(calendars, clock())
            return Opened(desk, info, everybody, known)

        self.busy(open_it, self._load_first_page, self._refused)

    def _meant(self, workspace: str) -> str:
        """Return the workspace named, else the last one, else the usual one."""
        from desktop.config import default_workspace

        last = self.preferences.value("workspace.last")
        return workspace or str(last or default_workspace())

    def _load_first_page(self, opened: Opened) -> None:
        """Import the page that will be shown first, and only that; then go on."""
        row = self._wished_person(opened.people)
        if row is None:
            self._take(opened)
            return
        me = _me(row)
        shown = [one for one in self.features.pages() if one.in_rail and one.is_for(me)]
        name = opened.info.name if opened.info else ""
        first = self.window.first_page(shown, seat_of(name, row.id))
        modules = [*ACTION_PARTS, *([first.module] if first else [])]
        self._import(modules, partial(self._take, opened), now=True)

    def _import(self, modules: Sequence[str], *done: Any, now: bool = False) -> None:
        from ui.importing import import_behind

        import_behind(self.busy, self._refused, self, modules, *done, at_once=now)

    def busy(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Refusal], None],
    ) -> None:
        """Do a job off the GUI thread and tell what came of it on the GUI thread."""

        def work() -> None:
            try:
                value = job()
            except Refusal as refusal:
                self._courier.bring(partial(failed, refusal))
            except Exception as error:  # noqa: BLE001 - the window stays open
                self._courier.bring(self.window.before.drop)
                self._courier.bring(partial(self.crash.report, error, "opening"))
            else:
                self._courier.bring(partial(done, value))

        self._opener.do(work)

    def _refused(self, refusal: Refusal) -> None:
        from desktop.config import default_workspace
        from ui.start import StartCase

        if self._is_closed:
            return
        is_usual = self.workspace == str(default_workspace())
        asked = bool(self.wishes.workspace)
        first = refusal.code == "workspace_missing" and is_usual and not asked
        kind: StartKind = "first" if first else "refused"
        self._show_start(StartCase(kind, self.workspace, refusal))

    def take(self, opened: Opened, *, watch: bool = True) -> None:
        """Go on with a workspace that was opened, leaving the one before.

        Nobody is seated yet. Without `watch`, others' changes are not looked for.
        """
        from ui.clocks import Clocks
        from ui.watcher import Watcher

        self._let_go()
        self.opened = opened
        self.operations = Operations(opened.desk, self.crash.report, self)
        self.operations.changed.connect(self._hear)
        self.clocks = Clocks(self.operations, self.ticker, self.operations)
        self.clocks.set(opened.calendars, opened.info.zone if opened.info else "UTC")
        self.ticker.start()
        if watch:
            self._watcher = Watcher(self.operations)
            self._watcher.start()

    def _hear(self, changes: ChangeSet, _initiator: object) -> None:
        """Read again who could sit down, when somebody came or changed."""
        if changes.touches("person", "person_role", "unit") and self.operations:
            from desktop.queries.lookups import people

            self.operations.read(people).start(self, self._take_people)

    def _take_people(self, people: Sequence[PersonRow]) -> None:
        if self.opened is not None:
            self.opened = replace(self.opened, people=people)

    def _take(self, opened: Opened) -> None:
        if self._is_closed:
            opened.desk.close()
            return
        self.take(opened)
        self.preferences.set_value("workspace.last", self.workspace)
        person = self._wished_person(opened.people)
        if person is not None and not self._asks_person:
            self.sign_in(person.id)
        else:
            self.ask_person()

    # ------------------------------------------------------------ who is here

    def _wished_person(self, people: Sequence[PersonRow]) -> PersonRow | None:
        asked = self.wishes.person.casefold()
        if asked:
            fits = [
                one for one in people if asked in (str(one.id), one.name.casefold())
            ]
            begins = [one for one in people if one.name.casefold().startswith(asked)]
            return next(iter(fits or begins), None)
        last = self._last_person(self.workspace)
        return next((one for one in people if one.id == last), None)

    def _last_person(self, workspace: str) -> object:
        kept = self.preferences.value("person.last", {})
        return kept.get(workspace) if isinstance(kept, dict) else None

    def ask_person(self) -> None:
        """Show who could sit down; whoever sat here has left."""
        from ui.start import StartCase

        if self.opened is None:
            self._asks_person = True
            return
        self._asks_person = False
        self.window.detach()
        name = self.opened.info.name if self.opened.info else ""
        people = self.opened.people
        kind: StartKind = "who" if people else "nobody"
        self._show_start(
            StartCase(kind, self.workspace, workspace_name=name, people=people)
        )
        if self.wishes.person and self.context is None:
            words = _("Nobody here is called {name}.").format(name=self.wishes.person)
            self.window.tell(words, kind="risk", subject="person")

    def sign_in(self, person_id: int) -> None:
        """Seat a person: their pages, their name on what is written."""
        from desktop.desk import Actor

        assert self.opened is not None
        row = next(one for one in self.opened.people if one.id == person_id)
        self.opened.desk.sign_in(Actor(row.id, row.unit_id))
        self.context = self._context_for(row)
        kept = self.preferences.value("person.last", {})
        last = kept if isinstance(kept, dict) else {}
        self.preferences.set_value("person.last", {**last, self.workspace: row.id})
        features = self.features
        search = features.search(self.context)
        self.window.attach(self.context, features.pages(), search)
        features.add_actions(self.context, self.window)

    def _seated(self, context: Context) -> None:
        """Go on once the first page stands, so that nothing of it is kept waiting."""
        later(self, SETTLED_MS, partial(self._complete, context))

    def _complete(self, context: Context) -> None:
        """Remember what is shown, then have the bell and its parts imported."""
        if self.context is context:
            self.first.remember(context, self.workspace)
            self._import(BELL_PARTS, partial(self._add_bell, context))

    def _add_bell(self, context: Context) -> None:
        """Add the bell, and import the pages nobody has opened yet."""
        if self.context is not context:
            return
        self.features.add_bell(context, self.window)
        modules = [one.module for one in self.features.pages()]
        self._import(["ui.crash_dialog", *modules])

    def _context_for(self, row: PersonRow) -> Context:
        from ui.context import Context

        assert self.opened is not None
        assert self.operations is not None
        assert self.clocks is not None
        info = self.opened.info
        window = self.window
        return Context(
            operations=self.operations,
            icons=icons(),
            preferences=self.preferences,
            me=_me(row),
            ticker=self.ticker,
            clocks=self.clocks,
            theme=theme(),
            actions=window.actions_known,
            navigate=window.navigate,
            tell=window.tell,
            offer_undo=window.offer_undo,
            workspace_name=info.name if info else "",
        )

    def _show_start(self, case: StartCase) -> None:
        from ui.start import StartActs

        given = (self.busy, self.clock, self.preferences.folder)
        acts = StartActs(self.open_workspace, self.open_demo, self.sign_in, *given)
        self.window.show_start(self.features.start_screen(case, acts))

    # ------------------------------------------------------------ ending

    def _about(self) -> None:
        from ui.about import AboutDialog

        AboutDialog(self.workspace, self.window).open()

    def _let_go(self) -> None:
        """Leave the workspace that is open, finishing what is being written."""
        self.window.detach()
        self.ticker.stop()
        if self._watcher is not None:
            self._watcher.close()
        if self.operations is not None:
            self.operations.close()
        self._watcher = self.operations = self.context = self.opened = None

    def close(self) -> None:
        """End: finish the writes, stop the threads, let go of the workspace."""
        if self.context is not None:
            self.first.remember(self.context, self.workspace)
        self._is_closed = True
        self._let_go()
        self._opener.close()
        self.preferences.save()
