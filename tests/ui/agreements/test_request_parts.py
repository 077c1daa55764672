"""On a request's page: why this agreement, and each unit's part of the promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.agreements import TargetKind
from desktop.domain.budgets import BrokenBy
from desktop.domain.requests import Side
from desktop.entities.agreements import AgreementTarget
from desktop.queries.budgets import BudgetPart, BudgetView, promise_budget
from desktop.use_cases.requests import hand_over, resolve, take, tell_customer
from desktop.use_cases.splitting import PartDraft, split
from tests.small_house import ZONE
from ui.common.request_pane.parts_strip import Bar, PartsStrip
from ui.common.request_pane.promise_budget import (
    PromiseBudget,
    budget_sentence,
    part_words,
)
from ui.common.request_pane.request_words import promise_title
from ui.request.page import PAGES as REQUEST
from ui.request.request_page import RequestPage


@pytest.fixture
def program(program):
    """Give the program with the pages of requests."""
    program.features = replace(program.features, pages=lambda: list(REQUEST))
    return program


@pytest.fixture
def opened(small_house, seat, window, qtbot):
    """Open the page of a request and wait for its proof."""

    def show(request_id: int, name: str = "Dušan Kovač") -> RequestPage:
        seat(name)
        window.resize(1440, 900)
        window.show()
        window.navigate("request", request_id=request_id)
        page = window.pages.page("request")
        qtbot.waitUntil(lambda: page.why.applies.lines != [], timeout=10_000)
        qtbot.waitUntil(lambda: page.why.budget.lines != [], timeout=10_000)
        return page

    return show


def test_a_clock_says_why_its_agreement_applies(small_house, opened):
    request_id = small_house.raised()
    page = opened(request_id)
    name, why = page.why.applies.lines[0]
    assert name == "Counters with Land registry, version 3"
    assert why == (
        "It is for all front offices and services, and none is closer.\n"
        "It promises: Response 2 h; Resolution 16 h; Answer 4 h."
    )


def test_parts_of_units_add_up_and_the_one_that_broke_it_is_named(small_house, opened):
    house = small_house
    request_id = house.raised()
    house.me("Jelena Marić")
    told = house.now + timedelta(hours=6)
    house.run(tell_customer, request_id, "Tomorrow", told)
    house.later(hours=1).me("Dušan Kovač")
    house.run(take, request_id)
    house.at(13, 15)
    page = opened(request_id)
    view = house.read(promise_budget, request_id, house.now)
    assert view.is_broken
    named = view.parts[view.broken_by]
    assert named.unit == "Land registry"
    sentence = page.why.budget.sentence.text()
    assert sentence.startswith("The customer was told Mon 9 Nov 14:00. Land registry ")
    assert ("Land registry", part_words(named)) in page.why.budget.lines
    assert page.why.budget.bar.isVisibleTo(page.why.budget)
    house.run(hand_over, request_id, house.units["Central counter"], "Ready")
    house.later(hours=1)
    again = house.read(promise_budget, request_id, house.now)
    page._context.ticker.beat.emit()
    assert sum(part.used_s for part in again.parts) == again.used_s


def part(**more) -> BudgetPart:
    usual = {
        "request_id": 1,
        "reference": "LR-0001",
        "is_part": False,
        "unit_id": 1,
        "unit": "<b>Registry</b>",
        "side": Side.BACK,
        "spans": (),
        "calendar": "Office hours",
        "used_s": 18 * 3600,
        "waited_s": 0,
        "target_s": 16 * 3600,
        "over_s": 2 * 3600,
        "share": 1.0,
    }
    return BudgetPart(**(usual | more))


def budget(house, *parts: BudgetPart, **more) -> BudgetView:
    usual = {
        "request_id": 1,
        "raised_at": house.now,
        "ended_at": None,
        "told_due_at": house.now + timedelta(hours=8),
        "told_text": "",
        "parts": parts,
        "used_s": 0,
        "elapsed_s": 0,
        "left_s": 0,
        "is_broken": False,
        "broken_by": None,
        "why": None,
        "waiting_for": None,
    }
    return BudgetView(**(usual | more))


def test_a_part_is_told_against_its_own_target():
    assert part_words(part()) == "18 h of 16 h, 2 h over"
    assert part_words(part(over_s=0, used_s=3600)) == "1 h of 16 h"
    assert part_words(part(over_s=0, target_s=None)) == "18 h, nothing promised"
    waited = part_words(part(over_s=0, waited_s=5400))
    assert waited == "18 h of 16 h; 1 h 30 more waited for others"


def test_the_sentence_names_who_broke_what_was_told(small_house):
    late = budget(
        small_house,
        part(),
        is_broken=True,
        broken_by=0,
        why=BrokenBy.OVER_TARGET,
    )
    assert budget_sentence(late, ZONE) == (
        "The customer was told Mon 9 Nov 16:00. "
        "<b>Registry</b> broke it, 2 h beyond its own target."
    )
    kept = budget(small_house, part(), ended_at=small_house.now)
    assert budget_sentence(kept, ZONE).endswith("It was done by then.")
    untold = budget(small_house, part(), told_due_at=None)
    assert budget_sentence(untold, ZONE) == "The customer was told no time."


def test_the_bar_is_to_scale_from_the_beginning_to_what_was_told(small_house, qtbot):
    start = small_house.now
    stay = (start, start + timedelta(hours=2))
    bar = PartsStrip()
    qtbot.addWidget(bar)
    now = start + timedelta(hours=2)
    bar.set_view(budget(small_house, part(spans=(stay,))), "", now, ZONE)
    assert bar.bars == [Bar(0, 0.0, 0.25, "accent")]
    assert bar._told == 1.0
    shown = PromiseBudget()
    qtbot.addWidget(shown)
    shown.show_budget(budget(small_house), start, ZONE)
    assert not shown.bar.isVisibleTo(shown)


def test_parts_side_by_side_lie_under_each_other(small_house, opened):
    house = small_house
    request_id = house.raised()
    house.me("Jelena Marić")
    house.run(tell_customer, request_id, "Soon", house.now + timedelta(hours=4))
    house.later(hours=1).me("Dušan Kovač")
    permit = house.services["Building permit"]
    drafts = [PartDraft("Plans", permit), PartDraft("Permit", permit)]
    parts = house.run(split, request_id, drafts).parts
    house.later(hours=1).me("Vesna Stojanović")
    house.run(resolve, parts[0])
    house.at(10, 9)
    page = opened(request_id)
    strip = page.why.budget.bar
    assert strip.lanes == ["LR-0001", "BP-0001", "BP-0002"]
    assert [bar.lane for bar in strip.bars] == [0, 1, 2]
    # The way leads through the part that is still open.
    assert [bar.lane for bar in strip.path] == [0, 2]
    assert page.why.budget.way.text() == (
        "What decides when it is done: Land registry  →  Building permits (BP-0002)"
    )
    assert "Building permits (BP-0002)" in [one[0] for one in page.why.budget.lines]


def promise_updates(work, house) -> None:
    """Let the registry's agreement promise a word within an hour as well."""
    work.session.add(
        AgreementTarget(version_id=1, kind=TargetKind.UPDATE, target_s=3600)
    )
    work.session.flush()
    work.rules_changed()


def test_a_promised_update_is_a_clock_like_the_others(small_house, opened):
    small_house.run(promise_updates, small_house)
    page = opened(small_house.raised())
    kinds = [one.view.kind for one in page.pane.details.clocks]
    assert TargetKind.UPDATE in kinds
    position = next(
        one.position
        for one in page.pane.details.clocks
        if one.view.kind is TargetKind.UPDATE
    )
    page._explain(position)
    assert promise_title(page.pane.details.clocks[kinds.index(TargetKind.UPDATE)]) == (
        "Update, promised in 1 h"
    )
    assert "Update 1 h" in page.why.applies.lines[0][1]
