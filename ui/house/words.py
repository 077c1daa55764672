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
from ui.messages import add_words

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
        "workspace_place": N_("Nothing could be written there: {reason}."),
        "workspace_current": N_(
            "There is a workspace of this name already. Choose another name, or go "
            "back and open it."
        ),
        "workspace_older": N_(
            "There is a workspace of this name already. Choose another name, or go "
            "back and open it."
        ),
        "workspace_busy": N_(
            "Somebody else is writing in this workspace just now. Try again."
        ),
        "workspace_disk_full": N_(
            "The disk is full. Make room on it, then try again. Nothing was changed."
        ),
        "workspace_in_use": N_(
            "Somebody has this workspace open. Close it everywhere, then try again."
        ),
        "workspace_not_permitted": N_(
            "The database does not allow this. Ask whoever looks after it."
        ),
        "workspace_not_readable": N_(
            "The disk did not give what was asked of it. Check it, then try again."
        ),
        "server_not_reached": N_(
            "The server does not answer: {reason}. Check the network, then try again."
        ),
        "server_gone": N_("The server went away. Check the network, then try again."),
        "server_full": N_("The server takes nobody more just now. Try again."),
        "server_exhausted": N_(
            "The server has no room left. Tell whoever looks after it."
        ),
        "server_read_only": N_(
            "The server only lets things be read just now. Try again."
        ),
        "backup_of_a_server": N_(
            "This workspace lies on a server. Its own tools make its backups."
        ),
        "backup_exists": N_(
            "A backup of this name is there already. Try again in a second."
        ),
        "backup_damaged": N_(
            "The copy does not hold what it should ({problem}). Take another one."
        ),
        "backup_without_manifest": N_(
            "This file is no backup: the list of what it holds is missing. Choose "
            "another."
        ),
        "stopped": N_("Stopped. Nothing was changed."),
        "bad_file": N_("The file cannot be used as it is. What is wrong stands below."),
        "somebody_is_here": N_(
            "Somebody can sign in by now. Open the workspace again."
        ),
        "no_unit_rule": N_(
            "The house does not name the unit “{name}” and has no rule for it."
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
    """Return roles in the order of ROLES as one line: "Coordinator, manager"."""
    held = {str(role) for role in roles}
    words = ", ".join(_(ROLES[role]) for role in ROLES if role in held)
    return words[:1] + words[1:].lower()


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
