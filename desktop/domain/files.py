"""Files that people attach: names made harmless, kinds told by the bytes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from desktop.domain.text import clean_line

MEGABYTE: Final = 1024 * 1024
MOST_MB: Final = 25
MOST_MB_SETTING: Final = "file_most_mb"
LARGEST_MB: Final = 100
"""A file is whole in memory while it is kept, so no house may allow more."""
MOST_BYTES: Final = MOST_MB * MEGABYTE
"""How large a file may be where the house says nothing else."""

NAME_CAP: Final = 200
ENDING_CAP: Final = 16
NAMELESS: Final = "file"
MARK: Final = "\ufffd"

_PARTS: Final = re.compile(r"[/\\]")
# What Windows keeps behind a name: "x.pdf::$DATA", "x.pdf:hidden:$DATA".
_STREAM: Final = re.compile(r":[^:.]*(?::[^:.]*)?\Z")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])\Z", re.IGNORECASE
)
# Persian words and families of emoji are written with these two; all else that is not
# seen, and whatever turns the direction of the letters, is shown as a mark.
_JOINERS: Final = "\u200c\u200d"


def clean_file_name(name: str) -> str:
    """Return a file's name without folders, streams and what fools the eye.

    The result is never empty, at most 200 characters, and a name on every system:
    "../../x.pdf::$DATA" is "x.pdf". Cleaning twice changes nothing.
    """
    line = "".join(map(_shown, unicodedata.normalize("NFC", name)))
    last = next((one for one in reversed(_PARTS.split(line)) if one.strip(" .")), "")
    last = last if _is_time(last) else _STREAM.sub("", last)
    last = clean_line(_FORBIDDEN.sub("_", last)).rstrip(" .").lstrip(" ")
    if last.startswith("."):
        last = "_" + last.lstrip(".")
    last = _cut(last).strip(_JOINERS + " ").rstrip(" .") or NAMELESS
    stem = last.split(".", 1)[0].strip(_JOINERS + " ")
    return _cut("_" + last) if _RESERVED.match(stem) else last


def _is_time(name: str) -> bool:
    """Tell whether the colon of a name stands in a time: "Call 10:30"."""
    return re.search(r"\d:\d\d\Z", name) is not None


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\x0b\x0c\x85" or category in {"Zs", "Zl", "Zp"}:
        return " "
    if character in _JOINERS:
        return character
    return MARK if category in {"Cc", "Cf", "Cs", "Co"} else character


def _cut(name: str) -> str:
    """Shorten a name to what is kept, its ending left where it has a short one."""
    if len(name) <= NAME_CAP:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or not 0 < len(ending) <= ENDING_CAP:
        return name[:NAME_CAP].rstrip(" .")
    return stem[: NAME_CAP - len(ending) - 1].rstrip(" .") + "." + ending


def ending_of(name: str) -> str:
    """Return a name's ending in small letters, without its dot; empty for none."""
    stem, dot, ending = name.rpartition(".")
    return ending.casefold() if dot and stem and len(ending) <= ENDING_CAP else ""


def name_on_disk(name: str, most_bytes: int = 240) -> str:
    """Return a clean name that fits a folder: file systems count bytes."""
    if len(name.encode()) <= most_bytes:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f".{ending}" if dot and len(ending) <= ENDING_CAP else ""
    stem = stem if tail else name
    kept = stem.encode()[: most_bytes - len(tail.encode())].decode(errors="ignore")
    return (kept.rstrip(" .") or NAMELESS) + tail


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is by its bytes. ``endings`` are the names' endings that fit it.

    ``opens``: another program may be asked to show a copy; ``previews``: the window
    shows it itself.
    """

    code: str
    media_type: str
    endings: tuple[str, ...] = ()
    opens: bool = False
    previews: bool = False

    def fits(self, name: str) -> bool:
        """Tell whether a name's ending does not say something else than the bytes."""
        ending = ending_of(name)
        if not ending or not self.endings:
            return ending not in _TELLING
        return ending in self.endings or ending not in _TELLING


