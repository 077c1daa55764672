"""The import rules of ARCHITECTURE.md hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PROGRAM, ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {
    contract["id"]: contract
    for contract in SETTINGS["tool"]["importlinter"]["contracts"]
}

# Contract, the folder a bad module is put in, and the import that makes it bad.
BREAKS = [
    ("house", "desktop", "import ui"),
    ("house", "resources", "import desktop"),
    ("house", "resources", "import ui"),
    ("core", "desktop/domain", "import desktop.entities"),
    ("core", "desktop/domain", "import desktop.queries"),
    ("core", "desktop/entities", "import desktop.store"),
    ("core", "desktop/store", "import desktop.use_cases"),
    ("core", "desktop/store", "import desktop.queries"),
    ("core", "desktop/store", "import desktop.exchange"),
    ("core", "desktop/store", "import desktop.reports"),
    ("core", "desktop/use_cases", "import desktop.desk"),
    ("core", "desktop/queries", "import desktop.assembly"),
    ("core", "desktop/exchange", "import desktop.demo"),
    ("core-without-a-screen", "desktop", "import PySide6.QtCore"),
    ("core-without-a-screen", "desktop/store", "import PySide6.QtCore"),
    ("core-without-a-screen", "desktop/reports", "import shiboken6"),
    ("domain-is-standard-library", "desktop/domain", "import sqlalchemy"),
    ("domain-is-standard-library", "desktop/domain", "import reportlab.platypus"),
    ("domain-is-standard-library", "desktop/domain", "import holidays"),
    ("domain-is-standard-library", "desktop/domain", "import resources"),
    ("windows-without-a-database", "ui", "import sqlalchemy.orm"),
    ("windows-without-a-database", "ui/queue", "import desktop.entities"),
    ("windows-without-a-database", "ui/common", "import desktop.store"),
    ("paper-without-a-session", "desktop/reports", "import sqlalchemy"),
    ("paper-without-a-session", "desktop/reports", "import desktop.store"),
    ("queries-only-read", "desktop/queries", "import desktop.use_cases"),
    ("queries-only-read", "desktop/queries", "import desktop.reports"),
    ("words-at-the-edges", "desktop/domain", "import desktop.i18n"),
    ("words-at-the-edges", "desktop/use_cases", "import desktop.formats"),
    ("words-at-the-edges", "desktop/queries", "from desktop.i18n import gettext"),
    ("windows-by-feature", "ui/queue", "import ui.request"),
    ("windows-by-feature", "ui/request", "import ui.queue"),
    ("windows-by-feature", "ui/common", "import ui.counter"),
    ("windows-by-feature", "ui/meetings", "import ui.main_window"),
]


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory):
    """Give a copy of the program in which a rule may be broken."""
    folder = tmp_path_factory.mktemp("tree")
    only_python = shutil.ignore_patterns("__pycache__", "fonts", "icons", "style")
    for top in PROGRAM:
        shutil.copytree(ROOT / top, folder / top, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the program that lies in `folder`."""
    start = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", start, "--no-cache", "--no-logo", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_keeps_the_contracts():
    verdict = lint(ROOT)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in verdict.stdout


@pytest.mark.parametrize(("contract", "folder", "bad_import"), BREAKS)
def test_a_contract_sees_a_bad_import(copied_tree, contract, folder, bad_import):
    wrong = copied_tree / folder / "wrong.py"
    wrong.write_text(f"{bad_import}\n", encoding="utf-8")
    try:
        verdict = lint(copied_tree, "--contract", contract)
    finally:
        wrong.unlink()
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    assert f"{CONTRACTS[contract]['name']} BROKEN" in verdict.stdout
    assert f"{folder.replace('/', '.')}.wrong" in verdict.stdout


def test_every_contract_is_broken_once():
    assert {contract for contract, _folder, _import in BREAKS} == set(CONTRACTS)


def test_every_name_in_a_contract_exists():
    missing = [name for name in sorted(_names()) if not _is_module(name)]
    assert not missing, "\n".join(missing)


def test_every_part_of_the_core_has_its_layer():
    layered = {name for name in _names() if name.startswith("desktop.")}
    parts = {
        f"desktop.{path.stem}"
        for path in (ROOT / "desktop").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists())
        and path.stem != "__init__"
    }
    assert parts - layered == set()


def _names() -> set[str]:
    """Gather every module of ours that a contract speaks of."""
    names: set[str] = set()
    for contract in CONTRACTS.values():
        within = "".join(
            f"{container}." for container in contract.get("containers", [])
        )
        for layer in contract.get("layers", []):
            for part in layer.replace("|", " ").replace(":", " ").split():
                names.add(within + part.strip("()"))
        names.update(contract.get("source_modules", []))
        names.update(contract.get("forbidden_modules", []))
    return {name for name in names if name.split(".")[0] in (*PROGRAM, "main", "tests")}


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
