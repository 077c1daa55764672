"""Print what the program costs: `python -m tests.benchmarks [name…] [--json]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.benchmarks.measuring import Row
from tests.benchmarks.workspaces import Workspaces, workspaces

SIZES = (25_000, 1_000_000)
NAMES = (
    "clock",
    "forecast",
    "import",
    "write",
    "read",
    "sweep",
    "raise",
    "start",
    "replay",
    "meetings",
    "scroll",
    "desk",
)
HEADS = ("", "value", "unit", "p95", "floor", "ratio", "goal", "")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmarks asked for; the status is 1 when a goal is missed."""
    options = _arguments().parse_args(argv)
    rows: list[Row] = []
    with (
        _folder(options.keep) as folder,
        workspaces(folder, options.database, partial(_tell, options.json)) as made,
    ):
        for name, measure in _benchmarks(
            made, options.requests or SIZES, options.minutes
        ):
            if options.names and name not in options.names:
                continue
            _tell(options.json, f"\n{name}")
            for row in measure():
                rows.append({"benchmark": name, **row})
                _tell(options.json, _line(row))
    if options.json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    missed = [row["name"] for row in rows if row.get("met") is False]
    _tell(options.json, f"\n{len(rows)} figures, {len(missed)} goals missed")
    return 1 if missed else 0


def _benchmarks(
    made: Workspaces, sizes: Iterable[int], minutes: float
) -> Iterator[tuple[str, Callable[[], Iterable[Row]]]]:
    """Name each benchmark; what it needs is imported when it is its turn."""
    from tests.benchmarks import (
        clock,
        desk,
        forecast,
        importing,
        meetings,
        raising,
        reading,
        replay,
        retiming,
        scrolling,
        starting,
        sweeping,
        writing,
    )

    yield "clock", lambda: (*clock.run(), *retiming.run(made))
    yield "forecast", forecast.run
    yield "import", lambda: importing.run(made)
    yield (
        "write",
        lambda: (row for size in sizes for row in writing.run(made.of(size), size)),
    )
    yield (
        "read",
        lambda: (row for size in sizes for row in reading.run(made.of(size), size)),
    )
    yield (
        "sweep",
        lambda: (row for size in sizes for row in sweeping.run(made.of(size), size)),
    )
    yield (
        "raise",
        lambda: (
            *(row for size in sizes for row in raising.run(made.of(size), size)),
            *raising.once(),
        ),
    )
    yield "replay", replay.run
    yield "meetings", lambda: meetings.run(made, max(sizes))
    yield "scroll", lambda: scrolling.run(made.of(max(sizes)))
    yield "start", lambda: starting.run(made.of(max(sizes), desk.OPEN), max(sizes))
    yield "desk", lambda: desk.run(made, max(sizes), minutes)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="name")
    parser.add_argument("--json", action="store_true", help="print JSON, nothing else")
    parser.add_argument(
        "--requests",
        type=int,
        action="append",
        metavar="N",
        help="size of the generated workspaces (default: 25,000 and 1,000,000)",
    )
    parser.add_argument(
        "--database", choices=("sqlite", "postgresql"), default="sqlite"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the workspaces there"
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=1.5,
        help="how long the desk's scripted session goes on (the whole one: 10)",
    )
    return parser


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        yield Path(folder)


def _line(row: Row) -> str:
    met = {True: "met", False: "MISSED"}.get(row.get("met"), "")
    ratio = f"{row['ratio']:g}x" if "ratio" in row else ""
    cells = (row.get("p95", ""), row.get("floor", ""), ratio, row.get("goal", ""), met)
    told = [f"{one:>9,}" if isinstance(one, (int, float)) else one for one in cells]
    value = f"{row['value']:>11,}"
    return (
        f"{row['name']:<44} {value} {row['unit']:<10} {told[0]:>9} {told[1]:>9} "
        f"{told[2]:>8}  {told[3]:<18} {told[4]}"
    )


def _tell(is_json: bool, words: str) -> None:
    stream = sys.stderr if is_json else sys.stdout
    print(words, file=stream, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
