"""A language asked for on the command line."""

from __future__ import annotations

import pytest

from ui.app import arguments


@pytest.mark.parametrize("code", ["", "en", "en-US", "qps", "sr", "sr_Latn", "de_AT"])
def test_a_language_is_taken(code: str) -> None:
    assert arguments().parse_args(["--lang", code]).lang == code


@pytest.mark.parametrize("code", ["zz", "klingon", "../en", "_", "en" * 400])
def test_what_is_no_language_is_refused_with_those_there_are(code, capsys) -> None:
    with pytest.raises(SystemExit):
        arguments().parse_args(["--lang", code])
    said = " ".join(capsys.readouterr().err.split())
    assert "is no language. Words are spoken in: en." in said
