"""Runs a file of clock cases: python -m tests.conformance [FILE]."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tests.conformance.cases import Failure, judge, read_lines

OWN_CASES = Path(__file__).with_name("clock_cases.jsonl")


def main(arguments: Sequence[str], out: TextIO) -> int:
    """Judge every case of a file; 0 when all pass, 1 when one fails, 2 without one."""
    if len(arguments) > 1:
        out.write("usage: python -m tests.conformance [FILE]\n")
        return 2
    path = Path(arguments[0]) if arguments else OWN_CASES
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        out.write(f"{path} cannot be read: {error}\n")
        return 2
    passed = failed = 0
    for case in read_lines(lines):
        failures = [case] if isinstance(case, Failure) else judge(case)
        for failure in failures:
            out.write(f"{failure}\n")
        failed += bool(failures)
        passed += not failures
    out.write(f"{passed} passed, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
