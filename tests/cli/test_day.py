"""A day played without a screen: told hour by hour, printed, and pictured."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from desktop.cli import demo as demo_command
from desktop.cli import main
from desktop.cli.day import play_day, working_moment
from ui.screenshots.taking import AT

ZONE = ZoneInfo("Europe/Belgrade")


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-05-13T11:20", "2026-05-13T11:20"),
        ("2026-05-13T08:00", "2026-05-13T08:00"),
        ("2026-05-13T14:59", "2026-05-13T14:59"),
        ("2026-05-13T15:00", "2026-05-13T11:20"),
        ("2026-05-13T07:59", "2026-05-12T11:20"),
        ("2026-05-13T23:30", "2026-05-13T11:20"),
        ("2026-05-16T12:00", "2026-05-15T11:20"),
        ("2026-05-17T12:00", "2026-05-15T11:20"),
        ("2026-05-18T06:00", "2026-05-15T11:20"),
    ],
)
def test_a_closed_house_is_seen_on_its_last_weekday(now: str, wanted: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=ZONE).astimezone(UTC)
    moment = working_moment(at)
    assert moment == datetime.fromisoformat(wanted).replace(tzinfo=ZONE)
    assert moment <= at


def test_the_day_is_told_in_its_order_and_leaves_its_papers(
    demo_path: Path, tmp_path: Path
) -> None:
    day = play_day(demo_path, tmp_path, AT)
    hours = [line[:5] for line in day.told]
    assert hours == sorted(hours)
    assert len(day.told) == 6
    reference = next(
        word.strip("(),") for word in day.told[0].split() if word.startswith("(CR-")
    )
    assert "asks" in day.told[1]
    assert "left" in day.told[3] or "early" in day.told[3]
    assert reference in PdfReader(day.proof).pages[0].extract_text()
    assert "Running order" in PdfReader(day.agenda).pages[0].extract_text()
    assert [one.name for one in day.others] == ["short.pdf", "minutes.pdf", "slips.pdf"]
    short, minutes, slips = (PdfReader(one) for one in day.others)
    assert len(short.pages) == 1
    assert "Minutes of session" in minutes.pages[0].extract_text()
    assert "Decision 1" in " ".join(page.extract_text() for page in minutes.pages)
    assert "Action slips" in slips.pages[0].extract_text()
    assert day.ended_at > AT
    assert day.turnaround.overall.n > 400


def test_playing_names_every_paper_and_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo_command, "wall_clock", lambda: AT)
    seen: list[tuple[Path, datetime]] = []

    def pictures(workspace: Path, folder: Path, at: datetime) -> list[Path]:
        seen.append((workspace, at))
        return [folder / "counter.png"]

    folder = tmp_path / "day"
    assert main(["demo", "--play", "--out", str(folder)], pictures) == 0
    told = capsys.readouterr().out
    for name in ("agenda.pdf", "proof.pdf", "windows/counter.png"):
        assert str(folder / name) in told
    assert "Civil registry" in told
    assert seen == [(folder / "demo.counterpart", seen[0][1])]
    assert seen[0][1] > AT
