"""The agenda of a front/back-office session as a PDF."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Head, ItemKind, RunningItem
from desktop.i18n import gettext as _
from desktop.i18n import speaking
from desktop.reports import (
    agenda_broken,
    agenda_evidence,
    agenda_items,
    agenda_scorecard,
    agenda_topics,
)
from desktop.reports.agenda_front import front
from desktop.reports.agenda_parts import note
from desktop.reports.binding import build
from desktop.reports.flowables import ItemHeading, Notes
from desktop.reports.paper import A4, Imprint, Kept, PaperSize
from desktop.reports.wording import CONFIDENTIALITY, OUTCOMES, Wording
from desktop.reports.writing import plain

SERIES_LIMIT: Final = 120
UNIT_LIMIT: Final = 60

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
    "other_business": agenda_items.other_business,
}


def agenda_pdf(paper: AgendaPaper, language: str = "en", size: PaperSize = A4) -> bytes:
    """Return the printed agenda in `language`; the same input gives the same bytes."""
    with speaking(language):
        paper = replace(paper, head=_short(paper.head))
        words = Wording(paper.head)
        story = front(paper, words, size.text_width)
        for item in paper.items:
            story.append(_item(paper, item, words, size.text_width))
        story.append(Notes(size.text_width, _("Notes")))
        content, _pages = build(story, imprint(paper, words, language), size)
    return content


def _short(head: Head) -> Head:
    """Return the head with names that a sentence and a table can carry."""
    return replace(
        head,
        series=plain(head.series, SERIES_LIMIT),
        front=plain(head.front, UNIT_LIMIT),
        back=plain(head.back, UNIT_LIMIT),
    )


def _item(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
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
    return Kept([heading, *agenda_topics.own_words(item), *content])


def imprint(paper: AgendaPaper, words: Wording, language: str) -> Imprint:
    """Return what head, foot and properties of the agenda say."""
    head = paper.head
    day = formats.day(words.day_of(head.starts_at), year=True)
    if head.published_at is not None:
        version = _("version {number} · published {day}").format(
            number=head.version,
            day=formats.day(words.day_of(head.published_at), year=True),
        )
    else:
        version = _("version {number} · draft").format(number=head.version)
    return Imprint(
        title=_("{series}: agenda of session {number}, {day}").format(
            series=head.series, number=head.number, day=day
        ),
        subject=_("Front/back-office session of {front} and {back}").format(
            front=head.front, back=head.back
        ),
        author=head.minute_taker or head.chair or head.series,
        language=language,
        head_left=_("{series} · session {number} · {day}").format(
            series=head.series, number=head.number, day=day
        ),
        head_right=_("Agenda"),
        foot=(
            version,
            _("data as at {data} · printed {printed} · {confidentiality}").format(
                data=words.dated_moment(head.data_as_at),
                printed=words.dated_moment(head.printed_at),
                confidentiality=_(CONFIDENTIALITY[head.confidentiality]),
            ),
        ),
        page_of=lambda number, total: _("page {number} of {total}").format(
            number=number, total=total
        ),
    )
