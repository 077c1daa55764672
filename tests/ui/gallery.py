"""Draws the shared widgets in both themes into PNG files, to be looked at.

Run: python -m tests.ui.gallery FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.forms import FieldKind, FieldProblem, FieldSpec
from ui.common.banner import Banner
from ui.common.buttons import Button, Chip, IconButton, SegmentedControl
from ui.common.cells import (
    BallCell,
    ClockCell,
    Column,
    LinesCell,
    PersonCell,
    Section,
)
from ui.common.clock_card import ClockCard
from ui.common.clock_words import ClockWords
from ui.common.dialog import Dialog
from ui.common.empty_state import EmptyState
from ui.common.form import Form
from ui.common.histogram import Histogram, HistogramData
from ui.common.inputs import LineInput, SearchField, TextInput
from ui.common.labels import BallLabel, LinkLabel, PlainLabel, SectionHeading, StateChip
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.common.undo_bar import UndoBar
from ui.style import apply_theme

CLOCKS = {
    "ok": ClockWords("ok", "6 h 10 left", "Fri 11:30", 0.4, "on track"),
    "risk": ClockWords("risk", "2 h 10 left", "15:30", 0.86, "at risk"),
    "broken": ClockWords("broken", "4 h 50 over", "Thu 08:00", 1.0, "broken"),
    "held": ClockWords("held", "Held, 5 h 30 left", "", 0.65, "held"),
    "kept": ClockWords("kept", "Kept, 2 h early", "Thu 11:40", 0.8, "kept"),
    "lost": ClockWords("lost", "Broken by 3 h", "Wed 16:00", 1.0, "lost"),
    "declined": ClockWords("declined", "Declined", "Thu 10:30", 1.0, "declined"),
    "none": ClockWords("none", "No promise", "", None, "no promise"),
}

ROWS = [
    ("LR-2470", "Deed copy from 1968, volume 12", "third", "broken", None),
    ("LR-2481", "Parcel 1184/2: extract with encumbrances", "back", "risk", "Dušan"),
    ("LR-2488", "Title extract for ნინო ბერიძე", "front", "ok", "Ana Petrović"),
    (
        "LR-2485",
        "Change of owner after inheritance, parcel 3",
        "approver",
        "kept",
        None,
    ),
    ("LR-2459", "Sale contract, flat 12 <img src='/etc/x'>", "customer", "held", "Ana"),
    ("LR-2460", "Договор купли-продажи, квартира 12", "none", "lost", "Марко"),
    ("LR-2461", "Declined and gone", "back", "declined", None),
    ("LR-2462", "Nothing promised", "back", "none", None),
]

COLUMNS: list[Column[tuple[str, str, str, str, str | None]]] = [
    Column("ref", "Reference", lambda r: LinesCell(r[0], "Tue 3 Nov"), 90),
    Column(
        "what",
        "What is asked",
        lambda r: LinesCell(r[1], "Archive copy  ·  Phone line"),
        300,
        stretch=True,
    ),
    Column(
        "who", "Who holds it", lambda r: BallCell(r[2], "Land registry", "since"), 150
    ),
    Column("due", "Due", lambda r: ClockCell(CLOCKS[r[3]]), 190, sort=lambda r: r[3]),
    Column("person", "Assigned to", lambda r: PersonCell(r[4], r[4] or "Nobody"), 150),
]


def table(compact: bool) -> TableView:
    """Make a table of every kind of cell in two sections."""
    model = TableModel(COLUMNS, key=lambda row: row[0])
    model.set_sections(
        [
            Section("over", "Overdue", ROWS[:2], kind="broken"),
            Section("today", "Today", ROWS[2:], note="what is due next"),
        ]
    )
    view = TableView(model, name="Queue", margin=24)
    model.setParent(view)
    view.set_compact(compact)
    view.choose("LR-2488")
    view.cells.hovered_row = 2
    return view


def buttons() -> QWidget:
    """Make a line of every button."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    first, second = QHBoxLayout(), QHBoxLayout()
    for widget in (
        Button("Resolve", kind="primary", key="R"),
        Button("New request", kind="primary", icon="plus", key="Ctrl+N"),
        Button("Ask", key="A"),
        Button("Copy", icon="copy", key="Ctrl+Shift+C"),
        Button("Discard", kind="quiet", key="Esc"),
        IconButton("copy", "Copy"),
    ):
        first.addWidget(widget)
    disabled = Button("Hand over", key="O")
    disabled.setEnabled(False)
    chosen = Chip("Everyone")
    chosen.setChecked(True)
    for item in (
        chosen,
        Chip("Mine", count=4),
        Chip("Service", menu=True),
        SegmentedControl([("a", "All"), ("p", "Public"), ("i", "Internal")], name="x"),
        disabled,
        StateChip("At risk since 11:00", kind="risk", icon="alert-triangle"),
        StateChip("Fits, 2 min free", kind="ok", icon="circle-check"),
        LinkLabel("Why this time?"),
    ):
        second.addWidget(item)
    first.addStretch(1)
    second.addStretch(1)
    layout.addLayout(first)
    layout.addLayout(second)
    return holder


