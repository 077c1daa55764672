"""What the house decides for everybody, such as its mail server."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from desktop.entities.units import Role
from desktop.entities.workspace import HouseSetting
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody_of

MAY_SET: Final = frozenset({Role.ADMINISTRATOR})


def set_house_setting(work: UnitOfWork, name: str, value: Any) -> None:
    """Keep a setting of the house; None takes it back. Administrators only.

    Refuses (Forbidden) anybody else.
    """
    somebody_of(work, MAY_SET, "settings_of_administrators")
    row = work.session.scalar(select(HouseSetting).where(HouseSetting.name == name))
    if value is None:
        if row is not None:
            work.session.delete(row)
    elif row is None:
        work.session.add(HouseSetting(name=name, value=value))
    else:
        row.value = value
    work.session.flush()
    work.record_house("setting_changed", {"setting": name})
