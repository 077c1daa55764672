"""The headings of a list by due time, which the first list is laid out under too."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.i18n import gettext_noop as N_
from desktop.queries.sections import QueueSection

SECTIONS: Mapping[QueueSection, tuple[str, str]] = {
    QueueSection.OVERDUE: (N_("Overdue"), "broken"),
    QueueSection.TODAY: (N_("Today"), ""),
    QueueSection.LATER: (N_("Later"), ""),
    QueueSection.HELD: (N_("Held"), ""),
    QueueSection.UNPROMISED: (N_("Without a promise"), ""),
    QueueSection.DONE: (N_("Resolved lately"), ""),
}
