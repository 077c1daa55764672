"""What happened to a request, on its file sheet: one block an entry, words in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.domain.requests import Audience
from desktop.i18n import gettext as _
from desktop.queries.file_sheet import FileSheet
from desktop.queries.timeline import TimelineEntry
from desktop.reports.entry_words import (
    audience_words,
    entry_notes,
    entry_words,
    written_words,
)
from desktop.reports.paper import BODY, NOTE, RULE, TINT, text
from desktop.reports.writing import escape, paragraphs, quiet, strong

WHOLE_TEXT: Final = 200_000
SENTENCE_CAP: Final = 1_000
_INDENT: Final = 6 * mm

_HEAD: Final = BODY.clone("entry", spaceBefore=5, keepWithNext=1)
_LONE: Final = BODY.clone("entry-lone", spaceBefore=5)
_NOTE: Final = NOTE.clone("entry-note", leftIndent=_INDENT)
_WORDS: Final = BODY.clone("entry-words", leftIndent=_INDENT, spaceBefore=2)
_INTERNAL: Final = _WORDS.clone(
    "entry-internal",
    backColor=TINT,
    borderColor=RULE,
    borderWidth=0.5,
    borderPadding=(2, 4, 3, 4),
    leftIndent=_INDENT + 4,
    rightIndent=4,
    spaceBefore=5,
    spaceAfter=4,
)


def happened(sheet: FileSheet, when: Callable[[datetime], str]) -> Iterator[Flowable]:
    """Return the blocks of every entry, oldest first."""
    for entry in sheet.details.entries:
        yield from _block(entry, when)


def _block(entry: TimelineEntry, when: Callable[[datetime], str]) -> Iterator[Flowable]:
    is_internal = entry.audience is Audience.INTERNAL
    words = written_words(entry)
    notes = list(entry_notes(entry, when))
    if is_internal:
        notes.insert(0, audience_words(entry))
    head = quiet(when(entry.at)) + "  " + strong(entry_words(entry), SENTENCE_CAP)
    yield text(head, _HEAD if words or notes else _LONE)
    pieces, left_out = paragraphs(words, WHOLE_TEXT)
    for piece in pieces:
        yield text(piece, _INTERNAL if is_internal else _WORDS)
    if left_out:
        more = _("{count} characters more are left out here").format(count=left_out)
        notes.append(more)
    for note in notes:
        yield text(escape(note, SENTENCE_CAP), _NOTE)
