"""Every window in the pseudo-language: no text of ours unmarked, none clipped."""

from __future__ import annotations

import re
import shutil
import sqlite3
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from desktop.exchange.presets import preset_house, preset_mapping
from desktop.i18n import PSEUDO_LANGUAGE, set_language
from tests.ui.painted import clipped_texts, painted_texts
from tests.ui.reached import nameless, unseen_focus
from ui.screenshots.scenes import SITTINGS, TYPED
from ui.screenshots.scenes_house import EVENTS, REQUESTS
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT
from ui.style import apply_theme

# All windows are shown once, for all tests of this module.
pytestmark = pytest.mark.timeout(300)
SIZE = QSize(1280, 800)
WORD = re.compile(r"[^\W\d_]{2,}")
MARKED = re.compile(r"\S*[^\x00-\x7f]\S*")
SPOKEN = re.compile(r"[aceghijklnorsuwyz]", re.IGNORECASE)
"""Letters the pseudo-language changes; a word without one may be marked unseen."""
INITIALS = re.compile(r"[A-Z]{2}")
REFERENCE = re.compile(r"\b[A-Z]{1,3}-\d+\b")
PLACE = re.compile(r"\S*[/.]\S*[a-z]")
CUT = re.compile(r"[⟦⟧~]|\w*…")
COLUMN = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
NAMES_OF_THINGS = {
    *("Counterpart", "Qt", "PySide", "LGPL", "SQLite", "MIT", "Tabler", "DejaVu"),
    *("Ctrl", "Alt", "Esc", "Tab", "Del", "Return", "Shift"),
    *("PDF", "CSV", "UCI", "MB", "kB", "min", "Etc", "UTC"),
}
"""Names, keys and units that are the same in every language."""


@dataclass
class Findings:
    """What was seen while every scene was shown."""

    shown: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    flashes: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)


