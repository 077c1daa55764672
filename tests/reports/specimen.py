"""An agenda with the published figures of a real log (UCI 498, CC BY 4.0)."""

from datetime import date
from typing import Any

from desktop.domain.agenda import (
    AgendaPaper,
    Attendee,
    Head,
    RunningItem,
    Summary,
    TimeBox,
    Verdict,
    fit,
)
from desktop.domain.agenda_sections import (
    ActionRow,
    AgreementReplay,
    BallAndPasses,
    BallRow,
    DueRow,
    LastMinutes,
    NearAndDue,
    NearRow,
    OpenActions,
    OtherBusiness,
    PingPongRow,
    ReplayRow,
    Scorecard,
    ScoreRow,
    Thanks,
    ThanksRow,
)
from tests.reports.specimen_broken import BROKEN, ZONE, at, h

HEAD = Head(
    series="Service desk and Group 20",
    number=10,
    front="Service desk",
    back="Group 20",
    starts_at=at(5, 16, "10:00"),
    ends_at=at(5, 16, "11:00"),
    period_start=at(5, 2),
    period_end=at(5, 16),
    before_start=at(4, 18),
    before_end=at(5, 2),
    data_as_at=at(5, 16, "08:00"),
    printed_at=at(5, 16, "08:20"),
    zone=ZONE,
    published_at=at(5, 16, "08:10"),
    place="Room 2.14 and by link",
    chair="Resolver 13",
    minute_taker="Resolver 17",
)
ATTENDANCE = (
    Attendee("Resolver 13", "front", "desk lead"),
    Attendee("Resolver 17", "front", "agent, minutes"),
    Attendee("Resolver 246", "back", "Group 20 lead"),
    Attendee("Resolver 188", "back", "agent"),
    Attendee("Resolver 219", "back", "agent"),
    Attendee(None, "front", "coordinator"),
)
VERDICTS = (
    Verdict("Group 20", "back", "under_pressure", 57 / 113, 113, 59 / 75, 75, h(16)),
    Verdict("Service desk", "front", "stable", 44 / 56, 56, 32 / 43, 43, h(8)),
)
SUMMARY = Summary(57 / 113, 59 / 75, 56, 45, 117, 71, 34, 80, 53, 40, 27)
ACTIONS = OpenActions(
    (
        ActionRow(
            "A-41",
            "Name a holder for every request on arrival",
            "broken promises",
            "Group 20 lead",
            date(2016, 4, 29),
            3,
            "overdue",
            17,
            must_decide=True,
        ),
        ActionRow(
            "A-44",
            "List of facts Group 20 needs for Category 26",
            "returns",
            "desk lead",
            date(2016, 5, 9),
            1,
            "overdue",
        ),
        ActionRow(
            "A-46",
            "Show the ball’s holder on the counter screen",
            "where is it?",
            "coordinator",
            date(2016, 5, 16),
            0,
            "due_today",
        ),
        ActionRow(
            "A-47",
            "Agree who answers for requests passed to Group 54",
            "third parties",
            "Group 20 lead",
            date(2016, 5, 23),
            0,
            "open",
        ),
        ActionRow(
            "A-48",
            "Ten-minute briefing on hand-back reasons",
            "ping-pong",
            "desk lead",
            date(2016, 5, 30),
            0,
            "open",
        ),
    ),
    total=5,
    overdue=2,
)
THANKS = Thanks(
    (
        ThanksRow("back", "quick", "Group 20", 38, 57, h(4)),
        ThanksRow("back", "finished", "Resolver 219", 6, 8),
        ThanksRow(
            "front", "answered", "Service desk", 44, 56, h(8), 32 / 43, 43, h(4.15)
        ),
    ),
    kept=57,
    answered=56,
)
SCORECARD = Scorecard(
    (
        ScoreRow("kept", 57 / 113, 113, 59 / 75, 75, "worse", -0.28),
        ScoreRow("broken", 56, 113, 16, 75, "worse", 40),
        ScoreRow("turnaround_p50", h(43.78), 117, h(6.92), 76, "worse"),
        ScoreRow("turnaround_p90", None, 117, h(80.85), 76, "worse", over_s=h(100.4)),
        ScoreRow("reopened", 4, 71, 2, 74, "too_few"),
        ScoreRow("answers_kept", 44 / 56, 56, 32 / 43, 43, "no_clear_change", 0.0415),
        ScoreRow("answer_p50", h(4.15), 65, h(3.65), 45, "no_clear_change"),
        ScoreRow("answer_p90", h(17.42), 65, h(17.98), 45, "no_clear_change"),
        ScoreRow(
            "first_time_right", 86 / 117, 117, 46 / 76, 76, "no_clear_change", 0.13
        ),
        ScoreRow("urgent", 6 / 117, 117, 4 / 76, 76, "no_clear_change", -0.001),
        ScoreRow("handbacks_waiting", 10, 65, 2, 45, "more_waiting", 8),
        ScoreRow("sent", 117, None, 76, None, "more", 41),
        ScoreRow("resolved", 71, None, 74, None, "less_than_sent", 46),
        ScoreRow("open", 80, None, 34, None, "more_than_doubled", 46),
    ),
    judged=113,
    sent=117,
    resolved=71,
)


