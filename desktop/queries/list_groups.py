"""What the rows of a list are grouped by, told from the row alone."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from desktop.domain.list_views import GroupBy
from desktop.queries.list_rows import QueueRow
from desktop.queries.moments import Moment
from desktop.queries.sections import section_of

GROUP_FIELD: Final = {
    GroupBy.UNIT: "unit_id",
    GroupBy.FRONT: "front_unit_id",
    GroupBy.SERVICE: "service_id",
    GroupBy.ASSIGNEE: "assignee_id",
    GroupBy.PRIORITY: "priority",
    GroupBy.STATE: "state",
    GroupBy.BALL: "ball",
}


def group_of(row: QueueRow, group: GroupBy, moment: Moment) -> Hashable:
    """Return what a row is grouped by: a section, an id, a code; None without one."""
    if group is GroupBy.DUE:
        return section_of(row, moment.now, moment.zone)
    name = GROUP_FIELD.get(group)
    return None if name is None else getattr(row, name)
