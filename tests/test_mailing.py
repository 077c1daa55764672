"""Mails reach a real server, and whatever the server does, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from desktop.domain.mail import TRY_AGAIN, MailFilePart, MailServer
from desktop.entities.outgoing import SessionNotice
from desktop.entities.units import PersonRole, Role
from desktop.mailing import Sending, send_waiting
from desktop.queries.mail import (
    MailRow,
    Unsent,
    is_mail_due,
    mail_server,
    unsent,
    unsent_mails,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.mail import (
    queue_mail,
    set_mail_server,
    try_mail_again,
    try_unsent_again,
)
from tests import mail_servers
from tests.mail_servers import Postbox, at_port, dies_half_way, hangs, line, nobody
from tests.small_house import SmallHouse

CHAIR = "Marko Ivić"
TO = ["jelena@house.example", "dusan@house.example"]
PDF = MailFilePart("Agenda “7”.pdf", "application/pdf", b"%PDF-1.7 pages")
ICS = MailFilePart(
    "session.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\n"
)


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    """Give the small house with an administrator at the desk."""
    small_house.me(CHAIR)
    person_id = small_house.people[CHAIR]

    def promote(work: UnitOfWork) -> None:
        work.session.add(PersonRole(person_id=person_id, role=Role.ADMINISTRATOR))

    small_house.run(promote)
    return small_house


def wrote(
    house: SmallHouse,
    *,
    subject: str = "Session 7",
    body: str = "Čika Đorđe\nсутра",
    files: Sequence[MailFilePart] = (),
) -> int:
    return house.run(queue_mail, "agenda", TO, subject, body, files=files)


def sent(house: SmallHouse, server: MailServer, password: str | None = None) -> Sending:
    house.run(set_mail_server, server)
    return send_waiting(house.desk, lambda _server: password)


def only(house: SmallHouse) -> MailRow:
    (row,) = house.read(unsent_mails)
    return row


def told(house: SmallHouse) -> list[str]:
    def kinds(work: UnitOfWork) -> list[str]:
        return [one.kind for one in work.session.query(SessionNotice)]

    return house.run(kinds)


def test_a_mail_arrives_with_its_words_and_files(house: SmallHouse) -> None:
    box = Postbox()
    wrote(house, files=[PDF, ICS])
    with mail_servers.mail_server(box) as server:
        assert sent(house, server) == Sending(sent=1)
        assert send_waiting(house.desk, lambda _server: None) == Sending()
    (message,) = box.messages()
    assert box.taken[0][0] == TO
    assert message["Subject"] == "Session 7"
    assert message["From"] == "Sessions <sessions@house.example>"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Čika Đorđe", "сутра"]
    pdf, ics = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == (PDF.name, PDF.content)
    assert ics.get_content_type() == "text/calendar"
    assert ics.get_param("method") == "REQUEST"
    assert house.read(unsent_mails) == ()


def test_the_same_mail_makes_the_same_bytes(house: SmallHouse) -> None:
    box = Postbox()
    wrote(house, files=[PDF])
    with mail_servers.mail_server(box) as server:
        sent(house, server)
        (first,) = box.taken

        def again(work: UnitOfWork) -> None:
            from desktop.entities.outgoing import MailState, OutgoingMail

            work.session.query(OutgoingMail).one().state = MailState.FAILED

        house.run(again)
        house.run(try_mail_again, 1)
        send_waiting(house.desk, lambda _server: None)
    assert box.taken == [first, first]


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: all@world.example",
        "x" * 300,
        "Đ\u202eexe\x00.pdf",
        "=?utf-8?q?a?=",
    ],
)
def test_what_users_write_never_becomes_a_header(
    house: SmallHouse, subject: str
) -> None:
    box = Postbox()
    wrote(house, subject=subject, body=".\r\n.\r\nQUIT\r\n" + subject)
    with mail_servers.mail_server(box) as server:
        assert sent(house, server).sent == 1
    (message,) = box.messages()
    assert message["Bcc"] is None
    assert box.taken[0][0] == TO


def test_one_refused_recipient_is_named_and_only_they_are_tried_again(
    house: SmallHouse,
) -> None:
    box = Postbox(refuses={TO[1]: "550 no such person"})
    mail_id = wrote(house)
    with mail_servers.mail_server(box) as server:
        assert sent(house, server).sent == 1
        row = only(house)
        assert (row.state, row.refused) == ("partly", ((TO[1], "550 no such person"),))
        told = house.read(unsent)
        assert (told.waiting, told.failed) == (0, 1)
        assert told.problem == f"mail_not_by_all {TO[1]} 550 no such person"
        box.refuses.clear()
        house.run(try_mail_again, mail_id)
        send_waiting(house.desk, lambda _server: None)
    assert [to for to, _ in box.taken] == [[TO[0]], [TO[1]]]
    assert house.read(unsent_mails) == ()


def test_a_mail_the_server_will_never_take_is_given_up_and_told(
    house: SmallHouse,
) -> None:
    wrote(house)
    with mail_servers.mail_server(Postbox(answer="554 not wanted here")) as server:
        assert sent(house, server).problem == "mail_refused"
    assert only(house).state == "failed"
    assert only(house).problem == "mail_refused 554 not wanted here"
    assert told(house) == ["mail_failed"]


def test_a_busy_server_is_asked_again_later_and_later(house: SmallHouse) -> None:
    box = Postbox(answer="451 come back later")
    wrote(house)
    with mail_servers.mail_server(box) as server:
        house.run(set_mail_server, server)
        for tries, wait in enumerate(TRY_AGAIN, 1):
            assert send_waiting(house.desk, lambda _server: None).failed == 1
            row = only(house)
            assert (row.state, row.tries) == ("queued", tries)
            assert row.next_try_at == house.now + wait
            assert not house.read(is_mail_due, house.now)
            house.instant += wait
        assert told(house) == ["mail_delayed"]
        box.answer = "250 taken"
        assert send_waiting(house.desk, lambda _server: None).sent == 1
    assert len(box.taken) == 1


def test_a_server_that_is_not_there_keeps_the_mail_in_line(house: SmallHouse) -> None:
    wrote(house)
    assert sent(house, at_port(nobody())).problem == "mail_not_reached"
    assert only(house).state == "queued"


def test_a_server_that_hangs_is_left_after_its_time(house: SmallHouse) -> None:
    wrote(house)
    house.run(set_mail_server, at_port(1))
    with line(hangs) as port:
        from desktop.exchange.mail_server import MailTrouble, hand_over
        from desktop.use_cases.mail import claim_mail

        server = at_port(port, timeout_s=1)
        claimed = house.run(claim_mail, server)
        assert claimed is not None
        with pytest.raises(MailTrouble) as caught:
            hand_over(server, None, claimed.mail)
    assert caught.value.code == "mail_hung"
    assert not caught.value.is_final


def test_a_server_that_dies_half_way_keeps_the_mail_in_line(house: SmallHouse) -> None:
    wrote(house, body="x" * 200_00)
    with line(dies_half_way) as port:
        assert sent(house, at_port(port)).problem == "mail_broke_off"
    assert (only(house).state, only(house).tries) == ("queued", 1)


def test_a_computer_that_died_while_sending_gives_the_mail_back(
    house: SmallHouse,
) -> None:
    from desktop.use_cases.mail import claim_mail

    box = Postbox()
    wrote(house)
    with mail_servers.mail_server(box) as server:
        house.run(set_mail_server, server)
        assert house.run(claim_mail, server) is not None
        assert house.run(claim_mail, server) is None
        house.later(minutes=9)
        assert send_waiting(house.desk, lambda _server: None).sent == 0
        house.later(minutes=2)
        assert send_waiting(house.desk, lambda _server: None).sent == 1


# The server of this test is asked for passwords in the open, on this computer alone.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_keeps_the_mail_until_somebody_puts_it_right(
    house: SmallHouse,
) -> None:
    box = Postbox()
    wrote(house)
    with mail_servers.mail_server(box, password="right") as server:
        assert sent(house, server).problem == "mail_no_password"
        assert only(house).tries == 0
        assert sent(house, server, "wrong").problem == "mail_wrong_password"
        assert only(house).state == "queued"
        house.instant += timedelta(minutes=2)
        assert sent(house, server, "right").sent == 1


def test_a_line_that_must_be_secure_is_never_used_in_the_open(
    house: SmallHouse,
) -> None:
    box = Postbox()
    wrote(house)
    with mail_servers.mail_server(box) as server:
        from dataclasses import replace

        found = sent(house, replace(server, security="starttls"))
    assert found.problem == "mail_no_secure_line"
    assert not box.taken
    assert only(house).state == "queued"


def test_without_a_server_a_mail_waits(house: SmallHouse) -> None:
    wrote(house)
    assert house.read(mail_server) is None
    assert send_waiting(house.desk, lambda _server: None).problem == "mail_no_server"
    assert only(house).state == "queued"


def test_what_was_not_sent_is_counted_and_all_of_it_tried_again(
    house: SmallHouse,
) -> None:
    assert house.read(unsent) == Unsent(0, 0)
    wrote(house)
    assert house.read(unsent) == Unsent(1, 0, problem="mail_no_server")
    server = MailServer("127.0.0.1", nobody(), "none", "", "s@house.example")
    assert sent(house, server).failed == 1
    found = house.read(unsent)
    assert (found.waiting, found.failed, found.subject) == (1, 0, "Session 7")
    assert found.problem.startswith("mail_not_reached")
    assert not house.read(is_mail_due, house.now)
    assert house.run(try_unsent_again) == 1
    assert house.read(is_mail_due, house.now)