UNKNOWN: Final = FileKind("other", "application/octet-stream")
TEXT: Final = FileKind("text", "text/plain", ("txt",), opens=True, previews=True)
PROGRAM: Final = FileKind(
    "program", "application/x-executable", ("exe", "dll", "com", "scr", "so", "msi")
)
SCRIPT: Final = FileKind(
    "script",
    "text/x-script",
    ("sh", "py", "bat", "cmd", "ps1", "vbs", "js", "html", "htm", "svg", "xml"),
)
ARCHIVE: Final = FileKind("archive", "application/zip", ("zip",))
OLD_OFFICE: Final = FileKind(
    "office_old", "application/x-ole-storage", ("doc", "xls", "ppt", "msg")
)
MACROS: Final = FileKind(
    "office_macros",
    "application/vnd.ms-office.macroEnabled",
    ("docm", "xlsm", "pptm", "dotm", "xltm"),
)
PDF: Final = FileKind("pdf", "application/pdf", ("pdf",), opens=True, previews=True)

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
DOCUMENTS: Final = (
    FileKind("word", _OFFICE + "wordprocessingml.document", ("docx",), opens=True),
    FileKind("sheet", _OFFICE + "spreadsheetml.sheet", ("xlsx",), opens=True),
    FileKind("slides", _OFFICE + "presentationml.presentation", ("pptx",), opens=True),
    FileKind("word", _OPEN + "text", ("odt",), opens=True),
    FileKind("sheet", _OPEN + "spreadsheet", ("ods",), opens=True),
    FileKind("slides", _OPEN + "presentation", ("odp",), opens=True),
)
_DOCX, _XLSX, _PPTX, _ODT, _ODS, _ODP = DOCUMENTS


def _image(code: str, *endings: str, previews: bool = True) -> FileKind:
    return FileKind("image", f"image/{code}", endings, opens=True, previews=previews)


PNG: Final = _image("png", "png")
JPEG: Final = _image("jpeg", "jpg", "jpeg", "jpe")
GIF: Final = _image("gif", "gif")
BMP: Final = _image("bmp", "bmp")
WEBP: Final = _image("webp", "webp")
TIFF: Final = _image("tiff", "tif", "tiff")
HEIC: Final = _image("heic", "heic", "heif", previews=False)
SOUND: Final = FileKind("sound", "audio/*", ("mp3", "wav", "ogg", "m4a", "flac"))
FILM: Final = FileKind("film", "video/*", ("mp4", "mov", "avi", "mkv", "webm"))

KINDS: Final = (
    *(PDF, PNG, JPEG, GIF, BMP, WEBP, TIFF, HEIC, *DOCUMENTS, TEXT, SCRIPT, PROGRAM),
    *(ARCHIVE, OLD_OFFICE, MACROS, SOUND, FILM, UNKNOWN),
)
_BY_TYPE: Final = {kind.media_type: kind for kind in KINDS}
_TELLING: Final = frozenset(one for kind in KINDS for one in kind.endings)

_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1a\x45\xdf\xa3", FILM),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
)
_SCRIPT_BEGINNINGS: Final = (
    *("#!", "<?xml", "<html", "<!doctype", "<svg", "<script", "@echo", "<?php"),
)
_MOST_PARTS: Final = 20_000


def kind_of(content: bytes) -> FileKind:
    """Tell what a file is by its bytes; its name is not asked."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    return _framed(content[:16]) or _written(content)


def kind_by_type(media_type: str) -> FileKind:
    """Return the kind that was recognised when the file came in."""
    return _BY_TYPE.get(media_type, UNKNOWN)


def _framed(head: bytes) -> FileKind | None:
    """Tell kinds whose mark stands some bytes in."""
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": SOUND, b"AVI ": FILM}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1"} else FILM
    # Two letters alone would take many a text for a picture.
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return BMP
    return None


# What zipfile says of an archive that is damaged, locked, or packed in another way.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def _zipped(content: bytes) -> FileKind:
    """Tell a document from any other archive by the names in it; nothing is unpacked.

    What brings macros, a program inside a document, or a broken list is no document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_PARTS:
                return ARCHIVE
            if any(_is_macro(one) for one in names):
                return MACROS
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _open_document(archive.read("mimetype"))
    except _BROKEN:
        return ARCHIVE
    if "[Content_Types].xml" not in names:
        return ARCHIVE
    for part, kind in (("word/", _DOCX), ("xl/", _XLSX), ("ppt/", _PPTX)):
        if any(one.startswith(part) for one in names):
            return kind
    return ARCHIVE


def _is_macro(name: str) -> bool:
    low = name.casefold()
    return low.endswith("vbaproject.bin") or low.startswith(
        ("basic/", "scripts/", "xl/macrosheets/")
    )


def _open_document(media_type: bytes) -> FileKind:
    told = media_type.decode("ascii", "replace").strip()
    return next((one for one in (_ODT, _ODS, _ODP) if one.media_type == told), ARCHIVE)


def _written(content: bytes) -> FileKind:
    """Tell text from everything else; what a program could run is no plain text."""
    if not content or b"\0" in content[:65_536]:
        return UNKNOWN
    head = content[:65_536]
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The cut may have gone through a letter.
        if error.start < len(head) - 3:
            return UNKNOWN
        text = head[: error.start].decode("utf-8-sig")
    if any(unicodedata.category(one) == "Cc" and one not in "\t\n\r\f" for one in text):
        return UNKNOWN
    start = text.lstrip().casefold()
    return SCRIPT if start.startswith(_SCRIPT_BEGINNINGS) else TEXT
