"""Pictures of the agreements page: the list, its dialogs, a draft on its way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from ui.screenshots.scene import Scene, page
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.agreements.agreements_page import AgreementsPage


TYPED: Final = ("Counters with Land registry, from May", "As agreed on 12 May.")


def _page(studio: Studio) -> AgreementsPage:
    from ui.agreements.agreements_page import AgreementsPage

    studio.show("agreements")
    return studio.page(AgreementsPage)


def _dialog(name: str, studio: Studio) -> None:
    _page(studio)
    studio.run(f"agreements.{name}")


def _refused(studio: Studio) -> None:
    """Send a new agreement without a name: it stays, and says what is missing."""
    from ui.agreements.editor import AgreementEditor

    _dialog("new", studio)
    for dialog in studio.dialogs():
        if isinstance(dialog, AgreementEditor):
            dialog.submit()


def _draft(studio: Studio) -> None:
    """Draft another version with a shorter target, and propose it."""
    from desktop.domain.agreements import TargetKind
    from ui.agreements.editor import AgreementEditor
    from ui.agreements.signing import Step

    shown = _page(studio)
    version = shown.pane.version()
    if version is not None and version.stage.value == "in_force":
        studio.run("agreements.version")
        for dialog in studio.dialogs():
            assert isinstance(dialog, AgreementEditor)
            rows = dialog.fields.kinds[TargetKind.RESOLUTION].rows
            rows[0].amount.setText("12")
            dialog.submit()
        studio.settle()
    if shown.pane.is_offered(Step.PROPOSE):
        studio.run("agreements.propose")


def _come_back(studio: Studio) -> None:
    """Write half an agreement, leave the desk, and open it again."""
    from ui.agreements.editor import AgreementEditor

    _dialog("new", studio)
    for dialog in studio.dialogs():
        assert isinstance(dialog, AgreementEditor)
        assert dialog.scope is not None
        dialog.scope.name.setText(TYPED[0])
        dialog.fields.note.setPlainText(TYPED[1])
        assert studio.program is not None
        assert studio.program.operations is not None
        studio.program.operations.leaving.emit()
        dialog.deleteLater()
    studio.settle()
    _dialog("new", studio)


AGREEMENTS = (
    Scene("agreements", page("agreements")),
    *(
        Scene(f"{name}-dialog", partial(_dialog, action))
        for name, action in (
            ("agreement", "new"),
            ("agreement-version", "version"),
            ("which-agreement", "which"),
            ("end-agreement", "end"),
            ("rename-agreement", "rename"),
        )
    ),
    Scene("agreement-refused", _refused),
    Scene("agreement-kept", _come_back),
    Scene("agreement-proposed", _draft),
)
