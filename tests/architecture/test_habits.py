"""Habits that no linter's exception may undo."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PROGRAM, ROOT, comments, modules, parsed, place

# The one place that reads the computer's clock.
CLOCK = ROOT / "desktop" / "config.py"
# The places that run an event loop: the program, and pictures nobody sits at.
EVENT_LOOPS = (ROOT / "ui" / "app.py", ROOT / "ui" / "screenshots" / "settling.py")

EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)\b")
REASON = re.compile(
    r"#\s*noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*\W+\w+|#\s*type: ignore\[[\w, -]+\]\W+\w+"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
PLACES_OF_ONE_MACHINE = re.compile(r"/(?:tmp|root|home|Users)/")


def test_only_one_place_reads_the_clock():
    names = {"now", "today", "utcnow"}
    found = calls(lambda name, owner: name in names and owner in ("datetime", "date"))
    assert {spot for path, spot in found if path != CLOCK} == set()


def test_nothing_waits_for_a_time():
    assert [spot for _, spot in calls(lambda name, _owner: name == "sleep")] == []


def test_nothing_prints():
    found = calls(lambda name, owner: name == "print" and owner == "")
    assert [spot for _, spot in found] == []


def test_aliases_are_made_once_and_not_for_each_query():
    # Each copies the columns of its table and refers to itself: garbage of a megabyte
    # a minute where they were made by queries.
    made = [
        place(path, node.lineno)
        for path in modules("desktop")
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "aliased"
    ]
    assert not made, "\n".join(made)


def test_dialogs_open_and_never_block():
    names = {"exec", "exec_", "processEvents"}
    found = calls(lambda name, owner: name in names and owner != "session")
    assert [spot for path, spot in found if path not in EVENT_LOOPS] == []


def test_no_dialog_looks_into_the_files_it_lists():
    # Whoever closes a file takes away the locks of all who have it open in a process.
    own = ROOT / "ui" / "common" / "file_dialog.py"
    names = {"getOpenFileName", "getOpenFileNames", "getSaveFileName"}
    names |= {"getExistingDirectory", "QFileDialog", "QFileIconProvider"}
    found = calls(lambda name, _owner: name in names)
    assert [spot for path, spot in found if path != own] == []


def test_nothing_is_left_as_a_stub():
    stubs = [
        place(path, node.lineno)
        for path in modules(*PROGRAM)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Raise)
        and any(
            getattr(part, "id", "") == "NotImplementedError" for part in ast.walk(node)
        )
    ]
    assert not stubs, "\n".join(stubs)


def test_every_exception_to_a_check_says_why():
    unexplained = [
        f"{place(path, line)} {text}"
        for path in modules("desktop", "ui", "tests")
        for line, text in comments(path)
        if EXCEPTION.match(text) and not REASON.match(text)
    ]
    assert not unexplained, "\n".join(unexplained)


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# noqa: TID251 - the one place that may", True),
        ("# noqa: S608, S603 - names only, from our own tables", True),
        ("# type: ignore[misc]  # the library has no types", True),
        ("# noqa: TID251", False),
        ("# noqa", False),
        ("# type: ignore", False),
        ("# type: ignore[misc, unused-ignore]", False),
    ],
)
def test_a_reason_is_told_from_a_bare_exception(comment, explained):
    assert EXCEPTION.match(comment)
    assert bool(REASON.match(comment)) is explained


def test_no_comment_leaves_work_for_later():
    unfinished = [
        f"{place(path, line)} {text}"
        for path in modules("desktop", "ui")
        for line, text in comments(path)
        if UNFINISHED.search(text)
    ]
    assert not unfinished, "\n".join(unfinished)


def test_no_module_knows_a_place_of_one_machine():
    bound = [
        place(path, number)
        for path in modules(*PROGRAM)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if PLACES_OF_ONE_MACHINE.search(line)
    ]
    assert not bound, "\n".join(bound)


def calls(wanted) -> Iterator[tuple[Path, str]]:
    """Yield path and place of the calls in desktop and ui of a wanted name and owner.

    `wanted` is asked with the name called and the last word of what it is called on:
    `("now", "datetime")` for `datetime.datetime.now()`, `("print", "")` for `print()`.
    """
    for path in modules("desktop", "ui"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and wanted(*called(node.func)):
                yield path, place(path, node.lineno)


def called(function: ast.expr) -> tuple[str, str]:
    """Return the name of a function called and of what it is called on."""
    if isinstance(function, ast.Name):
        return function.id, ""
    if not isinstance(function, ast.Attribute):
        return "", ""
    owner = function.value
    if isinstance(owner, ast.Attribute):
        return function.attr, owner.attr
    return function.attr, owner.id if isinstance(owner, ast.Name) else "an expression"
