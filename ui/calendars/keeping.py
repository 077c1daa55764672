"""What is drawn of calendars and not saved, kept over a crash until it is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid
from desktop.queries.calendars import CalendarDetails
from ui.calendars.draft import Draft, Plan, is_same, rebased
from ui.common.kept_drafts import Found, KeptDrafts
from ui.context import Context


@dataclass
class Open:
    """A calendar looked at: its draft, the version it rests on, and what is stored.

    ``kept_at`` is when it was last kept by a window that is gone; None once it is
    drawn on.
    """

    draft: Draft
    lock: int
    details: CalendarDetails
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    kept_at: datetime | None = None

    @property
    def stored(self) -> Plan:
        """Return the calendar as it is stored."""
        return Plan(self.details.spec, self.details.country, self.details.subdivision)

    def is_behind(self) -> bool:
        """Tell whether what is stored is not what this began from."""
        if self.lock != self.details.lock:
            return True
        # A backup put back may count to the same version another time.
        return self.kept_at is not None and not is_same(self.draft.base, self.stored)

    def load(self) -> None:
        """Begin anew from what is stored."""
        self.lock = self.details.lock
        self.draft.load(self.stored)

    def put_together(self) -> None:
        """Put what was changed here onto what is stored."""
        self.lock = self.details.lock
        self.draft.move_onto(self.stored)


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A calendar as its file keeps it."""

    calendar_id: int
    lock: int
    base: Plan
    plan: Plan

    def content(self) -> dict[str, Any]:
        """Return it as JSON's own types."""
        return {
            "calendar_id": self.calendar_id,
            "lock": self.lock,
            "base": _plain(self.base),
            "plan": _plain(self.plan),
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> KeptPlan:
        """Read one; raises what a spoiled one raises."""
        numbers = (content["calendar_id"], content["lock"])
        if not all(type(one) is int for one in numbers):
            raise ValueError("no number")
        return cls(*numbers, _plan(content["base"]), _plan(content["plan"]))


class Keeping(QObject):
    """Writes what is drawn into files, and puts it back into calendars looked at.

    ``told`` is whether it could be kept on this computer.
    """

    told = Signal(bool)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._left: dict[int, list[Found[KeptPlan]]] = {}
        self._drafts = KeptDrafts(context, "calendars", self)
        self._drafts.told.connect(self.told)

    def keep(self, known: Open) -> None:
        """Note that a calendar was drawn on, or is as stored again."""
        known.kept_at = None
        draft = known.draft
        if not draft.is_changed:
            self._drafts.drop(known.key)
            return

        def content() -> dict[str, Any]:
            number = known.details.calendar_id
            return KeptPlan(number, known.lock, draft.base, draft.plan).content()

        self._drafts.keep(known.key, content)

    def save(self) -> None:
        """Keep what was drawn now."""
        self._drafts.save()

    def take_up(self) -> None:
        """Look for what windows that are gone left behind."""
        for found in self._drafts.take_up(KeptPlan.of):
            self._left.setdefault(found.what.calendar_id, []).append(found)

    def left(self) -> set[int]:
        """Return the calendars something waits for until they are looked at."""
        return set(self._left)

    def put_back(self, known: Open) -> datetime | None:
        """Put what was left of a calendar back into it.

        Returns when the other was kept, where two were put together.
        """
        both: datetime | None = None
        for found in self._left.pop(known.details.calendar_id, []):
            kept, draft = found.what, known.draft
            if not draft.is_changed:
                known.lock, known.key = kept.lock, found.key
                draft.base = draft.plan = kept.base
                draft.put(kept.plan)
                known.kept_at = found.kept_at
                continue
            if not is_same(draft.plan, kept.plan):
                base, mine = draft.base, draft.plan
                theirs = rebased(kept.base, kept.plan, base)
                draft.put(theirs)
                draft.put(rebased(base, mine, theirs))
                self.keep(known)
                both = found.kept_at
            self._drafts.drop(found.key)
        return both


def _plain(plan: Plan) -> dict[str, Any]:
    return {
        "spec": plan.spec.to_data(),
        "country": plan.country,
        "subdivision": plan.subdivision,
    }


def _plan(content: Mapping[str, Any]) -> Plan:
    places = (content["country"], content["subdivision"])
    if not all(one is None or isinstance(one, str) for one in places):
        raise ValueError("no country")
    try:
        return Plan(CalendarSpec.from_data(content["spec"]), *places)
    except Invalid as refused:
        raise ValueError(str(refused)) from refused
