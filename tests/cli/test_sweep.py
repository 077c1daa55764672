"""`counterpart sweep` makes what is due, says how much, and does nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.config import wall_clock
from desktop.domain.mail import MailServer
from desktop.entities.units import PersonRole, Role
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.mail import queue_mail, set_mail_server
from desktop.use_cases.requests import ask, take
from tests import mail_servers
from tests.mail_servers import Postbox
from tests.small_house import SmallHouse


def test_a_sweep_says_how_many_notices_it_made(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_house.instant = wall_clock()
    request = small_house.raised()
    small_house.me("Dušan Kovač").run(take, request)
    small_house.run(ask, request, "Which parcel?")
    small_house.desk.close()
    for said in ("1 notice made\n", "0 notices made\n"):
        assert main(["sweep", "--workspace", str(workspace_path)]) == 0
        assert capsys.readouterr().out == said


def test_a_sweep_sends_the_mails_that_wait(
    small_house: SmallHouse,
    workspace_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    box = Postbox()
    small_house.me("Marko Ivić")
    small_house.run(queue_mail, "agenda", ["a@h.rs"], "Session 7", "Monday")

    def set_up(work: UnitOfWork, server: MailServer) -> None:
        person_id = small_house.people["Marko Ivić"]
        work.session.add(PersonRole(person_id=person_id, role=Role.ADMINISTRATOR))
        work.session.flush()
        set_mail_server(work, server)

    sweep = ["sweep", "--workspace", str(workspace_path)]
    assert main(sweep) == 1
    assert "No mail server is set up" in capsys.readouterr().err
    with mail_servers.mail_server(box) as server:
        small_house.run(set_up, server)
        small_house.desk.close()
        assert main(sweep) == 0
    assert capsys.readouterr().out == "0 notices made\n1 mail sent\n"
    assert len(box.taken) == 1
