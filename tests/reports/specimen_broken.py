"""The ten worst of 56 broken promises of a real log (UCI 498, CC BY 4.0)."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.domain.agenda_sections import (
    BrokenPromises,
    BrokenRow,
    CauseCode,
    GatherRow,
)

ZONE = "America/Sao_Paulo"


def at(month: int, day: int, clock: str = "00:00") -> datetime:
    """Return an instant of 2016 as the house's clock shows it."""
    hour, minute = clock.split(":")
    local = datetime(2016, month, day, int(hour), int(minute), tzinfo=ZoneInfo(ZONE))
    return local.astimezone(UTC)


def h(hours: float) -> int:
    """Return hours as whole seconds."""
    return round(hours * 3600)


def _broken(
    reference: str,
    place: str,
    kind: str,
    promised: datetime,
    held: tuple[float, float, float],
    cause: CauseCode,
    sent: datetime,
    **more: Any,
) -> BrokenRow:
    """Return a broken promise of 16 hours."""
    facts: dict[str, Any] = {"ended_at": None, "turns": 1, "times_back": 0} | more
    return BrokenRow(
        request_id=int(reference[3:]),
        reference=reference,
        place=place,
        kind=kind,
        promised_by=promised,
        late_s=h(held[0] - 16),
        back_s=h(held[0]),
        desk_s=h(held[1]),
        other_s=h(held[2]),
        cause=cause,
        sent_at=sent,
        **facts,
    )


BROKEN_ROWS = (
    _broken(
        "INC0020505",
        "Location 93",
        "Category 26 / Sub 175",
        at(5, 2, "08:09"),
        (115.8, 0, 0),
        "never_named",
        at(4, 28, "12:09"),
        silent_s=h(115.8),
        last_act_at=at(4, 28, "12:10"),
    ),
    _broken(
        "INC0022627",
        "Location 143",
        "Category 53 / Sub 174",
        at(5, 2, "12:18"),
        (111.7, 4.2, 0),
        "named_then_silent",
        at(4, 28, "12:03"),
        turns=2,
        times_back=1,
        holder="Resolver 229",
        silent_s=h(98.7),
        last_act_at=at(5, 2, "09:21"),
    ),
    _broken(
        "INC0023826",
        "Location 204",
        "Category 26 / Sub 275",
        at(5, 3, "14:00"),
        (100.0, 0, 0),
        "named_then_silent",
        at(5, 2, "01:56"),
        holder="Resolver 229",
        silent_s=h(99.7),
        last_act_at=at(5, 2, "08:17"),
    ),
    _broken(
        "INC0024814",
        "Location 93",
        "Category 32 / Sub 300",
        at(5, 3, "17:17"),
        (96.7, 0, 0),
        "never_named",
        at(5, 2, "11:17"),
        silent_s=h(13.9),
        last_act_at=at(5, 12, "14:08"),
    ),
    _broken(
        "INC0023642",
        "Location 143",
        "Category 32 / Sub 174",
        at(5, 2, "15:19"),
        (96.6, 5.2, 0),
        "too_long",
        at(4, 28, "21:52"),
        turns=2,
        times_back=2,
        holder="Resolver 229",
        ended_at=at(5, 13, "09:43"),
    ),
    _broken(
        "INC0025028",
        "Location 143",
        "Category 26 / Sub 175",
        at(5, 4, "12:06"),
        (91.9, 0, 0),
        "named_then_silent",
        at(5, 2, "16:06"),
        holder="Resolver 188",
        silent_s=h(88.1),
        last_act_at=at(5, 3, "09:55"),
    ),
    _broken(
        "INC0024950",
        "Location 204",
        "Category 26 / Sub 175",
        at(5, 4, "15:21"),
        (88.7, 0, 0),
        "never_named",
        at(5, 3, "09:21"),
        silent_s=h(88.7),
        last_act_at=at(5, 3, "09:21"),
    ),
    _broken(
        "INC0024305",
        "Location 204",
        "Category 26 / Sub 175",
        at(5, 4, "16:48"),
        (87.2, 14.9, 0),
        "never_named",
        at(4, 29, "15:52"),
        turns=2,
        times_back=1,
        silent_s=h(87.1),
        last_act_at=at(5, 3, "10:53"),
    ),
    _broken(
        "INC0022730",
        "Location 111",
        "Category 40 / Sub 174",
        at(5, 5, "09:04"),
        (75.4, 20.5, 0),
        "named_then_silent",
        at(5, 2, "12:04"),
        turns=4,
        times_back=3,
        holder="Resolver 246",
        silent_s=h(17.2),
        last_act_at=at(5, 12, "10:46"),
    ),
    _broken(
        "INC0023670",
        "Location 143",
        "Category 26 / Sub 175",
        at(5, 5, "08:33"),
        (71.95, 12.28, 32.2),
        "too_long",
        at(4, 28, "11:34"),
        turns=3,
        times_back=1,
        holder="Resolver 188",
        last_act_at=at(5, 13, "16:51"),
    ),
)
BROKEN = BrokenPromises(
    rows=BROKEN_ROWS,
    total=56,
    n=113,
    total_before=16,
    n_before=75,
    open=45,
    never_named=27,
    single_turn=40,
    median_late_s=h(27.6),
    worst_late_s=h(99.8),
    gather=(
        GatherRow("Category 26 / Subcategory 175", 12, 12, h(51.1), 5, "INC0020505"),
        GatherRow("Category 23 / Subcategory 75", 7, 4, h(26.5), 4, "INC0023779"),
        GatherRow("Category 23 / Subcategory 174", 5, 5, h(45.2), 4, "INC0023583"),
        GatherRow("Category 26 / Subcategory 275", 4, 3, h(36.7), 0, "INC0023826"),
        GatherRow("Category 32 / Subcategory 9", 4, 2, h(6.1), 2, "INC0024886"),
        GatherRow(None, 24, 19, h(16.8), 12, "INC0022627", kinds=16),
    ),
)
