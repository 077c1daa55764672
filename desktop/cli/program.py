"""The commands, their options, and what a refusal looks like on a terminal."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from desktop.cli import (
    calendars,
    demo,
    figures,
    histories,
    houses,
    notices,
    papers,
    sheets,
    workspaces,
)
from desktop.cli.output import complain, keep_writing, stop_writing
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words

VERSION = "0.1.0"
FIRST_YEAR, LAST_YEAR = 1971, 2099
SHORTEST_SESSION, LONGEST_SESSION = 5, 480
Act = Callable[[argparse.Namespace], int]


def main(
    arguments: Sequence[str] | None = None,
    pictures: demo.Pictures | None = None,
) -> int:
    """Carry out one command; returns the exit status: 0 done, 1 refused, 2 misuse.

    ``pictures`` is handed in by the program, since the core knows no windows.
    """
    from desktop.exchange.problems import BadFile

    keep_writing()
    options = _parser().parse_args(arguments)
    options.pictures = pictures
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        act: Act = options.act
        return act(options)
    except BadFile as bad:
        for problem in bad.problems:
            complain(problem.told(_))
        return 1
    except Refusal as refusal:
        where = refusal.details.get("path")
        words = refusal_words(refusal)
        complain(f"{where}: {words}" if where else words)
        return 1
    except BrokenPipeError:
        stop_writing()
        return 1
    except OSError as error:
        # Files that are read say so themselves; here one could not be written.
        reason = error.strerror or type(error).__name__
        words = refusal_words(Refusal("workspace_place", reason=reason))
        complain(f"{error.filename}: {words}" if error.filename else words)
        return 1
    except KeyboardInterrupt:
        complain(_("Stopped. Nothing half-done was left behind."))
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="counterpart", description=_("Without a command the window opens.")
    )
    parser.add_argument("--version", action="version", version=f"Counterpart {VERSION}")
    commands = parser.add_subparsers(required=True, metavar=_("COMMAND"))
    _add_import(commands)
    _add_export(commands)
    _add_report(commands)
    _add_agenda(commands)
    _add_calendar(commands)
    _add_proof(commands)
    _add_sheet(commands)
    _add_workspaces(commands)
    _add_demo(commands)
    commands.add_parser("screenshots", help=_("picture every window"))
    return parser


def _command(commands: Any, name: str, words: str, act: Act) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words
    )
    parser.set_defaults(act=act)
    parser.add_argument(
        "--workspace",
        metavar=_("FILE"),
        help=_("the workspace (else COUNTERPART_WORKSPACE, else your own)"),
    )
    return parser


def _group(commands: Any, name: str, words: str) -> Any:
    group = commands.add_parser(name, help=words, description=words)
    return group.add_subparsers(required=True, metavar=_("WHAT"))


def _add_import(commands: Any) -> None:
    kinds = _group(commands, "import", _("bring in what another system holds"))
    one = _command(
        kinds, "history", _("bring another system’s history in"), histories.bring_in
    )
    one.add_argument("--requests", type=Path, required=True, metavar="R.csv")
    one.add_argument("--events", type=Path, required=True, metavar="E.csv")
    one.add_argument("--house", metavar="H.toml", help=_("a house file or preset"))
    one.add_argument("--mapping", metavar="M.toml", help=_("a mapping file or preset"))
    one.add_argument(
        "--bad-rows",
        choices=("skip", "stop"),
        default="skip",
        help=_("leave bad rows out and name them, or stop at them"),
    )
    one.add_argument(
        "--preview", action="store_true", help=_("say what would be made, make nothing")
    )
    words = _("bring the workspace in line with a house file")
    one = _command(kinds, "house", words, houses.bring_in)
    one.add_argument("house", type=Path, metavar="HOUSE.toml")


def _add_export(commands: Any) -> None:
    kinds = _group(commands, "export", _("write out what this workspace holds"))
    words = _("write the house to a file: units, people, services, agreements")
    one = _command(kinds, "house", words, houses.write_out)
    one.add_argument("--out", type=Path, required=True, metavar="HOUSE.toml")
    one.add_argument("--overwrite", action="store_true")


def _add_report(commands: Any) -> None:
    kinds = _group(commands, "report", _("print figures"))
    one = _command(kinds, "turnaround", _("turnaround per unit"), figures.turnaround)
    one.add_argument("--json", action="store_true", help=_("as JSON"))


def _add_agenda(commands: Any) -> None:
    one = _command(commands, "agenda", _("print a session’s papers"), papers.agenda)
    one.add_argument(
        "--between", nargs=2, required=True, metavar=("FRONT", "BACK"), help=_("units")
    )
    one.add_argument("--on", type=_day, required=True, metavar="DATE")
    one.add_argument("--at", type=_clock, default=time(10), metavar="TIME")
    one.add_argument("--minutes", type=_minutes, default=60)
    one.add_argument("--out", type=Path, required=True, metavar="AGENDA.pdf")
    one.add_argument("--evidence", type=Path, metavar="FIGURES.json")
    one.add_argument(
        "--paper",
        choices=papers.PAPERS,
        default="agenda",
        help=_("which paper; the book holds the minutes of the year before that day"),
    )
    one.add_argument("--proofs", action="store_true", help=_("with clock proofs"))
    one.add_argument("--full-list", action="store_true", help=_("all that is at risk"))
    one.add_argument("--note-lines", action="store_true", help=_("lines for notes"))
    _add_sheet_size(one)
    one.add_argument("--grey", action="store_true", help=_("for black and white"))


def _add_calendar(commands: Any) -> None:
    words = _("write sessions as a file calendars take: one of a day, or all")
    one = _command(commands, "calendar", words, calendars.calendar)
    one.add_argument(
        "--between", nargs=2, required=True, metavar=("FRONT", "BACK"), help=_("units")
    )
    words = _("the session of that day; without it the whole series")
    one.add_argument("--on", type=_day, metavar="DATE", help=words)
    one.add_argument("--out", type=Path, required=True, metavar="SESSION.ics")


def _add_sheet_size(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--size",
        type=str.lower,
        choices=("a4", "letter"),
        default="a4",
        help=_("sheet"),
    )


def _add_proof(commands: Any) -> None:
    one = _command(
        commands, "proof", _("print why a promise is due when it is"), figures.proof
    )
    one.add_argument("reference", help=_("the request’s number"))
    one.add_argument("--of", metavar=_("UNIT"), help=_("whose promise"))
    one.add_argument("--as-at", type=_instant, metavar="2016-05-16T08:00-03:00")
    one.add_argument("--out", type=Path, required=True, metavar="PROOF.pdf")
    _add_sheet_size(one)


def _add_sheet(commands: Any) -> None:
    one = _command(
        commands, "sheet", _("print all of one request: its file sheet"), sheets.sheet
    )
    one.add_argument("reference", help=_("the request’s number"))
    one.add_argument("--out", type=Path, required=True, metavar="SHEET.pdf")
    one.add_argument(
        "--internal",
        metavar=_("UNIT"),
        help=_("with the internal notes this unit may read (else with none)"),
    )
    _add_sheet_size(one)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime(1, 1, 1)  # noqa: DTZ001 - no zone, so it is refused below
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(
            _("{text} has no zone, or is no time; write 2016-05-16T08:00-03:00").format(
                text=text
            )
        )
    _require_year(at.year)
    return at


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("{text} is not a date; write one like 2016-05-16").format(text=text)
        ) from error
    _require_year(day.year)
    return day


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            _("only the years {first} to {last} are possible").format(
                first=FIRST_YEAR, last=LAST_YEAR
            )
        )


def _clock(text: str) -> time:
    at = time.fromisoformat(text)
    if at.tzinfo is not None:
        raise argparse.ArgumentTypeError(
            _("{text} has a zone; the workspace’s own is meant").format(text=text)
        )
    return at


def _minutes(text: str) -> int:
    minutes = int(text)
    if not SHORTEST_SESSION <= minutes <= LONGEST_SESSION:
        raise argparse.ArgumentTypeError(
            _("a session has {least} to {most} minutes").format(
                least=SHORTEST_SESSION, most=LONGEST_SESSION
            )
        )
    return minutes


def _add_workspaces(commands: Any) -> None:
    _command(
        commands,
        "verify",
        _("recompute every stored figure from the journal"),
        workspaces.verify,
    )
    _command(
        commands,
        "reindex",
        _("make every request found by its words again"),
        workspaces.reindex,
    )
    one = _command(
        commands, "backup", _("copy the workspace, checked"), workspaces.back_up
    )
    one.add_argument("target", type=Path)
    one.add_argument("--overwrite", action="store_true")
    one = _command(commands, "restore", _("bring a backup back"), workspaces.restore)
    one.add_argument("backup", type=Path)
    _command(commands, "sweep", _("tell people of promises in danger"), notices.make)
    one = _command(
        commands, "new", _("start a workspace from a house file"), workspaces.new
    )
    one.add_argument("house", metavar="HOUSE", help=_("a house file or preset"))


def _add_demo(commands: Any) -> None:
    words = _("make the demo workspace")
    one = commands.add_parser("demo", help=words, description=words)
    one.set_defaults(act=demo.make)
    one.add_argument("--play", action="store_true", help=_("play a day in it"))
    one.add_argument("--out", type=Path, metavar=_("FOLDER"))
