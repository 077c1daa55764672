"""Which steps a person may take on a version of an agreement, as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from desktop.domain.agreements import VersionStage
from desktop.i18n import gettext_noop as N_

if TYPE_CHECKING:
    from desktop.queries.agreements import AgreementDetails, VersionRow
    from desktop.queries.lookups import PersonRow
    from ui.context import Me

WRITERS = frozenset({"coordinator", "manager", "administrator"})
MANAGER = "manager"
STAND_INS = frozenset({"executive", "administrator"})


class Step(Enum):
    """A step: its name, words, icon, and whether it is what comes next."""

    AGREE = ("agree", N_("Agree"), "check", True)
    PROPOSE = ("propose", N_("Propose"), "send", True)
    CHANGE = ("change", N_("Change the draft"), "pencil", False)
    WITHDRAW = ("withdraw", N_("Withdraw"), "x", False)
    NEW_VERSION = ("version", N_("Draft a new version"), "file-plus", False)
    END = ("end", N_("End it"), "player-stop", False)
    RENAME = ("rename", N_("Rename"), "edit", False)

    def __init__(self, code: str, words: str, icon: str, is_main: bool) -> None:
        self.code = code
        self.words = words
        self.icon = icon
        self.is_main = is_main


def sides_of(
    me: Me, details: AgreementDetails, people: Sequence[PersonRow]
) -> frozenset[str]:
    """Return the sides somebody signs for: as a manager of the unit.

    Where a side has no manager, an administrator or executive stands in.
    """
    sides = set()
    for side, unit_id in (
        ("front", details.front_unit_id),
        ("back", details.back_unit_id),
    ):
        managers = {
            one.id
            for one in people
            if MANAGER in one.roles
            and (one.unit_id == unit_id if unit_id is not None else one.side == side)
        }
        stands_in = not managers and bool(STAND_INS & me.roles)
        if me.person_id in managers or stands_in:
            sides.add(side)
    return frozenset(sides)


def may_agree(sides: frozenset[str], version: VersionRow) -> bool:
    """Tell whether a signature for one of the sides is still missing."""
    lacks_front = version.front_agreed is None
    lacks_back = version.back_agreed is None
    return ("front" in sides and lacks_front) or ("back" in sides and lacks_back)


def steps_for(me: Me, sides: frozenset[str], version: VersionRow) -> list[Step]:
    """Return the steps offered on a version, the next one first."""
    if not WRITERS & me.roles:
        return []
    if version.stage is VersionStage.DRAFT:
        return [Step.PROPOSE, Step.CHANGE, Step.WITHDRAW, Step.RENAME]
    if version.stage is VersionStage.PROPOSED:
        agree = [Step.AGREE] if may_agree(sides, version) else []
        return [*agree, Step.CHANGE, Step.WITHDRAW, Step.RENAME]
    steps = [Step.NEW_VERSION]
    has_end = version.terms.valid_until is not None
    is_agreed = version.stage in (VersionStage.AGREED, VersionStage.IN_FORCE)
    if is_agreed and not has_end:
        steps.append(Step.END)
    return [*steps, Step.RENAME]
