"""Pictures of the beginning: how to begin, who sits here, what cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

from desktop.exchange.presets import preset_house
from desktop.use_cases.mail import queue_mail
from desktop.workspaces import start_workspace
from ui.house.assistant import AssistantPart
from ui.house.first import FirstPart
from ui.house.start import StartScreen, make_start
from ui.screenshots.scene import Scene, Sitting
from ui.screenshots.studio import Studio
from ui.start import StartActs, StartCase

COORDINATOR = "Vesna Horvat"

REQUESTS = """request_id,raised_at,requester,opened_by,front_unit,channel,category,\
subcategory,resolved_at,closed_at,made_sla,reassignments,reopens,knowledge_used,closed_code
T-1,2026-05-04T08:10,Caller 12,Clerk 2,Location 1,Phone,Category 3,Subcategory 7,\
2026-05-05T10:02,,1,1,0,0,code 6
T-2,2026-05-04T09:45,Caller 40,Clerk 1,Location 2,Phone,Category 5,Subcategory 9,\
,,0,1,0,0,
"""
EVENTS = """request_id,seq,at,state,phase,group,assignee,actor,priority,category
T-1,1,2026-05-04T08:12,New,new,Group 70,,Clerk 2,3,Category 3
T-1,2,2026-05-04T11:30,Active,active,Group 20,Resolver 4,Clerk 2,3,Category 3
T-1,3,2026-05-05T10:02,Resolved,resolved,Group 20,Resolver 4,Resolver 4,3,Category 3
T-2,1,2026-05-04T09:47,New,new,Group 70,,Clerk 1,3,Category 5
T-2,2,yesterday,Active,active,Group 54,Resolver 9,Clerk 1,3,Category 5
"""


def _first(studio: Studio) -> StartScreen:
    """Show the first start as it is where no workspace was ever opened."""
    program = studio.start_program()
    acts = StartActs(
        program.open_workspace,
        program.open_demo,
        program.sign_in,
        program.busy,
        program.clock,
    )
    case = StartCase("first", str(studio.folder / "workspace.counterpart"))
    screen = make_start(case, acts)
    assert isinstance(screen, StartScreen)
    studio.window.show_start(screen)
    studio.settle()
    return screen


def _begin(studio: Studio) -> None:
    _first(studio)


def _new(studio: Studio) -> None:
    screen = _first(studio)
    assert isinstance(screen.part, FirstPart)
    screen.part.new.click()


SKETCH = {
    "name": "Town hall of Brezovac",
    "founder": "Vesna Horvat",
    "zone": "Europe/Belgrade",
    "fronts": "Counter\nPhone line",
    "backs": "Land registry\nBuilding permits\nArchive",
    "people": "Ana Petrović, Land registry\nPetar Ilić, Counter",
    "services": "Title extract, Land registry\nBuilding permit, Building permits",
}


def _describe(turns: int) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        screen = _first(studio)
        assert isinstance(screen.part, FirstPart)
        screen.part.describe.click()
        part = screen.part
        assert isinstance(part, AssistantPart)
        if part.kept is not None:
            part.kept.forget()  # each picture begins with an empty one
        if turns:
            for code in ("name", "founder", "zone"):
                getattr(part, code).setText(SKETCH[code])
            for code in ("fronts", "backs", "people", "services"):
                getattr(part, code).setPlainText(SKETCH[code])
            part.country.set_value("RS")
        for _turn in range(turns):
            part.submit()

    return show


def _demo(studio: Studio) -> None:
    from desktop.i18n import gettext as _
    from ui.common.busy import BusyView

    view = BusyView(
        _("Preparing the demo"),
        _("Eight weeks of a municipal service centre, up to this minute."),
    )
    view.set_share(0.4)
    studio.window.show_start(view)


def _upgrading(studio: Studio) -> None:
    from pathlib import Path

    from desktop.domain.upgrading import Upgrading
    from ui.upgrading import Upgrade

    upgrade = Upgrade(studio.window.show_start, lambda do: do(), lambda: False)
    backup = Path("City of Lipovac.schema-5.20261116T080000Z.counterpart")
    upgrade.told(Upgrading(backup, 0.4))


def _backing_up(studio: Studio) -> None:
    from desktop.domain.upgrading import Copying, Upgrading
    from ui.upgrading import Upgrade

    upgrade = Upgrade(studio.window.show_start, lambda do: do(), lambda: False)
    upgrade.told(Upgrading(share=0.4, copying=Copying.COMPARE))


def _who(studio: Studio) -> None:
    studio.open(studio.houses["demo"])


def _refused(studio: Studio) -> None:
    letter = studio.folder / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 40, encoding="utf-8")
    studio.open(letter)


def _nobody(studio: Studio) -> None:
    path = studio.folder / "nobody.counterpart"
    start_workspace(path, preset_house("uci498"), studio.at)
    studio.open(path)


def _import(studio: Studio) -> None:
    studio.show("settings")
    studio.run("house.import")


def _preview(studio: Studio) -> None:
    from ui.house.import_dialog import ImportDialog

    _import(studio)
    requests, events = studio.folder / "requests.csv", studio.folder / "events.csv"
    requests.write_text(REQUESTS, encoding="utf-8")
    events.write_text(EVENTS, encoding="utf-8")
    for dialog in studio.dialogs():
        assert isinstance(dialog, ImportDialog)
        dialog.choosing.requests.set_path(requests)
        dialog.choosing.events.set_path(events)
        studio.settle()
        dialog.submit()
        studio.settle()


def _no_such_columns(studio: Studio) -> None:
    from ui.house.import_dialog import ImportDialog

    _import(studio)
    wrong = studio.folder / "letters.csv"
    wrong.write_text("to,about\nAna,Duck pond\n", encoding="utf-8")
    for dialog in studio.dialogs():
        assert isinstance(dialog, ImportDialog)
        dialog.choosing.requests.set_path(wrong)
        dialog.choosing.events.set_path(wrong)
        studio.settle()
        dialog.submit()


BEGINNING = Sitting(
    "",
    "",
    (
        Scene("start-first", _begin),
        Scene("start-describe", _describe(0)),
        Scene("start-describe-units", _describe(1)),
        Scene("start-describe-promises", _describe(2)),
        Scene("start-new", _new),
        Scene("start-demo", _demo),
        Scene("upgrading", _upgrading),
        Scene("backing_up", _backing_up),
        Scene("start-who", _who),
        Scene("start-refused", _refused),
        Scene("start-nobody", _nobody),
    ),
)


def _mail(studio: Studio) -> None:
    from ui.house.settings_page import SettingsPage

    studio.show("settings")
    page = studio.page(SettingsPage)
    mail = page.mail
    mail.host.setText("mail.lipovac.example")
    mail.from_whom.setText("sessions@lipovac.example")
    mail.test_to.setText("Vesna")
    mail.try_out()
    studio.settle()
    page.ensureWidgetVisible(mail, 0, 40)


def _unsent(studio: Studio) -> None:
    from ui.house.settings_page import SettingsPage

    studio.show("settings")
    page = studio.page(SettingsPage)
    subject = "Agenda of session 7, Central counter and Land registry"
    write = page.context.operations.write(
        queue_mail,
        "agenda",
        ["ana@lipovac.example"],
        subject,
        "As agreed.",
    )
    write.start(page)
    studio.settle()
    page.ensureWidgetVisible(page.unsent, 0, 40)


def _choices(studio: Studio) -> None:
    from ui.house.settings_page import SettingsPage

    studio.show("settings")
    page = studio.page(SettingsPage)
    page.ensureWidgetVisible(page.choices, 0, 80)


CARE = (
    Scene("settings", lambda studio: studio.show("settings")),
    Scene("settings-mail", _mail),
    Scene("settings-choices", _choices),
    Scene("settings-unsent", _unsent),
    Scene("import-dialog", _import),
    Scene("import-preview", _preview),
    Scene("import-refused", _no_such_columns),
)
