"""When somebody's computer may speak up: in working hours, between times, never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, Final

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid

DAY_S: Final = 86_400


class Loud(StrEnum):
    """When a computer tells its person of notices."""

    CALENDAR = "calendar"
    BETWEEN = "between"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """What somebody chose; ``from_s`` and ``until_s`` are seconds after midnight.

    Where ``until_s`` is not later than ``from_s`` it is loud over midnight.
    """

    loud: Loud = Loud.CALENDAR
    from_s: int = 8 * 3600
    until_s: int = 18 * 3600

    def __post_init__(self) -> None:
        """Refuse times that are none."""
        for field, value in (("from_s", self.from_s), ("until_s", self.until_s)):
            if not 0 <= value <= DAY_S:
                raise Invalid(field, "not_a_choice")

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> QuietHours:
        """Read what was kept; what makes no sense is as if nothing had been."""
        usual = cls()
        try:
            return cls(
                Loud(data.get("loud", Loud.CALENDAR)),
                int(data.get("from_s", usual.from_s)),
                int(data.get("until_s", usual.until_s)),
            )
        except (ValueError, TypeError, Invalid):
            return usual

    def to_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "loud": self.loud.value,
            "from_s": self.from_s,
            "until_s": self.until_s,
        }

    def is_quiet(
        self, now: datetime, calendar: ServiceCalendar | None, zone: tzinfo
    ) -> bool:
        """Tell whether nothing may be shown now.

        ``calendar`` is that of the person's unit: without one, no hour is quiet.
        """
        if self.loud is Loud.NEVER:
            return True
        if self.loud is Loud.ALWAYS:
            return False
        if self.loud is Loud.CALENDAR:
            return calendar is not None and not calendar.is_open(now)
        local = now.astimezone(zone)
        second = local.hour * 3600 + local.minute * 60 + local.second
        if self.from_s < self.until_s:
            return not self.from_s <= second < self.until_s
        return self.until_s <= second < self.from_s
