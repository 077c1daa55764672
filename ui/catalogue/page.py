"""Services: the list, the chosen one being written, and its form as a clerk gets it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import Conflict, NotFound, Refusal
from desktop.domain.forms import FieldSpec
from desktop.domain.service_drafts import CheckSpec, ServiceDraft
from desktop.i18n import gettext as _
from desktop.queries.catalogue import (
    CatalogueRow,
    OfferingUnit,
    ServiceDetails,
    catalogue_rows,
    offering_units,
    service_details,
)
from ui.catalogue.checks_part import ChecksPart
from ui.catalogue.form_part import FormPart
from ui.catalogue.head import CHECKS, FORM, SERVICE, Head
from ui.catalogue.keys import add_actions
from ui.catalogue.list_pane import ListPane
from ui.catalogue.opened import Open, Opened
from ui.catalogue.preview import Preview
from ui.catalogue.saving import Saving
from ui.catalogue.service_part import ServicePart
from ui.catalogue.words import place_of, problem_of
from ui.common.banner import BannerArea
from ui.common.empty_state import EmptyState
from ui.common.meanwhile import offer_both, say_both, since_words
from ui.common.refresher import Refresher
from ui.common.splitter import Splitter
from ui.context import Context

TABLES = ("service", "form_field", "service_check", "unit", "request")
SUBJECT = "catalogue"


class CataloguePage(QWidget):
    """One service at a time; what is not saved is kept for each until it is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[CatalogueRow, ...] = ()
        self._units: dict[int, str] = {}
        self.opened = Opened(context, self)
        self._has_read = False
        self._listed: object = None
        self.service_id: int | None = None
        self.list_pane, self.head = ListPane(), Head()
        self.service, self.form, self.checks = ServicePart(), FormPart(), ChecksPart()
        self.preview = Preview(context)
        self.saving = Saving(context, self)
        self.banners = BannerArea()
        self.banners.set_margins(24, 16, 24, 0)
        self.empty = EmptyState(
            _("No services yet"),
            _("A service is what the front office can ask a back unit for."),
            icon="list-details",
            action=_("New service"),
            act=self.new_service,
        )
        self._place()
        self._connect()
        add_actions(context, self)
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()

    def _place(self) -> None:
        self.parts = QStackedWidget()
        for part in (self.service, self.form, self.checks):
            self.parts.addWidget(part)
        middle = QWidget()
        middle.setMinimumWidth(400)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.head)
        column.addWidget(self.parts, 1)
        self.preview.setMinimumWidth(264)
        self.splitter = Splitter(self._context.preferences, "catalogue.split")
        for pane in (self.list_pane, middle, self.preview):
            self.splitter.addWidget(pane)
        for at, stretch in enumerate((0, 3, 2)):
            self.splitter.setStretchFactor(at, stretch)
        self.splitter.restore([240, 560, 420])
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.whole)

    def _connect(self) -> None:
        self.list_pane.chosen.connect(self.choose)
        self.list_pane.new.connect(self.new_service)
        self.head.save.connect(self.save)
        self.head.discard.connect(self.discard)
        self.head.undo.connect(self.undo)
        self.head.turned.connect(self.show_part)
        self.service.edited.connect(self._edit_service)
        self.form.edited.connect(self._edit_fields)
        self.checks.edited.connect(self._edit_checks)
        self.opened.changed.connect(self._show)
        self.opened.told.connect(self.head.unsaved.show_kept)

    # ------------------------------------------------------------ reading

    def has_service(self) -> bool:
        """Tell whether a service is on screen."""
        return self.chosen_service() is not None

    def chosen_service(self) -> Open | None:
        """Return the service on screen, as it stands and as it is stored."""
        return self.opened.get(self.service_id)

    def refresh(self) -> None:
        """Read the list anew, then the service chosen."""
        read = self._context.operations.read
        read(offering_units).start(self, self._take_units, self.tell)
        read(catalogue_rows, now=self._context.ticker.now()).start(
            self, self._show_rows, self.tell
        )

    def _take_units(self, units: tuple[OfferingUnit, ...]) -> None:
        self._units = {one.id: one.name for one in units}
        self.service.set_units(units)

    def _show_rows(self, rows: tuple[CatalogueRow, ...]) -> None:
        self._rows = rows
        if not self._has_read:
            self._has_read = True
            self._take_up()
        self.opened.look_for([one.service_id for one in rows])
        ids = [one.service_id for one in self._all_rows()]
        self.whole.setCurrentWidget(self.splitter if ids else self.empty)
        if self.service_id not in ids:
            kept = self._context.preferences.value("catalogue.chosen")
            self.service_id = kept if kept in ids else next(iter(ids), None)
        self._show_list()
        if self.service_id is not None and self.service_id > 0:
            self._read(self.service_id)

    def _all_rows(self) -> list[CatalogueRow]:
        """Return the services stored, and before them those only written yet."""
        return [
            *self.opened.fresh_rows(lambda unit_id: self._units.get(unit_id, "")),
            *self._rows,
        ]

    def _take_up(self) -> None:
        """Show again what was written and not saved before the program ended."""
        for known, kept_at in self.opened.take_up():
            name = known.steps.draft.name or _("New service")
            time = since_words(self._context, kept_at)
            say_both(self.banners, f"{SUBJECT} {known.key}", name, time)

    def _show_list(self) -> None:
        unsaved = self.opened.unsaved()
        fresh = [one for one in self._all_rows() if one.service_id < 0]
        shown = (self._rows, fresh, self.service_id, unsaved)
        # At each key, and there may be thousands of services.
        if shown != self._listed:
            self._listed = shown
            self.list_pane.show_rows(self._all_rows(), self.service_id, unsaved)

    def _read(self, service_id: int) -> None:
        read = self._context.operations.read(service_details, service_id)
        read.start(self, self._show_details, self._read_refused)

    def _read_refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, NotFound):
            self.opened.stand_alone(self.service_id)
            self.service_id = None
            self._show_list()
        else:
            self.tell(refusal)

    def _show_details(self, details: ServiceDetails) -> None:
        known = self.opened.get(details.service_id)
        if known is None:
            self.opened.begin(details.service_id, details.draft, details.lock)
        elif known.is_behind(details):
            if known.steps.is_changed and not known.says_the_same(details):
                self._offer_both(known, details)
            else:
                known.lock = details.lock
                known.steps.load(details.draft)
        if details.service_id == self.service_id:
            self._show()

    def _offer_both(self, known: Open, details: ServiceDetails) -> None:
        def put_together() -> None:
            known.lock = details.lock
            known.steps.move_onto(details.draft)

        offer_both(self.banners, SUBJECT, details.draft.name, put_together)

    def _show(self) -> None:
        """Show the service chosen as its steps stand."""
        known = self.chosen_service()
        if known is None:
            return
        draft = known.steps.draft
        self.head.show_steps(known.steps, since_words(self._context, known.kept_at))
        self.service.show_draft(draft)
        self.form.show_fields(draft.fields)
        self.checks.show_checks(draft.checks)
        self.preview.show_draft(draft)
        self._show_list()

    # ------------------------------------------------------------ going about

    def go_to(self, service_id: int | None = None) -> None:
        """Show a service."""
        if service_id is not None:
            self.choose(service_id)

    def choose(self, service_id: int) -> None:
        """Show another service; what is not saved of this one stays."""
        self.service_id = service_id
        self._context.preferences.set_value("catalogue.chosen", service_id)
        self.banners.withdraw(SUBJECT)
        self.clear_problems()
        self._show()
        if service_id > 0:
            self._read(service_id)

    def find_service(self) -> None:
        """Go to the field that finds a service."""
        self.list_pane.field.setFocus()
        self.list_pane.field.selectAll()

    def show_part(self, part: str) -> None:
        """Show the service's words, its form or its checklist."""
        shown = {SERVICE: self.service, FORM: self.form, CHECKS: self.checks}
        self.head.parts.set_value(part)
        self.parts.setCurrentWidget(shown[part])

    # ------------------------------------------------------------ changing

    def new_service(self) -> None:
        """Begin another service; it is stored once it is saved."""
        chosen = self.chosen_service()
        unit_id = chosen.steps.draft.unit_id if chosen else None
        made = self.opened.begin_new(unit_id)
        self.whole.setCurrentWidget(self.splitter)
        self.choose(made)
        self.show_part(SERVICE)
        self.service.name.setFocus()

    def add_question(self) -> None:
        """Add a question to the form on screen."""
        self.show_part(FORM)
        self.form.add_question()

    def _edit_service(self, draft: ServiceDraft, part: str) -> None:
        known = self.chosen_service()
        if known is not None:
            now = known.steps.draft
            known.steps.put(replace(draft, fields=now.fields, checks=now.checks), part)

    def _edit_fields(self, fields: tuple[FieldSpec, ...], part: str) -> None:
        known = self.chosen_service()
        if known is not None:
            known.steps.put(replace(known.steps.draft, fields=fields), part)

    def _edit_checks(self, checks: tuple[CheckSpec, ...], part: str) -> None:
        known = self.chosen_service()
        if known is not None:
            known.steps.put(replace(known.steps.draft, checks=checks), part)

    def undo(self) -> None:
        """Take the last step that is not saved back."""
        known = self.chosen_service()
        if known is not None:
            known.steps.undo()

    def discard(self) -> None:
        """Go back to what is stored; undo brings the changes again."""
        known = self.chosen_service()
        if known is None:
            return
        self.clear_problems()
        if known.lock is not None:
            known.steps.discard()
            return
        self.opened.forget(self.service_id)
        self.service_id = None
        self._refresher.want()

    # ------------------------------------------------------------ saving

    def can_save(self) -> bool:
        """Tell whether there is something to save."""
        known = self.chosen_service()
        return known is not None and known.steps.is_changed

    def save(self) -> None:
        """Save the service on screen; a refusal stands at its field."""
        known = self.chosen_service()
        if known is not None and self.service_id is not None and self.can_save():
            self.clear_problems()
            self.saving.save(self.service_id, known)

    def was_saved(self, was: int, known: Open, service_id: int) -> None:
        """Know a service by its own id from now on."""
        self.banners.withdraw(SUBJECT)
        self.opened.renumber(was, known, service_id)
        if self.service_id == was:
            self.service_id = service_id
        self._show()
        self._refresher.want()

    def was_refused(self, service_id: int, refusal: Refusal) -> None:
        """Say what is wrong where it is; where somebody was first, read theirs."""
        if isinstance(refusal, Conflict) and service_id > 0:
            self._read(service_id)
            return
        part, at, of_it = place_of(refusal)
        words = problem_of(refusal)
        if service_id != self.service_id or not part:
            self.tell(refusal)
        elif part == "fields":
            self.show_part(FORM)
            self.form.show_problem(at, of_it, words)
        elif part == "checks":
            self.show_part(CHECKS)
            self.checks.show_problem(at, words)
        else:
            self.show_part(SERVICE)
            if not self.service.show_problem(part, words):
                self.tell(refusal)

    def tell(self, refusal: Refusal) -> None:
        """Say above the service what was not possible."""
        self.banners.tell(problem_of(refusal), kind="broken", subject=SUBJECT)

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for part in (self.service, self.form, self.checks):
            part.clear_problems()

    # ------------------------------------------------------------ the keyboard

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard into the list."""
        super().showEvent(event)
        self.list_pane.list.setFocus()
        if self._has_read:
            self._take_up()
            self._show_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is not saved, whatever happens to the program."""
        self.opened.save()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for the steps of the draft while there are any."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            known = self.chosen_service()
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if known is not None and ((undo and known.steps.can_undo()) or redo):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a step back, or again."""
        known = self.chosen_service()
        if known is not None and event.matches(QKeySequence.StandardKey.Undo):
            known.steps.undo()
        elif known is not None and event.matches(QKeySequence.StandardKey.Redo):
            known.steps.redo()
        else:
            super().keyPressEvent(event)
