"""What is wrong with a file that came from outside: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.text import clean_line


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a text to extract
    """Mark ``text`` for translation; the windows and the command line translate."""
    return text


# code: (what is wrong, what to do)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "not_found": (N_("There is no such file."), N_("Check the name.")),
    "unreadable": (
        N_("The file cannot be read: {why}."),
        N_("Check that it exists and that you may read it."),
    ),
    "open_workspace": (
        N_("The file belongs to a workspace that is open, and is not read as a file."),
        N_("Choose another."),
    ),
    "not_text": (
        N_("The file is not UTF-8 text."),
        N_("Save it as UTF-8 and try again."),
    ),
    "not_toml": (
        N_("This is not TOML: {why}."),
        N_("Correct the line and try again."),
    ),
    "bad_gzip": (
        N_("The compressed file is damaged or cut off."),
        N_("Fetch it again."),
    ),
    "too_large": (
        N_("The file is larger than {most}."),
        N_("Check that it is the right file."),
    ),
    "missing": (N_("“{name}” is missing."), N_("Add it.")),
    "unknown_key": (
        N_("“{name}” means nothing here."),
        N_("Known here: {known}."),
    ),
    "wrong_type": (
        N_("“{value}” is not {wanted}."),
        N_("Write {wanted}."),
    ),
    "not_one_of": (
        N_("“{value}” is not possible here."),
        N_("Possible: {known}."),
    ),
    "asked_before": (
        N_("What decides this is no answer to a question before it."),
        N_("Name a choice, or yes and no, asked before, and its answers."),
    ),
    "no_such": (
        N_("There is no {what} “{value}” in this house."),
        N_("Known: {known}."),
    ),
    "twice": (
        N_("“{value}” is there twice."),
        N_("Give each its own name, or take one out."),
    ),
    "empty": (N_("The text is empty."), N_("Write something.")),
    "too_long": (
        N_("The text has {length} characters; {most} are possible."),
        N_("Shorten it."),
    ),
    "wrong_side": (
        N_("“{value}” is not a {side} unit."),
        N_("Name a unit whose side is “{side}”."),
    ),
    "no_open_time": (
        N_("This calendar is never open."),
        N_("Give at least one day its hours."),
    ),
    "reversed": (
        N_("It ends before it starts."),
        N_("Exchange the two."),
    ),
    "same_parties": (
        N_("“{value}” is between the same units, about the same service."),
        N_("Put both into one agreement, or name a service or a front unit."),
    ),
    "no_targets": (
        N_("Nothing is promised."),
        N_("Name a response, resolution or answer target."),
    ),
    "wrong_format": (
        N_("The file has format {value}; this program reads format {known}."),
        N_("Use a newer program, or a file of format {known}."),
    ),
    "no_column": (
        N_("The column “{name}” is missing."),
        N_("The file has: {known}."),
    ),
    "column_twice": (
        N_("The column “{name}” is there twice."),
        N_("Take one out."),
    ),
    "no_header": (
        N_("The file is empty."),
        N_("The first line must name the columns."),
    ),
    "cells": (
        N_("The row has {count} cells instead of {wanted}."),
        N_("Check the quotation marks and commas of this row."),
    ),
    "cell_too_long": (
        N_("The cell has more than {most} characters."),
        N_("Check the quotation marks of this row, or shorten the text."),
    ),
    "not_csv": (
        N_("The row cannot be read: {why}."),
        N_("Check the quotation marks of this row."),
    ),
    "wrong_instant": (
        N_("“{value}” is not a date and time as {wanted}."),
        N_("Correct it in the source."),
    ),
    "out_of_range": (
        N_("{value} is outside the years {first} to {last}."),
        N_("Correct it in the source."),
    ),
    "duplicate": (
        N_("“{value}” was already there in line {first}."),
        N_("Only the first one is taken."),
    ),
    "reference_taken": (
        N_("A request “{value}” is here already, from somewhere else."),
        N_("Give one of the two another reference."),
    ),
    "no_request": (
        N_("No request “{value}” is in the requests file."),
        N_("Add the request, or leave the event out."),
    ),
    "scattered": (
        N_("The events of “{value}” are not together in the file."),
        N_("Sort the events by request."),
    ),
    "no_events": (
        N_("The request “{value}” has no event."),
        N_("Add its events, or leave the request out."),
    ),
    "back_in_time": (
        N_("{value} does not fit between the rows before and after it."),
        N_("Correct the time in the source."),
    ),
    "before_raised": (
        N_("{value} is before the request was raised; it is taken at {raised}."),
        N_("Nothing needs to be done."),
    ),
    "unmapped": (
        N_("“{value}” has no meaning in the mapping."),
        N_("Add it to [{table}] in the mapping."),
    ),
    "no_unit_rule": (
        N_("The house does not name the unit “{value}”."),
        N_("Name it, or say in [unknown_units] what such units become."),
    ),
    "not_a_calendar_file": (
        N_("This is no calendar file."),
        N_("Export one as iCalendar (.ics) and try again."),
    ),
    "too_many_events": (
        N_("The file has {count} events; {most} are possible."),
        N_("Export fewer years."),
    ),
    "no_closures": (
        N_("There is no event in this file."),
        N_("Check that it is the right file."),
    ),
    "event_without_end": (
        N_("This event never ends."),
        N_("Fetch the file again; it may be cut off."),
    ),
    "event_without_start": (
        N_("This event has no beginning."),
        N_("Correct it in the source."),
    ),
    "event_unreadable": (
        N_("This event cannot be understood."),
        N_("Correct it in the source, or add the closure by hand."),
    ),
    "event_ends_before_it_starts": (
        N_("This event ends before it starts, or lasts no time."),
        N_("Correct it in the source."),
    ),
    "event_out_of_years": (
        N_("This event lies outside the years 1970 to 2100."),
        N_("Correct it in the source."),
    ),
    "repetition_unreadable": (
        N_("The repetition “{value}” cannot be understood."),
        N_("Add these closures by hand."),
    ),
    "repeats_too_often": (
        N_("“{value}” comes to more than {most} dates."),
        N_("Change the weekly hours instead."),
    ),
    "not_a_moment": (
        N_("“{value}” is not a date and time."),
        N_("Correct it in the source."),
    ),
    "zone_unknown": (
        N_("There is no time zone “{value}”."),
        N_("Write a name like Europe/Berlin."),
    ),
}


_WORDS_OF_OURS: Final = frozenset({"wanted", "what", "side"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, named so that somebody else can find it.

    ``where`` is a path inside a TOML file (``agreements[2].back``) or a column of a
    table; ``line`` counts from 1, the header line included; 0 means the whole file.
    """

    file: str
    code: str
    where: str = ""
    line: int = 0
    values: Mapping[str, object] = field(default_factory=dict)

    def what(self, translate: Callable[[str], str] = str) -> str:
        """Say what is wrong, in the words of ``translate``."""
        return translate(WORDS[self.code][0]).format(**self._shown(translate))

    def remedy(self, translate: Callable[[str], str] = str) -> str:
        """Say what to do about it, in the words of ``translate``."""
        return translate(WORDS[self.code][1]).format(**self._shown(translate))

    def _shown(self, translate: Callable[[str], str]) -> dict[str, object]:
        """Return the values, with those that are words of ours translated."""
        return {
            name: translate(str(value)) if name in _WORDS_OF_OURS else value
            for name, value in self.values.items()
        }

    def place(self) -> str:
        """Return file, line and column or path as one text without words."""
        parts = [self.file, str(self.line) if self.line else "", self.where]
        return ":".join(part for part in parts if part)

    def told(self, translate: Callable[[str], str] = str) -> str:
        """Return place, what and remedy as one line."""
        return f"{self.place()}: {self.what(translate)} {self.remedy(translate)}"


class BadFile(Exception):
    """A file from outside cannot be used; ``problems`` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.told() for problem in self.problems))


def quoted(value: object, cap: int = 60) -> str:
    """Return ``value`` as shown inside a problem: one line, not longer than ``cap``.

    What would steer a terminal is replaced, since a file from outside says it.
    """
    text = clean_line(str(value))
    return text if len(text) <= cap else text[: cap - 1] + "…"
