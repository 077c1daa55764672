"""What a rule would have told lately, beside it: how many notices, and to whom."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.escalation import MOST, Preview
from ui.common.labels import PlainLabel, SectionHeading

SHOWN = 8
LONGEST = 60


def preview_words(preview: Preview) -> str:
    """Say what a rule would have told in the last 14 days, in one sentence."""
    if not preview.count:
        return _("In the last 14 days it would have told nobody anything.")
    people = len(preview.told)
    words = ngettext(
        "In the last 14 days: {n} notice, to {people}, on {requests}.",
        "In the last 14 days: {n} notices, to {people}, on {requests}.",
        preview.count,
    ).format(
        n=formats.count(preview.count),
        people=ngettext("{n} person", "{n} people", people).format(
            n=formats.count(people)
        ),
        requests=ngettext("{n} request", "{n} requests", preview.requests).format(
            n=formats.count(preview.requests)
        ),
    )
    if preview.is_whole:
        return words
    more = _("Counted among the {n} newest requests in question; there are more.")
    return f"{words} {more.format(n=formats.count(MOST))}"


class PreviewPane(QWidget):
    """The sentence, and below it a line a person, most told first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SectionHeading(_("What it would have told")))
        self.words = PlainLabel("", wraps=True)
        layout.addWidget(self.words)
        self.people = PlainLabel("", wraps=True, ink="text2")
        layout.addWidget(self.people)
        self.note = PlainLabel(
            _(
                "Counted from the journal, with everybody in today’s roles. What was "
                "silenced is counted."
            ),
            wraps=True,
            size="small",
            ink="text2",
        )
        layout.addWidget(self.note)
        layout.addStretch(1)

    def say_counting(self) -> None:
        """Say that it is being counted."""
        self.words.setText(_("Counting …"))
        self.people.setText("")

    def show_preview(self, preview: Preview) -> None:
        """Show what was counted."""
        self.words.setText(preview_words(preview))
        lines = [
            f"{shortened(name, LONGEST)} · {formats.count(count)}"
            for name, count in preview.told[:SHOWN]
        ]
        more = len(preview.told) - SHOWN
        if more > 0:
            words = ngettext("and {n} more", "and {n} more", more)
            lines.append(words.format(n=formats.count(more)))
        self.people.setText("\n".join(lines))
