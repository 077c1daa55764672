"""The steps on the obstacle chosen: their keys, dialogs, and what came of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import ui.common.obstacles.words  # noqa: F401 - its refusals are said here
from desktop.domain.obstacles import ObstacleStep
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.obstacle_details import ObstacleDetails
from desktop.queries.obstacle_places import series_for
from desktop.use_cases.obstacle_answers import (
    answer_obstacle,
    assign_obstacle,
    close_obstacle,
    merge_obstacles,
    postpone_obstacle,
    put_on_agenda,
    refuse_obstacle,
    reopen_obstacle,
    undo_obstacle_step,
)
from desktop.use_cases.obstacles import (
    ObstacleWords,
    add_voice,
    change_obstacle,
    take_voice_back,
)
from desktop.use_cases.raising_items import withdraw
from ui.actions import Action
from ui.common.acting import Acting
from ui.common.kept_sheets import OfferBegun
from ui.common.kept_words import ON_OBSTACLES, KeptWords
from ui.common.obstacles.raise_dialog import raise_here
from ui.obstacles.dialogs import (
    ASKING,
    AgendaDialog,
    ChangeDialog,
    DueDialog,
    GiveDialog,
    MergeDialog,
    WordsDialog,
)
from ui.obstacles.improving import Improving
from ui.turns import later

if TYPE_CHECKING:
    from ui.context import Context
    from ui.obstacles.page import ObstaclesPage
    from ui.obstacles.pane import ObstaclePane

GROUP = "obstacles"
STEPS = (
    ("answer", N_("Answer it"), "A", "message", ObstacleStep.ANSWERED),
    ("improve", N_("Turn it into an improvement"), "I", "bulb", ObstacleStep.IMPROVING),
    ("refuse", N_("Refuse it"), "D", "ban", ObstacleStep.REFUSED),
    ("voice", N_("This stops me too"), "V", "thumb-up", ObstacleStep.VOICED),
    (
        "unvoice",
        N_("It does not stop me any more"),
        "Shift+V",
        "circle-minus",
        ObstacleStep.UNVOICED,
    ),
    ("give", N_("Give it to another"), "O", "user", ObstacleStep.ASSIGNED),
    (
        "due",
        N_("Change by when it is answered"),
        "W",
        "calendar-event",
        ObstacleStep.POSTPONED,
    ),
    ("agenda", N_("Put it on an agenda"), "S", "users", ObstacleStep.PLACED),
    ("change", N_("Change its words"), "E", "pencil", ObstacleStep.CHANGED),
    ("merge", N_("Merge it into another"), "M", "corner-up-right", ObstacleStep.MERGED),
    ("reopen", N_("Open it again"), "R", "arrow-back-up", ObstacleStep.REOPENED),
    ("close", N_("Close it"), "X", "circle-minus", ObstacleStep.CLOSED),
)
"""Name, words, key, icon, and the step it takes."""
BUTTONS = 2


class ObstacleActs(Acting):
    """The acts of the page; what is offered depends on who looks and how it stands."""

    place = ON_OBSTACLES

    def __init__(
        self, context: Context, page: ObstaclesPage, pane: ObstaclePane
    ) -> None:
        super().__init__(context, page)
        self._page, self._pane = page, pane
        self.improving = Improving(context, page, self)
        self._steps: list[tuple[Action, ObstacleStep]] = []
        self._add(Action(f"{GROUP}.new", N_("Raise an obstacle"), self.begin, "N"))
        self._add(Action(f"{GROUP}.find", N_("Find obstacles"), page.focus_search, "/"))
        for name, words, key, icon, step in STEPS:
            may = partial(self._may, step)
            act = getattr(self, name)
            action = Action(f"{GROUP}.{name}", words, act, key, icon, GROUP, may)
            context.actions.add(action, page)
            self._steps.append((action, step))
        pane.shown.connect(lambda _details: self.refresh())
        pane.improvement_wanted.connect(self.improving.act)
        self._then: tuple[str, int] | None = None
        pane.shown.connect(self._go_on)
        OfferBegun(context, page, ON_OBSTACLES, self._go_on_with, _told)

    def _add(self, action: Action) -> None:
        made = Action(
            action.id, action.words, action.act, action.shortcut, "plus", GROUP
        )
        self._context.actions.add(made, self._page)

    def _go_on_with(self, key: str) -> None:
        """Show the obstacle something was begun on, and then what was begun."""
        found = _begun(key)
        assert found is not None
        self._then = found
        self._page.go_to(obstacle_id=found[1])
        self._go_on(self.details)

    def _go_on(self, details: ObstacleDetails | None) -> None:
        if details is None or self._then is None or details.row.id != self._then[1]:
            return
        (name, _id), self._then = self._then, None
        later(self, 0, lambda: self._context.actions.run(f"{GROUP}.{name}"))

    def refresh(self) -> None:
        """Offer what is possible now."""
        possible = [action for action, _step in self._steps if action.when()]
        self._pane.bar.set_actions(possible[:BUTTONS], possible[BUTTONS:])
        self._pane.bar.setVisible(bool(possible))

    @property
    def details(self) -> ObstacleDetails | None:
        """Return the obstacle chosen."""
        return self._pane.details

    def _may(self, step: ObstacleStep) -> bool:
        details = self._pane.details
        if details is None or step not in details.may:
            return False
        me = self._context.me.person_id
        is_heard = any(one.person_id == me for one in details.voices)
        if step is ObstacleStep.VOICED:
            return not is_heard and details.raised_by_id != me
        if step is ObstacleStep.UNVOICED:
            return is_heard
        return True

    # ------------------------------------------------------------ asking

    def begin(self) -> None:
        """Raise a new obstacle."""
        if self._context.me.unit_id is not None:
            raise_here(self._context, self._page)
            return
        self._context.tell(
            _("An obstacle is raised from a unit, and you belong to none yet."),
            kind="risk",
            subject="obstacle_unit",
        )

    def answer(self) -> None:
        """Answer it."""
        self._ask_words("answer", answer_obstacle, _("Answered, #{number}"))

    def refuse(self) -> None:
        """Refuse it with a reason."""
        self._ask_words("refuse", refuse_obstacle, _("Refused, #{number}"))

    def close(self) -> None:
        """Close it."""
        self._ask_words("close", close_obstacle, _("Closed, #{number}"))

    def reopen(self) -> None:
        """Open it again."""
        self._ask_words(
            "reopen", reopen_obstacle, _("Open again, #{number}"), can_undo=False
        )

    def _ask_words(
        self,
        name: str,
        use_case: Callable[..., int],
        words: str,
        *,
        can_undo: bool = True,
    ) -> None:
        details = self.details
        if details is None:
            return
        dialog = WordsDialog(ASKING[name], details, self._page)
        kept = KeptWords.of(self._context, ON_OBSTACLES)
        kept.hold(dialog, f"{name} {details.row.id}", dialog.text)
        self.show_dialog(
            dialog,
            lambda: self.write(
                dialog,
                use_case,
                (details.row.id, dialog.typed()),
                words.format(number=details.row.number),
                self._undoer(details.row.id) if can_undo else None,
                version=details.row.version,
            ),
        )

    def _undoer(self, obstacle_id: int) -> Callable[[Any], Callable[[], None]]:
        def undo(version: Any) -> Callable[[], None]:
            return lambda: self.quietly(
                undo_obstacle_step, obstacle_id, expected_version=version
            )

        return undo

    def give(self) -> None:
        """Give it to another unit or person."""
        from desktop.queries.lookups import units_and_people

        details = self.details
        if details is None:
            return
        row = details.row
        before = (row.owing_unit_id, details.owing_id)

        def ask(found: Any) -> None:
            units, people = found
            dialog = GiveDialog(details, units, people, self._page)
            self.show_dialog(
                dialog,
                lambda: self.write(
                    dialog,
                    assign_obstacle,
                    (row.id, *dialog.wanted()),
                    _("Given, #{number}").format(number=row.number),
                    lambda _version: (
                        lambda: self.quietly(assign_obstacle, row.id, *before)
                    ),
                    version=row.version,
                ),
                f"give {row.id}",
            )

        self._context.operations.read(units_and_people).start(self, ask)

    def due(self) -> None:
        """Change by when it is answered."""
        details = self.details
        if details is None:
            return
        dialog = DueDialog(details, self._context.clocks.zone, self._page)
        self.show_dialog(
            dialog,
            lambda: self.write(
                dialog,
                postpone_obstacle,
                (details.row.id, dialog.due_at(), dialog.why.text()),
                _("Changed, #{number}").format(number=details.row.number),
                version=details.row.version,
            ),
            f"due {details.row.id}",
        )

    def merge(self) -> None:
        """Merge it into another."""
        details = self.details
        if details is None:
            return
        row = details.row
        dialog = MergeDialog(self._context, details, self._page)

        def send() -> None:
            into = dialog.into()
            if into is None:
                return
            words = _("#{number} goes on in #{other}")
            self.write(
                dialog,
                merge_obstacles,
                (row.id, into.id),
                words.format(number=row.number, other=into.number),
                lambda _into: (
                    lambda: self.quietly(
                        undo_obstacle_step, row.id, expected_version=row.version + 1
                    )
                ),
                version=row.version,
            )

        self.show_dialog(dialog, send)

    def agenda(self) -> None:
        """Put it on the agenda of a series' next session."""
        details = self.details
        if details is None:
            return
        row = details.row

        def ask(series: Any) -> None:
            dialog = AgendaDialog(details, series, self._page)
            key = uuid.uuid4()

            def send() -> None:
                self.write(
                    dialog,
                    put_on_agenda,
                    (row.id, dialog.series.value()),
                    _("#{number} waits for the next session").format(number=row.number),
                    lambda raised: lambda: self.quietly(withdraw, raised),
                    minutes=dialog.minutes.value(),
                    outcome=dialog.outcome.value(),
                    key=key,
                )

            self.show_dialog(dialog, send, f"agenda {row.id}")

        self._context.operations.read(series_for, row.id).start(self, ask)

    def change(self) -> None:
        """Mend its words."""
        details = self.details
        if details is None:
            return
        key = details.row.id
        dialog = ChangeDialog(details, self._page)

        def send() -> None:
            words = ObstacleWords(
                dialog.title.text(),
                dialog.text.toPlainText(),
                dialog.proposal.toPlainText(),
            )
            self.write(
                dialog,
                change_obstacle,
                (key, words),
                _("Changed, #{number}").format(number=details.row.number),
                lambda before: lambda: self.quietly(change_obstacle, key, before),
                version=details.row.version,
            )

        self.show_dialog(dialog, send, f"change {key}")

    def improve(self) -> None:
        """Turn it into an improvement."""
        self.improving.plan()

    def voice(self) -> None:
        """Say that it stops me, too."""
        self._voice(add_voice, take_voice_back, _("Your voice is added to #{number}."))

    def unvoice(self) -> None:
        """Say that it does not stop me any more."""
        self._voice(
            take_voice_back, add_voice, _("Your voice is taken from #{number}.")
        )

    def _voice(
        self, act: Callable[..., bool], back: Callable[..., bool], words: str
    ) -> None:
        details = self.details
        if details is not None:
            key = details.row.id
            self.write(
                None,
                act,
                (key,),
                words.format(number=details.row.number),
                lambda _new: lambda: self.quietly(back, key),
            )


def _begun(key: str) -> tuple[str, int] | None:
    """Return what was begun on which obstacle, by how its words are kept."""
    name, _blank, number = key.partition(" ")
    is_known = name in _BEGUN and number.isdecimal()
    return (_BEGUN[name], int(number)) if is_known else None


def _told(key: str) -> str:
    if _begun(key) is None:
        return ""
    return _("Something begun on an obstacle was not saved yet, from {time}.")


_BEGUN = {
    name: name
    for name in (
        *("answer", "refuse", "close", "reopen"),
        *("give", "due", "agenda", "change"),
    )
} | {"plan": "improve"}
