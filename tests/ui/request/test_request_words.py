"""Every code a request can carry has words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.forms import FieldKind
from desktop.domain.requests import (
    Audience,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
    Side,
)
from desktop.i18n import speaking
from desktop.queries.ball_split import BallShare
from desktop.queries.request_details import TimelineEntry
from desktop.reports.answer_words import answer_words
from ui.common.request_pane.request_words import (
    HOLDERS,
    REASONS,
    STATES,
    audience_words,
    entry_icon,
    entry_words,
    share_words,
    short_name,
)
from ui.icons import icons

AT = datetime(2026, 11, 9, 8, tzinfo=UTC)


def entry(kind: EntryKind, **more) -> TimelineEntry:
    values = {
        "id": 1,
        "at": AT,
        "kind": kind,
        "actor_id": 3,
        "actor": "Dušan Kovač",
        "unit": "Land registry",
        "side": Side.BACK,
        "text": "",
        "audience": Audience.BOTH,
        "changes": {},
        "follow_up_at": None,
    }
    return TimelineEntry(**{**values, **more})


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_entry_has_a_sentence_and_an_icon_that_exists(kind):
    words = entry_words(entry(kind, changes={"unit": "Building permits"}))

    assert words.startswith("Dušan Kovač")
    assert "{" not in words
    assert entry_icon(kind) in icons().names()


def test_states_reasons_and_holders_all_have_words():
    assert set(STATES) == set(RequestState)
    assert set(REASONS) == set(PendingReason)
    assert set(HOLDERS) == set(Ball)


def test_an_entry_nobody_signed_names_the_unit():
    words = entry_words(entry(EntryKind.TAKEN, actor="", actor_id=None))

    assert words == "Land registry took it"


def test_who_reads_an_entry_is_said_in_words():
    assert audience_words(entry(EntryKind.COMMENTED))[1] == "Front office sees this"
    at_front = entry(EntryKind.COMMENTED, side=Side.FRONT)
    assert audience_words(at_front)[1] == "Back office sees this"
    internal = entry(EntryKind.COMMENTED, audience=Audience.INTERNAL)
    assert audience_words(internal) == ("lock", "Internal, Land registry only")


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


def test_every_sentence_is_marked_for_translation():
    with speaking("qps"):
        for kind in EntryKind:
            assert entry_words(entry(kind)).startswith("⟦")
