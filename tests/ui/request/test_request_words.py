"""Every code a request can carry has words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.forms import FieldKind
from desktop.domain.requests import (
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.queries.ball_split import BallShare
from desktop.reports.answer_words import answer_words
from ui.common.request_pane.request_words import (
    HOLDERS,
    REASONS,
    STATES,
    entry_icon,
    share_words,
    short_name,
)
from ui.icons import icons

AT = datetime(2026, 11, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_of_entry_has_an_icon_that_exists(kind):
    assert entry_icon(kind) in icons().names()
    assert kind is EntryKind.UPDATED or entry_icon(kind) != "history"


def test_states_reasons_and_holders_all_have_words():
    assert set(STATES) == set(RequestState)
    assert set(REASONS) == set(PendingReason)
    assert set(HOLDERS) == set(Ball)


def test_a_share_says_what_it_waited_for_only_where_that_is_not_clear():
    counted = BallShare(Ball.BACK, "Land registry", None, 7800, True)
    inside = BallShare(Ball.BACK, "Land registry", PendingReason.INTERNAL, 3600, False)

    assert share_words(counted) == "Land registry 2 h 10"
    assert share_words(inside) == (
        "Land registry, waiting for something internal 1 h, not counted"
    )


def test_answers_are_words():
    assert answer_words(True) == "Yes"
    assert answer_words(["Deed", "Map"]) == "Deed, Map"
    assert answer_words("12.50") == "12.50"
    assert answer_words("1250.5", FieldKind.AMOUNT, "EUR") == "1,250.50 EUR"
    assert answer_words("1e9", FieldKind.AMOUNT) == "1,000,000,000.00"
    assert answer_words("0.125", FieldKind.AMOUNT, "din") == "0.125 din"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Dušan Kovač", "Dušan K."), ("Cher", "Cher"), ("Ana de la Cruz", "Ana C.")],
)
def test_names_are_shortened_to_the_first_and_a_letter(name, short):
    assert short_name(name) == short
