"""The words, sections and columns of the board of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from desktop import formats
from desktop.domain.text import fold_for_search, in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.action_board import ActionLine, BoardView
from ui.common.action_words import carried
from ui.common.cells import Column, LinesCell, Section, TextCell

VIEWS: Final = (
    (BoardView.MINE, N_("Mine")),
    (BoardView.UNIT, N_("My unit’s")),
    (BoardView.ALL, N_("Everybody’s")),
)
GROUPS: Final = (
    ("due", N_("By due date")),
    ("owner", N_("By owner")),
    ("series", N_("By series")),
    ("topic", N_("By topic")),
)
WEEK: Final = 7


def columns() -> list[Column[ActionLine]]:
    """Return what stands beside each other on the board."""
    return [
        Column(
            "number",
            N_("No."),
            lambda row: TextCell(row.label, quiet=True),
            64,
            sort=lambda row: row.number,
        ),
        Column("what", N_("Action"), _what, 320, stretch=True),
        Column(
            "owner",
            N_("Owner"),
            lambda row: LinesCell(row.owner, row.unit if row.unit != row.owner else ""),
            160,
            sort=lambda row: row.owner,
        ),
        Column("due", N_("Due"), _due, 216, sort=lambda row: row.due_on),
        Column(
            "age",
            N_("Age"),
            _age,
            200,
            sort=lambda row: (row.carried, row.age_days or 0),
            gives_way=True,
        ),
        Column(
            "series",
            N_("Series"),
            lambda row: TextCell(row.series, quiet=True),
            256,
            gives_way=True,
        ),
    ]


def _what(row: ActionLine) -> LinesCell:
    about = [row.topic, row.reference]
    if row.obstacle is not None:
        about.append(f"O-{row.obstacle}")
    if row.why:
        about.append(_("“{why}”").format(why=row.why))
    return LinesCell(row.text, in_line(*about))


def _due(row: ActionLine) -> TextCell:
    day = formats.day(row.due_on)
    if not row.is_open:
        state = _("Done") if row.state == "done" else _("Dropped")
        return TextCell(state, quiet=True)
    if not row.days_over:
        return TextCell(day)
    words = ngettext("▲ {day}, {n} day over", "▲ {day}, {n} days over", row.days_over)
    told = words.format(day=day, n=formats.count(row.days_over))
    return TextCell(told, kind="broken", bold=True)


def _age(row: ActionLine) -> TextCell:
    if row.must_decide:
        words = _("▲ {carried}: decide").format(carried=carried(row.carried))
        return TextCell(words, kind="risk")
    parts = []
    if row.escalated_to and row.is_open:
        parts.append(_("before {name}").format(name=row.escalated_to))
    if row.carried:
        parts.append(carried(row.carried))
    if row.age_days:
        words = ngettext("{n} day", "{n} days", row.age_days)
        parts.append(words.format(n=formats.count(row.age_days)))
    return TextCell(", ".join(parts), quiet=True)


def matching(rows: Sequence[ActionLine], words: str) -> list[ActionLine]:
    """Return the actions that hold every word typed."""
    wanted = fold_for_search(words).split()
    return [row for row in rows if all(one in _found_by(row) for one in wanted)]


def _found_by(row: ActionLine) -> str:
    return fold_for_search(
        " ".join(
            (
                *(row.label, row.text, row.topic, row.owner, row.unit, row.series),
                *(row.reference, row.why, row.escalated_to),
            )
        )
    )


def sections(
    rows: Sequence[ActionLine], group: str, *, closed: bool
) -> list[Section[ActionLine]]:
    """Return the actions under headings: what is to be decided and overdue first."""
    if closed:
        return [Section("closed", _("Closed lately"), rows)]
    if group == "due":
        return _by_due(rows)
    by: Callable[[ActionLine], str] = {
        "owner": lambda row: row.owner,
        "series": lambda row: row.series,
    }.get(group, lambda row: row.topic)
    names = sorted({by(row) for row in rows}, key=fold_for_search)
    return [
        Section(f"{group}:{name}", name, [row for row in rows if by(row) == name])
        for name in names
    ]


def _by_due(rows: Sequence[ActionLine]) -> list[Section[ActionLine]]:
    decide = [row for row in rows if row.must_decide]
    rest = [row for row in rows if not row.must_decide]
    overdue = [row for row in rest if row.is_overdue]
    later = [row for row in rest if not row.is_overdue]
    made = [
        ("decide", _("Carried three times: decide"), "risk", decide),
        ("overdue", _("Overdue"), "broken", overdue),
        ("later", _("To do"), "", later),
    ]
    return [
        Section(name, title, found, kind=kind)
        for name, title, kind, found in made
        if found
    ]
