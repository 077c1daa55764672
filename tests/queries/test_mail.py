"""Mails that are not sent are all counted, and the last trouble is found among them."""

from __future__ import annotations

from desktop.entities.outgoing import MailState, OutgoingMail
from desktop.queries.mail import SHOWN, Unsent, unsent, unsent_mails
from desktop.store.unit_of_work import UnitOfWork
from tests.small_house import SmallHouse


def test_more_mails_than_are_listed_are_counted_with_the_last_trouble(
    any_small_house: SmallHouse,
) -> None:
    def mail(number: int, state: MailState, problem: str = "") -> OutgoingMail:
        return OutgoingMail(
            kind="agenda",
            sender="sessions@house.example",
            recipients=["ana@house.example"],
            subject=f"Session {number}",
            body="",
            state=state,
            created_at=any_small_house.instant,
            problem=problem,
        )

    def write(work: UnitOfWork) -> None:
        work.session.add(mail(1, MailState.FAILED, "mail_no_answer"))
        work.session.flush()
        many = range(2, SHOWN + 12)
        work.session.add_all([mail(one, MailState.QUEUED) for one in many])

    any_small_house.run(write)
    assert len(any_small_house.read(unsent_mails)) == SHOWN
    assert any_small_house.read(unsent) == Unsent(
        SHOWN + 10, 1, "Session 1", "mail_no_answer"
    )
