"""The files a template brings, copied aside and shown in the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.messages import refusal_words
from desktop.queries.house_settings import most_file_bytes
from desktop.queries.template_files import (
    TemplateFileRow,
    template_file_bytes,
    template_files,
)
from desktop.use_cases.attachments import NewFile
from ui.common.attachments.staged import StagedFile

if TYPE_CHECKING:
    from ui.new_request.page import NewRequestPage


def kept_with(files: Iterable[StagedFile]) -> tuple[NewFile, ...]:
    """Return a form's files as a template keeps them; the request keeps its own key."""
    return tuple(NewFile(one.name, one.path, one.field) for one in files)


class TemplateFiles(QObject):
    """Lays a template's files in the form while that template is still wanted."""

    def __init__(self, page: NewRequestPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context

    def lay(self, template_id: int) -> None:
        """Find the template's files and copy them aside."""
        reading = self._context.operations.read(template_files, template_id)
        reading.start(self, partial(self._take, template_id), self._refuse)

    def _take(self, template_id: int, rows: Sequence[TemplateFileRow]) -> None:
        if not rows or self._page.wanted_template() != template_id:
            return
        draft = self._page.keeper.draft.key
        job = self._context.operations.work_slowly(partial(self._copied, rows))

        def show(files: list[StagedFile]) -> None:
            page = self._page
            unwanted = files
            if (page.wanted_template(), page.keeper.draft.key) == (template_id, draft):
                unwanted = page.form.lay_files(files)
            page.staging.forget(unwanted)

        job.start(self, show, self._refuse)

    def _copied(self, rows: Sequence[TemplateFileRow]) -> list[StagedFile]:
        """Copy them, all or none; runs off the GUI thread."""
        desk, staging = self._context.operations.desk, self._page.staging
        most = desk.read(most_file_bytes)
        made: list[StagedFile] = []
        try:
            for row in rows:
                content = desk.read(template_file_bytes, row.id).content
                made.append(staging.take(content, row.name, field=row.field, most=most))
        except Refusal:
            staging.forget(made)
            raise
        return made

    def _refuse(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")
