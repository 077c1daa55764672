"""A list in a file: every row, dates as dates, and no text that becomes a formula."""

from __future__ import annotations

import csv
import errno
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from desktop.domain.errors import Refusal
from desktop.exchange import list_files
from desktop.exchange.list_files import write_csv, write_xlsx

ZONE = ZoneInfo("Europe/Belgrade")
AT = datetime(2026, 11, 9, 7, 30, tzinfo=UTC)
HOSTILE = [
    "=1+2",
    "+SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "@here",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+2",
    "|calc",
]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_csv_has_its_mark_its_heading_and_times_of_the_zone(tmp_path):
    path = tmp_path / "list.csv"
    count = write_csv(
        path, ["Reference", "Due (Europe/Belgrade)"], [["LR-1", AT], ["Ђ", None]], ZONE
    )

    assert count == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(path) == [
        ["Reference", "Due (Europe/Belgrade)"],
        ["LR-1", "2026-11-09 08:30"],
        ["Ђ", ""],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_begins_a_formula_in_a_csv(tmp_path, text):
    path = tmp_path / "list.csv"
    write_csv(path, [text], [[text]], ZONE)

    for cells in rows_of(path):
        assert cells[0].startswith("'")


def test_figures_and_numbers_of_requests_are_left_as_they_are(tmp_path):
    path = tmp_path / "list.csv"
    write_csv(path, ["n"], [[3], ["-12,5"], ["LR-0001"], ["a\x0bb\x00\x1fc"]], ZONE)

    assert [row[0] for row in rows_of(path)] == ["n", "3", "-12,5", "LR-0001", "abc"]


def test_a_sheet_has_texts_as_texts_and_dates_as_dates(tmp_path):
    path = tmp_path / "list.xlsx"
    texts = [*HOSTILE, "x" * 40_000, "a\x0bb", "line\nbreak"]
    rows = [[text, AT, 7, None] for text in texts]
    write_xlsx(path, ["Text", "Due", "n", "none"], rows, ZONE, title="Queue: [a/b]*?")

    sheet = load_workbook(path).worksheets[0]
    assert sheet.max_row == len(texts) + 1
    assert sheet.freeze_panes == "A2"
    for number, text in enumerate(texts, 2):
        cell, due, figure, empty = (sheet.cell(number, at) for at in range(1, 5))
        assert cell.data_type == "s"
        assert len(cell.value) <= 32_767
        if text.startswith("="):
            assert cell.value == text
        assert due.value.isoformat() == "2026-11-09T08:30:00"
        assert due.is_date
        assert figure.value == 7
        assert empty.value is None


def test_a_stopped_file_leaves_nothing_and_an_older_one_as_it_was(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("older", encoding="utf-8")

    def stop(_count: int) -> None:
        raise Refusal("list_stopped")

    for write in (write_csv, write_xlsx):
        with pytest.raises(Refusal, match="list_stopped"):
            write(path, ["n"], ([n] for n in range(2_000)), ZONE, stop)

    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]
    assert path.read_text(encoding="utf-8") == "older"


def test_more_rows_than_a_sheet_takes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(list_files, "MOST_SHEET_ROWS", 5)

    with pytest.raises(Refusal, match="sheet_full"):
        write_xlsx(tmp_path / "list.xlsx", ["n"], ([n] for n in range(6)), ZONE)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named_and_so_is_a_folder_that_is_none(tmp_path):
    def full() -> Iterator[list[str]]:
        yield ["LR-0001"]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Refusal) as refused:
        write_csv(tmp_path / "list.csv", ["n"], full(), ZONE)
    assert refused.value.code == "disk_full"
    with pytest.raises(Refusal) as refused:
        write_xlsx(tmp_path / "none" / "list.xlsx", ["n"], [], ZONE)
    assert refused.value.code == "file_not_written"
    assert list(tmp_path.iterdir()) == []
