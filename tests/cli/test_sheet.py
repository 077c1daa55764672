"""`counterpart sheet` prints one request, internal words only as a unit reads them."""

from __future__ import annotations

from pathlib import Path

from desktop.cli import main
from desktop.domain.requests import Audience
from desktop.use_cases.requests import comment
from tests.reports.pages import text_of
from tests.small_house import SmallHouse


def test_a_sheet_is_written_and_internal_words_need_a_unit(
    small_house: SmallHouse, workspace_path: Path, tmp_path: Path, capsys
) -> None:
    one = small_house.raised("<b>Parcel & 1184/2")
    small_house.me("Dušan Kovač").run(comment, one, "He was rude.", Audience.INTERNAL)
    out = tmp_path / "sheet.pdf"
    command = [
        "sheet",
        "LR-0001",
        "--out",
        str(out),
        "--workspace",
        str(workspace_path),
    ]
    assert main(command) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert "<b>Parcel & 1184/2" in text_of(out.read_bytes())
    assert "He was rude." not in text_of(out.read_bytes())
    assert main([*command, "--internal", "Land registry", "--size", "Letter"]) == 0
    assert "He was rude." in text_of(out.read_bytes())
    assert main([*command, "--internal", "Central counter"]) == 0
    assert "He was rude." not in text_of(out.read_bytes())


def test_what_is_not_here_is_refused_in_words(
    small_house: SmallHouse, workspace_path: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "sheet.pdf"
    place = ["--out", str(out), "--workspace", str(workspace_path)]
    assert main(["sheet", "XX-1", *place]) == 1
    assert "There is no request XX-1 here." in capsys.readouterr().err
    small_house.raised()
    assert main(["sheet", "LR-0001", "--internal", "Nobody", *place]) == 1
    assert "There is no unit “Nobody” here" in capsys.readouterr().err
    assert not out.exists()
