"""The words of lists: field words of a search, groups, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.domain.list_views import GroupBy
from desktop.domain.search_words import Field, Misread
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.sections import QueueSection
from desktop.reports.request_words import HOLDERS, PRIORITIES, STATES
from ui.common.lists.section_words import SECTIONS as SECTIONS

if TYPE_CHECKING:
    from desktop.queries.request_rows import QueueRow

FIELDS: Mapping[Field, tuple[str, str]] = {
    Field.IS: (N_("State in a word"), "is:overdue"),
    Field.HAS: (N_("What it has"), "has:attachment"),
    Field.UNIT: (N_("The unit that has it"), "unit:registry"),
    Field.FROM: (N_("The front unit it is for"), "from:counter"),
    Field.SERVICE: (N_("Service"), 'service:"title extract"'),
    Field.ASSIGNEE: (N_("Assigned to"), "assignee:me"),
    Field.REQUESTER: (N_("Asked for by"), "requester:ana"),
    Field.CUSTOMER: (N_("Customer"), "customer:novak"),
    Field.DUE: (N_("Due"), "due:today"),
    Field.RAISED: (N_("Raised"), "raised:2026-11"),
    Field.RESOLVED: (N_("Resolved"), "resolved:week"),
    Field.CHANGED: (N_("Last changed"), "changed:>2026-11-01"),
    Field.AGE: (N_("Raised so long ago, or less"), "age:>3d age:<4h"),
    Field.PRIORITY: (N_("Urgency, 1 is the highest"), "priority:1,2"),
    Field.STATE: (N_("State"), "state:pending"),
    Field.PENDING: (N_("What it waits for"), "pending:customer"),
    Field.BALL: (N_("Who has to move next"), "ball:front"),
    Field.FILE: (N_("Name of an attachment"), "file:sketch"),
    Field.REF: (N_("Number, or its beginning"), "ref:LR-00"),
    Field.TOPIC: (N_("Topic"), "topic:fees"),
    Field.SITE: (N_("Place"), "site:harbour"),
    Field.CHANNEL: (N_("How it came in"), "channel:phone"),
}
"""What each field is, and one way to use it, in the order they are offered."""

OTHER_HELP: Sequence[tuple[str, str]] = (
    (N_("Words side by side"), '"burst pipe"'),
    (N_("Not that"), "-is:held  -roof"),
    (N_("One or the other"), "unit:registry,permits"),
    (N_("Between two days"), "raised:2026-11-01..2026-11-15"),
)

GROUPS: Mapping[GroupBy, str] = {
    GroupBy.NONE: N_("No groups"),
    GroupBy.DUE: N_("Due"),
    GroupBy.UNIT: N_("Unit that has it"),
    GroupBy.FRONT: N_("Front unit"),
    GroupBy.SERVICE: N_("Service"),
    GroupBy.ASSIGNEE: N_("Assigned to"),
    GroupBy.PRIORITY: N_("Urgency"),
    GroupBy.STATE: N_("State"),
    GroupBy.BALL: N_("Who moves next"),
}


def group_title(group: GroupBy, key: object, row: QueueRow) -> tuple[str, str]:
    """Return the heading over the rows grouped with this one, and its kind."""
    match group:
        case GroupBy.DUE:
            words, kind = SECTIONS[QueueSection(str(key))]
            return _(words), kind
        case GroupBy.UNIT:
            return row.holder or _("No unit"), ""
        case GroupBy.FRONT:
            return row.front_unit or _("No front unit"), ""
        case GroupBy.SERVICE:
            return row.service or _("No service"), ""
        case GroupBy.ASSIGNEE:
            return row.assignee or _("Nobody"), ""
        case GroupBy.PRIORITY:
            words = PRIORITIES.get(row.priority or 0, N_("No urgency"))
            return _(words), ""
        case GroupBy.STATE:
            return _(STATES[row.state]), ""
        case GroupBy.BALL:
            return _(HOLDERS[row.ball]), ""
    return "", ""


def problem_words(
    misread: Sequence[Misread], unknown: Sequence[tuple[Field, str]]
) -> str:
    """Return what was not understood of a search, in sentences; empty without any."""
    told = [words for one in misread if (words := _misread(one))]
    told += [
        _(_UNKNOWN[field]).format(name=name)
        for field, name in unknown
        if field in _UNKNOWN
    ]
    return " ".join(told[:3])


def _misread(one: Misread) -> str:
    match one.why:
        case "field" if one.meant:
            words = _("There is no field “{field}”; “{meant}” may be meant.")
            words += " " + _("It is searched for as text.")
            return words.format(field=one.field, meant=one.meant)
        case "field":
            words = _("There is no field “{field}”; it is searched for as text.")
            return words.format(field=one.field)
        case "value" if one.meant:
            words = _("“{typed}” is not understood; “{field}:{meant}” may be meant.")
            return words.format(typed=one.typed, field=one.field, meant=one.meant)
        case "value":
            words = _("“{typed}” is not understood; it is searched for as text.")
            return words.format(typed=one.typed)
        case "too_many":
            return _("That is more than can be asked at once; the rest is left out.")
    return ""


_UNKNOWN: Mapping[Field, str] = {
    Field.UNIT: N_("No unit is called “{name}”."),
    Field.FROM: N_("No unit is called “{name}”."),
    Field.SERVICE: N_("No service is called “{name}”."),
    Field.ASSIGNEE: N_("Nobody is called “{name}”."),
    Field.REQUESTER: N_("Nobody is called “{name}”."),
}
