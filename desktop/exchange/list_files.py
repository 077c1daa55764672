"""A list as a CSV or an Excel file: every row, whole or not there, safe to open.

A spreadsheet takes a text that begins with = for a formula; what a person typed never
becomes one here. Instants are written in the reader's zone, which the heading names.
"""

from __future__ import annotations

import csv
import errno
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import Refusal
from desktop.exchange.places import refuse_open_workspace
from desktop.store.durable import place, unfinished_beside

Value = str | int | datetime | None
Told = Callable[[int], None]
"""Hears how many rows were written; raises to stop, and nothing is left."""

EVERY: Final = 500
MOST_SHEET_ROWS: Final = 1_048_575
"""How many rows a sheet of Excel takes below its heading."""

CELL_CAP: Final = 32_767
# What begins a formula in some program, full-width forms too.
_BEGINS_FORMULA: Final = re.compile(r"^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r|%]")
_IS_NUMBER: Final = re.compile(r"^[+-]?\d+([.,]\d+)?$")
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)
_SHEET_SIGNS: Final = re.compile(r"[\[\]:*?/\\]")


def write_csv(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    zone: tzinfo,
    told: Told | None = None,
) -> int:
    """Write a CSV file in UTF-8 with its mark; return how many rows it has.

    Refuses with `disk_full` or `file_not_written` what the place cannot do.
    """
    with (
        _written(path) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([_defused(heading) for heading in headings])
        count = 0
        for row in rows:
            writer.writerow([_as_text(value, zone) for value in row])
            count = _count_on(count, told)
    return count


def write_xlsx(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    zone: tzinfo,
    told: Told | None = None,
    title: str = "",
) -> int:
    """Write an Excel file: texts as texts, dates as dates; return how many rows it has.

    Refuses with `sheet_full` more rows than a sheet takes, and as write_csv.
    """
    from openpyxl import Workbook

    with _written(path) as unfinished:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_SHEET_SIGNS.sub(" ", _clean(title))[:31] or None)
        try:
            sheet.freeze_panes = "A2"
            for at, heading in enumerate(headings):
                letter = _letter(at)
                sheet.column_dimensions[letter].width = max(
                    12, min(40, len(heading) + 4)
                )
            sheet.append(
                [_cell(sheet, heading, zone, is_bold=True) for heading in headings]
            )
            count = 0
            for row in rows:
                if count >= MOST_SHEET_ROWS:
                    raise Refusal("sheet_full", most=f"{MOST_SHEET_ROWS:,}")
                sheet.append([_cell(sheet, value, zone) for value in row])
                count = _count_on(count, told)
        except BaseException:
            _give_up(sheet)
            raise
        book.save(unfinished)
    return count


def _give_up(sheet: Any) -> None:
    """End a sheet that is not to be: what it wrote meanwhile goes."""
    with suppress(OSError):
        sheet.close()
    with suppress(OSError, AttributeError):
        # Its own way to remove what it keeps beside, called only when it is saved.
        sheet._writer.cleanup()


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    """Give a name to write under; what stands there at the end gets its own name."""
    try:
        refuse_open_workspace(path)
        with unfinished_beside(path) as unfinished:
            yield unfinished
            place(unfinished, path, overwrite=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Refusal("disk_full", path=str(path)) from error
        reason = error.strerror or str(error)
        raise Refusal("file_not_written", path=str(path), reason=reason) from error


def _count_on(count: int, told: Told | None) -> int:
    count += 1
    if told is not None and count % EVERY == 0:
        told(count)
    return count


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)


def _defused(text: str) -> str:
    """Return a text no spreadsheet takes for a formula: a sign before it says so."""
    cleaned = _clean(text)
    if _BEGINS_FORMULA.match(cleaned) and not _IS_NUMBER.match(cleaned):
        return f"'{cleaned}"
    return cleaned


def _as_text(value: Value, zone: tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return str(value) if isinstance(value, int) else _defused(value)


def _cell(sheet: Any, value: Value, zone: tzinfo, is_bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, datetime):
        # A sheet knows no zones: the heading names the one its times are in.
        local = value.astimezone(zone).replace(tzinfo=None)
        cell = WriteOnlyCell(sheet, local)
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, str):
        cleaned = _clean(value)
        if len(cleaned) > CELL_CAP:
            cleaned = cleaned[: CELL_CAP - 1] + "…"
        cell = WriteOnlyCell(sheet, cleaned)
        cell.data_type = "s"
        if is_bold:
            cell.font = Font(bold=True)
        return cell
    return value


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(at + 1)
    return letter
