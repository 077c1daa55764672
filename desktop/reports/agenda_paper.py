"""The agenda of a front/back-office session as a PDF."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop.domain.agenda import AgendaPaper, ItemKind, RunningItem
from desktop.domain.at_risk import AtRiskRow
from desktop.i18n import gettext as _
from desktop.i18n import speaking
from desktop.reports import (
    agenda_broken,
    agenda_evidence,
    agenda_items,
    agenda_records,
    agenda_scorecard,
    agenda_topics,
)
from desktop.reports.agenda_front import front
from desktop.reports.agenda_parts import note
from desktop.reports.at_risk_list import at_risk_list
from desktop.reports.binding import Part, Printed, printed
from desktop.reports.chair_notes import chair_notes
from desktop.reports.flowables import ItemHeading, Lines, Notes
from desktop.reports.names import short_head
from desktop.reports.paper import A4, Kept, PaperSize
from desktop.reports.section_heads import section_head
from desktop.reports.session_imprint import agenda_imprint
from desktop.reports.wording import OUTCOMES, Wording

NOTE_LINES: Final = 3

_log = logging.getLogger(__name__)

Section = Callable[[AgendaPaper, RunningItem, Wording, float], list[Flowable]]

SECTIONS: Final[dict[ItemKind, Section]] = {
    "minutes": agenda_items.last_minutes,
    "actions": agenda_items.open_actions,
    "thanks": agenda_items.thanks,
    "scorecard": agenda_scorecard.scorecard,
    "broken": agenda_broken.broken_promises,
    "near": agenda_evidence.near_and_due,
    "ball": agenda_evidence.ball_and_passes,
    "agreement": agenda_evidence.agreement,
    "topic": agenda_topics.topic,
    "obstacles": agenda_records.obstacles,
    "changes": agenda_records.changes,
    "exceptions": agenda_records.exceptions,
    "standards": agenda_records.standards,
    "improvements": agenda_records.improvements,
    "other_business": agenda_items.other_business,
}


@dataclass(frozen=True, slots=True)
class Extras:
    """What an agenda is printed with beside the usual; None: without that list."""

    is_chairs: bool = False
    note_lines: bool = False
    at_risk: Sequence[AtRiskRow] | None = None


PLAIN: Final = Extras()


def agenda_pdf(paper: AgendaPaper, language: str = "en", size: PaperSize = A4) -> bytes:
    """Return the printed agenda in `language`; the same input gives the same bytes."""
    return agenda_print(paper, language, size).pdf


def agenda_print(
    paper: AgendaPaper,
    language: str = "en",
    size: PaperSize = A4,
    extras: Extras = PLAIN,
    *,
    is_grey: bool = False,
) -> Printed:
    """Return the agenda with what could not be shown."""
    with speaking(language):
        return printed(
            lambda: [agenda_part(paper, language, size.text_width, extras)],
            size,
            is_grey=is_grey,
        )


def agenda_part(
    paper: AgendaPaper,
    language: str,
    width: float,
    extras: Extras = PLAIN,
    place: str = "",
    name: str = "",
) -> Part:
    """Return the agenda as a part of a PDF; `place` tells its bookmarks apart."""
    head = short_head(paper.head)
    kind = _("Agenda")
    if extras.is_chairs:
        kind = _("Agenda, chair’s copy")
        if head.confidentiality == "internal":
            head = replace(head, confidentiality="restricted")
    paper = replace(paper, head=head)
    words = Wording(head, place)
    story = front(paper, words, width)
    for item in paper.items:
        story.append(_item(paper, item, words, width, extras))
    if extras.at_risk is not None:
        story += at_risk_list(extras.at_risk, words, width)
    story.append(Notes(width, _("Notes")))
    return Part(agenda_imprint(paper, words, language, kind), story, name)


def _item(
    paper: AgendaPaper,
    item: RunningItem,
    words: Wording,
    width: float,
    extras: Extras,
) -> Flowable:
    """Return one item, heading and all; one that cannot be made says so."""
    heading = ItemHeading(
        width,
        words.key(item.number),
        str(item.number),
        words.title(item, paper),
        words.clock(item.starts_at) if item.starts_at else _("not reached"),
        (
            _("{minutes} min").format(minutes=item.minutes),
            _(OUTCOMES[item.outcome]),
            words.leader(item),
        ),
    )
    try:
        content = SECTIONS[item.kind](paper, item, words, width)
    except Exception:  # noqa: BLE001  one bad item never stops the print
        _log.exception("item %d (%s) could not be printed", item.number, item.kind)
        content = [
            note(_("This item could not be printed; the program’s log says why."))
        ]
    own = agenda_topics.own_words(item)
    if extras.is_chairs:
        own = [*chair_notes(item, width), *own]
    if extras.note_lines:
        lines = Lines(width, _("Notes"), NOTE_LINES)
        content = [*content, Spacer(1, 1.6 * mm), lines]
    top = [*section_head(item.section, heading), heading]
    return Kept([*top, *own, *content, *agenda_topics.files(item)])
