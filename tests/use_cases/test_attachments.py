"""Files of a request: attached whole or not at all, found again, taken away."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from desktop.desk import Desk
from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound, Transition
from desktop.domain.files import MOST_BYTES
from desktop.domain.requests import Audience, EntryKind, RequestState
from desktop.entities.attachments import Attachment, FileContent
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.queries.attachments import file_bytes, files_of
from desktop.queries.list_narrowing import Reader
from desktop.queries.search import find_requests
from desktop.store.backup import backup, restore
from desktop.store.faults import Fault
from desktop.store.unit_of_work import UnitOfWork
from desktop.store.verification import verify
from desktop.use_cases.attachments import (
    NewFile,
    attach,
    let_go,
    put_back,
    remove_file,
)
from desktop.use_cases.requests import confirm, hand_over, resolve, take
from tests.small_house import SmallHouse

CLERK, AGENT, COLLEAGUE = "Jelena Marić", "Dušan Kovač", "Ana Petrović"
STRANGER, PERMITS = "Petar Ilić", "Vesna Stojanović"
PDF = b"%PDF-1.7\nplan"


def entries(house: SmallHouse, request_id: int) -> list[JournalEntry]:
    """Return what is written down about a request, in order."""
    wanted = (
        select(JournalEntry)
        .where(JournalEntry.request_id == request_id)
        .order_by(JournalEntry.seq)
    )
    return house.read(lambda session: list(session.scalars(wanted)))


def count(house: SmallHouse, entity: type[FileContent] | type[Attachment]) -> int:
    """Return how many rows there are."""
    return house.read(lambda s: s.scalar(select(func.count()).select_from(entity))) or 0


def test_what_was_attached_is_read_again_as_it_was(
    any_small_house: SmallHouse, tmp_path: Path
) -> None:
    house = any_small_house
    request_id = house.raised()
    lying = tmp_path / "scan.png"
    lying.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    house.me(CLERK)
    kept = house.run(
        attach,
        request_id,
        [NewFile("../../plan.pdf::$DATA", PDF, "plan"), NewFile("scan.png", lying)],
    )
    assert [(one.name, one.size) for one in kept] == [
        ("plan.pdf", 13),
        ("scan.png", 264),
    ]
    unit = house.units["Land registry"]
    rows = house.read(files_of, request_id, reader_unit_id=unit)
    assert [(one.name, one.kind.code, one.field, one.person) for one in rows] == [
        ("plan.pdf", "pdf", "plan", CLERK),
        ("scan.png", "image", "", CLERK),
    ]
    found = house.read(file_bytes, kept[1].id, reader_unit_id=unit)
    assert found.content == lying.read_bytes()
    last = entries(house, request_id)[-1]
    assert last.kind == EntryKind.ATTACHED
    assert [one["name"] for one in last.details["files"]] == ["plan.pdf", "scan.png"]
    assert house.read(verify).is_sound


def test_a_retry_attaches_nothing_twice_and_the_same_bytes_are_kept_once(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    first, second = house.raised(), house.raised("Another")
    house.me(CLERK)
    file = NewFile("plan.pdf", PDF, key=uuid.uuid4())
    house.run(attach, first, [file])
    assert house.run(attach, first, [file]) == ()
    house.run(attach, second, [NewFile("copy.pdf", PDF)])
    assert len(entries(house, first)) == 2
    assert count(house, Attachment) == 2
    assert count(house, FileContent) == 1
    with pytest.raises(Conflict):
        house.run(attach, second, [file])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (bytes(MOST_BYTES + 1), "file_too_large")],
)
def test_of_several_files_one_that_cannot_be_kept_keeps_all_out(
    small_house: SmallHouse, content: bytes, code: str
) -> None:
    house = small_house
    request_id = house.raised()
    house.me(CLERK)
    bad = NewFile("bad.bin", content)
    with pytest.raises(Invalid) as refused:
        house.run(attach, request_id, [NewFile("plan.pdf", PDF), bad])
    assert (refused.value.code, refused.value.field) == (code, str(bad.key))
    assert count(house, FileContent) == count(house, Attachment) == 0
    assert len(entries(house, request_id)) == 1


def test_folders_and_files_that_are_gone_are_refused_by_name(
    small_house: SmallHouse, tmp_path: Path
) -> None:
    house = small_house
    request_id = house.raised()
    house.me(CLERK)
    for path, code in (
        (tmp_path, "file_is_none"),
        (tmp_path / "no", "file_is_gone"),
    ):
        with pytest.raises(Invalid) as refused:
            house.run(attach, request_id, [NewFile("x.pdf", path)])
        assert refused.value.code == code
        assert refused.value.details["name"] == "x.pdf"


def test_a_stranger_neither_attaches_nor_takes_away(small_house: SmallHouse) -> None:
    house = small_house
    request_id = house.raised()
    kept = house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])
    house.me(STRANGER)
    with pytest.raises(Forbidden):
        house.run(attach, request_id, [NewFile("x.pdf", PDF)])
    with pytest.raises(Forbidden):
        house.run(remove_file, kept[0].id, "not mine")
    kept = house.me(AGENT).run(attach, request_id, [NewFile("deed.pdf", PDF)])
    with pytest.raises(Forbidden) as refused:
        house.me(CLERK).run(remove_file, kept[0].id, "wrong")
    assert refused.value.code == "not_your_file"


def test_a_file_taken_away_is_gone_its_name_and_the_reason_stay(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    request_id = house.raised()
    (kept,) = house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])
    with pytest.raises(Invalid):
        house.run(remove_file, kept.id, "  ")
    house.later(minutes=1).run(remove_file, kept.id, "Another customer's")
    unit = house.units["Central counter"]
    assert house.read(files_of, request_id, reader_unit_id=unit) == ()
    with pytest.raises(NotFound):
        house.read(file_bytes, kept.id, reader_unit_id=unit)
    with pytest.raises(Transition):
        house.run(remove_file, kept.id, "again")
    last = entries(house, request_id)[-1]
    assert (last.kind, last.text) == (EntryKind.FILE_REMOVED, "Another customer's")
    assert last.details["files"][0]["name"] == "plan.pdf"
    house.later(minutes=5).run(put_back, kept.id)
    assert house.read(file_bytes, kept.id, reader_unit_id=unit).content == PDF
    house.run(remove_file, kept.id, "after all")
    with pytest.raises(Transition):
        house.later(minutes=11).run(put_back, kept.id)
    assert house.read(verify).is_sound


def test_what_was_taken_away_for_good_is_let_go_and_can_come_again(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    first, second = house.raised(), house.raised("Another")
    (wrong,) = house.me(CLERK).run(attach, first, [NewFile("wrong.pdf", PDF)])
    (same,) = house.run(attach, second, [NewFile("same.pdf", PDF)])
    house.run(remove_file, wrong.id, "Another customer's")
    house.later(minutes=11)
    assert house.run(let_go) == 0
    house.run(remove_file, same.id, "Another customer's")
    assert house.later(minutes=5).run(let_go) == 0
    assert house.later(minutes=6).run(let_go) == 1
    assert house.run(let_go) == 0
    held = house.read(lambda s: s.scalars(select(FileContent.content)).all())
    assert [bytes(one) for one in held] == [b""]
    assert house.read(verify).is_sound
    (again,) = house.run(attach, first, [NewFile("right.pdf", PDF)])
    unit = house.units["Central counter"]
    assert house.read(file_bytes, again.id, reader_unit_id=unit).content == PDF
    assert house.read(verify).is_sound


def test_internal_files_are_read_by_one_side_only(small_house: SmallHouse) -> None:
    house = small_house
    request_id = house.raised()
    house.me(AGENT).run(take, request_id)
    (kept,) = house.run(
        attach, request_id, [NewFile("note.pdf", PDF)], audience=Audience.INTERNAL
    )
    permits = house.units["Building permits"]
    readers = {"Land registry": 1, "Central counter": 0, "Building permits": 0}
    for unit, seen in readers.items():
        identity = house.units[unit]
        rows = house.read(files_of, request_id, reader_unit_id=identity)
        assert len(rows) == seen
    with pytest.raises(NotFound):
        house.read(file_bytes, kept.id, reader_unit_id=house.units["Central counter"])
    with pytest.raises(NotFound):
        house.read(file_bytes, kept.id, reader_unit_id=None)
    house.run(hand_over, request_id, permits, "yours")
    assert house.read(file_bytes, kept.id, reader_unit_id=permits).content == PDF


def test_attaching_while_somebody_closes_the_request_loses_nothing(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    request_id = house.raised()
    house.me(AGENT).run(resolve, request_id, "done")
    house.me(CLERK).run(confirm, request_id)
    (kept,) = house.me(AGENT).run(attach, request_id, [NewFile("deed.pdf", PDF)])
    unit = house.units["Central counter"]
    assert house.read(file_bytes, kept.id, reader_unit_id=unit).content == PDF
    state = house.read(lambda s: s.get_one(Request, request_id).state)
    assert state is RequestState.CLOSED
    assert house.read(verify).is_sound


def test_two_who_attach_the_same_file_at_once_share_its_bytes(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    content = PDF * 100_000
    wanted = [house.raised(), house.raised("Another")]
    store, actor = house.desk.store, house.actor(CLERK)

    def one(request_id: int) -> int:
        files = [NewFile("plan.pdf", content)]
        return len(Desk(store, actor).run(attach, request_id, files).value)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(one, wanted)) == [1, 1]
    assert count(house, FileContent) == 1
    assert count(house, Attachment) == 2
    assert house.read(verify).is_sound


def test_a_request_is_found_by_its_files_names_internal_ones_by_their_side(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    one = house.raised()
    house.me(AGENT).run(attach, one, [NewFile("Grundriß Škola.pdf", PDF)])
    house.run(attach, one, [NewFile("suspicion.txt", b"x")], audience=Audience.INTERNAL)

    def found(words: str, unit: str) -> int:
        reader = Reader(unit_id=house.units[unit])
        return len(house.read(find_requests, words, reader=reader))

    assert found("grundriss skola", "Central counter") == 1
    assert found("suspicion", "Land registry") == 1
    assert found("suspicion", "Central counter") == 0
    (kept,) = house.run(attach, one, [NewFile("wrongone.pdf", PDF)])
    house.run(remove_file, kept.id, "mistaken")
    assert found("wrongone", "Land registry") == 0
    house.run(put_back, kept.id)
    assert found("wrongone", "Land registry") == 1


def test_bytes_changed_behind_our_back_are_told_when_read(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    request_id = house.raised()
    (kept,) = house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])

    def spoil(work: UnitOfWork) -> None:
        work.session.execute(update(FileContent).values(content=b"%PDF-1.7\nplam"))

    house.run(spoil)
    with pytest.raises(Conflict) as refused:
        house.read(file_bytes, kept.id, reader_unit_id=house.units["Central counter"])
    assert refused.value.code == "file_damaged"


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"content": b"%PDF-1.7\nplam"}, "sha256"),
        ({"size": 7}, "size"),
    ],
)
def test_the_check_names_files_that_are_not_as_they_were(
    any_small_house: SmallHouse, values: dict[str, object], column: str
) -> None:
    house = any_small_house
    request_id = house.raised()
    house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])
    house.run(lambda work: work.session.execute(update(FileContent).values(values)))
    found = house.read(verify)
    (told,) = [one for one in found.differences if one.table == "file_content"]
    assert (told.reference, told.column) == ("LR-0001", column)


def test_the_check_names_contents_no_request_has(small_house: SmallHouse) -> None:
    house = small_house
    orphan = FileContent(sha256=sha256(PDF).hexdigest(), size=len(PDF), content=PDF)
    house.run(lambda work: work.session.add(orphan))
    (told,) = house.read(verify).differences
    assert (told.table, told.column, told.expected) == ("file_content", "*", None)


def test_a_backup_brings_files_back_as_they_were(
    small_house: SmallHouse, workspace_path: Path, tmp_path: Path
) -> None:
    house = small_house
    request_id = house.raised()
    (kept,) = house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])
    made = backup(workspace_path, tmp_path / "copy.backup", now=house.now)
    told = {one.name: one.rows for one in made.tables}
    assert (told["file_content"], told["attachment"]) == (1, 1)
    house.run(lambda w: w.session.execute(update(FileContent).values(content=b"x")))
    house.desk.close()
    restore(tmp_path / "copy.backup", workspace_path, now=house.now)
    unit = house.units["Central counter"]
    assert house.read(file_bytes, kept.id, reader_unit_id=unit).content == PDF


def test_a_full_disk_refuses_in_words_and_keeps_nothing_half(
    small_house: SmallHouse,
) -> None:
    house = small_house
    request_id = house.raised()
    house.me(CLERK)

    def full(work: UnitOfWork) -> None:
        pages = work.session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        work.session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
        attach(
            work, request_id, [NewFile("plan.pdf", PDF), NewFile("big", bytes(10**6))]
        )

    with pytest.raises(Fault) as refused:
        house.desk.run(full)
    assert refused.value.code == "workspace_disk_full"
    assert count(house, FileContent) == count(house, Attachment) == 0
    assert len(entries(house, request_id)) == 1


def test_lists_of_files_never_read_what_is_in_them(small_house: SmallHouse) -> None:
    house = small_house
    request_id = house.raised()
    house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])

    def loaded(session: Session) -> bool:
        return "content" in session.scalars(select(FileContent)).one().__dict__

    assert not house.read(loaded)


def test_a_colleague_of_the_unit_that_has_it_takes_a_file_away(
    small_house: SmallHouse,
) -> None:
    house = small_house
    request_id = house.raised()
    (kept,) = house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", PDF)])
    house.me(COLLEAGUE).run(remove_file, kept.id, "not needed")
    unit = house.units["Land registry"]
    assert house.read(files_of, request_id, reader_unit_id=unit) == ()