class Flashes(QObject):
    """Notes widgets that become windows of their own though they are none."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if not watched.isWindow() or isinstance(watched, QMainWindow | QDialog):
            return False
        if watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            return False
        made_by = "".join(traceback.format_stack(limit=6)[:-1])
        self.findings.flashes.append(f"{type(watched).__name__}\n{made_by}")
        return False


def user_texts(*workspaces: Path) -> list[str]:
    """Return every text the workspaces hold, the longest first."""
    found: set[str] = set()
    for path in workspaces:
        connection = sqlite3.connect(path)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        for (table,) in names.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, str):
                        found.update(re.findall(r'"((?:[^"\\]|\\.)*)"', value))
                        found.add(value)
        connection.close()
    found.update(name.split()[0] for name in list(found) if 3 < len(name) < 40)
    return sorted((one for one in found if len(one) > 2), key=len, reverse=True)


@cache
def dates() -> set[str]:
    """Return the names of days and months as dates are written with them."""
    words: set[str] = set()
    for width in ("wide", "abbreviated"):
        words.update(get_day_names(width, locale="en_GB").values())
        words.update(get_month_names(width, locale="en_GB").values())
    return words


def unmarked(text: str, users: list[str]) -> list[str]:
    """Return the words of a painted text that no translator would ever see."""
    if INITIALS.fullmatch(text):
        return []
    for pattern in (PLACE, REFERENCE, COLUMN):
        text = pattern.sub(" ", text)
    if all(is_known(word) for word in WORD.findall(text)):
        return []
    found = []
    for phrase in MARKED.split(CUT.sub(" ⟧ ", text)):
        words = [word for word in WORD.findall(phrase) if not is_known(word)]
        if words and not is_part(phrase.strip(" ,.:"), len(words) == 1, users):
            found += strange(phrase, users)
    return found


def strange(phrase: str, users: list[str]) -> list[str]:
    """Return the words of a phrase that stay when what people typed is taken out."""
    for one in users:
        if one in phrase:
            phrase = phrase.replace(one, " ")
    return [word for word in WORD.findall(phrase) if not is_known(word)]


def is_known(word: str) -> bool:
    """Tell whether a word is marked, or one that no language changes."""
    if not word.isascii() or not SPOKEN.search(word):
        return True
    return word in NAMES_OF_THINGS or word in dates()


def is_part(phrase: str, is_alone: bool, users: list[str]) -> bool:
    """Tell whether words are a line of what somebody typed; a word only its end."""
    if is_alone:
        return any(one.startswith(phrase) or one.endswith(phrase) for one in users)
    return any(phrase in one for one in users)


def look(studio: Studio, name: str, findings: Findings, users: list[str]) -> None:
    """Note what a scene shows that it should not."""
    findings.shown.append(name)
    for widget in (studio.front or studio.window, *studio.dialogs()):
        for text in painted_texts(widget):
            words = unmarked(text, users)
            if words:
                findings.unmarked.append(f"{name}: {text!r} ({', '.join(words)})")
        findings.clipped += [f"{name}: {one}" for one in clipped_texts(widget)]
        findings.nameless += [f"{name}: {one}" for one in nameless(widget)]
        unseen = unseen_focus(widget, findings.tried)
        findings.unseen += [f"{name}: {one}" for one in unseen]


@pytest.fixture(scope="module")
def findings(
    qapp: QApplication,
    played_demo: Path,
    untouched_house: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Findings]:
    """Show every scene in the pseudo-language once, and note what is wrong."""
    folder = tmp_path_factory.mktemp("pseudo")
    houses = {
        "demo": Path(shutil.copy(played_demo, folder)),
        "empty": Path(shutil.copy(untouched_house, folder)),
    }
    users = user_texts(*houses.values())
    users = sorted({*users, *preset_words(), *TYPED}, key=len, reverse=True)
    found = Findings()
    flashes = Flashes(found)
    apply_theme(qapp, "light")
    set_language(PSEUDO_LANGUAGE)
    qapp.installEventFilter(flashes)
    try:
        for number, sitting in enumerate(SITTINGS):
            own = folder / str(number)
            own.mkdir()
            studio = Studio(houses, own, AT, SIZE)
            if sitting.house:
                studio.open(houses[sitting.house], sitting.person)
            for scene in sitting.scenes:
                scene.show(studio)
                studio.settle()
                look(studio, scene.name, found, users)
                studio.tidy()
            studio.close()
        yield found
    finally:
        qapp.removeEventFilter(flashes)
        set_language("en")


def preset_words() -> list[str]:
    """Return what the houses that come along say of themselves."""
    house, mapping = preset_house("uci498"), preset_mapping("uci498")
    columns = [*mapping.requests.columns(), *mapping.events.columns()]
    own = (REQUESTS + EVENTS).replace("\n", ",").split(",")
    names = [house.name, *(one.name for one in house.units), *columns, *own]
    return [one for one in names if len(one) > 1]


def told(lines: list[str]) -> str:
    return "\n" + "\n".join(sorted(set(lines)))


def test_every_scene_was_shown(findings: Findings) -> None:
    assert len(findings.shown) == len(set(findings.shown)) > 45


def test_no_text_of_ours_is_unmarked(findings: Findings) -> None:
    assert not findings.unmarked, told(findings.unmarked)


def test_no_text_is_clipped(findings: Findings) -> None:
    assert not findings.clipped, told(findings.clipped)


def test_everything_the_keyboard_comes_to_has_a_name_and_a_role(
    findings: Findings,
) -> None:
    assert not findings.nameless, told(findings.nameless)


def test_everything_shows_that_it_has_the_keyboard(findings: Findings) -> None:
    assert len(findings.tried) > 20
    assert not findings.unseen, told(findings.unseen)


def test_nothing_is_a_window_of_its_own_for_a_moment(findings: Findings) -> None:
    assert not findings.flashes, told(findings.flashes)


def test_an_unmarked_word_would_be_seen() -> None:
    assert unmarked("Not marked at all", []) == ["Not", "marked", "at", "all"]
    assert unmarked("⟦Ḿàŕķéđ~⟧ Ana Petrović", ["Ana Petrović"]) == []
    assert unmarked("Residence of cert…", ["Residence of certain people"]) == []
    assert unmarked("⟦Ḿàŕķéđ~⟧ and more", ["Ana Petrović"]) == ["and", "more"]


def test_a_clipped_label_would_be_seen(qtbot) -> None:
    from ui.common.labels import PlainLabel

    holder = QWidget()
    qtbot.addWidget(holder)
    label = PlainLabel("A sentence that needs some room", parent=holder)
    label.setGeometry(0, 0, 40, 10)
    holder.show()
    assert len(clipped_texts(holder)) == 1
    label.adjustSize()
    assert clipped_texts(holder) == []
