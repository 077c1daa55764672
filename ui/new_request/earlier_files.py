"""The files of an earlier request, copied aside for one begun like it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.domain.requests import Audience
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.attachments import FileRow, file_bytes, files_of
from desktop.queries.house_settings import most_file_bytes
from ui.common.attachments.staged import StagedFile

if TYPE_CHECKING:
    from ui.new_request.page import NewRequestPage


class EarlierFiles(QObject):
    """Finds what both sides may see, and takes it along when that is wanted."""

    def __init__(self, page: NewRequestPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context

    def find(
        self, request_id: int, found: Callable[[tuple[FileRow, ...]], None]
    ) -> None:
        """Tell of the earlier request's files; internal ones stay where they are."""
        reading = self._context.operations.read(
            files_of, request_id, reader_unit_id=self._context.me.unit_id
        )
        reading.start(
            self,
            lambda rows: found(
                tuple(one for one in rows if one.audience is Audience.BOTH)
            ),
            self._refuse,
        )

    def words(self, rows: Sequence[FileRow]) -> str:
        """Return what is offered; empty where there is no file."""
        if not rows:
            return ""
        words = ngettext(
            "Take its file along", "Take its {count} files along", len(rows)
        )
        return words.format(count=len(rows))

    def take(self, rows: Sequence[FileRow], draft: uuid.UUID) -> None:
        """Copy files aside, then show them in the form while it holds this draft."""
        job = self._context.operations.work_slowly(partial(self._copied, rows))
        job.start(self, partial(self._show, draft), self._refuse)

    def _copied(self, rows: Sequence[FileRow]) -> list[StagedFile]:
        """Copy them, all or none; runs off the GUI thread."""
        desk, staging = self._context.operations.desk, self._page.staging
        unit_id, most = self._context.me.unit_id, desk.read(most_file_bytes)
        made: list[StagedFile] = []
        try:
            for row in rows:
                found = desk.read(file_bytes, row.id, reader_unit_id=unit_id)
                made.append(
                    staging.take(found.content, row.name, field=row.field, most=most)
                )
        except Refusal:
            staging.forget(made)
            raise
        return made

    def _show(self, draft: uuid.UUID, files: list[StagedFile]) -> None:
        page = self._page
        if page.keeper.draft.key == draft:
            page.form.add_files(files)
        else:
            page.staging.forget(files)
            self._context.tell(
                _("Another request is being written; no file was taken along."),
                kind="risk",
                subject="copied",
            )

    def _refuse(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")
