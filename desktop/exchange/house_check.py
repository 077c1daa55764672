"""Whether every name in a house refers to something in it, and to one thing only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from desktop.domain.house import EVERY, House
from desktop.domain.requests import Side
from desktop.exchange.problems import N_
from desktop.exchange.tables import Table

T = TypeVar("T")

_MOST_SHOWN: Final = 12
_CALENDAR: Final = N_("calendar")
_UNIT: Final = N_("unit")
_PERSON: Final = N_("person")
_SERVICE: Final = N_("service")


def check_house(house: House, root: Table) -> None:
    """Note in ``root.problems`` every name that is doubled or refers to nothing."""
    _Check(house, root).run()


class _Check:
    def __init__(self, house: House, root: Table) -> None:
        self.house = house
        self.root = root
        self.calendars = [one.name for one in house.calendars]
        self.units = [one.name for one in house.units]
        self.people = [one.name for one in house.people]
        self.services = [one.name for one in house.services]
        self.sides = {one.name: one.side for one in house.units}

    def run(self) -> None:
        house = self.house
        self._once("calendars", self.calendars)
        self._once("units", self.units)
        self._once("people", self.people)
        self._once("services", [f"{one.unit}: {one.name}" for one in house.services])
        self._once("agreements", [one.name for one in house.agreements])
        self._once("series", [one.name for one in house.series])
        for place, one in _numbered("units", house.units):
            self._known(f"{place}.calendar", one.calendar, self.calendars, _CALENDAR)
        for place, person in _numbered("people", house.people):
            self._known(f"{place}.unit", person.unit, self.units, _UNIT)
        if house.unknown_units is not None:
            calendar = house.unknown_units.calendar
            self._known("unknown_units.calendar", calendar, self.calendars, _CALENDAR)
        self._services()
        self._agreements()
        self._series()
        for place, rule in _numbered("escalation", house.escalation):
            self._known(f"{place}.unit", rule.unit, self.units, _UNIT)
            self._known(f"{place}.person", rule.person, self.people, _PERSON)

    def _services(self) -> None:
        for place, service in _numbered("services", self.house.services):
            self._known(f"{place}.unit", service.unit, self.units, _UNIT)
            self._once(f"{place}.fields", [field.code for field in service.fields])

    def _agreements(self) -> None:
        for place, one in _numbered("agreements", self.house.agreements):
            self._on_side(f"{place}.front", one.front, Side.FRONT)
            self._on_side(f"{place}.back", one.back, Side.BACK)
            self._known(f"{place}.calendar", one.calendar, self.calendars, _CALENDAR)
            if one.service != EVERY:
                self._known(f"{place}.service", one.service, self.services, _SERVICE)
        self._rivals()

    def _rivals(self) -> None:
        """Note agreements between the same units about the same service."""
        backs = [one.name for one in self.house.units if one.side is Side.BACK]
        seen: dict[tuple[str, str, str], str] = {}
        for place, one in _numbered("agreements", self.house.agreements):
            for back in backs if one.back == EVERY else [one.back]:
                parties = (one.front, back, one.service)
                if parties in seen:
                    self.root.problem(place, "same_parties", value=seen[parties])
                    break
            for back in backs if one.back == EVERY else [one.back]:
                seen.setdefault((one.front, back, one.service), one.name)

    def _series(self) -> None:
        for place, one in _numbered("series", self.house.series):
            self._on_side(f"{place}.front", one.front, Side.FRONT, may_be_every=False)
            self._on_side(f"{place}.back", one.back, Side.BACK, may_be_every=False)
            self._known(f"{place}.chair", one.chair, self.people, _PERSON)
            self._known(f"{place}.minute_taker", one.minute_taker, self.people, _PERSON)
            for number, member in enumerate(one.members, 1):
                where = f"{place}.members[{number}].person"
                self._known(where, member.person, self.people, _PERSON)
                where = f"{place}.members[{number}].deputy"
                self._known(where, member.deputy, self.people, _PERSON)
            self._once(f"{place}.members", [member.person for member in one.members])
            for number, item in enumerate(one.standing, 1):
                where = f"{place}.standing[{number}].leader"
                self._known(where, item.leader, self.people, _PERSON)

    def _once(self, place: str, names: Sequence[str]) -> None:
        seen: set[str] = set()
        for number, name in enumerate(names, 1):
            if name and name in seen:
                self.root.problem(f"{place}[{number}]", "twice", value=name)
            seen.add(name)

    def _known(
        self, place: str, name: str | None, known: Iterable[str], what: str
    ) -> None:
        # An empty name was noted when it was read.
        if name and name not in known:
            self.root.problem(
                place, "no_such", what=what, value=name, known=_listed(known)
            )

    def _on_side(
        self, place: str, name: str, side: Side, may_be_every: bool = True
    ) -> None:
        if not name or (name == EVERY and may_be_every):
            return
        found = self.sides.get(name)
        # Units a history brings are not in the house yet; their side is its rule.
        if found is None and self.house.unknown_units is not None:
            found = self.house.unknown_units.side
        if found is None:
            self._known(place, name, self.units, _UNIT)
        elif found is not side:
            self.root.problem(place, "wrong_side", value=name, side=side.value)


def _numbered(key: str, many: Iterable[T]) -> list[tuple[str, T]]:
    return [(f"{key}[{number}]", one) for number, one in enumerate(many, 1)]


def _listed(names: Iterable[str]) -> str:
    listed = sorted(set(names))
    more = len(listed) - _MOST_SHOWN
    shown = ", ".join(listed[:_MOST_SHOWN])
    return f"{shown} … (+{more})" if more > 0 else shown or "–"
