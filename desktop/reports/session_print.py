"""The papers of a session as they were chosen, bound into one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.domain.errors import Transition
from desktop.domain.print_options import PaperCode, PrintOptions
from desktop.i18n import gettext as _
from desktop.i18n import speaking
from desktop.reports.agenda_paper import Extras, agenda_part
from desktop.reports.binding import Part, Printed, printed
from desktop.reports.minutes_paper import minutes_part
from desktop.reports.paper import SIZES, PaperSize
from desktop.reports.proof_paper import proof_part
from desktop.reports.proof_source import proof_paper_of
from desktop.reports.register_paper import register_part
from desktop.reports.short_paper import short_part
from desktop.reports.slips_paper import slips_of, slips_part

if TYPE_CHECKING:
    from desktop.queries.session_papers import SessionPapers


def session_print(
    papers: SessionPapers,
    chosen: Sequence[PaperCode],
    options: PrintOptions,
    language: str = "en",
) -> Printed:
    """Return the papers chosen in their usual order; equal input gives equal bytes.

    Clock proofs follow the agenda they belong to. Refuses (Transition) where nothing of
    what was chosen is there.
    """
    size = SIZES[options.size]
    with speaking(language):
        return printed(
            lambda: _parts(papers, chosen, options, language, size),
            size,
            is_grey=options.is_grey,
        )


def _parts(
    papers: SessionPapers,
    chosen: Sequence[PaperCode],
    options: PrintOptions,
    language: str,
    size: PaperSize,
) -> list[Part]:
    names, width = paper_names(), size.text_width
    has_proofs = "agenda" in chosen and bool(papers.proofs)
    is_one = len(chosen) == 1 and not has_proofs

    def name(code: PaperCode) -> str:
        return "" if is_one else names[code]

    parts: list[Part] = []
    if "agenda" in chosen:
        extras = Extras(options.chair_copy, options.note_lines, papers.at_risk)
        made = agenda_part(
            papers.agenda, language, width, extras, "agenda-", name("agenda")
        )
        parts += [made, *_proofs(papers, language, width)]
    if "minutes" in chosen and papers.minutes is not None:
        parts.append(
            minutes_part(papers.minutes, language, width, "minutes-", name("minutes"))
        )
    if "short" in chosen:
        parts.append(short_part(papers.agenda, language, size, name("short")))
    if "slips" in chosen:
        parts.append(_slips(papers, language, width, name("slips")))
    if "register" in chosen and papers.register is not None:
        parts.append(register_part(papers.register, language, width, name("register")))
    if not parts:
        raise Transition("nothing_to_print")
    return parts


def _proofs(papers: SessionPapers, language: str, width: float) -> list[Part]:
    """Return each clock proof as an attachment of its own."""
    parts = []
    for one in papers.proofs:
        paper = proof_paper_of(
            one.view, papers.printed_at, kind=one.kind, item=one.item
        )
        name = _("Proof {item}").format(item=one.item)
        parts.append(proof_part(paper, language, width, name))
    return parts


def _slips(papers: SessionPapers, language: str, width: float, name: str) -> Part:
    """Return the slips of the minutes, else of the actions the agenda lists."""
    if papers.minutes is not None:
        head = papers.minutes.head
        actions, items = slips_of(papers.minutes)
        following = papers.minutes.next_at
    else:
        head, actions = papers.agenda.head, papers.agenda.actions.rows
        items, following = {}, papers.agenda.head.starts_at
    return slips_part(head, actions, items, following, language, width, name)


def paper_names() -> dict[PaperCode, str]:
    """Return what each paper is called."""
    return {
        "agenda": _("Agenda"),
        "minutes": _("Minutes"),
        "short": _("Short form"),
        "slips": _("Action slips"),
        "register": _("Action register"),
    }
