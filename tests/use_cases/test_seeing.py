"""What somebody read, who names whom, and who looks at the same request."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from desktop.desk import Desk
from desktop.domain.escalation import NoticeKind
from desktop.domain.list_views import ListView
from desktop.domain.requests import Audience
from desktop.entities.notices import Notice
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import list_page
from desktop.queries.notices import inbox
from desktop.queries.seeing import unread_among
from desktop.store.engine import make_engine
from desktop.store.presence import Looking
from desktop.store.unit_of_work import Store
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import comment, take
from desktop.use_cases.seeing import (
    begin_reading,
    see_request,
    see_requests,
    take_back_reading,
    unsee_requests,
)
from tests.small_house import OPENING, ZONE, SmallHouse

CLERK, AGENT, OTHER = "Jelena Marić", "Dušan Kovač", "Ana Petrović"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give the small house with an agent at the desk."""
    return any_small_house.me(AGENT)


def unread(house: SmallHouse, name: str, *requests: int) -> list[int]:
    return sorted(house.read(unread_among, house.people[name], requests, house.now))


def kinds(house: SmallHouse, name: str) -> list[NoticeKind]:
    house.run(sweep, house.now)
    rows = house.read(inbox, house.people[name], house.now).rows
    return [row.kind for row in rows]


# ---------------------------------------------------------------- read and unread


def test_nothing_old_is_new_to_who_begins(house: SmallHouse) -> None:
    before = house.at(9, 9).raised()
    house.at(9, 10).run(begin_reading)
    after = house.at(9, 11).raised()
    assert unread(house, AGENT, before, after) == [after]


def test_what_is_looked_at_is_read_until_something_happens(house: SmallHouse) -> None:
    house.run(begin_reading)
    request = house.at(9, 9).raised()
    house.run(see_request, request, 1)
    assert unread(house, AGENT, request) == []
    house.at(9, 10).me(CLERK).run(comment, request, "She called again.")
    assert unread(house, AGENT, request) == [request]
    # An older look at it, told late, takes nothing back.
    house.me(AGENT).run(see_request, request, 2)
    house.run(see_request, request, 1)
    assert unread(house, AGENT, request) == []


def test_ones_own_acts_are_no_news(house: SmallHouse) -> None:
    house.run(begin_reading)
    request = house.at(9, 9).raised()
    house.at(9, 10).run(take, request)
    assert unread(house, AGENT, request) == []


def test_several_are_read_or_not_read_at_a_word(house: SmallHouse) -> None:
    house.run(begin_reading)
    requests = [house.at(9, 9).raised() for _ in range(3)]
    house.run(see_requests, requests)
    assert unread(house, AGENT, *requests) == []
    house.run(unsee_requests, requests[:2])
    assert unread(house, AGENT, *requests) == requests[:2]
    house.run(see_requests, requests[:1])
    assert unread(house, AGENT, *requests) == requests[1:2]


