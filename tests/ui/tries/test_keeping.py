"""What becomes of a trial: drafted, printed, kept by name, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from sqlalchemy import select

from desktop.domain.agreements import TargetKind, VersionStatus
from desktop.entities.agreements import Agreement, AgreementTarget, AgreementVersion
from desktop.queries.calendars import calendar_rows
from desktop.queries.kept_trials import content_of, kept_trials
from desktop.queries.replays import Trial
from desktop.use_cases.tries import keep_trial
from ui.tries.kept import KeptDialog, NameDialog
from ui.tries.page import PAGES
from ui.tries.subject_box import NEW

RESOLUTION = TargetKind.RESOLUTION


def test_a_new_agreement_is_tried_between_units_of_ones_choice(trying) -> None:
    page, subject = trying.page, trying.page.terms.subject
    subject.agreement.set_value(NEW)
    subject.agreement.chosen.emit(NEW)
    for field, name in (
        (subject.front, "Central counter"),
        (subject.back, "Land registry"),
        (subject.service, "Title extract"),
    ):
        field.setCurrentIndex(field.findText(name))
        field.chosen.emit(field.value())
    assert subject.front.isVisible()
    trying.counted()
    trying.type_hours("2")
    told = page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (1, 3)
    trying.click(page.terms.propose_button)
    house = trying.house

    def drafted(session: Any) -> list[Any]:
        wanted = select(Agreement).where(Agreement.service_id.is_not(None))
        return list(session.scalars(wanted))

    trying.until(lambda: house.read(drafted))
    (made,) = house.read(drafted)
    assert made.front_unit_id == house.units["Central counter"]
    assert made.service_id == house.services["Title extract"]


def test_a_trial_becomes_a_draft_of_the_next_version(trying) -> None:
    trying.type_hours("6")
    trying.click(trying.page.terms.propose_button)

    def drafts(session: Any) -> list[tuple[int, str]]:
        wanted = select(AgreementTarget.target_s, AgreementVersion.note).join(
            AgreementVersion, AgreementVersion.id == AgreementTarget.version_id
        )
        wanted = wanted.where(
            AgreementVersion.status == VersionStatus.DRAFT,
            AgreementTarget.kind == RESOLUTION,
            AgreementTarget.priority.is_(None),
        )
        return [tuple(row) for row in session.execute(wanted)]

    trying.until(lambda: trying.house.read(drafts))
    ((seconds, note),) = trying.house.read(drafts)
    assert seconds == 6 * 3600
    assert "kept" in note
    assert "of 4" in note


def test_the_comparison_is_saved_as_a_pdf(trying, tmp_path: Path) -> None:
    trying.type_hours("2")
    trying.click(trying.page.keep_button)
    trying.type_hours("6")
    path = tmp_path / "trial.pdf"
    trying.page.out.save_to(path)
    trying.until(path.exists)
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Variant A" in words
    assert "This trial" in words
    assert "1 of 4" in words
    assert "Resolution: 2 h" in words
    assert "Resolution: 6 h" in words


def test_the_comparison_is_printed_on_the_printer_chosen(trying, tmp_path) -> None:
    trying.type_hours("2")
    path = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    trying.page.out.print_on(printer)
    banners = trying.page.window().banners
    trying.until(lambda: "Sent to the printer." in " ".join(banners.words()))
    assert len(PdfReader(path).pages) >= 1


def test_a_draft_with_other_hours_has_a_calendar_and_both_are_taken_back(
    trying,
) -> None:
    page, house = trying.page, trying.house
    spec = replace(page.terms.hours.shown(), weekly={0: [(28_800, 72_000)]})
    page.terms.hours.take(spec)
    trying.counted()
    trying.click(page.terms.propose_button)
    window = page.window()
    trying.until(window.undo_bar.isVisible)

    def offered() -> list[str]:
        return [one.name for one in house.read(calendar_rows)]

    (name,) = [one for one in offered() if "hours tried" in one]
    assert "Land registry" in name
    window.undo_bar.undo()
    trying.until(lambda: name not in offered())

    def stages(session: Any) -> list[VersionStatus]:
        return list(session.scalars(select(AgreementVersion.status)))

    assert VersionStatus.WITHDRAWN in house.read(stages)
    assert VersionStatus.DRAFT not in house.read(stages)


def test_variants_kept_by_name_are_found_again_after_a_restart(
    trying, window, seat
) -> None:
    for hours in ("2", "6"):
        trying.type_hours(hours)
        trying.click(trying.page.keep_button)
    trying.choose_period("weeks")
    trying.counted()
    trying.until(lambda: all(one.replay for one in trying.page.variants))
    shares = [one.replay.kinds[RESOLUTION].then for one in trying.page.variants]
    trying.click(trying.page.terms.name_button)
    dialog = window.findChild(NameDialog)
    dialog.name.setText("  ")
    dialog.submit()
    trying.until(lambda: dialog.box.problem())
    dialog.name.setText("Two or six")
    dialog.submit()
    trying.until(lambda: window.findChild(NameDialog) is None)
    context = seat("Marko Ivić")
    window.detach()
    window.attach(context, PAGES)
    window.navigate("tries")
    page = trying.page = window.pages.page("tries")
    trying.until(lambda: page.replay is not None)
    assert page.variants == []
    trying.click(page.terms.kept_button)
    listed = window.findChild(KeptDialog)
    trying.until(lambda: listed.model.rowCount())
    listed.table.choose_first()
    listed.submit()
    trying.until(lambda: len(page.variants) == 2)
    trying.until(lambda: all(one.replay for one in page.variants))
    assert page.terms.period.period.value() == "weeks"
    assert [one.replay.kinds[RESOLUTION].then for one in page.variants] == shares
    assert trying.stepper().value() == 2


def test_a_kept_trial_goes_and_comes_back(trying, window) -> None:
    content = content_of(trying.page.terms.kept_subject(), (Trial(),))
    trying.house.run(keep_trial, "As it is", content)
    trying.click(trying.page.terms.kept_button)
    listed = window.findChild(KeptDialog)
    trying.until(lambda: listed.model.rowCount())
    listed.table.choose_first()
    trying.click(listed.remove_button)
    trying.until(lambda: not listed.model.rowCount())
    assert listed.nothing.isVisible()
    window.undo_bar.undo()
    trying.until(lambda: trying.house.read(kept_trials))
    listed.reject()


def test_a_requests_row_opens_the_request(trying, window) -> None:
    trying.type_hours("2")
    page = trying.page
    page.results.table.setFocus()
    opened: list[object] = []
    page.results.opened.connect(opened.append)
    page.results.opened.disconnect(page._open)
    page.results.ensureWidgetVisible(page.results.table)
    index = page.results.model.index(0, 0)
    place = page.results.table.visualRect(index).center()
    port = page.results.table.viewport()
    trying.qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    trying.qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    trying.until(lambda: opened)
    told = page.replay.kinds[RESOLUTION]
    assert opened == [told.changes[0].request_id]
