"""The two commands, as far as they can be tried without a fresh machine."""

import re
import tomllib

import pytest

import dev


@pytest.fixture
def calls(monkeypatch):
    """Gather the commands that would be started, all of them successful."""
    started = []

    def start(command, **environment):
        started.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(dev, "call", start)
    return started


@pytest.fixture
def fresh_clone(monkeypatch, tmp_path):
    """Point dev.py at a clone without a virtual environment."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((dev.ROOT / name).read_bytes())
    venv = tmp_path / ".venv"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(dev, "STAMP", venv / "counterpart-setup")
    return tmp_path


def make_venv(clone):
    """Lay down what dev.py looks at in a virtual environment."""
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    (clone / ".venv" / "pyvenv.cfg").write_text("version = 3.11.7\n")


def test_a_fresh_clone_gets_a_venv_with_the_pins(monkeypatch, fresh_clone):
    calls = []

    def start(command, **environment):
        calls.append([str(part) for part in command])
        if "venv" in calls[-1]:
            make_venv(fresh_clone)
        return 0

    monkeypatch.setattr(dev, "call", start)
    assert dev.set_up()
    assert "venv" in calls[0]
    assert calls[1][-4:] == ["--constraint", "constraints.txt", "--editable", ".[dev]"]


def test_a_venv_made_by_hand_is_kept_and_filled(calls, fresh_clone):
    make_venv(fresh_clone)
    assert dev.set_up()
    assert ["install" in call for call in calls] == [True]


def test_the_second_run_installs_nothing(calls, fresh_clone):
    make_venv(fresh_clone)
    dev.set_up()
    calls.clear()
    assert dev.set_up()
    assert calls == []


@pytest.mark.parametrize(
    "changed", ["pyproject.toml", "constraints.txt", ".venv/pyvenv.cfg"]
)
def test_what_was_set_up_for_something_else_is_set_up_again(
    calls, fresh_clone, changed
):
    make_venv(fresh_clone)
    dev.set_up()
    calls.clear()
    with (fresh_clone / changed).open("a") as file:
        file.write("\n# changed\n")
    assert dev.set_up()
    assert len(calls) == 1


def test_a_failed_installation_is_tried_again(monkeypatch, fresh_clone):
    make_venv(fresh_clone)
    monkeypatch.setattr(dev, "call", lambda command, **environment: 1)
    assert not dev.set_up()
    assert not dev.STAMP.exists()


def test_without_a_screen_the_demo_day_is_played(calls, monkeypatch):
    monkeypatch.setattr(dev, "has_screen", lambda: False)
    dev.run(["--out", "there"])
    assert calls[0][1:] == ["main.py", "demo", "--play", "--out", "there"]


def test_with_a_screen_the_window_opens_on_the_demo(calls, monkeypatch):
    monkeypatch.setattr(dev, "has_screen", lambda: True)
    dev.run([])
    assert calls[0][1:] == ["main.py", "--demo"]


def test_lint_goes_on_after_a_failure(monkeypatch):
    statuses = iter([0, 1, 0, 0])
    monkeypatch.setattr(dev, "call", lambda command, **environment: next(statuses))
    assert dev.lint([]) == 1
    assert list(statuses) == []


def test_root_on_debian_gets_the_missing_libraries(calls, monkeypatch):
    answers = iter([["libegl1"], ["libegl1", "libxcb-cursor0"], []])
    monkeypatch.setattr(dev, "missing_packages", lambda window: next(answers))
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert dev.install_system_packages()
    assert {"libegl1", "libxcb-cursor0"} < set(calls[1])


def test_others_are_told_the_exact_line(calls, monkeypatch, capsys):
    monkeypatch.setattr(dev, "missing_packages", lambda window: ["libegl1"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    assert not dev.install_system_packages()
    assert calls == []
    line = "sudo apt-get install -y --no-install-recommends libegl1"
    assert line in capsys.readouterr().out


def test_an_unknown_command_shows_the_usage(calls, capsys):
    assert dev.main(["dance"]) == 2
    assert "python3 dev.py COMMAND" in capsys.readouterr().out
    assert calls == []


def test_every_dependency_is_pinned_and_names_no_address():
    lines = (dev.ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.match(r"[A-Za-z0-9_.-]+==[\w.]+($|; )", pin) for pin in pins)
    pinned = {plain(pin.split("==")[0]) for pin in pins}
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text())["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {plain(re.match(r"[A-Za-z0-9_.-]+", line)[0]) for line in asked}
    assert names - pinned == set()


def plain(name):
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