def test_looking_at_a_request_reads_its_notices(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    house.at(9, 12).run(sweep, house.now)
    assert house.read(inbox, house.people[AGENT], house.now).unread == 1
    house.run(see_request, request, 1)
    assert house.read(inbox, house.people[AGENT], house.now).unread == 0


def told(house: SmallHouse) -> list[tuple[int, NoticeKind]]:
    """Return the notices the agent has not read, the newest first."""
    rows = house.read(inbox, house.people[AGENT], house.now).rows
    return [(row.request_id, row.kind) for row in rows if not row.is_read]


def test_what_is_marked_as_not_read_brings_its_newest_notice_back(
    house: SmallHouse,
) -> None:
    house.run(begin_reading)
    first, second = house.at(9, 9).raised(), house.raised()
    house.me(CLERK).run(comment, first, f"@{AGENT}: look.")
    house.at(9, 12).me(AGENT).run(sweep, house.now)
    assert len(told(house)) == 3
    newest, _earlier = [one for one in told(house) if one[0] == first]
    house.run(see_requests, [first, second])
    assert told(house) == []
    before = house.run(unsee_requests, [first])
    assert told(house) == [newest]
    house.run(take_back_reading, before)
    assert (told(house), unread(house, AGENT, first, second)) == ([], [])


def test_taking_back_puts_just_that_back_that_was_so(house: SmallHouse) -> None:
    house.run(begin_reading)
    first, second = house.at(9, 9).raised(), house.raised()
    house.at(9, 12).run(sweep, house.now)
    (notice,) = [row for row in told(house) if row[0] == first]
    house.run(see_request, second)
    before = house.run(see_requests, [first, second])
    house.me(CLERK).run(comment, second, "She called again.")
    house.me(AGENT).run(take_back_reading, before)
    assert (told(house), unread(house, AGENT, first, second)) == (
        [notice],
        [first, second],
    )


def test_taking_back_goes_by_what_is_gone_meanwhile(house: SmallHouse) -> None:
    house.run(begin_reading)
    request = house.at(9, 9).raised()
    house.run(take, request)
    house.me(CLERK).run(comment, request, f"@{AGENT}: look.")
    house.at(9, 9, 5).me(AGENT).run(sweep, house.now)
    before = house.run(see_requests, [request])
    house.run(lambda work: work.session.execute(delete(Notice)))
    house.run(take_back_reading, before)
    assert unread(house, AGENT, request) == [request]


def test_what_is_no_news_brings_no_notice_back(house: SmallHouse) -> None:
    house.run(begin_reading)
    request = house.at(2, 9).raised()
    house.at(2, 12).run(sweep, house.now)
    house.run(see_request, request)
    house.later(days=40).run(unsee_requests, [request])
    assert (told(house), unread(house, AGENT, request)) == ([], [])


# ---------------------------------------------------------------- mentions


def test_who_is_named_is_told(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    house.run(comment, request, "@ana petrović, @Jelena Marić: look at this, @Nobody.")
    assert kinds(house, OTHER) == [NoticeKind.MENTIONED]
    assert kinds(house, CLERK) == [NoticeKind.MENTIONED]


def test_naming_oneself_or_half_a_name_tells_nobody(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    house.run(comment, request, "@Dušan Kovač and @Ana Petrovićka, mail a@b.example")
    assert kinds(house, AGENT) == kinds(house, OTHER) == []


def test_an_internal_note_names_only_those_who_may_read_it(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    words = "@Jelena Marić @Ana Petrović"
    house.run(comment, request, words, audience=Audience.INTERNAL)
    assert kinds(house, CLERK) == []
    assert kinds(house, OTHER) == [NoticeKind.MENTIONED]


# ---------------------------------------------------------------- who is looking

LOOKER = """
import sys
from datetime import datetime
from desktop.store.engine import make_engine
from desktop.store.presence import Presences
url, person, request, now = sys.argv[1:]
Presences(make_engine(url)).look(
    int(person), int(request), datetime.fromisoformat(now), is_writing=True
)
"""


def test_another_computer_is_seen_and_forgotten_after_a_minute(
    house: SmallHouse, workspace_url: str
) -> None:
    request = house.raised()
    version = house.desk.data_version()
    other = [str(house.people[OTHER]), str(request), house.now.isoformat()]
    subprocess.run(
        [sys.executable, "-c", LOOKER, workspace_url, *other],
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    me, seen = house.people[AGENT], Looking(request, house.people[OTHER], True)
    presence = house.desk.presence
    assert presence.others(me, house.now + timedelta(seconds=59)) == (seen,)
    assert presence.others(me, house.now + timedelta(seconds=61)) == ()
    assert presence.others(house.people[OTHER], house.now) == ()
    if workspace_url.startswith("sqlite"):
        # Nobody reads anything anew because somebody looks.
        assert house.desk.data_version() == version


def test_who_writes_stops_and_leaves_is_seen_so(house: SmallHouse) -> None:
    presence, request, now = house.desk.presence, house.raised(), house.now
    ana = house.people[OTHER]
    for is_writing in (False, True, False):
        presence.look(ana, request, now, is_writing=is_writing)
        seen = presence.others(house.people[AGENT], now)
        assert seen == (Looking(request, ana, is_writing),)
    presence.leave(ana, request)
    assert presence.others(house.people[AGENT], now) == ()


def test_where_presence_cannot_be_kept_work_goes_on(tmp_path: Path) -> None:
    missing = tmp_path / "gone" / "house.counterpart"
    desk = Desk(Store(make_engine(f"sqlite:///{missing}"), lambda: OPENING))
    desk.presence.look(1, 1, OPENING, is_writing=False)
    assert desk.presence.others(2, OPENING) == ()
    desk.close()


def test_a_list_can_be_narrowed_to_what_is_not_read(house: SmallHouse) -> None:
    house.run(begin_reading)
    first, second = house.at(9, 9).raised(), house.raised()
    house.run(see_request, first)
    view = ListView(words="is:unread")
    reader = Reader(house.people[AGENT], house.units["Land registry"])
    page = house.read(list_page, view, reader=reader, moment=Moment(house.now, ZONE))
    assert [row.id for row in page.rows] == [second]


def test_what_nobody_looked_at_for_a_month_is_no_news(small_house: SmallHouse) -> None:
    house = small_house.at(1, 9).me(AGENT)
    house.run(begin_reading)
    request = house.at(2, 9).raised()
    assert unread(house.later(days=29), AGENT, request) == [request]
    assert unread(house.later(days=2), AGENT, request) == []
