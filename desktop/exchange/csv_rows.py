"""Rows of a CSV file from outside, plain or gzip, streamed, each with its line."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from desktop.exchange.problems import BadFile, Problem, quoted
from desktop.store.sqlite_files import is_in_use

CELL_CAP: Final = 100_000
LINE_CAP: Final = 1_000_000
_GZIP_MAGIC: Final = b"\x1f\x8b"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

Row = tuple[int, list[str]]
"""The line a row ends on, and its cells in the order of the columns asked for."""

Refuse = Callable[[Problem], None]


class CsvRows:
    """The rows of one file, cut to the columns asked for.

    Raises ``BadFile`` when the file is no CSV text in UTF-8 or a column is missing.
    A row that cannot be read is given to ``refuse`` and left out.
    """

    def __init__(self, path: Path, columns: Sequence[str], refuse: Refuse) -> None:
        self.path = path
        self.columns = columns
        self.refuse = refuse

    def __iter__(self) -> Iterator[Row]:
        with self._opened() as raw:
            # Not strict, a quotation mark nobody closes would take what follows it in.
            reader = csv.reader(self._lines(raw), strict=True)
            header = self._header(reader)
            places = self._places(header)
            width = len(header)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as refused:
                    self._refuse_csv(reader.line_num, str(refused))
                    continue
                if len(cells) == width:
                    yield reader.line_num, [cells[place] for place in places]
                elif cells:
                    values = {"count": len(cells), "wanted": width}
                    self._refuse("cells", reader.line_num, values=values)

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        try:
            if is_in_use(self.path):
                raise BadFile([Problem(self.path.name, "open_workspace")])
            with self.path.open("rb") as plain:
                is_gzip = plain.read(2) == _GZIP_MAGIC
                plain.seek(0)
                if not is_gzip:
                    yield plain
                    return
                with gzip.GzipFile(fileobj=plain) as unpacked:
                    yield io.BufferedReader(unpacked, 1 << 18)
        except (gzip.BadGzipFile, EOFError, zlib.error) as refused:
            raise BadFile([Problem(self.path.name, "bad_gzip")]) from refused
        except FileNotFoundError as refused:
            raise BadFile([Problem(self.path.name, "not_found")]) from refused
        except OSError as refused:
            why = {"why": refused.strerror or type(refused).__name__}
            raise BadFile([Problem(self.path.name, "unreadable", values=why)]) from None

    def _lines(self, raw: IO[bytes]) -> Iterator[str]:
        number = 0
        while line := raw.readline(LINE_CAP + 1):
            number += 1
            if number == 1:
                if line.startswith(_WIDE_MARKS):
                    raise BadFile([Problem(self.path.name, "not_text", line=1)])
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) > LINE_CAP:
                while line and not line.endswith(b"\n"):
                    line = raw.readline(LINE_CAP)
                values = {"most": CELL_CAP}
                self._refuse("cell_too_long", number, values=values)
                yield "\n"
                continue
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as refused:
                problem = Problem(self.path.name, "not_text", line=number)
                raise BadFile([problem]) from refused

    def _header(self, reader: Iterator[list[str]]) -> list[str]:
        try:
            header = next(reader, [])
        except csv.Error as refused:
            why = {"why": quoted(refused)}
            raise BadFile(
                [Problem(self.path.name, "not_csv", line=1, values=why)]
            ) from refused
        if not header:
            raise BadFile([Problem(self.path.name, "no_header")])
        return [name.strip() for name in header]

    def _places(self, header: list[str]) -> list[int]:
        known = quoted(", ".join(header), 400)
        problems = [
            Problem(
                self.path.name,
                "no_column",
                name,
                1,
                {"name": name, "known": known},
            )
            for name in self.columns
            if name not in header
        ]
        problems += [
            Problem(self.path.name, "column_twice", name, 1, {"name": name})
            for name in self.columns
            if header.count(name) > 1
        ]
        if problems:
            raise BadFile(problems)
        return [header.index(name) for name in self.columns]

    def _refuse_csv(self, line: int, why: str) -> None:
        if "field larger" in why:
            self._refuse("cell_too_long", line, values={"most": CELL_CAP})
        else:
            self._refuse("not_csv", line, values={"why": quoted(why)})

    def _refuse(self, code: str, line: int, values: Mapping[str, object]) -> None:
        self.refuse(Problem(self.path.name, code, "", line, values))
