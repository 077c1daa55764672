"""Reading TOML from outside so that every problem is named, not only the first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from zoneinfo import ZoneInfo

from desktop.domain.text import clean, clean_line
from desktop.exchange.problems import N_, BadFile, Problem, quoted
from desktop.store.sqlite_files import is_in_use

T = TypeVar("T")

FILE_CAP: Final = 5_000_000
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")


def read_text(path: Path) -> str:
    """Return the text of ``path``; raise ``BadFile`` when it is none."""
    try:
        if is_in_use(path):
            raise BadFile([Problem(path.name, "open_workspace")])
        if path.stat().st_size > FILE_CAP:
            raise BadFile([Problem(path.name, "too_large", values={"most": "5 MB"})])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as refused:
        line = refused.object.count(b"\n", 0, refused.start) + 1
        raise BadFile([Problem(path.name, "not_text", line=line)]) from refused
    except FileNotFoundError as refused:
        raise BadFile([Problem(path.name, "not_found")]) from refused
    except OSError as refused:
        why = {"why": refused.strerror or type(refused).__name__}
        raise BadFile([Problem(path.name, "unreadable", values=why)]) from refused


class Table:
    """One table of a TOML file, read key by key; what is wrong is collected.

    Ask for every key that may be there, then call ``finish``: keys nobody asked for
    are named as unknown.
    """

    def __init__(
        self, data: Mapping[str, Any], file: str, path: str, problems: list[Problem]
    ) -> None:
        self.data = data
        self.file = file
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()

    @classmethod
    def parse(cls, text: str, file: str) -> Table:
        """Return the root table of ``text``; raise ``BadFile`` where it is no TOML."""
        try:
            return cls(tomllib.loads(text), file, "", [])
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as refused:
            words = str(refused)
            at = _AT_LINE.search(words)
            why = quoted(_AT_LINE.sub("", words).strip().rstrip("."))
            raise BadFile(
                [
                    Problem(
                        file,
                        "not_toml",
                        line=int(at.group(1)) if at else 0,
                        values={"why": why},
                    )
                ]
            ) from refused

    def problem(self, key: str, code: str, **values: object) -> None:
        """Note that ``key`` of this table is wrong."""
        where = ".".join(part for part in (self.path, key) if part)
        shown = {
            name: quoted(value, 400 if name == "known" else 60)
            for name, value in values.items()
        }
        self.problems.append(Problem(self.file, code, where, values=shown))

    def has(self, key: str) -> bool:
        """Tell whether ``key`` is there."""
        self._asked.add(key)
        return key in self.data

    def value(
        self, key: str, kind: type[T] | tuple[type, ...], wanted: str, default: T
    ) -> T:
        """Return the value of ``key``, ``default`` when it is absent or wrong."""
        self._asked.add(key)
        if key not in self.data:
            return default
        found = self.data[key]
        is_number_but_wanted_other = isinstance(found, bool) and kind is not bool
        if not isinstance(found, kind) or is_number_but_wanted_other:
            self.problem(key, "wrong_type", value=found, wanted=wanted)
            return default
        return cast("T", found)

    def require(self, key: str) -> bool:
        """Tell whether ``key`` is there and note it when it is not."""
        if self.has(key):
            return True
        self.problem("", "missing", name=key)
        return False

    def line(self, key: str, default: str = "", cap: int = 200) -> str:
        """Return one line of text, cleaned and at most ``cap`` characters."""
        text = clean_line(self.value(key, str, N_("a text"), default))
        return self._fitting(key, text, cap, default)

    def name(self, key: str = "name") -> str:
        """Return a line that has to be there; "" when it is not."""
        if not self.require(key):
            return ""
        text = self.line(key)
        if not text and isinstance(self.data[key], str):
            self.problem(key, "empty")
        return text

    def body(self, key: str, cap: int = 10_000) -> str:
        """Return a text of several lines, cleaned."""
        text = clean(self.value(key, str, N_("a text"), "")).strip()
        return self._fitting(key, text, cap, "")

    def _fitting(self, key: str, text: str, cap: int, default: str) -> str:
        if len(text) <= cap:
            return text
        self.problem(key, "too_long", length=len(text), most=cap)
        return default

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """Return a whole number between ``least`` and ``most``."""
        wanted = f"a whole number from {least} to {most}"
        number = self.value(key, int, wanted, default)
        if not least <= number <= most:
            self.problem(key, "wrong_type", value=number, wanted=wanted)
            return default
        return number

    def share(self, key: str, default: float) -> float:
        """Return a share between 0 and 1."""
        wanted = N_("a number from 0 to 1")
        number: float = self.value(key, (int, float), wanted, default)
        if not 0 <= number <= 1:
            self.problem(key, "wrong_type", value=number, wanted=wanted)
            return default
        return float(number)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        return self.value(key, bool, N_("true or false"), default)

    def day(self, key: str, default: date) -> date:
        """Return a date."""
        found = self.value(key, date, N_("a date as 2016-05-26"), default)
        return found.date() if isinstance(found, datetime) else found

    def clock(self, key: str, default: time) -> time:
        """Return a local time of day."""
        return self.value(key, time, N_("a time as 09:30:00"), default)

    def one_of(self, key: str, known: Iterable[str], default: str) -> str:
        """Return one of the ``known`` texts."""
        possible = list(known)
        found = self.value(key, str, N_("a text"), default)
        if found not in possible:
            self.problem(
                key, "not_one_of", value=found, known=", ".join(sorted(possible))
            )
            return default
        return found

    def lines(self, key: str, cap: int = 200) -> tuple[str, ...]:
        """Return a list of lines."""
        found: list[object] = self.value(key, list, N_("a list of texts"), [])
        texts = []
        for number, one in enumerate(found, 1):
            if not isinstance(one, str) or not clean_line(one):
                self.problem(
                    f"{key}[{number}]", "wrong_type", value=one, wanted=N_("a text")
                )
            elif len(clean_line(one)) > cap:
                length = len(clean_line(one))
                self.problem(f"{key}[{number}]", "too_long", length=length, most=cap)
            else:
                texts.append(clean_line(one))
        return tuple(texts)

    def zone(self, key: str, default: str) -> str:
        """Return the name of a time zone that exists."""
        name = self.line(key, default)
        if name and not is_zone(name):
            self.problem(key, "zone_unknown", value=name)
            return default
        return name

    def parsed(
        self, key: str, read: Callable[[str], T | None], wanted: str, default: T
    ) -> T:
        """Return what ``read`` makes of a text, ``None`` from it meaning unreadable."""
        self._asked.add(key)
        if key not in self.data:
            return default
        found = self.data[key]
        made = read(found) if isinstance(found, str) else None
        if made is None:
            self.problem(key, "wrong_type", value=found, wanted=wanted)
            return default
        return made

    def table(self, key: str) -> Table:
        """Return the table under ``key``, an empty one when there is none."""
        nothing: dict[str, Any] = {}
        data = self.value(key, dict, N_("a table"), nothing)
        where = ".".join(part for part in (self.path, key) if part)
        return Table(data, self.file, where, self.problems)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield each table of the list under ``key``, numbered from 1."""
        found: list[object] = self.value(key, list, N_("a list of tables"), [])
        prefix = f"{self.path}." if self.path else ""
        for number, data in enumerate(found, 1):
            where = f"{prefix}{key}[{number}]"
            if isinstance(data, dict):
                yield Table(data, self.file, where, self.problems)
            else:
                self.problem(
                    f"{key}[{number}]", "wrong_type", value=data, wanted=N_("a table")
                )

    def finish(self) -> None:
        """Name every key nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem("", "unknown_key", name=key, known=known)


def is_zone(name: str) -> bool:
    """Tell whether ``name`` is a time zone of the database."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
