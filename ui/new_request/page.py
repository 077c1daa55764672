"""New request: service, form, promise, from left to right; sent from the keyboard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.queries.alike import AlikeRequest
from desktop.queries.lookups import PersonRow, people
from desktop.queries.promise import PromiseView, promise_for
from desktop.queries.services import (
    ServiceForm,
    ServiceHit,
    service_catalogue,
    service_form,
)
from desktop.queries.starting import templates_offered
from ui.common.attachments.staged import StagingFolder
from ui.common.refresher import Refresher
from ui.context import Context
from ui.new_request.alike_watch import AlikeWatch
from ui.new_request.beginnings import Beginnings
from ui.new_request.drafting import Drafting
from ui.new_request.drafts import DraftFolder
from ui.new_request.keys import add_actions
from ui.new_request.promise_pane import PromisePane
from ui.new_request.request_form import RequestForm
from ui.new_request.sending import Sending
from ui.new_request.service_search import ServiceSearch
from ui.new_request.whereabouts import drafts_folder_of, workspace_of

TABLES = (
    "service",
    "form_field",
    "unit",
    "person",
    "request_template",
    "agreement",
    "agreement_version",
    "agreement_target",
    "calendar",
    "calendar_closure",
)
WIDE_ENOUGH = 1300
NARROW_PX = 1000
"""From this width on the hits have room for their figures."""


class NewRequestPage(QWidget):
    """One request being written; a draft of it survives whatever happens."""

    def __init__(
        self,
        context: Context,
        drafts_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._wanted: ServiceHit | None = None
        self._wanted_service: int | None = None
        self._begins_in_form = False
        self._services: tuple[ServiceHit, ...] = ()
        folder = drafts_folder or drafts_folder_of(context)
        self.staging = StagingFolder(folder / "files")
        self.search = ServiceSearch()
        self.form = RequestForm(context, self.staging)
        self.pane = PromisePane(context)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.pane)
        self.drafting = Drafting(
            self, DraftFolder(folder, workspace_of(context), context.me.person_id)
        )
        self.keeper = self.drafting.keeper
        self.sending = Sending(self, self._sent)
        self.beginnings = Beginnings(self)
        self.watch = AlikeWatch(context, self.form, self._show_alike, self)
        self._connect()
        add_actions(context, self)
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()
        self.drafting.restore()

    def _connect(self) -> None:
        self.search.chosen.connect(self._choose_hit)
        self.search.edited.connect(self.keeper.touch)
        self.search.drafts_wanted.connect(self.beginnings.offer_drafts)
        self.form.changed.connect(self._typed)
        self.form.priority_changed.connect(self._read_promise)
        self.form.several_wanted.connect(self.turn_several)
        self.form.menu_wanted.connect(self.beginnings.open_menu)
        self.form.foot.send_wanted.connect(self.sending.send)
        self.form.foot.discard_wanted.connect(self.drafting.discard)
        self.form.foot.alike.opened.connect(
            lambda which: self.context.navigate("request", request_id=which)
        )
        self.context.ticker.beat.connect(self.pane.tick)
        self.context.clocks.changed.connect(self.pane.tick)

    # ------------------------------------------------------------ coming here

    def go_to(self, service_id: int | None = None, like: int | None = None) -> None:
        """Begin with a service, or like an earlier request; what was typed stays."""
        if service_id is not None:
            self._begins_in_form = True
            self.choose(service_id)
        if like is not None:
            self.beginnings.like(like)

    def leaving(self) -> None:
        """Save the draft before another page is shown."""
        self.keeper.save()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where it is needed first."""
        super().showEvent(event)
        self.pane.tick()
        if self.form.service() is None and self._wanted_service is None:
            self.search.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the draft when the page goes, for whatever reason."""
        self.keeper.save()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Ask for the services anew, and for the chosen one's promise."""
        me, read = self.context.me, self.context.operations.read
        read(
            service_catalogue,
            person_id=me.person_id,
            front_unit_id=me.unit_id,
            now=self.context.ticker.now(),
        ).start(self, self._take_services)
        read(templates_offered, person_id=me.person_id, unit_id=me.unit_id).start(
            self, self._take_templates
        )
        read(people, only_signing_in=False).start(self, self._take_people)
        if self._wanted_service is not None:
            self._read_promise()
            read(service_form, self._wanted_service).start(self, self._form_changed)

    def _take_services(self, offered: tuple[ServiceHit, ...]) -> None:
        self._services = offered
        self.search.set_offered(offered)

    def _take_templates(self, templates: tuple[ServiceHit, ...]) -> None:
        if templates:
            self.search.set_offered((*self._services, *templates))

    def _take_people(self, rows: tuple[PersonRow, ...]) -> None:
        self.form.set_people([one.name for one in rows])

    # ------------------------------------------------------------ the service

    def wanted_service(self) -> int | None:
        """Return the service chosen, whose form may still be on its way."""
        return self._wanted_service

    def wanted_template(self) -> int | None:
        """Return the template chosen, None for a plain service."""
        return self._wanted.template_id if self._wanted is not None else None

    def _choose_hit(self, hit: ServiceHit) -> None:
        if self._wanted is not None and self._wanted.template_id is not None:
            self.form.lift()
        self._wanted = hit
        self._choose(hit.id)

    def choose(self, service_id: int) -> None:
        """Choose a service as if its line had been clicked."""
        self._wanted = None
        self.search.set_current(service_id)
        self._choose(service_id)

    def _choose(self, service_id: int) -> None:
        self._wanted_service = service_id
        shown = self.form.service()
        if shown is None or shown.id != service_id:
            self.context.operations.read(service_form, service_id).start(
                self, self._show_form
            )
            self._read_promise()
        else:
            self._lay_template()
        self.keeper.touch()

    def _show_form(self, form: ServiceForm | None) -> None:
        if form is None or form.id != self._wanted_service:
            return
        self.form.show_service(form)
        self.pane.show_service(form)
        self._order_tabs()
        self._lay_template()
        if self._begins_in_form or not self.search.field.hasFocus():
            self.form.form.focus_first()
        self._begins_in_form = False
        self.watch.touch()

    def _lay_template(self) -> None:
        template_id = self.wanted_template()
        if template_id is not None:
            self.beginnings.template(template_id)

    def _form_changed(self, form: ServiceForm | None) -> None:
        """Show what a form asks now, when the house changed it meanwhile."""
        shown = self.form.service()
        if (
            form is not None
            and shown is not None
            and form.id == shown.id
            and form != shown
        ):
            self._show_form(form)

    def _order_tabs(self) -> None:
        stops = [
            self.search.field,
            *self.form.inputs(),
            self.pane.told_fields.how,
            self.pane.told_fields.price,
            self.pane.copy_button,
            self.pane.told,
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _read_promise(self) -> None:
        service_id, unit_id = self._wanted_service, self.context.me.unit_id
        if service_id is None or unit_id is None:
            return
        self.context.operations.read(
            promise_for,
            service_id,
            front_unit_id=unit_id,
            priority=self.sending.priority(),
            now=self.context.ticker.now(),
        ).start(self, self._show_promise)

    def _show_promise(self, view: PromiseView | None) -> None:
        if view is None or view.service_id == self._wanted_service:
            self.pane.show_promise(view)

    # ------------------------------------------------------------ typing

    def _typed(self) -> None:
        self.keeper.touch()
        self.watch.touch()
        if self.form.is_several():
            self._count_customers()

    def _show_alike(self, found: tuple[AlikeRequest, ...]) -> None:
        now, zone = self.context.ticker.now(), self.context.clocks.zone
        self.form.foot.alike.show_found(found, now, zone)

    def toggle_several(self) -> None:
        """Turn the request for one customer into one for several, and back."""
        self.form.several.setChecked(not self.form.several.isChecked())
        self.turn_several()

    def turn_several(self) -> None:
        """Ask for a list of customers, or for one again."""
        self.form.set_several(self.form.several.isChecked())
        self._order_tabs()
        self._count_customers()
        self.form.form.focus_first()
        self.keeper.touch()
        self.watch.touch()

    def _count_customers(self) -> None:
        lines = self.form.customers().split("\n")
        count = sum(bool(one.strip()) for one in lines)
        is_several = self.form.is_several()
        self.form.foot.set_count(count if is_several and count else None)

    # ------------------------------------------------------------ afterwards

    def _sent(self, another: bool) -> None:
        self.drafting.forget()
        self._refresher.want()
        if another:
            self.search.field.setFocus()
        else:
            self.context.navigate("counter")

    def empty(self) -> None:
        """Show nothing typed and no service."""
        self._wanted, self._wanted_service = None, None
        self.search.reset()
        self.form.show_service(None)
        self.form.several.setChecked(False)
        self.form.set_answers({}, is_urgent=False, reason="")
        self.form.set_files(())
        self.form.foot.set_count(None)
        self.pane.told_fields.reset()
        self.pane.show_service(None)
        self.pane.show_promise(None)
        self.pane.told.setChecked(True)
        self.watch.reset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the hits and the promise where the window is narrow."""
        super().resizeEvent(event)
        width = self.width()
        if width >= WIDE_ENOUGH:
            search, pane = (344 if width >= 1400 else 320), 440
        else:
            search, pane = (236, 400) if width >= 1100 else (172, 278)
        self.search.setFixedWidth(search)
        self.pane.setFixedWidth(pane)
        margin = 16 if width < NARROW_PX else 24
        self.form.set_margin(margin)
        self.pane.set_margin(margin)