def cards() -> QWidget:
    """Make clock cards, banners and a histogram."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    line = QHBoxLayout()
    line.addWidget(
        ClockCard("Response, promised in 2 h", CLOCKS["kept"], note="Target")
    )
    line.addWidget(
        ClockCard(
            "Resolution, promised in 16 h",
            CLOCKS["risk"],
            note="13 h 50 used",
            why="Why this time?",
        )
    )
    layout.addLayout(line)
    layout.addWidget(BallLabel("back", "Land registry holds it, Dušan since 09:30"))
    layout.addWidget(SectionHeading("Needs you", count=3, note="a question, something"))
    layout.addWidget(
        Banner(
            "With 12 h, two in ten would be broken.",
            kind="risk",
            action="Try 15 h",
            act=lambda: None,
        )
    )
    layout.addWidget(Banner("Somebody saved a newer version.", kind=""))
    chart = Histogram()
    chart.set_data(
        HistogramData(
            (4, 8, 15, 23, 29, 31, 24, 17, 12, 9, 7, 5, 3, 3, 1),
            7.9,
            "8 of 10",
            10.9,
            "promise",
            ((0, "now"), (1.6, "16:00"), (6.9, "Fri 16:00"), (10.9, "Mon 14:20")),
        )
    )
    layout.addWidget(chart)
    layout.addStretch(1)
    return holder


def form() -> Form:
    """Make a form of every kind of field."""
    kinds = [
        FieldSpec("customer", "Customer", FieldKind.PERSON, True),
        FieldSpec("phone", "Phone or e-mail", FieldKind.TEXT),
        FieldSpec("purpose", "Purpose", FieldKind.CHOICE, True, "", ("Bank", "Court")),
        FieldSpec("copies", "Copies", FieldKind.NUMBER, hint="At most ten"),
        FieldSpec("by", "Needed by", FieldKind.DATE),
        FieldSpec("fee", "Fee", FieldKind.AMOUNT),
        FieldSpec("notes", "Anything they should know", FieldKind.LONG_TEXT),
        FieldSpec("parts", "Parts", FieldKind.CHOICES, False, "", ("Map", "Owner")),
        FieldSpec("urgent", "Urgent", FieldKind.YES_NO),
    ]
    made = Form(kinds, people=["Ana Petrović"])
    made.set_values({"phone": "064 555 208", "purpose": "Bank", "parts": ["Map"]})
    made.show_problems([FieldProblem("fee", "not_a_number")])
    return made


def inputs() -> QWidget:
    """Make the inputs that have something to say."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    line = LineInput(limit=12)
    line.setText("far too long for this")
    text = TextInput(placeholder="Write to the front office")
    text.setPlainText("x" * 200_000)
    for widget in (SearchField("Go to a number"), line, text):
        layout.addWidget(widget)
    layout.addWidget(PlainLabel("<b>not bold</b> <img src='x'> & so on"))
    layout.addStretch(1)
    bar = UndoBar(holder)
    bar.offer("LR-2481 taken", lambda: None)
    return holder


def dialog() -> Dialog:
    """Make a refused dialog."""
    made = Dialog("Hold LR-2481", "The clock stops.", submit="Hold", key="Ctrl+Return")
    made.body.addWidget(
        Form([FieldSpec("why", "Why", FieldKind.TEXT, True)], columns=1)
    )
    made.show_problem("Somebody saved this first. Look at it again.")
    return made


def main(folder: Path) -> None:
    """Draw everything in both themes."""
    made_app = QApplication.instance() or QApplication([])
    assert isinstance(made_app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("light", "dark"):
        apply_theme(made_app, "light" if name == "light" else "dark")
        shown = {
            "table": (table(False), 900, 560),
            "compact": (table(True), 900, 420),
            "buttons": (buttons(), 900, 110),
            "cards": (cards(), 640, 520),
            "form": (form(), 640, 560),
            "inputs": (inputs(), 480, 360),
            "dialog": (dialog(), 520, 340),
            "empty": (
                EmptyState(
                    "Nothing waits here",
                    "What is sent to this unit appears here, due first.",
                    action="New request",
                    act=lambda: None,
                    key="Ctrl+N",
                ),
                560,
                360,
            ),
        }
        for part, (widget, width, height) in shown.items():
            widget.resize(width, height)
            widget.show()
            made_app.processEvents()
            widget.grab().save(str(folder / f"{part}-{name}.png"))
            widget.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
