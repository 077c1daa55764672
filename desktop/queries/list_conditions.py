"""What a list is narrowed to, as conditions both databases read the same way.

Instants are parameters, so that a statement made once serves any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)

from desktop.domain.clocks import ClockState
from desktop.domain.requests import RequestState
from desktop.domain.search_words import (
    Coded,
    Days,
    Field,
    Named,
    Older,
    Term,
    Words,
)
from desktop.entities.approvals import Approval
from desktop.entities.attachments import Attachment
from desktop.entities.base import UtcDateTime
from desktop.entities.links import RequestLink
from desktop.entities.ratings import Rating
from desktop.entities.requests import Request, RequestClock
from desktop.queries.list_narrowing import Moment, Narrowing, Reader
from desktop.queries.seeing import is_unread
from desktop.store.search import SERVER, Asked, asked_words

# The words of the partial indexes on open requests; a parameter would not use them.
IS_OPEN: Final[ColumnElement[bool]] = literal_column("request.is_open")
IS_ENDED: Final[ColumnElement[bool]] = literal_column("NOT request.is_open")

_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__.c
_AFTER_ALL: Final = "\U0010ffff"
_SOME_WORD: Final = (Asked("word"),)
Condition = ColumnElement[bool]


def conditions_of(found: Narrowing) -> list[Condition]:
    """Return what every row has to fulfil, but for the words."""
    made = []
    if found.is_open:
        made.append(IS_OPEN)
    for term in found.terms:
        condition = _condition(term, found.reader)
        if _is_not(term):
            # What is unknown is not so: nobody's request is not mine.
            condition = ~func.coalesce(condition, false())
        made.append(condition)
    return made


def form_of(dialect: str, found: Narrowing) -> Narrowing:
    """Return what makes statements differ: in a file, not the words asked for.

    A statement for each search would take some 50 KB, as long as it is kept.
    """
    if dialect == SERVER or not found.asked:
        return found
    return replace(found, asked=_SOME_WORD)


def parameters_of(dialect: str, found: Narrowing, moment: Moment) -> dict[str, Any]:
    """Return the instants the conditions are about, and the words a file is asked."""
    known: dict[str, Any] = moment.instants()
    if dialect != SERVER and found.asked:
        unit_id = found.reader.unit_id
        known["asked"] = asked_words(found.asked, found.kinds(), unit_id)
    for term in found.terms:
        if isinstance(term, Older):
            known[f"age_{term.seconds}"] = moment.now - timedelta(seconds=term.seconds)
        elif isinstance(term, Days):
            for day in (term.first, term.before):
                if day is not None:
                    known[_day_name(day)] = moment.midnight(day)
    return known


def instant(name: str) -> ColumnElement[datetime]:
    """Return an instant known only when the statement runs."""
    return bindparam(name, type_=UtcDateTime)


def _day_name(day: date) -> str:
    return f"day_{day:%Y%m%d}"


def _is_not(term: Term) -> bool:
    return term.is_not


def _condition(term: Term, reader: Reader) -> Condition:
    match term:
        case Named(named, _names, ids):
            return _COLUMN[named].in_(ids)
        case Coded(coded, codes):
            return or_(*(_coded(coded, code, reader) for code in codes))
        case Days(dated, first, before):
            column = _COLUMN[dated]
            bounds: list[Condition] = [column.is_not(None)]
            if first is not None:
                bounds.append(column >= instant(_day_name(first)))
            if before is not None:
                bounds.append(column < instant(_day_name(before)))
            return and_(*bounds)
        case Older(seconds, is_younger):
            then = instant(f"age_{seconds}")
            raised = _REQUEST.raised_at
            return raised > then if is_younger else raised <= then
        case Words(reference):
            return _referenced(reference)


_COLUMN: Final[dict[Field, ColumnElement[Any]]] = {
    Field.UNIT: _REQUEST.unit_id,
    Field.FROM: _REQUEST.front_unit_id,
    Field.SERVICE: _REQUEST.service_id,
    Field.ASSIGNEE: _REQUEST.assignee_id,
    Field.REQUESTER: _REQUEST.requester_id,
    Field.DUE: _REQUEST.due_at,
    Field.RAISED: _REQUEST.raised_at,
    Field.RESOLVED: _REQUEST.resolved_at,
    Field.CHANGED: _REQUEST.last_at,
}


def _referenced(start: str) -> Condition:
    """Return that the reference begins so, as typed or in capitals."""
    starts = dict.fromkeys((start, start.upper()))
    column = _REQUEST.reference
    return or_(
        *(and_(column >= one, column < one + _AFTER_ALL) for one in starts if one)
    )


def _coded(what: Field, code: str, reader: Reader) -> Condition:
    made: Mapping[str, Callable[[], Condition]] = _CODED.get(what, {})
    if code in made:
        return made[code]()
    if what is Field.IS and code == "mine":
        return _REQUEST.assignee_id == (reader.person_id or 0)
    if what is Field.IS and code == "unread":
        return is_unread(reader.person_id or 0, reader.news_since)
    if what in (Field.ASSIGNEE, Field.REQUESTER):
        column = _COLUMN[what]
        return column.is_(None) if code == "nobody" else column == reader.person_id
    if what is Field.PRIORITY and code.isdecimal():
        return _REQUEST.priority == int(code)
    if what in (Field.STATE, Field.BALL, Field.PENDING):
        column = {"state": _REQUEST.state, "ball": _REQUEST.ball}.get(
            what.value, _REQUEST.pending
        )
        # Compared as it is stored: a code of a newer program is simply not found.
        return func.coalesce(_as_text(column), "") == code
    return false()


def _as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return type_coerce(column, String)


def _state(state: RequestState) -> Callable[[], Condition]:
    return lambda: _REQUEST.state == state


def _shown(*conditions: Condition) -> Condition:
    """Return that the clock a list shows is so."""
    return (
        select(_CLOCK.id)
        .where(
            _CLOCK.request_id == _REQUEST.id,
            _CLOCK.position == _REQUEST.clock_position,
            *conditions,
        )
        .correlate(Request.__table__)
        .exists()
    )


def is_at_risk() -> Condition:
    """Return that a request runs, within its target, past the share that warns.

    From the clocks, for few of them are in that span at any time.
    """
    warning = select(_CLOCK.request_id, _CLOCK.position).where(*warns(instant("now")))
    return tuple_(_REQUEST.id, _REQUEST.clock_position).in_(warning)


def warns(now: ColumnElement[datetime]) -> tuple[Condition, ...]:
    """Return that a clock runs, within its target, past the share that warns."""
    return (
        # The words of the partial index ix_clock_due_at.
        literal_column("clock.running_since IS NOT NULL"),
        _CLOCK.due_at >= now,
        # Told so that SQLite does not take the index of all that ever was at risk.
        func.coalesce(_CLOCK.at_risk_at, _CLOCK.due_at) <= now,
        _CLOCK.state == ClockState.RUNNING,
    )


def _is_broken() -> Condition:
    over = and_(_CLOCK.state == ClockState.RUNNING, _CLOCK.due_at < instant("now"))
    return _shown(_CLOCK.is_void.is_(False), or_(_CLOCK.breached_at.is_not(None), over))


def _has(entity: Any, *more: Condition, by: str = "request_id") -> Condition:
    """Return that something belongs to a request; from there, for few have any."""
    columns = entity.__table__.c
    return _REQUEST.id.in_(select(columns[by]).where(*more))


def _has_link() -> Condition:
    return or_(_has(RequestLink), _has(RequestLink, by="other_id"))


def _due_between(first: str, before: str) -> Callable[[], Condition]:
    return lambda: and_(
        _REQUEST.due_at >= instant(first), _REQUEST.due_at < instant(before)
    )


_CODED: Final[dict[Field, dict[str, Callable[[], Condition]]]] = {
    Field.IS: {
        "open": lambda: IS_OPEN,
        "done": lambda: IS_ENDED,
        "new": _state(RequestState.NEW),
        "active": _state(RequestState.ACTIVE),
        "held": _state(RequestState.PENDING),
        "resolved": _state(RequestState.RESOLVED),
        "closed": _state(RequestState.CLOSED),
        "declined": _state(RequestState.DECLINED),
        "cancelled": _state(RequestState.CANCELLED),
        "overdue": lambda: and_(IS_OPEN, _REQUEST.due_at < instant("now")),
        "risk": is_at_risk,
        "broken": _is_broken,
        "kept": lambda: _shown(
            _CLOCK.is_void.is_(False), _CLOCK.state == ClockState.MET
        ),
        "unassigned": lambda: _REQUEST.assignee_id.is_(None),
        "reopened": lambda: _REQUEST.reopens > 0,
        "returned": lambda: _REQUEST.returns > 0,
        "urgent": lambda: _REQUEST.priority <= 2,
    },
    Field.HAS: {
        "attachment": lambda: _has(
            Attachment, Attachment.__table__.c.removed_at.is_(None)
        ),
        "customer": lambda: _REQUEST.customer != "",
        "due": lambda: _REQUEST.due_at.is_not(None),
        "promise": lambda: _REQUEST.clock_position.is_not(None),
        "link": _has_link,
        "approval": lambda: _has(Approval),
        "rating": lambda: _has(Rating),
    },
    Field.PRIORITY: {"none": lambda: _REQUEST.priority.is_(None)},
    Field.DUE: {
        "overdue": lambda: _REQUEST.due_at < instant("now"),
        "today": _due_between("now", "day_end"),
        "tomorrow": _due_between("day_end", "next_day_end"),
        "week": _due_between("now", "week_end"),
        "later": lambda: _REQUEST.due_at >= instant("week_end"),
        "none": lambda: _REQUEST.due_at.is_(None),
    },
    Field.RESOLVED: {"none": lambda: _REQUEST.resolved_at.is_(None)},
}
