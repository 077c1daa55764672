"""What a new request begins with: an earlier one, a template, or a draft kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from desktop.domain.errors import Refusal
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.starting import Start, start_from, start_like
from desktop.use_cases.templates import TemplateDraft, save_template
from ui.common.buttons import without_mnemonic
from ui.common.menu import Menu
from ui.common.request_questions import BODY, CONTACT, CUSTOMER, CUSTOMERS
from ui.new_request.earlier_files import EarlierFiles
from ui.new_request.template_dialog import TemplateDialog
from ui.new_request.template_files import TemplateFiles, kept_with
from ui.new_request.templates_dialog import TemplatesDialog

if TYPE_CHECKING:
    from desktop.queries.attachments import FileRow
    from ui.new_request.drafts import Draft
    from ui.new_request.page import NewRequestPage

LONGEST_LINE = 60


class Beginnings(QObject):
    """Fills the page's form; what was typed before is kept as a draft."""

    def __init__(self, page: NewRequestPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._files = EarlierFiles(page)
        self._template_files = TemplateFiles(page)

    # ------------------------------------------------------------ earlier ones

    def like(self, request_id: int) -> None:
        """Begin with what an earlier request asked."""
        self._context.operations.read(start_like, request_id).start(
            self, lambda start: self._begin_like(request_id, start), self._tell
        )

    def _begin_like(self, request_id: int, start: Start) -> None:
        if start.service_id is None:
            words = _("What {reference} asked for is not offered any more.")
            self._context.tell(
                words.format(reference=start.reference), kind="risk", subject="copied"
            )
            return
        self._page.drafting.begin_another()
        answers = {
            **start.answers,
            CUSTOMER: start.customer,
            CONTACT: start.contact,
            BODY: start.body,
        }
        self._page.drafting.begin_with(
            start.service_id, answers, start.is_urgent, start.urgency_reason
        )
        self._files.find(request_id, partial(self._say_begun, start))

    def _say_begun(self, start: Start, files: tuple[FileRow, ...]) -> None:
        words = _("Begun like {reference}.").format(reference=start.reference)
        draft = self._page.keeper.draft.key
        self._context.tell(
            f"{words} {_left_out(start.left_out)}".strip(),
            kind="ok",
            subject="copied",
            action=self._files.words(files),
            act=(lambda: self._files.take(files, draft)) if files else None,
        )

    # ------------------------------------------------------------ templates

    def template(self, template_id: int) -> None:
        """Lay a template's answers where nothing is typed."""
        self._context.operations.read(start_from, template_id).start(
            self, lambda start: self._lay(template_id, start), self._tell
        )

    def _lay(self, template_id: int, start: Start) -> None:
        # Somebody may have gone on to another hit meanwhile.
        if self._page.wanted_template() != template_id:
            return
        answers = {
            **start.answers,
            CUSTOMER: start.customer,
            CONTACT: start.contact,
            BODY: start.body,
        }
        self._page.form.lay(answers)
        priority = self._page.form.priority
        if start.is_urgent and not priority.is_urgent():
            priority.set_value(True, start.urgency_reason)
        if start.left_out:
            self._context.tell(_left_out(start.left_out), subject="copied")
        self._template_files.lay(template_id)

    def save_as_template(self) -> None:
        """Ask for a name, and whose it is to be; keep the form as a template."""
        service = self._page.form.service()
        if service is None:
            return
        page, files = self._page, self._page.form.sent_files()
        dialog = TemplateDialog(self._context, service.name, files, parent=page)
        personal = {CUSTOMER, CONTACT, CUSTOMERS}
        answers = {
            code: one
            for code, one in self._page.form.form.values().items()
            if code not in personal
        }
        priority = self._page.form.priority

        def write() -> None:
            dialog.set_busy(True)
            draft = TemplateDraft(
                dialog.name.text(),
                service.id,
                answers,
                priority.is_urgent(),
                priority.reason.text() if priority.is_urgent() else "",
                dialog.sharing(),
                dialog.key,
                kept_with(dialog.kept()),
            )
            self._context.operations.write(save_template, draft).start(
                dialog, saved, dialog.show_refusal
            )

        def saved(_template_id: int) -> None:
            dialog.accept()
            words = _("Kept as the template “{name}”. The search finds it.")
            self._context.offer_undo(words.format(name=dialog.name.text().strip()))

        dialog.submitted.connect(write)
        dialog.open()

    def manage_templates(self) -> None:
        """Show the templates there are with their files, to take some away."""
        TemplatesDialog(self._context, parent=self._page).open()

    # ------------------------------------------------------------ drafts

    def offer_drafts(self) -> None:
        """Show the other drafts kept, to take one up."""
        self._page.keeper.save()
        others = self._page.keeper.others()
        if not others:
            return
        button = self._page.search.drafts_button
        menu = Menu(button)
        for draft in others:
            menu.addAction(without_mnemonic(self.draft_words(draft))).triggered.connect(
                lambda _on=False, one=draft: self._page.drafting.take(one)
            )
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.aboutToHide.connect(menu.deleteLater)

    def draft_words(self, draft: Draft) -> str:
        """Return what a draft is called: its service, customer, and when it was."""
        who = str(draft.answers.get(CUSTOMER) or draft.customers.split("\n")[0] or "")
        name = draft.service or _("No service yet")
        parts = [name, " ".join(who.split())]
        if draft.saved_at is not None:
            now, zone = self._context.ticker.now(), self._context.clocks.zone
            parts.append(short_instant(draft.saved_at, now, zone))
        return "  ·  ".join(part[:LONGEST_LINE] for part in parts if part)

    def open_menu(self) -> None:
        """Offer what else can be done with the form."""
        more = self._page.form.more
        menu = Menu(more)
        for name in ("template", "templates", "drafts"):
            action = self._context.actions.get(f"new_request.{name}")
            if action.when():
                menu.addAction(action.shown()).triggered.connect(
                    lambda _on=False, act=action.act: act()
                )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(more.mapToGlobal(QPoint(0, more.height())))

    def _tell(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count} answer does not fit today’s form and was left out.",
        "{count} answers do not fit today’s form and were left out.",
        count,
    ).format(count=count)
