"""Planning, changing, confirming and giving up an improvement, from keys and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from desktop.queries.improvements import (
    ImprovementChoices,
    ImprovementRow,
    improvement_choices,
)
from desktop.queries.obstacle_details import ObstacleDetails
from desktop.reports.obstacle_words import figure_words, of_words, proof_words
from desktop.use_cases.improvements import (
    change_improvement,
    confirm_proof,
    drop_improvement,
    plan_improvement,
)
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.obstacles.dialogs import ASKING, WordsDialog
from ui.obstacles.improvement_dialog import ImprovementDialog

if TYPE_CHECKING:
    from ui.context import Context
    from ui.obstacles.acts import ObstacleActs


class ProofDialog(Dialog):
    """The figures and what they say; a person confirms them, or says otherwise."""

    def __init__(self, row: ImprovementRow, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Is it proven?"), row.title, submit=_("Confirm"), parent=parent
        )
        assert row.after is not None
        assert row.proof is not None
        measure = row.measured.measure
        figures = _("{before} ({n}) before, {after} ({m}) after").format(
            before=figure_words(measure, row.before),
            n=of_words(row.before),
            after=figure_words(measure, row.after),
            m=of_words(row.after),
        )
        self.figures = PlainLabel(figures, bold=True, wraps=True)
        self.body.addWidget(self.figures)
        self.body.addWidget(PlainLabel(proof_words(measure, row.proof), wraps=True))
        self.verdict = SegmentedControl(
            [("proven", _("Proven")), ("not_proven", _("Not proven"))],
            name=_("Verdict"),
        )
        is_better = row.proof.value == "better"
        self.verdict.set_value("proven" if is_better else "not_proven")
        self.body.addWidget(self.verdict)
        told = _(
            "Proven closes the obstacle; not proven opens it again. Either way those "
            "it stops are told."
        )
        self.body.addWidget(PlainLabel(told, ink="text2", wraps=True))
        self.why = TextInput(lines=3)
        self.why.submitted.connect(self.submit)
        self.body.addWidget(Labelled(_("Remark"), self.why, note=_("optional")))
        self.start_at(self.why)

    def is_proven(self) -> bool:
        """Tell what was chosen."""
        return self.verdict.value() == "proven"


class Improving(QObject):
    """What is done with improvements; refusals stay in the dialog that asked."""

    def __init__(self, context: Context, page: QWidget, acts: ObstacleActs) -> None:
        super().__init__(page)
        self._context, self._page, self._acts = context, page, acts

    def plan(self) -> None:
        """Ask for a new improvement of the obstacle chosen."""
        details = self._acts.details
        if details is not None:
            read = self._context.operations.read(improvement_choices)
            read.start(self, lambda found: self._ask(details, found, None))

    def _ask(
        self,
        details: ObstacleDetails,
        found: ImprovementChoices,
        made: ImprovementRow | None,
    ) -> None:
        dialog = ImprovementDialog(self._context, details, found, made, self._page)

        def send() -> None:
            draft = dialog.draft()
            if draft is None:
                return
            words = _("Planned, #{number}") if made is None else _("Changed, #{number}")
            if made is None:
                arguments: tuple[Any, ...] = (details.row.id, draft)
                version = details.row.version
            else:
                arguments, version = (made.id, draft), made.version
            self._acts.write(
                dialog,
                plan_improvement if made is None else change_improvement,
                arguments,
                words.format(number=details.row.number),
                version=version,
                refused=dialog.refuse,
            )

        about = f"plan {details.row.id}" if made is None else f"improve {made.id}"
        self._acts.show_dialog(dialog, send, about)

    def act(self, name: str, row: ImprovementRow) -> None:
        """Do what a card's button says."""
        details = self._acts.details
        if details is None:
            return
        if name == "change":
            read = self._context.operations.read(improvement_choices)
            read.start(self, lambda found: self._ask(details, found, row))
        elif name == "drop":
            self._drop(details, row)
        else:
            self._confirm(details, row)

    def _drop(self, details: ObstacleDetails, row: ImprovementRow) -> None:
        dialog = WordsDialog(ASKING["drop"], details, self._page)
        words = _("The improvement of #{number} is given up.")
        self._acts.show_dialog(
            dialog,
            lambda: self._acts.write(
                dialog,
                drop_improvement,
                (row.id, dialog.typed()),
                words.format(number=details.row.number),
                version=row.version,
            ),
            f"drop {row.id}",
        )

    def _confirm(self, details: ObstacleDetails, row: ImprovementRow) -> None:
        dialog = ProofDialog(row, self._page)

        def send() -> None:
            dialog.set_busy(True)
            words = _("Proven, #{number}")
            if not dialog.is_proven():
                words = _("Not proven, #{number}")

            def done(_value: None) -> None:
                dialog.accept()
                self._context.offer_undo(words.format(number=details.row.number))

            self._context.operations.write(
                confirm_proof,
                row.id,
                is_proven=dialog.is_proven(),
                why=dialog.why.toPlainText(),
                expected_version=row.version,
            ).start(self, done, dialog.show_refusal)

        self._acts.show_dialog(dialog, send, f"prove {row.id}")
