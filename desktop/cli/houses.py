"""`counterpart export house` and `import house`: a house written out and brought in."""

from __future__ import annotations

import argparse

from desktop.cli.output import opened, say
from desktop.i18n import gettext as _
from desktop.i18n import ngettext


def write_out(options: argparse.Namespace) -> int:
    """Write the workspace's house to a file that people can read and change."""
    from desktop.workspaces import write_house

    with opened(options) as desk:
        house = write_house(desk, options.out, overwrite=options.overwrite)
    say(
        _("{name}: {units} units, {services} services and the rest: {path}").format(
            name=house.name,
            units=len(house.units),
            services=len(house.services),
            path=options.out,
        )
    )
    return 0


def bring_in(options: argparse.Namespace) -> int:
    """Bring the workspace in line with a house file; what it does not name stays."""
    from desktop.exchange.house_file import read_house
    from desktop.use_cases.houses import apply_house

    house = read_house(options.house)
    with opened(options) as desk:
        applied = desk.run(apply_house, house).value
    made, changed = applied.created.total(), applied.changed.total()
    if applied.is_nothing:
        say(_("Everything is as {path} says.").format(path=options.house))
        return 0
    words = ngettext("{made} thing made", "{made} things made", made)
    more = ngettext("{changed} changed", "{changed} changed", changed)
    again = ngettext(
        "{retimed} request counted again",
        "{retimed} requests counted again",
        applied.retimed,
    )
    line = f"{words}, {more}, {again}."
    say(line.format(made=made, changed=changed, retimed=applied.retimed))
    return 0
