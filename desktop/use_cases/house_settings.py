"""What the house decides for everybody, such as its mail server."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Invalid
from desktop.domain.files import LARGEST_MB, MOST_MB_SETTING
from desktop.domain.obstacles import ANSWER_DAYS_SETTING, MOST_ANSWER_DAYS
from desktop.entities.units import Role
from desktop.entities.workspace import HouseSetting
from desktop.queries.house_settings import HouseChoices, house_choices
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


def set_house_choices(work: UnitOfWork, choices: HouseChoices) -> None:
    """Keep how large files may be and when obstacles are due. Administrators only.

    It holds for what is attached and raised from now on; what differs is written down.
    Refuses with Invalid (fields ``file_mb answer_days``).
    """
    before = house_choices(work.session)
    for field, name, most in (
        ("file_mb", MOST_MB_SETTING, LARGEST_MB),
        ("answer_days", ANSWER_DAYS_SETTING, MOST_ANSWER_DAYS),
    ):
        value = getattr(choices, field)
        if not 1 <= value <= most:
            raise Invalid(field, "out_of_range", least=1, most=most)
        if value != getattr(before, field):
            set_house_setting(work, name, value)
