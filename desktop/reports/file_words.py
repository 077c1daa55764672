"""What a file is and how large, in words for windows and paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.files import FileKind
from desktop.formats import number
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

KINDS: Final[Mapping[str, str]] = {
    "pdf": N_("PDF"),
    "image": N_("Picture"),
    "word": N_("Text document"),
    "sheet": N_("Spreadsheet"),
    "slides": N_("Slides"),
    "text": N_("Plain text"),
    "script": N_("Script or web page"),
    "program": N_("Program"),
    "archive": N_("Archive"),
    "office_old": N_("Old Office document"),
    "office_macros": N_("Office document with macros"),
    "sound": N_("Sound"),
    "film": N_("Film"),
    "other": N_("Unknown kind of file"),
}
_STEP: Final = 1024


def kind_words(kind: FileKind) -> str:
    """Return what a file is, by its bytes."""
    return _(KINDS[kind.code])


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: "820 B", "1.4 MB"."""
    if size < _STEP:
        return _("{count} B").format(count=size)
    if size < _STEP**2:
        return _("{count} kB").format(count=number(size / _STEP, 0))
    return _("{count} MB").format(count=number(size / _STEP**2, 1))
