"""Raising an obstacle: one line is enough; like ones are offered while it is typed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

import ui.common.obstacles.words  # noqa: F401 - its refusals are said here
from desktop import formats
from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.kept_words import ON_OBSTACLES, KeptWords
from ui.common.labelled import Labelled
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.obstacles.alike_list import AlikeList

if TYPE_CHECKING:
    from desktop.queries.obstacle_places import AlikeObstacle, RaisingView
    from desktop.use_cases.obstacles import RaisedObstacle
    from ui.context import Context
    from ui.operations import Ticket, Write

TYPING_MS = 200


def raise_here(
    context: Context, parent: QWidget, *, request_id: int | None = None
) -> RaiseDialog:
    """Ask what gets in the way, on a request or anywhere, and raise it."""
    dialog = RaiseDialog(context, parent, request_id=request_id)
    dialog.open()
    return dialog


class RaiseDialog(Dialog):
    """Return in the first line sends, too; what was typed stays when refused."""

    def __init__(
        self, context: Context, parent: QWidget, *, request_id: int | None = None
    ) -> None:
        super().__init__(
            _("Raise an obstacle"),
            _("What keeps you from serving a customer well? One line is enough."),
            submit=_("Raise"),
            icon="barrier-block",
            parent=parent,
        )
        self._context, self._request_id = context, request_id
        self._key = uuid.uuid4()
        self._ticket: Ticket | None = None
        self._view: RaisingView | None = None
        self.setMinimumWidth(560)
        self.on_request = ElidedLabel(ink="text2")
        self.title = LineInput(placeholder=_("Maps are only handed out at noon"))
        self.alike = AlikeList()
        self.owing = ChoiceInput()
        self.due = PlainLabel("", size="small", ink="text2", wraps=True)
        self.text = TextInput(lines=2)
        self.proposal = TextInput(lines=2)
        optional = _("optional")
        self.fields = {
            "title": Labelled(_("What gets in the way"), self.title),
            "owing_unit": Labelled(_("Who owes the answer"), self.owing),
            "text": Labelled(_("What happens then"), self.text, note=optional),
            "proposal": Labelled(_("What would help"), self.proposal, note=optional),
        }
        self._place()
        self._connect()
        kept = KeptWords.of(context, ON_OBSTACLES)
        kept.hold(
            self, f"raise {request_id or 0}", self.title, self.text, self.proposal
        )
        if self.title.text():
            self._typing.start()
        self._ask_who()

    def _place(self) -> None:
        self.body.addWidget(self.on_request)
        self.on_request.hide()
        self.body.addWidget(self.fields["title"])
        self.body.addWidget(self.alike)
        who = QVBoxLayout()
        who.setSpacing(4)
        who.addWidget(self.fields["owing_unit"])
        who.addWidget(self.due)
        self.body.addLayout(who)
        self.body.addWidget(self.fields["text"])
        self.body.addWidget(self.fields["proposal"])
        self.body.addStretch(1)
        self.start_at(self.title)

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._look_for_alike)
        self.title.textEdited.connect(lambda _words: self._typing.start())
        self.title.returnPressed.connect(self.submit)
        for field in (self.title, self.text, self.proposal):
            field.submitted.connect(self.submit)
        self.owing.chosen.connect(lambda _unit: self._ask_who())
        self.alike.wanted.connect(self._join)
        self.submitted.connect(self._send)

    # ------------------------------------------------------------ who answers

    def _ask_who(self) -> None:
        from desktop.queries.obstacle_places import raising_view

        unit_id = self._context.me.unit_id
        if unit_id is None:
            return
        chosen: Any = self.owing.value()
        read = self._context.operations.read(
            raising_view,
            unit_id=unit_id,
            now=self._context.ticker.now(),
            request_id=self._request_id,
            owing_unit_id=chosen,
        )
        read.start(self, self._show_who, self.show_refusal)

    def _show_who(self, view: RaisingView) -> None:
        self._view = view
        if self.owing.count() == 0:
            self.owing.set_options(view.units)
        self.owing.set_value(view.owing_unit_id)
        self.due.setText(self._answered_by(view))
        if view.reference:
            words = _("On {reference}: {subject}")
            self.on_request.setText(
                words.format(reference=view.reference, subject=view.subject)
            )
        self.on_request.setVisible(bool(view.reference))
        self.grow()

    def _answered_by(self, view: RaisingView) -> str:
        clocks, now = self._context.clocks, self._context.ticker.now()
        due = formats.short_instant(view.due_at, now, clocks.zone)
        return _("{unit} owes you an answer by {due}.").format(unit=view.owing, due=due)

    # ------------------------------------------------------------ like ones

    def _look_for_alike(self) -> None:
        from desktop.queries.obstacle_places import alike_obstacles

        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._context.operations.read(
            alike_obstacles, self.title.text(), person_id=self._context.me.person_id
        ).start(self, self._show_alike)

    def _show_alike(self, found: tuple[AlikeObstacle, ...]) -> None:
        if self.alike.show_rows(found):
            self.grow()

    def _join(self, one: AlikeObstacle) -> None:
        from desktop.use_cases.obstacles import add_voice, take_voice_back

        def done(is_new: bool) -> None:
            self.accept()
            words = _("Your voice is added to #{number}.")
            if not is_new:
                words = _("You are heard at #{number} already.")
            undo = self._context.operations.write(take_voice_back, one.id)
            self._context.offer_undo(
                words.format(number=one.number),
                (lambda: _quietly(undo, self._context)) if is_new else None,
            )

        self.set_busy(True)
        self._context.operations.write(
            add_voice, one.id, request_id=self._request_id
        ).start(self, done, self.show_refusal)

    # ------------------------------------------------------------ raising

    def submit(self) -> None:
        """Send, unless nothing is said yet."""
        if not self.title.text().strip():
            self.fields["title"].show_problem(_("Write something first."))
            self.title.setFocus()
            self.grow()
            return
        self.fields["title"].show_problem("")
        super().submit()

    def _send(self) -> None:
        from desktop.use_cases.obstacles import NewObstacle, raise_obstacle

        owing: Any = self.owing.value()
        draft = NewObstacle(
            self.title.text(),
            self.text.toPlainText(),
            self.proposal.toPlainText(),
            request_id=self._request_id,
            owing_unit_id=owing,
            key=self._key,
        )
        self.set_busy(True)
        write = self._context.operations.write(raise_obstacle, draft)
        write.start(self, self._raised, self._refused)

    def _raised(self, made: RaisedObstacle) -> None:
        from desktop.use_cases.obstacle_answers import close_obstacle

        self.accept()
        words = _("Obstacle #{number} is raised.").format(number=made.number)
        if self._view is not None:
            words = f"{words} {self._answered_by(self._view)}"
        undo = self._context.operations.write(close_obstacle, made.id)
        self._context.offer_undo(words, lambda: _quietly(undo, self._context))

    def _refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, Invalid) and refusal.field in self.fields:
            self.set_busy(False)
            self.fields[refusal.field].show_problem(refusal_words(refusal))
            self.fields[refusal.field].field.setFocus()
            self.grow()
        else:
            self.show_refusal(refusal)


def _quietly(write: Write[Any], context: Context) -> None:
    """Do something after the dialog is gone."""
    write.start(context.operations)
