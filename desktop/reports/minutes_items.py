"""The minutes' items: what was said and decided, and who does what by when."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import MinutesItem
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import note
from desktop.reports.faces import BOLD
from desktop.reports.flowables import ItemHeading
from desktop.reports.paper import BODY, text
from desktop.reports.tables import Column, Look, grid, long_cell
from desktop.reports.wording import NOTHING, Wording
from desktop.reports.writing import paragraphs, quiet

_DECISION = BODY.clone("decision", fontName=BOLD, spaceBefore=2.4)
_SAID = BODY.clone("said", spaceBefore=2.4)


def minutes_of(seconds: int) -> int:
    """Return whole minutes, a begun one counted."""
    return -(-max(0, seconds) // 60)


def item_heading(
    item: MinutesItem, title: str, words: Wording, width: float
) -> ItemHeading:
    """Return number, title and what became of the time it was given."""
    fates = {
        "parked": _("parked"),
        "not_reached": _("not reached"),
        "open": _("open"),
        "done": "",
    }
    used = _("{used} of {planned} min used").format(
        used=formats.count(minutes_of(item.spent_s)),
        planned=formats.count(item.minutes),
    )
    is_untouched = item.fate == "not_reached" and not item.spent_s
    told = [fates[item.fate], "" if is_untouched else used]
    details = [one for one in told if one]
    return ItemHeading(
        width, words.key(item.number), str(item.number), title, "", details
    )


def item_content(item: MinutesItem, words: Wording, width: float) -> list[Flowable]:
    """Return decisions in bold, what was said, the actions right under it."""
    story: list[Flowable] = []
    for decision in item.decisions:
        head = _("Decision {number}: {text}").format(
            number=decision.number, text=decision.text
        )
        story += long_text(head, _DECISION)
    story += long_text(item.said, _SAID)
    if item.actions:
        story += [Spacer(1, 2), actions_table(item.actions, words, width)]
    told = [
        (_("About:"), item.references),
        (_("With it:"), item.files),
    ]
    for label, named in told:
        if named:
            story.append(note(f"{label} {', '.join(named[:40])}", 1_200))
    if item.fate == "parked":
        story.append(note(_("Parked: it waits for the next session.")))
    if not story:
        story.append(_nothing(item))
    return story


def _nothing(item: MinutesItem) -> Flowable:
    if item.fate == "not_reached":
        return note(_("Not reached; first in line next time."))
    return note(_("Nothing was written down."))


def long_text(words: str, style: ParagraphStyle) -> list[Flowable]:
    """Return a text of any length in paragraphs; what is cut is counted."""
    pieces, left_out = paragraphs(words)
    story: list[Flowable] = [text(piece, style) for piece in pieces]
    if left_out:
        told = ngettext(
            "{count} more character is not printed.",
            "{count} more characters are not printed.",
            left_out,
        )
        story.append(note(told.format(count=formats.count(left_out))))
    return story


def actions_table(
    actions: Sequence[ActionRow], words: Wording, width: float
) -> Flowable:
    """Return who does what by when, each with its topic and how often carried."""
    columns = [
        Column(_("No"), 14, bold=True),
        Column(_("Who"), 32),
        Column(_("What"), 94),
        Column(_("By when"), 30, bold=True),
    ]
    rows = [
        [
            one.label,
            one.owner or _("nobody"),
            long_cell(one.text, columns, 2, width, _about(one)),
            due_words(one),
        ]
        for one in actions
    ]
    return grid(columns, rows, width, Look(padding=1.9))


def due_words(one: ActionRow) -> str:
    """Return the day an action is due, a dash where none was said."""
    return formats.day(one.due) if one.due else NOTHING


def times(count: int) -> str:
    """Return how often an action was carried on, for a column that says so."""
    return f"{formats.count(count)} ×" if count else _("new")


def carried_words(count: int) -> str:
    """Return how often an action was carried on."""
    if not count:
        return _("new")
    return ngettext("carried {count} ×", "carried {count} ×", count).format(
        count=formats.count(count)
    )


def _about(one: ActionRow) -> str:
    """Return topic and age of an action, as markup behind its words."""
    told = [one.topic] if one.topic else []
    if one.carried:
        told.append(carried_words(one.carried))
    return f" {quiet('(' + '; '.join(told) + ')')}" if told else ""
