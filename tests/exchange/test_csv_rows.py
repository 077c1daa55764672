"""A CSV from outside is read, or refused by name; the program never falls over it."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange.csv_rows import CsvRows, Row
from desktop.exchange.problems import BadFile, Problem


def read(path: Path, *columns: str) -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    return list(CsvRows(path, columns or ("a", "b"), problems.append)), problems


def refused(path: Path, *columns: str) -> Problem:
    with pytest.raises(BadFile) as refusal:
        read(path, *columns)
    return refusal.value.problems[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def test_rows_come_with_their_line_and_only_the_columns_asked_for(path: Path) -> None:
    path.write_text('b,x,a\n1,2,3\n"two\nlines",5,6\n', encoding="utf-8")
    assert read(path) == ([(2, ["3", "1"]), (4, ["6", "two\nlines"])], [])


def test_a_packed_file_reads_like_a_plain_one(path: Path) -> None:
    path.write_bytes(gzip.compress("a,b\nž,2\n".encode()))
    assert read(path) == ([(2, ["ž", "2"])], [])


def test_a_byte_order_mark_is_no_part_of_the_first_name(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    assert read(path) == ([(2, ["1", "2"])], [])


def test_another_encoding_is_refused_with_the_line_it_shows_on(path: Path) -> None:
    path.write_bytes("a,b\n1,2\nSão Paulo,3\n".encode("latin-1"))
    problem = refused(path)
    assert (problem.code, problem.line) == ("not_text", 3)


def test_a_file_in_wide_characters_is_refused(path: Path) -> None:
    path.write_bytes("a,b\n1,2\n".encode("utf-16"))
    assert refused(path).code == "not_text"


def test_a_missing_column_is_named_beside_those_that_are_there(path: Path) -> None:
    path.write_text("a,c\n1,2\n", encoding="utf-8")
    problem = refused(path)
    assert (problem.code, problem.where) == ("no_column", "b")
    assert problem.told() == (
        "rows.csv:1:b: The column “b” is missing. The file has: a, c."
    )


def test_a_column_that_is_there_twice_is_refused(path: Path) -> None:
    path.write_text("a,b,b\n1,2,3\n", encoding="utf-8")
    assert refused(path).code == "column_twice"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refused(path).code == "no_header"


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.csv").code == "not_found"
    assert refused(tmp_path / "no\0thing.csv").code == "not_found"
    assert refused(tmp_path).code == "unreadable"


def test_a_packed_file_that_is_cut_off_is_refused(path: Path) -> None:
    whole = gzip.compress(b"a,b\n" + b"1,2\n" * 100_000)
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path).code == "bad_gzip"


def test_a_cell_of_ten_megabytes_is_named_and_the_other_rows_are_read(
    path: Path,
) -> None:
    path.write_bytes(b"a,b\n1,2\n3," + b"x" * 10_000_000 + b"\n5,6\n")
    tracemalloc.start()
    rows, problems = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == [(2, ["1", "2"]), (4, ["5", "6"])]
    assert [(one.code, one.line) for one in problems] == [("cell_too_long", 3)]
    assert peak < 8_000_000


def test_a_row_with_too_many_or_too_few_cells_is_named(path: Path) -> None:
    path.write_text("a,b\n1\n1,2\n1,2,3\n\n4,5\n", encoding="utf-8")
    rows, problems = read(path)
    assert rows == [(3, ["1", "2"]), (6, ["4", "5"])]
    assert [(one.code, one.line) for one in problems] == [("cells", 2), ("cells", 4)]


def test_a_quotation_mark_nobody_closes_does_not_swallow_the_file(path: Path) -> None:
    rest = "".join(f"{number},2\n" for number in range(100_000))
    path.write_text(f'a,b\n1,"open\n{rest}', encoding="utf-8")
    rows, problems = read(path)
    assert [one.code for one in problems] == ["cell_too_long"]
    assert len(rows) > 70_000


def test_a_formula_is_text_like_any_other(path: Path) -> None:
    path.write_text("a,b\n=1+1,\"=cmd|' /C calc'!A0\"\n", encoding="utf-8")
    assert read(path)[0] == [(2, ["=1+1", "=cmd|' /C calc'!A0"])]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400)
    | st.lists(
        st.sampled_from(
            [
                b"a,b\n",
                b'"',
                b",",
                b"\n",
                b"\r",
                b"\x00",
                b"\xff",
                b"1,2\n",
                b"\x1f\x8b",
            ]
        ),
        max_size=40,
    ).map(b"".join)
)
def test_whatever_the_bytes_are_only_our_own_refusal_comes(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        rows, problems = read(path)
    except BadFile as refusal:
        problems = list(refusal.problems)
    assert all(one.told() for one in problems)
    assert all(len(cells) == 2 for _, cells in rows)


@pytest.mark.parametrize(
    "rows", ['1,"2\n3,4\n5,6\n', '1,"2\n3,"4"\n', '"1"x,2\n', '1,"2" \n']
)
def test_a_quotation_mark_out_of_place_takes_no_other_row_in(
    path: Path, rows: str
) -> None:
    path.write_text(f"a,b\n{rows}", encoding="utf-8")
    found, problems = read(path)
    assert found == []
    assert [one.code for one in problems] == ["not_csv"]
