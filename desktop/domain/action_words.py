"""Reads what people write of actions: "who what by when" in a line, "A-12 done"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from desktop.domain.text import clean_line, fold_for_search

WEEKDAYS: Final = (
    ("monday", "mon"),
    ("tuesday", "tue", "tues"),
    ("wednesday", "wed"),
    ("thursday", "thu", "thur", "thurs"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
DONE: Final = ("done", "finished", "completed")
DROPPED: Final = ("dropped", "drop", "cancelled", "canceled")
MOST_NAME_WORDS: Final = 8
OFFERED: Final = 8
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Owner:
    """Who an action can be given to: a person, or a unit.

    ``rank`` says who is meant where a name fits several: 0 members of the series,
    1 others of the two units, 2 units.
    """

    person_id: int | None
    unit_id: int | None
    name: str
    unit: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ReadAction:
    """What a line says; ``rivals`` are those its name fits equally well."""

    text: str
    owner: Owner | None = None
    due_on: date | None = None
    rivals: tuple[Owner, ...] = ()


def read_action(
    line: str,
    owners: Sequence[Owner],
    today: date,
    next_session: date | None = None,
    also: Mapping[str, str] | None = None,
) -> ReadAction:
    """Read "who what by when": a name first or behind an @, a date at the end.

    ``also`` gives the words of another language for those of this one ("petak" for
    "fri"). What is not there stays None; nothing typed is lost.
    """
    rest, due_on = _split_date(clean_line(line), today, next_session, also or {})
    words = rest.split()
    at = next((n for n, one in enumerate(words) if len(one) > 1 and one[0] == "@"), -1)
    if at >= 0:
        found, used = _named(words[at:], owners, marked=True)
        kept = words[:at] + words[at + used :]
        if not at:
            kept = _without_joiner(kept)
    else:
        found, used = _named(words, owners, marked=False)
        kept = _without_joiner(words[used:]) if used else words
    return ReadAction(
        " ".join(kept), found[0] if len(found) == 1 else None, due_on, _rivals(found)
    )


def _rivals(found: Sequence[Owner]) -> tuple[Owner, ...]:
    return tuple(found) if len(found) > 1 else ()


def offered_owners(typed: str, owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """Return whom the beginning of a name could mean, the nearest first."""
    wanted = _key(typed)
    found = [one for one in owners if _begins(one, wanted)]
    return tuple(sorted(found, key=lambda one: one.rank)[:OFFERED])


def _begins(one: Owner, wanted: str) -> bool:
    name = _key(one.name)
    return name.startswith(wanted) or any(
        part.startswith(wanted) for part in name.split()
    )


def _named(
    words: Sequence[str], owners: Sequence[Owner], *, marked: bool
) -> tuple[list[Owner], int]:
    """Return whom the first words name, and how many words the name takes."""
    for used in range(min(len(words), MOST_NAME_WORDS), 0, -1):
        wanted = _key(" ".join(words[:used]))
        found = _nearest([one for one in owners if _is_called(one, wanted)])
        if not found and used == 1 and marked:
            found = _nearest([one for one in owners if _begins(one, wanted)])
        if found:
            return found, used
    return [], 0


def _nearest(found: Sequence[Owner]) -> list[Owner]:
    least = min((one.rank for one in found), default=0)
    return [one for one in found if one.rank == least]


def _is_called(one: Owner, wanted: str) -> bool:
    name = _key(one.name)
    return name == wanted or (one.person_id is not None and wanted in name.split())


def _key(words: str) -> str:
    return fold_for_search(words).strip(" @:,;–—-")


def _without_joiner(words: Sequence[str]) -> list[str]:
    """Leave out "to", "will" or a dash between a name and what is to be done."""
    kept = list(words)
    while kept and kept[0].casefold().strip(":") in _JOINERS:
        kept.pop(0)
    return kept


_JOINERS: Final = frozenset({"", "to", "will", "shall", "–", "—", "-"})


# ---------------------------------------------------------------- dates


def _split_date(
    line: str, today: date, next_session: date | None, also: Mapping[str, str]
) -> tuple[str, date | None]:
    """Return a line without the date at its end, and the date."""
    said = line
    for theirs, ours in also.items():
        cut = len(line) - len(theirs)
        ends = fold_for_search(line).endswith(fold_for_search(theirs))
        if ends and cut >= 0 and (cut == 0 or line[cut - 1].isspace()):
            said = line[:cut] + ours
            break
    for pattern, meaning in _DATES:
        found = pattern.search(said)
        if found is None:
            continue
        day = next_session if meaning is None else meaning(found, today)
        if day is not None:
            return said[: found.start()].rstrip(" ,;–—-"), day
    return line, None


def _weekday(found: re.Match[str], today: date) -> date:
    wanted = found["day"].casefold()
    number = next(n for n, names in enumerate(WEEKDAYS) if wanted in names)
    ahead = (number - today.weekday() - 1) % 7 + 1
    if found["next"] and today.weekday() + ahead <= 6:
        ahead += 7
    return today + timedelta(days=ahead)


def _ahead(found: re.Match[str], today: date) -> date | None:
    said = found["count"].casefold()
    count = _COUNTS[said] if said in _COUNTS else int(said)
    unit = found["unit"].casefold()
    if count > 500:
        return None
    if unit.startswith("month"):
        months = today.month - 1 + count
        return _clipped(today.year + months // 12, months % 12 + 1, today.day)
    return today + timedelta(days=count * (7 if unit.startswith("week") else 1))


def _clipped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_week(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 - today.weekday() + _FRIDAY)


def _end(found: re.Match[str], today: date) -> date:
    if found["what"].casefold() == "month":
        return _clipped(today.year, today.month, 31)
    return today + timedelta(days=(_FRIDAY - today.weekday()) % 7)


def _iso(found: re.Match[str], _today: date) -> date | None:
    return _made(int(found["y"]), int(found["m"]), int(found["d"]))


def _day_and_month(found: re.Match[str], today: date) -> date | None:
    said = found["m"].casefold().rstrip(".")
    if said.isdigit():
        month = int(said)
    else:
        month = next(n for n, one in enumerate(MONTHS, 1) if one.startswith(said[:3]))
    if found["y"]:
        year = int(found["y"])
        return _made(year + 2000 if year < 100 else year, month, int(found["d"]))
    # A day already past is meant of the year to come.
    for year in range(today.year, today.year + 9):
        day = _made(year, month, int(found["d"]))
        if day is not None and day >= today:
            return day
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _tail(pattern: str) -> re.Pattern[str]:
    before = r"(?:^|(?<=\s))(?:(?:by|until|till|before|due|on)\s+(?:the\s+)?)?"
    return re.compile(rf"{before}(?:{pattern})[.!;,]?$", re.IGNORECASE)


_NAMES: Final = "|".join(name for names in WEEKDAYS for name in names)
_MONTH: Final = "|".join(f"{one}|{one[:3]}\\.?" for one in MONTHS)
_YEAR: Final = r"(?P<y>\d{4}|\d{2})"
_SAID: Final = ("one", "two", "three", "four", "five", "six")
_COUNTS: Final = {"a": 1, "an": 1} | {one: n for n, one in enumerate(_SAID, 1)}
_Meaning = Callable[[re.Match[str], date], date | None]
_DATES: Final[tuple[tuple[re.Pattern[str], _Meaning | None], ...]] = (
    (_tail(r"today"), lambda _found, today: today),
    (_tail(r"tomorrow"), lambda _found, today: today + timedelta(days=1)),
    (_tail(r"(?:the\s+)?next\s+(?:session|meeting|time)"), None),
    (_tail(rf"(?P<next>next\s+)?(?P<day>{_NAMES})"), _weekday),
    (
        _tail(
            rf"in\s+(?P<count>\d+|{'|'.join(_COUNTS)})\s+(?P<unit>days?|weeks?|months?)"
        ),
        _ahead,
    ),
    (_tail(r"next\s+week"), _next_week),
    (_tail(r"end\s+of\s+(?:the\s+)?(?P<what>week|month)"), _end),
    (_tail(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), _iso),
    (
        _tail(rf"(?P<d>\d{{1,2}})[./]\s?(?P<m>\d{{1,2}})(?:[./]\s?{_YEAR})?"),
        _day_and_month,
    ),
    (
        _tail(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})(?:\s+{_YEAR})?"),
        _day_and_month,
    ),
    (
        _tail(rf"(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"),
        _day_and_month,
    ),
)


# ---------------------------------------------------------------- mails


@dataclass(frozen=True, slots=True)
class MailMark:
    """What a mail says of an action; ``line`` counts from 1, ``words`` are free."""

    number: int
    is_dropped: bool
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class MailReading:
    """What a mail closes, and the lines that name an action and say nothing known."""

    marks: tuple[MailMark, ...] = ()
    unclear: tuple[tuple[int, str], ...] = ()


def read_mail(
    text: str, done: Collection[str] = (), dropped: Collection[str] = ()
) -> MailReading:
    """Read "A-12 done" and "A-13, A-14 dropped: no longer needed", a line each.

    ``done`` and ``dropped`` are the house's own words beside the English ones. Quoted
    lines (>) and the mail answered to are left out; of a number twice the last counts.
    """
    verdicts = {fold_for_search(one): False for one in (*DONE, *done) if one}
    verdicts |= {fold_for_search(one): True for one in (*DROPPED, *dropped) if one}
    marks: dict[int, MailMark] = {}
    unclear: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if _ENDS.match(line):
            break
        if line.lstrip().startswith(">"):
            continue
        named = list(_NUMBER.finditer(line))
        if not named:
            continue
        verdict = _verdict(line, named, verdicts)
        if verdict is None:
            unclear.append((number, clean_line(line)))
            continue
        for one in named:
            mark = MailMark(int(one["number"]), verdict[0], verdict[1], number)
            marks.pop(mark.number, None)
            marks[mark.number] = mark
    return MailReading(tuple(marks.values()), tuple(unclear))


def _verdict(
    line: str, named: Sequence[re.Match[str]], verdicts: Mapping[str, bool]
) -> tuple[bool, str] | None:
    """Return whether a line drops, and its free words; None where it says neither."""
    between = [line[one.end() : other.start()] for one, other in pairwise(named)]
    if any(_BETWEEN.fullmatch(one) is None for one in between):
        return None
    before = fold_for_search(line[: named[0].start()]).strip(_MARKS)
    after = clean_line(line[named[-1].end() :]).lstrip(_MARKS)
    if before in verdicts:
        return verdicts[before], after
    if before:
        return None
    first, _space, rest = after.partition(" ")
    if fold_for_search(first) in ("is", "was", "are"):
        first, _space, rest = rest.partition(" ")
    said = fold_for_search(first).strip(_MARKS)
    return (verdicts[said], rest.lstrip(_MARKS)) if said in verdicts else None


_MARKS: Final = " \t:;,.!–—-*•·()[]"
_NUMBER: Final = re.compile(r"\bA-(?P<number>\d{1,6})\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:,|;|&|/|and|,\s*and)?\s*", re.IGNORECASE)
_ENDS: Final = re.compile(
    r"^(?:--\s?$|-{3,}.*\w.*-{3,}\s*$|_{10,}\s*$|On .{4,200} wrote:\s*$)"
)
