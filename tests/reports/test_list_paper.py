"""A list on paper: its rows, whatever they hold, and how many there are."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from desktop.reports.list_cells import COLUMNS, columns_shown
from desktop.reports.list_paper import ListPaper, list_pdf

AT = datetime(2026, 11, 9, 7, 30, tzinfo=UTC)


def paper(rows, total: int) -> ListPaper:
    columns = columns_shown(["reference", "subject", "due", "unknown"])
    return ListPaper(
        "Queue, Land registry",
        "is:overdue",
        "Ana Petrović",
        "Europe/Belgrade",
        AT,
        columns,
        rows,
        total,
    )


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_what_the_screen_says_in_two_lines_is_two_columns():
    shown = [column.id for column in columns_shown(["reference", "holder", "due"])]

    assert shown == ["reference", "raised", "unit", "holder", "waits", "due"]
    assert COLUMNS["due"].heading("Europe/Belgrade") == "Due (Europe/Belgrade)"


def test_hostile_rows_are_printed_as_text_and_the_rest_is_told():
    hostile = '<b>Not bold <img src="/etc/passwd"/> &amp; "ნინო"' + "x" * 300
    row = ["LR-0001", AT, hostile, "Service", "Front", "In work", AT]
    made = paper([row] * 250, 9_000)

    pdf = list_pdf(made)
    told = words(pdf)

    assert pdf == list_pdf(made)
    assert "9,000 requests · is:overdue" in told
    assert "2026-11-09" in told
    assert "<b>Not bold" in told
    assert "The first 250 are printed" in told


def test_an_empty_list_is_a_page_all_the_same():
    told = words(list_pdf(paper([], 0)))
    assert "0 requests" in told
    assert "No request was in this list." in told
    row = ["LR-0001", AT, "Map", "Service", "Front", "In work", AT]
    assert "No request was" not in words(list_pdf(paper([row], 1)))


def test_letters_the_paper_lacks_are_named_at_its_end():
    row = ["LR-0001", AT, "Вода 漢字", "Service", "Front", "In work", AT]
    told = words(list_pdf(paper([row], 1)))
    assert "2 characters cannot be printed" in " ".join(told.split())
    assert "U+6F22" in told
