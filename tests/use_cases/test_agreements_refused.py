"""What nobody can keep or mean is refused, at the field to mend, in words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, WarningLevel
from desktop.domain.errors import Invalid
from desktop.domain.working_days import DayRule
from desktop.messages import refusal_words
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agreeing import HOUR, RESOLUTION, RESPONSE, drafted, target

CENTURY = 100 * 365 * 24.0


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"targets": ()}, "targets", "no_targets"),
        (
            {"targets": (target(RESOLUTION, 0),)},
            "targets.resolution.any",
            "target_zero",
        ),
        (
            {"targets": (target(RESOLUTION, CENTURY, 2),)},
            "targets.resolution.2",
            "target_too_long",
        ),
        (
            {"targets": (target(RESPONSE, 9), target(RESOLUTION, 8))},
            "targets.response.any",
            "response_after_resolution",
        ),
        (
            {
                "targets": (
                    target(RESPONSE, 4),
                    target(RESOLUTION, 8),
                    target(RESOLUTION, 2, 1),
                )
            },
            "targets.response.any",
            "response_after_resolution",
        ),
        (
            {"targets": (target(RESOLUTION, 8), target(RESOLUTION, 9))},
            "targets.resolution.any",
            "target_twice",
        ),
        (
            {
                "targets": (
                    TargetDraft(
                        RESOLUTION, None, Measure.WORKING_DAYS, rule=DayRule(0)
                    ),
                )
            },
            "targets.resolution.any",
            "target_zero",
        ),
        (
            {
                "targets": (
                    TargetDraft(
                        RESOLUTION,
                        None,
                        Measure.WORKING_DAYS,
                        rule=DayRule(1, restart_s=8 * HOUR),
                    ),
                )
            },
            "targets.resolution.any",
            "restart_without_cutoff",
        ),
        ({"warn_share": 1.5}, "warnings", "not_a_share"),
        ({"warnings": (WarningLevel(left_s=-1),)}, "warnings", "not_a_length"),
        (
            {"valid_until": datetime(2026, 1, 1, tzinfo=UTC)},
            "valid_until",
            "ends_before_it_starts",
        ),
        (
            # The whole validity is the holiday.
            {
                "valid_from": datetime(2026, 11, 11, tzinfo=ZONE),
                "valid_until": datetime(2026, 11, 12, tzinfo=ZONE),
            },
            "calendar",
            "closed_all_along",
        ),
    ],
)
def test_what_nobody_can_keep_is_refused_at_its_field(
    small_house: SmallHouse, changes: dict[str, Any], field: str, code: str
) -> None:
    house = small_house.at(9, 9).me("Marko Ivić")
    with pytest.raises(Invalid) as refused:
        drafted(house, **changes)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not refusal_words(refused.value).startswith("This cannot be accepted")