_DUE = (
    ("INC0027766", "Category 26 / Sub 175", 15.5, "08:30", "Resolver 219", True),
    ("INC0028813", "Category 26 / Sub 175", 13.75, "10:15", None, True),
    ("INC0028870", "Category 26 / Sub 175", 13.3, "10:42", "Resolver 188", True),
    ("INC0028973", "Category 26 / Sub 175", 11.5, "12:30", "Resolver 93", False),
    ("INC0028414", "Category 32 / Sub 300", 10.0, "14:00", "Resolver 50", False),
    ("INC0029068", "Category 32 / Sub 9", 10.0, "14:00", None, False),
    ("INC0029116", "Category 32 / Sub 174", 8.97, "15:02", None, False),
    ("INC0029184", "Category 32 / Sub 174", 6.98, "17:01", "Resolver 188", False),
)
NEAR = NearAndDue(
    rows=tuple(
        DueRow(
            int(reference[3:]),
            reference,
            kind,
            h(used),
            at(5, 16, clock),
            h(16 - used),
            holder,
            warned,
        )
        for reference, kind, used, clock, holder, warned in _DUE
    ),
    rest=(
        ("INC0028464", at(5, 16, "17:45")),
        ("INC0028404", at(5, 16, "17:53")),
        ("INC0029193", at(5, 17, "10:00")),
        ("INC0029010", at(5, 17, "10:38")),
        ("INC0029387", at(5, 17, "14:00")),
    ),
    warned=3,
    last_due_at=at(5, 17, "14:00"),
    near=(
        NearRow("INC0024897", h(15.7)),
        NearRow("INC0024906", h(14.0)),
        NearRow("INC0024861", h(13.1)),
        NearRow("INC0022364", h(12.8)),
    ),
    warning_s=h(12),
    target_s=h(16),
    next_at=at(5, 30, "10:00"),
)
BALL = BallAndPasses(
    rows=(
        BallRow("back", 53, 40, 19, "INC0012709", at(4, 13, "15:37"), h(212.4)),
        BallRow("front", 10, 7, 0, "INC0025784", at(5, 12, "11:37"), h(16.4)),
        BallRow("customer", 10, 4, 3, "INC0019231", at(4, 15, "14:42"), h(193.3)),
        BallRow("third", 6, 0, 3, "INC0011776", at(4, 13, "14:21"), h(213.7)),
        BallRow("unrecorded", 1, 0, 0, "INC0028469", at(5, 12, "15:36"), h(12.4)),
    ),
    ping_pong=(
        PingPongRow(
            "INC0022730", "Category 40 / Sub 174", 8, 4, 9, h(75.4), h(20.5), "back"
        ),
        PingPongRow(
            "INC0025230", "Category 23 / Sub 174", 6, 3, 9, h(64.7), h(21.8), "back"
        ),
        PingPongRow(
            "INC0020718", "Category 23 / Sub 75", 6, 3, 21, h(26.3), h(8), "customer"
        ),
        PingPongRow(
            "INC0025785", "Category 23 / Sub 75", 6, 3, 6, h(7.7), h(3.3), "customer"
        ),
        PingPongRow(
            "INC0024793", "Category 23 / Sub 174", 5, 3, 5, h(61.2), h(11.3), "front"
        ),
        PingPongRow(
            "INC0026265", "Category 23 / Sub 174", 5, 3, 5, h(50), h(10), "front"
        ),
    ),
    ping_pong_more=2,
    to_back=137,
    to_front=135,
    to_front_in_scope=65,
    open_before=34,
    open_before_at_back=18,
)
AGREEMENT = AgreementReplay(
    target_s=h(16),
    rows=(
        ReplayRow(h(8), 46, 71),
        ReplayRow(h(12), 53, 61),
        ReplayRow(h(16), 57, 56, in_force=True),
        ReplayRow(h(24), 59, 44),
        ReplayRow(h(32), 61, 38),
        ReplayRow(h(40), 63, 32),
        ReplayRow(h(60), 66, 21),
    ),
    calendar="Mon–Fri 08:00–18:00, national holidays",
)
_ORDER: tuple[tuple[Any, ...], ...] = (
    ("minutes", 2, "decide", "chair", "standing", None, None),
    ("actions", 7, "inform", "minute_taker", "overdue", 2, 5),
    ("thanks", 3, "inform", "chair", "log", None, None),
    ("scorecard", 5, "inform", "coordinator", "log", None, None),
    ("broken", 14, "decide", "back_lead", "broken", 56, None),
    ("near", 4, "unblock", "back_lead", "due", 13, None),
    ("ball", 5, "unblock", "front_lead", "open", 80, None),
    ("agreement", 6, "decide", "coordinator", "replay", None, None),
    ("other_business", 3, "inform", "chair", "standing", None, None),
)


def running_order(length: int = 60) -> tuple[RunningItem, ...]:
    """Return the nine items fitted into a session of `length` minutes."""
    boxes = [
        TimeBox(one[1], fixed=one[0] in {"minutes", "other_business"}) for one in _ORDER
    ]
    starts = fit(boxes, length).offsets
    return tuple(
        RunningItem(
            number=number,
            kind=kind,
            minutes=minutes,
            starts_at=None
            if offset is None
            else at(5, 16, f"{10 + offset // 60}:{offset % 60:02}"),
            outcome=outcome,
            leader_role=role,
            source=origin,
            count=count,
            total=total,
        )
        for number, ((kind, minutes, outcome, role, origin, count, total), offset) in (
            enumerate(zip(_ORDER, starts, strict=True), 1)
        )
    )


def agenda() -> AgendaPaper:
    """Return the whole agenda of session 10."""
    return AgendaPaper(
        head=HEAD,
        attendance=ATTENDANCE,
        verdicts=VERDICTS,
        summary=SUMMARY,
        items=running_order(),
        minutes=LastMinutes(9, at(5, 2, "10:00"), 2, at(5, 3, "09:00"), 5),
        actions=ACTIONS,
        thanks=THANKS,
        scorecard=SCORECARD,
        broken=BROKEN,
        near=NEAR,
        ball=BALL,
        agreement=AGREEMENT,
        other=OtherBusiness(at(5, 30, "10:00")),
    )
