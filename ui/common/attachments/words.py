"""Files in words and icons: what they are, from whom, and what stands against them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from desktop.domain.files import FileKind
from desktop.domain.requests import Audience
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.reports.file_words import kind_words, size_words

if TYPE_CHECKING:
    from desktop.queries.attachments import FileRow
    from ui.common.attachments.staged import StagedFile

ICONS: Final[Mapping[str, str]] = {
    "pdf": "file-type-pdf",
    "image": "photo",
    "sheet": "table",
    "text": "notes",
    "program": "alert-triangle",
    "script": "alert-triangle",
    "office_macros": "alert-triangle",
}


def file_icon(kind: FileKind) -> str:
    """Return the icon of a kind of file."""
    return ICONS.get(kind.code, "file-text")


def warning_of(kind: FileKind, name: str) -> str:
    """Say what speaks against a file; empty for nothing."""
    if not kind.fits(name):
        words = _("Its name says something else: it is {kind}")
        return words.format(kind=kind_words(kind))
    if kind.code in ("program", "script", "office_macros"):
        return _("{kind}, never opened here").format(kind=kind_words(kind))
    return ""


def staged_words(file: StagedFile) -> str:
    """Return what is told of a file not yet sent: its kind and size."""
    return file_words(file.kind, file.size)


def file_words(kind: FileKind, size: int) -> str:
    """Return what is told of a file that is only kept: its kind and size."""
    return f"{kind_words(kind)}  ·  {size_words(size)}"


def stored_words(row: FileRow, now: datetime, zone: tzinfo) -> str:
    """Return what is told of a file: who sees it, its size, who added it, and when."""
    from desktop.formats import short_instant

    when = short_instant(row.at, now, zone)
    internal = _("Internal") if row.audience is Audience.INTERNAL else ""
    parts = [internal, size_words(row.size), row.person or row.unit, when]
    return in_line(*parts, wide=True)
