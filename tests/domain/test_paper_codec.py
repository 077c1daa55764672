"""Every paper of ours becomes plain JSON and comes back as it was."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.agenda import AgendaPaper, Head
from desktop.domain.agreements import Measure, Target
from desktop.domain.minutes import MinutesPaper
from desktop.domain.paper_codec import (
    UnreadablePaper,
    canonical,
    decode,
    digest,
    encode,
)
from desktop.domain.proof_paper import ProofPaper

AT = datetime(2026, 10, 25, 1, 30, 0, 7, tzinfo=UTC)
INSTANTS = (
    AT,
    datetime(1901, 1, 1, tzinfo=UTC),
    datetime(2016, 5, 16, 8, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
)
PLAIN: dict[Any, tuple[Any, ...]] = {
    int: (0, -1, 2**40),
    float: (0.0, 0.1 + 0.2, 1e-9, -1e22, 3.0),
    bool: (True, False),
    str: ("", "<b>&", "დედა", "a\u202eb\x00", "\ud800", "x" * 1000),
    date: (date(2024, 2, 29), date.min, date.max),
    datetime: INSTANTS,
    Target: (Target(60), Target(8 * 3600, Measure.AROUND_THE_CLOCK)),
}


def _value(hint: Any, chance: Random) -> Any:
    """Make up a value a type hint allows, none of them left as usual."""
    arguments = get_args(hint)
    if hint in PLAIN:
        return chance.choice(PLAIN[hint])
    if get_origin(hint) is Literal:
        return chance.choice(arguments)
    if get_origin(hint) is tuple:
        if Ellipsis in arguments:
            arguments = (arguments[0],) * chance.randrange(3)
        return tuple(_value(one, chance) for one in arguments)
    if type(None) in arguments:
        return None if chance.random() < 0.3 else _value(arguments[0], chance)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return chance.choice(list(hint))
    hints = get_type_hints(hint)
    return hint(**{one.name: _value(hints[one.name], chance) for one in fields(hint)})


@pytest.mark.parametrize("kind", [AgendaPaper, MinutesPaper, ProofPaper])
def test_a_paper_comes_back_from_json_as_it_was(kind):
    @settings(max_examples=20)
    @given(st.integers())
    def comes_back(seed: int) -> None:
        paper = _value(kind, Random(seed))
        written = json.loads(json.dumps(encode(paper)))
        assert decode(kind, written) == paper
        assert digest(written) == digest(encode(paper))

    comes_back()


def head(**more: Any) -> Head:
    values = dict.fromkeys(
        (one.name for one in fields(Head) if one.type in ("datetime", datetime)), AT
    )
    named = {"series": "S", "number": 3, "front": "F", "back": "B", "zone": "UTC"}
    return Head(**(values | named | more))


def test_the_same_instant_in_another_zone_is_written_the_same():
    there = AT.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert canonical(encode(head(starts_at=there))) == canonical(encode(head()))


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        encode(head(starts_at=AT.replace(tzinfo=None)))


def test_what_a_later_version_added_is_left_out_and_what_it_lacks_is_usual():
    written = encode(AgendaPaper(head()))
    written["hologram"] = {"x": [1]}
    written["head"]["colour"] = "blue"
    del written["ball"], written["head"]["place"]
    assert decode(AgendaPaper, written) == AgendaPaper(head())


def test_a_code_of_a_later_version_gets_the_usual_value():
    written = encode(AgendaPaper(head()))
    written["head"]["confidentiality"] = "top_secret"
    assert decode(AgendaPaper, written).head.confidentiality == "internal"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda head: head.pop("series"), "Head.series"),
        (lambda head: head.update(starts_at="soon"), "Head.starts_at"),
        (lambda head: head.update(starts_at=None), "Head.starts_at"),
    ],
)
def test_what_cannot_be_read_is_named(change, named):
    written = encode(AgendaPaper(head()))
    change(written["head"])
    with pytest.raises(UnreadablePaper, match=named):
        decode(AgendaPaper, written)


def test_a_digest_does_not_ask_how_a_database_writes_numbers():
    assert digest({"a": 2.0, "b": [1e22, -0.0]}) == digest({"b": [10**22, 0], "a": 2})
    assert digest({"a": 2.0}) != digest({"a": 2.5})


@dataclass(frozen=True)
class _Odd:
    span: timedelta
    pair: tuple[int, str]
    names: dict[str, tuple[int, ...]]
    amount: Decimal
    key: UUID


def test_spans_pairs_names_amounts_and_keys_come_back_too():
    span = timedelta(days=-3, microseconds=1)
    odd = _Odd(span, (4, "x"), {"a": (1, 2)}, Decimal("0.10"), uuid4())
    written = json.loads(json.dumps(encode(odd)))
    assert decode(_Odd, written) == odd
    for part in ("amount", "key"):
        with pytest.raises(UnreadablePaper, match=part):
            decode(_Odd, written | {part: "x"})
