"""Words of the house feature: files and places refused, roles, what a house holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.errors import Refusal
from desktop.formats import count, instant, number
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words

if TYPE_CHECKING:
    from desktop.domain.house import House
    from desktop.exchange.problems import Problem

ROLES = {
    "clerk": N_("Clerk"),
    "agent": N_("Agent"),
    "coordinator": N_("Coordinator"),
    "manager": N_("Manager"),
    "executive": N_("Executive"),
    "administrator": N_("Administrator"),
}

HONESTY = N_("Everyone who can open this file can read and change everything in it.")
HONESTY_OF_SERVER = N_(
    "Everyone who can reach this database with these sign-in details can read and "
    "change everything in it."
)

add_words(
    {
        "stopped": N_("Stopped. Nothing was changed."),
        "bad_file": N_("The file cannot be used as it is. What is wrong is listed."),
        "somebody_is_here": N_(
            "Somebody can sign in by now. Open the workspace again."
        ),
    }
)


class Stopped(Refusal):
    """Raised out of a progress call when a person stopped the work."""

    def __init__(self) -> None:
        super().__init__("stopped")


class FilesRefused(Refusal):
    """Files from outside that cannot be used, with every problem found in them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("bad_file")
        self.problems = tuple(problems)


def role_words(roles: Iterable[object]) -> str:
    """Return roles in the order of ROLES as one line: "Coordinator, Manager"."""
    held = {str(role) for role in roles}
    return ", ".join(_(ROLES[role]) for role in ROLES if role in held)


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: "640 bytes", "12.4 MB"."""
    if size < 1000:
        return ngettext("{n} byte", "{n} bytes", size).format(n=size)
    if size < 1_000_000:
        return _("{n} kB").format(n=number(size / 1000, 0))
    if size < 1_000_000_000:
        return _("{n} MB").format(n=number(size / 1_000_000))
    return _("{n} GB").format(n=number(size / 1_000_000_000))


def here(at: datetime) -> str:
    """Return an instant in this computer's own zone, with the year."""
    local = at.astimezone()
    assert local.tzinfo is not None
    return instant(at, local.tzinfo, year=True)


def house_words(house: House) -> str:
    """Say what a house holds, in a few lines."""
    fronts = [unit.name for unit in house.units if unit.side == "front"]
    backs = [unit.name for unit in house.units if unit.side == "back"]
    lines = [_("{name}, time zone {zone}").format(name=house.name, zone=house.zone)]
    if fronts:
        lines.append(_("In front: {units}").format(units=_some(fronts)))
    if backs:
        lines.append(_("Behind: {units}").format(units=_some(backs)))
    if house.unknown_units is not None:
        lines.append(_("Units a history names are added as it names them"))
    counts = [
        (len(house.people), ngettext("{n} person", "{n} people", len(house.people))),
        (
            len(house.services),
            ngettext("{n} service", "{n} services", len(house.services)),
        ),
        (
            len(house.agreements),
            ngettext("{n} agreement", "{n} agreements", len(house.agreements)),
        ),
        (
            len(house.calendars),
            ngettext("{n} calendar", "{n} calendars", len(house.calendars)),
        ),
        (
            len(house.series),
            ngettext("{n} session series", "{n} session series", len(house.series)),
        ),
    ]
    held = [words.format(n=count(many)) for many, words in counts if many]
    lines.append(", ".join(held))
    return "\n".join(lines)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:6])
    more = len(names) - 6
    if more <= 0:
        return shown
    return _("{names} and {n} more").format(names=shown, n=count(more))
