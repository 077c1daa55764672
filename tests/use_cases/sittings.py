"""What tests of sessions in progress share: one that began, at the house's own time."""

from __future__ import annotations

from desktop.domain.requests import Side
from desktop.entities.meetings import Meeting, MeetingSeries, SeriesMember
from desktop.queries.sitting import SittingBoard, sitting
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meetings import add_topic, publish_agenda
from desktop.use_cases.sitting import begin_session
from tests.small_house import SmallHouse
from tests.use_cases.agendas import drafted, one


def published(house: SmallHouse) -> int:
    """Publish an agenda of three: last minutes, a topic, other business."""
    meeting = drafted(house, "minutes", "other_business")
    house.run(add_topic, meeting, "Missing title extracts", 10)

    def staff(work: UnitOfWork) -> None:
        series = work.get(
            MeetingSeries, work.get(Meeting, meeting).series_id, for_update=True
        )
        series.minute_taker_id = house.people["Jelena Marić"]
        for position, name in enumerate(("Marko Ivić", "Dušan Kovač"), start=1):
            work.session.add(
                SeriesMember(
                    series_id=series.id,
                    person_id=house.people[name],
                    side=Side.BACK,
                    position=position,
                    deputy_id=house.people["Ana Petrović"] if position == 2 else None,
                )
            )

    house.run(staff)
    house.run(publish_agenda, meeting)
    return meeting


def begun(house: SmallHouse) -> int:
    """Begin that session at its time, by its chair."""
    meeting = published(house)
    house.at(16, 10).me("Marko Ivić")
    house.run(begin_session, meeting)
    return meeting


def board(house: SmallHouse, meeting: int, by: str = "Marko Ivić") -> SittingBoard:
    return house.read(sitting, meeting, house.people[by], house.now)


def item(house: SmallHouse, meeting: int, number: int) -> int:
    """Return the id of the item of a number."""
    return board(house, meeting).items[number - 1].id


def series_of(house: SmallHouse, meeting: int) -> int:
    return int(one(house, Meeting, meeting).series_id)
