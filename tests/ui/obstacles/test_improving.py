"""An improvement in the window: planned with its figure before, confirmed after."""

from __future__ import annotations

from desktop.domain.improvements import Measure
from desktop.domain.obstacles import ObstacleState
from tests.small_house import SmallHouse
from tests.use_cases.test_improvements import sent
from tests.use_cases.test_obstacles import obstacle
from ui.obstacles.improvement_dialog import ImprovementDialog
from ui.obstacles.improving import ProofDialog

CHAIR = "Marko Ivić"


def found(window, qtbot, kind):
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=10_000)
    return window.findChildren(kind)[-1]


def test_before_and_after_stand_side_by_side_until_they_are_confirmed(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    sent(house.at(10, 9), count=12, returned=9)
    house.at(13, 8)
    page = open_page(CHAIR)
    window.actions_known.run("obstacles.improve")
    dialog = found(window, qtbot, ImprovementDialog)
    dialog.title.setText("Ask for the parcel")
    dialog.measure.set_value(Measure.RETURNS)
    dialog.first.set_value("2026-11-09")
    dialog.last.set_value("2026-11-12")
    dialog.proof.set_value("2026-11-14")
    dialog.target.setText("30 %")
    qtbot.waitUntil(lambda: "n = 12" in dialog.before.text(), timeout=10_000)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.fields["proof_on"].problem()), timeout=10_000)
    dialog.starts.set_value("2026-11-14")
    assert dialog.proof.value() == "2026-11-18"
    dialog.submit()
    qtbot.waitUntil(
        lambda: obstacle(house, 1).state is ObstacleState.IMPROVING, timeout=10_000
    )
    page.go_to(obstacle_id=1)
    qtbot.waitUntil(lambda: bool(page.pane.cards), timeout=10_000)
    assert page.pane.cards[0].bars.lines() == ["Before: 75 %, n = 12, 9–12 Nov 2026"]
    assert "confirm" not in page.pane.cards[0].buttons

    sent(house.at(16, 9), count=12, returned=1)
    house.at(18, 9).me(CHAIR)
    page.pane.show_obstacle(1)
    qtbot.waitUntil(lambda: "confirm" in page.pane.cards[0].buttons, timeout=10_000)
    card = page.pane.cards[0]
    assert card.bars.lines()[1] == "After: 8 %, n = 12, 14–17 Nov 2026"
    assert card.verdict == "Better, and more than chance explains."
    card.buttons["confirm"].click()
    proof = found(window, qtbot, ProofDialog)
    assert proof.is_proven()
    proof.submit()
    qtbot.waitUntil(
        lambda: obstacle(house, 1).state is ObstacleState.CLOSED, timeout=10_000
    )


def test_a_plan_half_written_is_there_again_after_the_window_was_closed_over_it(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    open_page(CHAIR)
    window.actions_known.run("obstacles.improve")
    dialog = found(window, qtbot, ImprovementDialog)
    dialog.title.setText("Ask for the parcel")
    dialog.target.setText("30 and")
    dialog.proof.line.setText("14 Nov")
    key = dialog._key
    window.detach()
    open_page(CHAIR)
    window.actions_known.run("obstacles.improve")
    qtbot.waitUntil(lambda: len(window.findChildren(ImprovementDialog)) == 1)
    again = window.findChildren(ImprovementDialog)[0]
    assert again.title.text() == "Ask for the parcel"
    assert again.target.text() == "30 and"
    assert again.proof.line.text() == "14 Nov"
    assert again._key == key
    again.reject()
    assert "Leave once more to drop it" in again.problem()
    again.reject()
    window.actions_known.run("obstacles.improve")
    qtbot.waitUntil(lambda: again not in window.findChildren(ImprovementDialog))
    assert found(window, qtbot, ImprovementDialog).title.text() == "Maps only at noon"
