"""Names of files are made harmless, and their kind is told by their bytes."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.files import (
    ARCHIVE,
    NAME_CAP,
    UNKNOWN,
    clean_file_name,
    kind_by_type,
    kind_of,
    name_on_disk,
)

TRICKS = {
    "../../x.pdf::$DATA": "x.pdf",
    "..\\..\\boot.ini": "boot.ini",
    "/etc/passwd": "passwd",
    "C:\\Users\\me\\plan.pdf": "plan.pdf",
    "x.pdf:hidden:$DATA": "x.pdf",
    "Call 10:30": "Call 10_30",
    "con": "_con",
    "COM1.txt": "_COM1.txt",
    "aux .pdf": "_aux .pdf",
    "nul\u200d.txt": "_nul\u200d.txt",
    "report.pdf. . .": "report.pdf",
    ".htaccess": "_htaccess",
    "\u200b.htaccess": "\ufffd.htaccess",
    "  plan   of\tthe\nhouse.pdf ": "plan of the house.pdf",
    "invoice\u202efdp.exe": "invoice\ufffdfdp.exe",
    'a<b>"c"|?*.png': "a_b__c____.png",
    "": "file",
    "...": "file",
    "///": "file",
    "план дома.pdf": "план дома.pdf",
    "e\u0301t\u00e9.pdf": "été.pdf",
}


@pytest.mark.parametrize("given_name", TRICKS)
def test_a_tricky_name_becomes_a_plain_one(given_name: str) -> None:
    assert clean_file_name(given_name) == TRICKS[given_name]


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_file_name("я" * 500 + ".pdf")
    assert len(name) == NAME_CAP
    assert name.endswith("я.pdf")
    on_disk = name_on_disk(name)
    assert len(on_disk.encode()) <= 240
    assert on_disk.endswith("я.pdf")


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_hides_a_letter(text: str) -> None:
    name = clean_file_name(text)
    assert 0 < len(name) <= NAME_CAP
    assert not set(name) & set('/\\:<>"|?*\0\n')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert clean_file_name(name) == name
    unseen = {c for c in name if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert unseen <= {"\u200c", "\u200d"}


def zipped(**parts: bytes) -> bytes:
    """Return an archive of these parts, `__` standing for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}
KINDS = {
    "pdf": b"%PDF-1.7\n...",
    "image": b"\x89PNG\r\n\x1a\n....",
    "word": zipped(**DOCX),
    "office_macros": zipped(**DOCX, word__vbaProject_bin=b"").replace(
        b"vbaProject_bin", b"vbaProject.bin"
    ),
    "sheet": zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "archive": zipped(readme=b"x"),
    "program": b"MZ\x90\0\3\0",
    "script": b"\xef\xbb\xbf  #!/bin/sh\nrm -rf /",
    "text": "Жалоба №1\nstraße".encode(),
    "other": b"\x00\x01\x02\x03",
    "office_old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
}


@pytest.mark.parametrize("code", KINDS)
def test_the_bytes_tell_what_a_file_is(code: str) -> None:
    kind = kind_of(KINDS[code])
    assert kind.code == code
    assert kind_by_type(kind.media_type) == kind
    opens = {"pdf", "image", "word", "sheet", "text"}
    assert kind.opens is (code in opens)


def test_a_cut_through_a_letter_is_still_text() -> None:
    assert kind_of(b"a" + "я".encode() * 60_000).code == "text"
    assert kind_of(b"\xff" + b"a" * 100) is UNKNOWN


def test_a_name_that_says_something_else_is_noticed() -> None:
    program, pdf = kind_of(KINDS["program"]), kind_of(KINDS["pdf"])
    assert not program.fits("invoice.pdf")
    assert pdf.fits("invoice.PDF")
    assert pdf.fits("invoice")
    assert not pdf.fits("invoice.exe")
    assert kind_of(KINDS["text"]).fits("notes.md")


@given(st.binary(max_size=200))
def test_any_bytes_have_a_kind(content: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"RIFF", b"%PDF-"):
        assert kind_of(head + content).media_type


@pytest.mark.parametrize("spoiled", [b"\xff" * 6, b"\x00" * 6])
def test_an_archive_that_is_damaged_inside_is_only_an_archive(spoiled: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    content = made.getvalue()
    inside = content.index(b"mimetype") + len(b"mimetype")
    broken = content[:inside] + spoiled + content[inside + len(spoiled) :]
    assert kind_of(broken) is ARCHIVE
