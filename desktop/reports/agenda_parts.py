"""The parts every item of the agenda is made of: wanted, evidence, notes, decision."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop.i18n import gettext as _
from desktop.reports.flowables import Lines
from desktop.reports.paper import EVIDENCE, NOTE, WANTED, text
from desktop.reports.writing import escape, strong

EVIDENCE_LIMIT: Final = 420


def wanted(sentence: str) -> Flowable:
    """Return the line that says what the item is to bring."""
    return text(f"{strong(_('Wanted:'))} {escape(sentence)}", WANTED)


def evidence(sentence: str) -> Flowable:
    """Return the grey lines of evidence."""
    told = f"{strong(_('Evidence'))} · {escape(sentence, EVIDENCE_LIMIT)}"
    return text(told, EVIDENCE)


def note(sentence: str, limit: int = EVIDENCE_LIMIT) -> Flowable:
    """Return a grey line under a table."""
    return text(escape(sentence, limit), NOTE)


def decision(width: float, count: int = 1) -> list[Flowable]:
    """Return dotted lines for a decision."""
    return [Spacer(1, 1.6 * mm), Lines(width, _("Decision"), count)]
