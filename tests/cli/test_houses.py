"""`export house`, `import house`: a house taken out of one workspace into another."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main


def test_a_house_goes_from_one_workspace_to_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (tmp_path / f"{n}.counterpart" for n in ("first", "second"))
    file = tmp_path / "city.house.toml"
    assert main(["new", "lipovac", "--workspace", str(first)]) == 0
    out = ["export", "house", "--out", str(file)]
    assert main([*out, "--workspace", str(first)]) == 0
    assert main([*out, "--workspace", str(first)]) == 1
    assert main([*out, "--overwrite", "--workspace", str(first)]) == 0
    assert main(["new", str(file), "--workspace", str(second)]) == 0
    capsys.readouterr()
    assert main(["import", "house", str(file), "--workspace", str(second)]) == 0
    assert capsys.readouterr().out == f"Everything is as {file} says.\n"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('place = "', 'place = "New ', 1), encoding="utf-8")
    assert main(["import", "house", str(file), "--workspace", str(second)]) == 0
    assert "0 things made, 1 changed" in capsys.readouterr().out
