"""The mail server is set up, tried out against a real one, and taken away again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.queries.mail import mail_server as kept_server
from desktop.use_cases.mail import queue_mail, set_mail_server
from tests import mail_servers
from tests.mail_servers import Postbox, nobody
from ui.house.mail_block import MailBlock
from ui.program import Program, Wishes


@pytest.fixture
def block(launch, city: Path, window, qtbot) -> MailBlock:
    """Give the part of the settings an administrator sets mails up in."""
    program: Program = launch(Wishes(str(city), person="vesna"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    page = window.pages.page("settings")
    assert isinstance(page.mail, MailBlock)
    qtbot.waitUntil(lambda: page.mail.save_button.height() > 0)
    page.ensureWidgetVisible(page.mail)
    return page.mail


def fill(block: MailBlock, port: int) -> None:
    block.host.setText("127.0.0.1")
    block.security.set_value("none")
    block.port.setValue(port)
    block.from_whom.setText("sessions@house.example")
    block.test_to.setText("me@house.example")


def click(block: MailBlock, name: str, qtbot) -> str:
    button = block.save_button if name == "save" else block.test_button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.isEnabled())
    return block.words()


def test_a_test_mail_reaches_the_server_and_a_wrong_one_is_named(
    block: MailBlock, qtbot
) -> None:
    box = Postbox()
    with mail_servers.mail_server(box) as server:
        fill(block, server.port)
        assert "took the mail" in click(block, "test", qtbot)
    assert [to for to, _ in box.taken] == [["me@house.example"]]
    block.port.setValue(nobody())
    assert "does not answer" in click(block, "test", qtbot)
    block.test_to.setText("me")
    click(block, "test", qtbot)
    assert "is no address" in block.boxes["to"].problem()


def test_what_is_saved_is_the_houses_and_the_password_is_not(
    block: MailBlock, city: Path, qtbot
) -> None:
    fill(block, 2525)
    block.user.setText("clerk")
    block.password.setText("very secret words")
    assert "no keyring" in click(block, "save", qtbot)
    desk = block._context.operations.desk
    server = desk.read(kept_server)
    assert server is not None
    assert (server.host, server.port, server.user) == ("127.0.0.1", 2525, "clerk")
    assert block.password.text() == ""
    files = [one for one in city.parent.iterdir() if one.name.startswith(city.name)]
    assert not any(b"very secret" in one.read_bytes() for one in files if one.is_file())
    block.host.setText("")
    assert "Mails wait" in click(block, "save", qtbot)
    assert desk.read(kept_server) is None


def test_a_wrong_sender_is_said_at_its_field(block: MailBlock, qtbot) -> None:
    fill(block, 25)
    block.from_whom.setText("nobody")
    click(block, "save", qtbot)
    assert "is no address" in block.boxes["sender"].problem()


def test_the_line_chosen_proposes_its_port(block: MailBlock) -> None:
    for security, port in (("tls", 465), ("none", 25), ("starttls", 587)):
        block.security.set_value(security)
        block.security.chosen.emit(security)
        assert block.port.value() == port


def test_mails_that_did_not_leave_are_counted_with_the_reason_and_tried_again(
    block: MailBlock, window, qtbot
) -> None:
    unsent = window.pages.page("settings").unsent
    qtbot.waitUntil(lambda: unsent.line.text() == "Every mail is sent.")
    assert not unsent.again.isVisible()
    operations = block._context.operations
    write = operations.write(queue_mail, "agenda", ["a@h.rs"], "Session 7", "Words")
    write.start(block)
    qtbot.waitUntil(lambda: unsent.line.text() == "1 mail waits.")
    assert "No mail server is set up" in unsent.reason.text()
    fill(block, nobody())
    click(block, "save", qtbot)
    qtbot.waitUntil(lambda: "“Session 7”: The mail server" in unsent.reason.text())
    box = Postbox()
    with mail_servers.mail_server(box) as server:
        operations.desk.run(set_mail_server, server)
        qtbot.mouseClick(unsent.again, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: unsent.line.text() == "Every mail is sent.")
    assert [to for to, _ in box.taken] == [["a@h.rs"]]
    assert not unsent.again.isVisible()


def test_who_is_no_administrator_only_types_the_password(
    launch, city: Path, window, qtbot
) -> None:
    program: Program = launch(Wishes(str(city), person="ana"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    mail = window.pages.page("settings").mail
    open_fields = [name for name, box in mail.boxes.items() if box.field.isEnabled()]
    assert open_fields == ["password", "to"]
