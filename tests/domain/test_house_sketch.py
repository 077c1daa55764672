"""A few lines make a whole house, or say in which line what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Invalid
from desktop.domain.house_sketch import HouseSketch, house_of_sketch
from desktop.exchange.house_file import house_from_text
from desktop.exchange.house_writing import house_text

SKETCH = HouseSketch(
    name="Town hall",
    zone="Europe/Belgrade",
    country="RS",
    hours="08:00-12:00, 12:30-16:00",
    founder="Vesna Horvat",
    fronts="Counter\nPhone line",
    backs="Land registry\nArchive",
    people="Ana Petrović, land registry\nPetar Ilić\nĐorđe, Jr., Phone line",
    services="Title extract, Land registry\nOld files, Archive",
)


def test_a_few_lines_are_a_house_a_house_file_can_hold():
    house = house_of_sketch(SKETCH)
    assert [(one.name, one.prefix) for one in house.units] == [
        ("Counter", "R"),
        ("Phone line", "R"),
        ("Land registry", "LR"),
        ("Archive", "AR"),
    ]
    assert [(one.name, one.unit, one.roles) for one in house.people] == [
        ("Vesna Horvat", "Counter", ("clerk", "coordinator", "administrator")),
        ("Ana Petrović", "Land registry", ("agent",)),
        ("Petar Ilić", "Counter", ("clerk",)),
        ("Đorđe, Jr.", "Phone line", ("clerk",)),
    ]
    assert [(one.name, one.unit) for one in house.services] == [
        ("Title extract", "Land registry"),
        ("Old files", "Archive"),
    ]
    (agreement,) = house.agreements
    assert agreement.targets[TargetKind.RESOLUTION, None] == 16 * 3600
    assert house_from_text(house_text(house), "sketch") == house


@pytest.mark.parametrize(
    ("change", "field", "code", "details"),
    [
        ({"name": " "}, "name", "missing", {}),
        ({"founder": ""}, "founder", "missing", {}),
        ({"founder": "x" * 201}, "founder", "too_long", {"most": 200}),
        ({"hours": "8 to 4"}, "hours", "unreadable_hours", {}),
        ({"fronts": "\n"}, "fronts", "missing", {}),
        ({"backs": ""}, "backs", "missing", {}),
        (
            {"backs": "Archive\n\nCOUNTER"},
            "backs",
            "named_before",
            {"line": 3, "name": "COUNTER"},
        ),
        (
            {"people": "Ana\nana, Archive"},
            "people",
            "named_before",
            {"line": 2, "name": "ana"},
        ),
        (
            {"people": "Ana, Nowhere"},
            "people",
            "unknown_unit",
            {"line": 1, "name": "Nowhere"},
        ),
        ({"services": ""}, "services", "missing", {}),
        (
            {"services": "Title extract"},
            "services",
            "no_unit",
            {"line": 1, "name": "Title extract"},
        ),
        (
            {"services": "Title extract, Counter"},
            "services",
            "unknown_unit",
            {"line": 1, "name": "Counter"},
        ),
        ({"resolution_h": 0}, "resolution_h", "not_in_hours", {"most": 2000}),
        ({"response_h": 20}, "response_h", "response_after_resolution", {}),
    ],
)
def test_what_is_wrong_is_named_by_field_and_line(change, field, code, details):
    with pytest.raises(Invalid) as refused:
        house_of_sketch(replace(SKETCH, **change))
    assert (refused.value.field, refused.value.code) == (field, code)
    assert refused.value.details == details


@given(st.text(), st.text(), st.text(), st.text())
def test_anything_typed_is_a_house_or_a_refusal(fronts, backs, people, services):
    sketch = replace(
        SKETCH, fronts=fronts, backs=backs, people=people, services=services
    )
    try:
        house = house_of_sketch(sketch)
    except Invalid:
        return
    assert house.units
    assert house.services
